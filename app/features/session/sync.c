/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync.h"

#include "app/cache/revision.h"

#include "protocol/error.h"
#include "protocol/json.h"
#include "protocol/methods/monitor-params.h"
#include "protocol/methods/results.h"
#include "protocol/methods/session.h"

#include <glib/gi18n-lib.h>

#define CALL_TIMEOUT_MS 30000

struct _CfaSync
{
  GObject parent_instance;
  CfaConnection *connection;
  CfaCache *cache;
  char *token;
  char *session_id; /* (nullable): as the server calls this sign-in */
  CfaSocket *socket; /* the one whose session is being opened, or is open */
  gboolean live;
  gboolean asking;  /* sync.changes is under way */
  gint64 told;      /* the highest revision of a frame that was dropped for a hole */
};

enum
{
  SIGNAL_LIVE_CHANGED,
  SIGNAL_DELTA,
  SIGNAL_SIGNAL,
  SIGNAL_MONITORED,
  SIGNAL_OPENED,
  SIGNAL_RESET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaSync, cfa_sync, G_TYPE_OBJECT)

/* A step of catching up that waits for the disk. */
typedef struct
{
  CfaSync *self;
  CfaSocket *socket; /* what it came from; another one since then makes it moot */
  gboolean more;
} Step;

static void catch_up (CfaSync *self);

static void
step_free (Step *step)
{
  g_object_unref (step->self);
  g_object_unref (step->socket);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static void
set_live (CfaSync *self, gboolean live)
{
  if (self->live == live)
    return;
  self->live = live;
  g_signal_emit (self, signals[SIGNAL_LIVE_CHANGED], 0);
}

/* Every refusal of these has the same meaning: this sign-in is over. */
static gboolean
ends_session (const GError *error)
{
  return error->domain == CF_ERROR
         && (error->code == CF_ERROR_UNAUTHENTICATED || error->code == CF_ERROR_EXPIRED || error->code == CF_ERROR_REVOKED
             || error->code == CF_ERROR_DISABLED);
}

static void
give_up (CfaSync *self, const GError *error)
{
  g_autofree char *text = NULL;

  if (ends_session (error))
    {
      cfa_connection_end (self->connection, cf_error_reason (error->code));
      return;
    }
  g_message ("catching up failed: %s", error->message);
  if (g_error_matches (error, CFA_CACHE_ERROR, CFA_CACHE_ERROR_FULL))
    text = g_strdup (_("This computer's disk is full, so nothing new can be kept. Free some space."));
  else if (error->domain == CFA_CACHE_ERROR)
    text = g_strdup_printf (_("This computer cannot keep what the server sends (%s). Restart ChatFlow."), error->message);
  else
    text = g_strdup_printf (_("The server could not be followed (%s). Trying again."), error->message);
  cfa_connection_fail (self->connection, text);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSync) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = cfa_cache_delta_finish (result, &error);

  if (delta != NULL)
    g_signal_emit (self, signals[SIGNAL_DELTA], 0, delta);
  else if (self->socket != NULL)
    give_up (self, error);
}

static void
on_page_applied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  CfaSync *self = step->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = cfa_cache_delta_finish (result, &error);

  if (delta != NULL)
    g_signal_emit (self, signals[SIGNAL_DELTA], 0, delta);
  if (step->socket != self->socket)
    return;
  if (delta == NULL)
    {
      give_up (self, error);
      return;
    }
  if (step->more)
    {
      catch_up (self);
      return;
    }
  cfa_connection_ready (self->connection);
  set_live (self, TRUE);
}

static void
take_page (CfaSync *self, gint64 since, gint64 rev, gboolean more, GPtrArray *records)
{
  Step *step;

  if (more && rev <= since)
    {
      g_autoptr (GError) error = g_error_new_literal (CF_ERROR, CF_ERROR_INVALID, "got a page that leads nowhere");

      give_up (self, error);
      return;
    }
  step = g_new0 (Step, 1);
  step->self = g_object_ref (self);
  step->socket = g_object_ref (self->socket);
  /* A frame that was dropped tells of more than the server had read for this answer. */
  step->more = more || rev < self->told;
  if (!step->more)
    self->told = 0;
  cfa_cache_apply_changes_async (self->cache, since, rev, more, records, on_page_applied, step);
}

static void
on_changes_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSync) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfRecordsResult) page = cfa_socket_call_finish (CFA_SOCKET (source), result, NULL, &error);

  if (CFA_SOCKET (source) != self->socket)
    return;
  self->asking = FALSE;
  if (page == NULL)
    give_up (self, error);
  else
    take_page (self, cfa_cache_get_applied (self->cache), page->rev, page->more, page->records);
}

static void
catch_up (CfaSync *self)
{
  g_autoptr (CfSyncParams) params = cf_struct_new (&cf_sync_params_shape);

  if (self->asking)
    return;
  self->asking = TRUE;
  params->since = cfa_cache_get_applied (self->cache);
  params->epoch = cfa_cache_get_epoch (self->cache);
  params->first = cfa_cache_get_first (self->cache);
  params->limit = CF_SYNC_DEFAULT;
  cfa_socket_call_async (self->socket, "sync.changes", params, &cf_records_result_shape, CALL_TIMEOUT_MS,
                         on_changes_asked, g_object_ref (self));
}

static void
on_reset (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSync) self = data;
  g_autoptr (GError) error = NULL;

  if (!cfa_cache_reset_finish (result, &error))
    {
      give_up (self, error);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_RESET], 0);
  cfa_connection_fail (self->connection, _("What you may see has changed, or the server was restored. Fetching everything anew."));
}

