/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview-module.h"

#include <gmodule.h>

/* On a thread: reading a library of this size from a disk takes a while. It stays for as long as the client runs, as its types do. */
static void
open_module (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *name = g_getenv ("CHATFLOW_PREVIEW"); /* for a build that is not installed */
  GModule *module = g_module_open (name != NULL ? name : PREVIEW_MODULE, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  gpointer entry = NULL;

  if (module != NULL && g_module_symbol (module, CFA_WEB_PREVIEW_NEW, &entry))
    {
      g_module_make_resident (module);
      g_task_return_pointer (task, entry, NULL);
      return;
    }
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s", g_module_error ());
  g_clear_pointer (&module, g_module_close);
}

void
cfa_preview_module_open (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_run_in_thread (task, open_module);
}

/**
 * cfa_preview_module_open_finish:
 * Returns: (nullable): what makes a preview; NULL with @error where the module or a library that it needs is missing.
 */
CfaWebPreviewNew
cfa_preview_module_open_finish (GAsyncResult *result, GError **error)
{
  return (CfaWebPreviewNew) g_task_propagate_pointer (G_TASK (result), error);
}
