/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "credentials.h"

#include <libsecret/secret.h>

static const SecretSchema schema = {
  "org.chatflow.ChatFlow",
  SECRET_SCHEMA_NONE,
  {
    { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "agent", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

G_DEFINE_QUARK (cfa-credentials-error-quark, cfa_credentials_error)

/* libsecret speaks of D-Bus, a person wants to know whether there is a keyring and whether it is open. */
static GError *
translate (GError *error)
{
  CfaCredentialsError code = CFA_CREDENTIALS_ERROR_FAILED;
  GError *translated;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    code = CFA_CREDENTIALS_ERROR_LOCKED;
  else if (error->domain == G_DBUS_ERROR || error->domain == G_SPAWN_ERROR
           || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
           || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT)
           || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED)
           || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED)
           || g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT))
    code = CFA_CREDENTIALS_ERROR_ABSENT;
  translated = g_error_new_literal (CFA_CREDENTIALS_ERROR, code, error->message);
  g_error_free (error);
  return translated;
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    g_task_return_error (task, translate (error));
  else
    g_task_return_new_error (task, CFA_CREDENTIALS_ERROR, CFA_CREDENTIALS_ERROR_LOCKED, "the keyring was not unlocked");
}

/**
 * cfa_credentials_store_async:
 * @label: what the person sees in their keyring
 *
 * May ask the person to unlock the keyring.
 */
void
cfa_credentials_store_async (const char *server, const char *agent_id, const char *label, const char *token,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, token, cancellable, on_stored, task,
                         "server", server, "agent", agent_id, NULL);
}

/**
 * cfa_credentials_store_finish:
 * Returns: whether the token is kept; else CFA_CREDENTIALS_ERROR says why not.
 */
gboolean
cfa_credentials_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_retrieved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (SecretValue) value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, translate (error));
  else
    g_task_return_pointer (task, value != NULL ? g_strdup (secret_value_get_text (value)) : NULL, g_free);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GList *items = secret_password_search_finish (result, &error);
  gpointer first = items != NULL ? items->data : NULL;

  if (error != NULL)
    g_task_return_error (task, translate (error));
  else if (first == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else if (SECRET_IS_ITEM (first) && secret_item_get_locked (first))
    g_task_return_new_error (task, CFA_CREDENTIALS_ERROR, CFA_CREDENTIALS_ERROR_LOCKED, "the keyring was not unlocked");
  else
    secret_retrievable_retrieve_secret (first, g_task_get_cancellable (task), on_retrieved, g_object_ref (task));
  g_list_free_full (items, g_object_unref);
}

/**
 * cfa_credentials_lookup_async:
 * May ask the person to unlock the keyring.
 */
void
cfa_credentials_lookup_async (const char *server, const char *agent_id,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  secret_password_search (&schema, SECRET_SEARCH_UNLOCK, cancellable, on_found, task,
                          "server", server, "agent", agent_id, NULL);
}

/**
 * cfa_credentials_lookup_finish:
 * Returns: (transfer full) (nullable): the token; NULL without @error when none is kept.
 */
char *
cfa_credentials_lookup_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, translate (error));
  else
    g_task_return_boolean (task, TRUE);
}

void
cfa_credentials_clear_async (const char *server, const char *agent_id,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  secret_password_clear (&schema, cancellable, on_cleared, task, "server", server, "agent", agent_id, NULL);
}

/**
 * cfa_credentials_clear_finish:
 * Returns: TRUE also when there was nothing to clear.
 */
gboolean
cfa_credentials_clear_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