static void
on_first_epoch (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSync) self = data;
  g_autoptr (GError) error = NULL;

  if (!cfa_cache_reset_finish (result, &error))
    give_up (self, error);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSync) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfOpenResult) answer = cfa_socket_call_finish (CFA_SOCKET (source), result, NULL, &error);
  gint64 since = cfa_cache_get_applied (self->cache);

  if (CFA_SOCKET (source) != self->socket)
    return;
  if (answer == NULL)
    {
      give_up (self, error);
      return;
    }
  if (answer->reset)
    {
      g_clear_object (&self->socket);
      cfa_cache_reset_async (self->cache, answer->epoch, on_reset, g_object_ref (self));
      return;
    }
  if (answer->epoch != cfa_cache_get_epoch (self->cache))
    cfa_cache_reset_async (self->cache, answer->epoch, on_first_epoch, g_object_ref (self)); /* nothing is known yet */
  g_free (self->session_id);
  self->session_id = g_strdup (answer->session_id);
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
  for (guint i = 0; answer->signals != NULL && i < answer->signals->len; i++)
    g_signal_emit (self, signals[SIGNAL_SIGNAL], 0, answer->signals->pdata[i]);
  take_page (self, since, answer->rev, answer->more, answer->records);
}

static void
open_session (CfaSync *self)
{
  g_autoptr (CfOpenParams) params = cf_struct_new (&cf_open_params_shape);

  params->token = g_strdup (self->token);
  params->since = cfa_cache_get_applied (self->cache);
  params->epoch = cfa_cache_get_epoch (self->cache);
  params->first = cfa_cache_get_first (self->cache);
  params->client = g_strdup ("ChatFlow " CHATFLOW_VERSION);
  params->locale = g_strdup (g_get_language_names ()[0]);
  if (g_utf8_strlen (params->locale, -1) > 35)
    g_clear_pointer (&params->locale, g_free);
  cfa_socket_call_async (self->socket, "session.open", params, &cf_open_result_shape, CALL_TIMEOUT_MS,
                         on_opened, g_object_ref (self));
}

static void
on_connection_changed (CfaSync *self)
{
  CfaSocket *socket = cfa_connection_get_socket (self->connection);

  if (socket == self->socket)
    return;
  self->asking = FALSE;
  self->told = 0;
  g_set_object (&self->socket, socket);
  set_live (self, FALSE);
  if (socket != NULL)
    open_session (self);
}

static void
take_changes (CfaSync *self, const CfJson *params)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfChanges) changes = cf_json_decode (&cf_changes_shape, params, CF_DECODE_LENIENT, &error);

  if (changes == NULL)
    {
      give_up (self, error);
      return;
    }
  switch (cfa_revision_judge (cfa_cache_get_applied (self->cache), changes->prev, changes->rev))
    {
    case CFA_VERDICT_APPLY:
      cfa_cache_apply_changes_async (self->cache, changes->prev, changes->rev, FALSE, changes->records, on_applied, g_object_ref (self));
      break;
    case CFA_VERDICT_HOLE:
      self->told = MAX (self->told, changes->rev);
      catch_up (self);
      break;
    case CFA_VERDICT_OLD:
      break;
    }
}

static void
on_notified (CfaSync *self, const char *method, const CfJson *params)
{
  if (self->socket == NULL)
    return;
  if (g_str_equal (method, "changes"))
    take_changes (self, params);
  else if (g_str_equal (method, "signal"))
    {
      g_autoptr (CfSignal) signal = cf_json_decode (&cf_signal_shape, params, CF_DECODE_LENIENT, NULL);

      if (signal != NULL)
        g_signal_emit (self, signals[SIGNAL_SIGNAL], 0, signal);
    }
  else if (g_str_equal (method, "monitor"))
    {
      g_autoptr (CfMonitorNews) news = cf_json_decode (&cf_monitor_news_shape, params, CF_DECODE_LENIENT, NULL);

      if (news != NULL)
        g_signal_emit (self, signals[SIGNAL_MONITORED], 0, news);
    }
}

static void
cfa_sync_dispose (GObject *object)
{
  CfaSync *self = CFA_SYNC (object);

  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
  g_clear_object (&self->cache);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->session_id, g_free);
  G_OBJECT_CLASS (cfa_sync_parent_class)->dispose (object);
}

static void
cfa_sync_class_init (CfaSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_sync_dispose;
  signals[SIGNAL_LIVE_CHANGED] = g_signal_new ("live-changed", CFA_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DELTA] = g_signal_new ("delta", CFA_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_SIGNAL] = g_signal_new ("signal", CFA_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_MONITORED] = g_signal_new ("monitored", CFA_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", CFA_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RESET] = g_signal_new ("reset", CFA_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_sync_init (CfaSync *self)
{
}

CfaSync *
cfa_sync_new (CfaConnection *connection, CfaCache *cache, const char *token)
{
  CfaSync *self = g_object_new (CFA_TYPE_SYNC, NULL);

  self->connection = g_object_ref (connection);
  self->cache = g_object_ref (cache);
  self->token = g_strdup (token);
  g_signal_connect_swapped (connection, "changed", G_CALLBACK (on_connection_changed), self);
  g_signal_connect_swapped (connection, "notified", G_CALLBACK (on_notified), self);
  return self;
}

/**
 * cfa_sync_get_live:
 * Returns: whether the cache holds all that the server has told, and hears the rest as it happens.
 */
gboolean
cfa_sync_get_live (CfaSync *self)
{
  return self->live;
}

/**
 * cfa_sync_get_session_id:
 * Returns: (nullable): the id of the login session that the token belongs to.
 */
const char *
cfa_sync_get_session_id (CfaSync *self)
{
  return self->session_id;
}
