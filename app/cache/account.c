/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account.h"

#include "protocol/id.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#define GROUP "account"

static char *
account_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "chatflow", "client", "account.ini", NULL);
}

CfaAccount *
cfa_account_new (const char *server, const char *agent_id, const char *name, const char *email)
{
  CfaAccount *self = g_new0 (CfaAccount, 1);

  self->server = g_strdup (server);
  self->agent_id = g_strdup (agent_id);
  self->name = g_strdup (name);
  self->email = g_strdup (email);
  return self;
}

void
cfa_account_free (CfaAccount *self)
{
  g_free (self->server);
  g_free (self->agent_id);
  g_free (self->name);
  g_free (self->email);
  g_free (self);
}

/**
 * cfa_account_load:
 * Returns: (transfer full) (nullable): the account that is signed in; NULL when there is none. A few hundred bytes are read.
 */
CfaAccount *
cfa_account_load (void)
{
  g_autofree char *path = account_path ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (CfaAccount) self = cfa_account_new (NULL, NULL, NULL, NULL);

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return NULL;
  self->server = g_key_file_get_string (file, GROUP, "server", NULL);
  self->agent_id = g_key_file_get_string (file, GROUP, "agent", NULL);
  self->name = g_key_file_get_string (file, GROUP, "name", NULL);
  self->email = g_key_file_get_string (file, GROUP, "email", NULL);
  if (self->server == NULL || self->agent_id == NULL || !cf_id_is_valid (self->agent_id))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * cfa_account_save:
 * Replaces the file in one step.
 */
gboolean
cfa_account_save (const CfaAccount *self, GError **error)
{
  g_autofree char *path = account_path (), *folder = g_path_get_dirname (path);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;

  g_key_file_set_string (file, GROUP, "server", self->server);
  g_key_file_set_string (file, GROUP, "agent", self->agent_id);
  g_key_file_set_string (file, GROUP, "name", self->name != NULL ? self->name : "");
  g_key_file_set_string (file, GROUP, "email", self->email != NULL ? self->email : "");
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", folder, g_strerror (errno));
      return FALSE;
    }
  text = g_key_file_to_data (file, NULL, NULL);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

void
cfa_account_erase (void)
{
  g_autofree char *path = account_path ();

  g_unlink (path);
}
