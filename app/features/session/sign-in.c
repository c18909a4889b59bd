/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-private.h"

#include "app/connection/address.h"
#include "app/connection/login.h"
#include "app/connection/problem.h"
#include "app/desktop/credentials.h"

#include "protocol/error.h"

#include <glib/gi18n-lib.h>

/* What signing in or restoring has found so far. */
typedef struct
{
  CfaAccount *account;
  char *token;
  gboolean keyring_missing;
  gboolean joining; /* with an invitation */
  gboolean fresh; /* a token of this moment, to be kept */
} Entry;

G_DEFINE_QUARK (cfa-session-error-quark, cfa_session_error)

static void
entry_free (Entry *entry)
{
  g_clear_pointer (&entry->account, cfa_account_free);
  g_free (entry->token);
  g_free (entry);
}

static char *
refusal_text (const GError *error)
{
  switch (error->code)
    {
    case CF_ERROR_UNAUTHENTICATED:
    case CF_ERROR_NOT_FOUND:
    case CF_ERROR_FORBIDDEN:
      return g_strdup (_("Email or password is wrong. Check both and try again."));
    case CF_ERROR_DISABLED:
      return g_strdup (_("This account has been switched off. Ask your administrator."));
    case CF_ERROR_RATE_LIMITED:
      return g_strdup (_("Too many attempts. Wait a few minutes and try again."));
    case CF_ERROR_UNAVAILABLE:
      return g_strdup (_("The server is busy or being looked after. Try again in a minute."));
    default:
      return g_strdup_printf (_("The server refused (%s). Check email and password."), error->message);
    }
}

/* @error: of an invitation. Returns: (transfer full) (nullable): NULL when it is about something else */
static char *
invite_text (const GError *error, const char *server)
{
  switch (error->code)
    {
    case CF_ERROR_UNAUTHENTICATED:
    case CF_ERROR_NOT_FOUND:
      return g_strdup_printf (_("%s does not know this invitation. Check that you have all of the link and that the server is the right one, or ask for another."), server);
    case CF_ERROR_EXPIRED:
      return g_strdup (_("This invitation is too old. Ask whoever sent it for another."));
    case CF_ERROR_REVOKED:
      return g_strdup (_("This invitation was withdrawn. Ask whoever sent it for another."));
    case CF_ERROR_CONFLICT:
      if (g_str_has_prefix (error->message, "email"))
        return g_strdup (_("There is an account with this email address already. Sign in with it, or ask for another invitation."));
      return g_strdup (_("This invitation was used already. If that was you, sign in with your email and password; if not, ask for another."));
    case CF_ERROR_INVALID:
      return g_strdup_printf (_("The server refused (%s). Change it and try again."), error->message);
    default:
      return NULL;
    }
}

/* From what went wrong to what the person can do. */
static GError *
explain (GError *problem, const char *typed, const char *server, gboolean joining)
{
  g_autoptr (GError) error = problem;
  g_autofree char *text = NULL;
  CfaSessionError code = CFA_SESSION_ERROR_UNREACHABLE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&error);
  if (error->domain == CFA_ADDRESS_ERROR)
    {
      code = CFA_SESSION_ERROR_BAD_ADDRESS;
      text = error->code == CFA_ADDRESS_ERROR_INVALID
             ? g_strdup_printf (_("“%s” is not an address. Type one such as chat.example.com."), typed)
             : g_strdup_printf (_("There is no ChatFlow server at %s. Check the address."), server != NULL ? server : typed);
    }
  else if (error->domain == CF_ERROR)
    {
      text = joining ? invite_text (error, server != NULL ? server : typed) : NULL;
      code = text != NULL ? CFA_SESSION_ERROR_INVITE : CFA_SESSION_ERROR_REFUSED;
      if (text == NULL)
        text = refusal_text (error);
    }
  else
    {
      code = cfa_problem_is_tls (error) ? CFA_SESSION_ERROR_TLS : CFA_SESSION_ERROR_UNREACHABLE;
      text = cfa_problem_describe (error, server != NULL ? server : typed);
    }
  return g_error_new_literal (CFA_SESSION_ERROR, code, text);
}

static void
on_token_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSession) session = data;
  g_autoptr (GError) error = NULL;

  if (cfa_credentials_store_finish (result, &error))
    return;
  g_message ("the token could not be kept: %s", error->message);
  cfa_session_miss_keyring (session);
}

/* The keyring may ask the person something first; nobody waits for that. */
static void
keep_sign_in (CfaSession *session, const CfaAccount *account, const char *token)
{
  g_autofree char *label = g_strdup_printf (_("ChatFlow sign-in of %s at %s"), account->email, account->server);
  g_autoptr (GError) error = NULL;

  if (!cfa_account_save (account, &error))
    g_message ("the account could not be kept: %s", error->message);
  cfa_credentials_store_async (account->server, account->agent_id, label, token, NULL, on_token_stored, g_object_ref (session));
}

