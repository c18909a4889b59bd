/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview-module.h"

#include <gmodule.h>

/*
 * WebKit puts its processes into a sandbox, and where the system does not allow that it ends the whole program. So it is asked first, with what WebKit
 * itself asks in a container. A Flatpak or a snap is a sandbox already.
 */
static gboolean
sandbox_works (void)
{
  char *const arguments[] = { "bwrap", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--unshare-all", "true", NULL };
  int status;

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SNAP") != NULL)
    return TRUE;
  return g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL)
         && g_spawn_check_wait_status (status, NULL);
}

/* On a thread: reading a library of this size from a disk takes a while. It stays for as long as the client runs, as its types do. */
static void
open_module (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *name = g_getenv ("CHATFLOW_PREVIEW"); /* for a build that is not installed */
  GModule *module = g_module_open (name != NULL ? name : PREVIEW_MODULE, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  gpointer entry = NULL;

  if (module == NULL || !g_module_symbol (module, CFA_WEB_PREVIEW_NEW, &entry))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s", g_module_error ());
  else if (!sandbox_works ())
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "bwrap cannot make a sandbox");
  else
    g_task_return_pointer (task, entry, NULL);
  /* It can't be closed again: what it is linked with has begun. */
  if (module != NULL)
    g_module_make_resident (module);
}

void
cfa_preview_module_open (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_run_in_thread (task, open_module);
}

/**
 * cfa_preview_module_open_finish:
 * Returns: (nullable): what makes a preview; NULL with @error where the module or a library that it needs is missing (G_IO_ERROR_NOT_FOUND), or the
 * system allows no sandbox (G_IO_ERROR_PERMISSION_DENIED).
 */
CfaWebPreviewNew
cfa_preview_module_open_finish (GAsyncResult *result, GError **error)
{
  return (CfaWebPreviewNew) g_task_propagate_pointer (G_TASK (result), error);
}