static void
on_cache (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Entry *entry = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaCache) cache = cfa_cache_open_finish (result, &error);

  if (cache != NULL)
    {
      const CfaAccount *account = entry->account;
      CfaSession *session = cfa_session_new (g_steal_pointer (&entry->account), cache, entry->token, entry->keyring_missing);

      if (entry->fresh)
        keep_sign_in (session, account, entry->token);
      g_task_return_pointer (task, session, g_object_unref);
    }
  else if (g_error_matches (error, CFA_CACHE_ERROR, CFA_CACHE_ERROR_BUSY))
    g_task_return_new_error (task, CFA_SESSION_ERROR, CFA_SESSION_ERROR_CACHE,
                             _("ChatFlow is already running for this account. Use its window, or close it first."));
  else
    g_task_return_new_error (task, CFA_SESSION_ERROR, CFA_SESSION_ERROR_CACHE,
                             _("The local copy cannot be opened (%s). Check that the disk is not full and your home folder can be written."),
                             error->message);
}

static void
open_cache (GTask *task)
{
  Entry *entry = g_task_get_task_data (task);

  cfa_cache_open_async (entry->account->server, entry->account->agent_id, on_cache, g_object_ref (task));
}

static void
on_logged_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Entry *entry = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *server = NULL;
  g_autoptr (CfLoginResult) login = cfa_login_finish (result, &server, &error);

  if (login == NULL)
    {
      g_task_return_error (task, explain (error, entry->account->server, server, entry->joining));
      return;
    }
  g_clear_pointer (&entry->account, cfa_account_free);
  entry->account = cfa_account_new (server, login->agent->parent.id, login->agent->name, login->agent->email);
  entry->token = g_strdup (login->token);
  entry->fresh = TRUE;
  open_cache (task);
}

static void
on_token (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Entry *entry = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  entry->token = cfa_credentials_lookup_finish (result, &error);
  if (g_error_matches (error, CFA_CREDENTIALS_ERROR, CFA_CREDENTIALS_ERROR_LOCKED))
    {
      g_task_return_new_error (task, CFA_SESSION_ERROR, CFA_SESSION_ERROR_KEYRING_LOCKED,
                               _("Your sign-in is kept in the keyring, which is locked. Unlock it, or sign in again."));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  entry->keyring_missing = error != NULL;
  if (error != NULL)
    g_message ("there is no keyring to ask: %s", error->message);
  open_cache (task);
}

/**
 * cfa_session_sign_in_async:
 * @server: an address as a person typed it
 *
 * Ends with CFA_SESSION_ERROR, whose message is for the person.
 */
void
cfa_session_sign_in_async (const char *server, const char *email, const char *password,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Entry *entry = g_new0 (Entry, 1);

  entry->account = cfa_account_new (server, NULL, NULL, email);
  g_task_set_task_data (task, entry, (GDestroyNotify) entry_free);
  cfa_login_async (server, email, password, cancellable, on_logged_in, g_object_ref (task));
}

/**
 * cfa_session_join_async:
 * @server: an address as a person typed it, or of a link
 * @token: of an invitation
 * @name: (nullable): of who joins; NULL for another password
 * @email: (nullable): where the invitation has none
 *
 * Ends with cfa_session_sign_in_finish().
 */
void
cfa_session_join_async (const char *server, const char *token, const char *name, const char *email, const char *password,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Entry *entry = g_new0 (Entry, 1);

  entry->account = cfa_account_new (server, NULL, NULL, email);
  entry->joining = TRUE;
  g_task_set_task_data (task, entry, (GDestroyNotify) entry_free);
  cfa_login_join_async (server, token, name, email, password, cancellable, on_logged_in, g_object_ref (task));
}

static void
on_invite_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autofree char *server = NULL;
  GError *error = NULL;
  CfInviteShowResult *shown = cfa_login_show_invite_finish (result, &server, &error);

  if (shown != NULL)
    g_task_return_pointer (task, shown, cf_struct_unref);
  else
    g_task_return_error (task, explain (error, g_task_get_task_data (task), server, TRUE));
}

/**
 * cfa_session_show_invite_async:
 * Asks @server who invites, and whom.
 */
void
cfa_session_show_invite_async (const char *server, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (server), g_free);
  cfa_login_show_invite_async (server, token, cancellable, on_invite_shown, g_object_ref (task));
}

/**
 * cfa_session_show_invite_finish:
 * Returns: (transfer full): what the server says of it, or NULL with CFA_SESSION_ERROR, whose message is for the person.
 */
CfInviteShowResult *
cfa_session_show_invite_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cfa_session_sign_in_finish:
 * Returns: (transfer full): the session, whose lists fill as soon as the main loop runs.
 */
CfaSession *
cfa_session_sign_in_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cfa_session_restore_async:
 * Takes up the session that was signed in when the program ended last; needs no network. Where no token was kept, the session
 * shows what the cache holds, and is SIGNED_OUT.
 */
void
cfa_session_restore_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Entry *entry = g_new0 (Entry, 1);

  g_task_set_task_data (task, entry, (GDestroyNotify) entry_free);
  entry->account = cfa_account_load ();
  if (entry->account == NULL)
    {
      g_task_return_new_error (task, CFA_SESSION_ERROR, CFA_SESSION_ERROR_NONE_SAVED, _("Nobody is signed in on this computer."));
      return;
    }
  cfa_credentials_lookup_async (entry->account->server, entry->account->agent_id, cancellable, on_token, g_object_ref (task));
}

/**
 * cfa_session_restore_finish:
 * Returns: (transfer full): the session; NULL with CFA_SESSION_ERROR_NONE_SAVED when there is none.
 */
CfaSession *
cfa_session_restore_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
