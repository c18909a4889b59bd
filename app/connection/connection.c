/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connection.h"

#include "backoff.h"
#include "close-code.h"
#include "pace.h"
#include "problem.h"
#include "wake.h"

#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/methods/session.h"

#define CONNECT_TIMEOUT_MS 20000
#define PROBE_TIMEOUT_MS   5000
#define WATCH_S            5
#define SILENCE_US         (45 * G_USEC_PER_SEC)
/* A call that waits so long in silence makes us ask whether anybody is there: what the agent has just sent shows the truth soon. */
#define UNANSWERED_US      (10 * G_USEC_PER_SEC)
/* Networks that come up tell so several times; an attempt younger than this is not begun anew. */
#define YOUNG_US           (2 * G_USEC_PER_SEC)
#define SOON_MIN_MS        1000
#define SOON_MAX_MS        3000

struct _CfaConnection
{
  GObject parent_instance;
  char *server;
  SoupSession *http;
  CfaSocket *socket;
  CfaConnectionState state;
  guint attempt; /* failed ones in a row */
  char *problem;
  gint64 retry_at;
  guint retry_timer;
  guint connect_timer;
  guint watch_timer;
  GCancellable *connecting;
  gint64 connecting_since; /* monotonic */
  gint64 probed_at;        /* monotonic; 0 = no question is out */
  CfaWake wake;
  GNetworkMonitor *network;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_NOTIFIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaConnection, cfa_connection, G_TYPE_OBJECT)

static void connect_now (CfaConnection *self);

static void
set_state (CfaConnection *self, CfaConnectionState state)
{
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Lets go of whatever is open or being opened; nothing of it is heard afterwards. */
static void
drop_socket (CfaConnection *self)
{
  g_autoptr (CfaSocket) socket = g_steal_pointer (&self->socket);

  g_clear_handle_id (&self->retry_timer, g_source_remove);
  g_clear_handle_id (&self->connect_timer, g_source_remove);
  self->retry_at = self->probed_at = 0;
  if (self->connecting != NULL)
    {
      g_cancellable_cancel (self->connecting);
      g_clear_object (&self->connecting);
    }
  if (socket != NULL)
    {
      g_signal_handlers_disconnect_by_data (socket, self);
      cfa_socket_close (socket, CFA_CLOSE_GOING_AWAY, NULL);
    }
}

static gboolean
on_retry (gpointer data)
{
  CfaConnection *self = data;

  self->retry_timer = 0;
  connect_now (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for (CfaConnection *self, guint protocol_ms, const char *problem)
{
  char *text = g_strdup (problem);
  guint delay_ms = cfa_pace_ms (protocol_ms);

  drop_socket (self);
  g_free (self->problem);
  self->problem = text;
  self->attempt++;
  self->retry_at = cf_now () + delay_ms;
  self->retry_timer = g_timeout_add (delay_ms, on_retry, self);
  set_state (self, CFA_CONNECTION_WAITING);
}

static void
on_closed (CfaConnection *self, guint code, const char *reason)
{
  g_autoptr (GError) lost = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "connection closed");
  g_autofree char *text = cfa_problem_describe (lost, self->server);
  g_autofree char *word = g_strdup (reason);

  g_debug ("socket closed with %u %s", code, word != NULL ? word : "");
  switch (cfa_close_verdict (code))
    {
    case CFA_CLOSE_END:
      cfa_connection_end (self, word);
      break;
    case CFA_CLOSE_SOON:
      wait_for (self, g_random_int_range (SOON_MIN_MS, SOON_MAX_MS), text);
      break;
    case CFA_CLOSE_BACK_OFF:
      cfa_connection_fail (self, text);
      break;
    }
}

static void
on_notified (CfaConnection *self, const char *method, const CfJson *params)
{
  g_signal_emit (self, signals[SIGNAL_NOTIFIED], 0, method, params);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaConnection) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupWebsocketConnection) web = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) /* whoever cancelled has set the state */
    return;
  if (web == NULL)
    {
      text = cfa_problem_describe (error, self->server);
      g_debug ("no connection: %s", error->message);
      cfa_connection_fail (self, text);
      return;
    }
  if (self->state != CFA_CONNECTION_CONNECTING)
    return;
  g_clear_handle_id (&self->connect_timer, g_source_remove);
  g_clear_object (&self->connecting);
  self->socket = cfa_socket_new (web);
  g_signal_connect_swapped (self->socket, "closed", G_CALLBACK (on_closed), self);
  g_signal_connect_swapped (self->socket, "notified", G_CALLBACK (on_notified), self);
  set_state (self, CFA_CONNECTION_CONNECTED);
}

static gboolean
on_connect_timeout (gpointer data)
{
  CfaConnection *self = data;
  g_autoptr (GError) late = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "timed out");
  g_autofree char *text = cfa_problem_describe (late, self->server);

  self->connect_timer = 0;
  cfa_connection_fail (self, text);
  return G_SOURCE_REMOVE;
}

static void
connect_now (CfaConnection *self)
{
  g_autofree char *address = g_strconcat (self->server, "/api/v1/socket", NULL);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address);

  drop_socket (self);
  self->connecting = g_cancellable_new ();
  self->connecting_since = g_get_monotonic_time ();
  self->connect_timer = g_timeout_add (CONNECT_TIMEOUT_MS, on_connect_timeout, self);
  set_state (self, CFA_CONNECTION_CONNECTING);
  soup_session_websocket_connect_async (self->http, message, NULL, NULL, G_PRIORITY_DEFAULT, self->connecting,
                                        on_connected, g_object_ref (self));
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaConnection) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) info = cfa_socket_call_finish (CFA_SOCKET (source), result, NULL, &error);
  gint64 probed_at = self->probed_at;

  if (CFA_SOCKET (source) != self->socket)
    return;
  self->probed_at = 0;
  /* A slow line may bring other things first: those are signs of life, too. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) && cfa_socket_get_heard (self->socket) < probed_at)
    connect_now (self);
}

static void
probe (CfaConnection *self)
{
  if (self->probed_at != 0)
    return;
  self->probed_at = g_get_monotonic_time ();
  cfa_socket_call_async (self->socket, "server.info", NULL, &cf_server_info_shape, PROBE_TIMEOUT_MS, on_probed, g_object_ref (self));
}

/* Something happened after which an open socket may be dead without knowing it, and another attempt may succeed where one hangs. */
static void
doubt (CfaConnection *self)
{
  if (self->state == CFA_CONNECTION_WAITING)
    cfa_connection_try_now (self);
  else if (self->state == CFA_CONNECTION_CONNECTED)
    probe (self);
  else if (self->state == CFA_CONNECTION_CONNECTING && g_get_monotonic_time () - self->connecting_since > YOUNG_US)
    connect_now (self);
}

static gboolean
on_watch (gpointer data)
{
  CfaConnection *self = data;

  if (cfa_wake_check (&self->wake, g_get_real_time (), g_get_monotonic_time ()))
    doubt (self);
  if (self->state != CFA_CONNECTION_CONNECTED)
    return G_SOURCE_CONTINUE;
  if (g_get_monotonic_time () - cfa_socket_get_heard (self->socket) > SILENCE_US)
    connect_now (self);
  else if (cfa_socket_get_waited (self->socket) > UNANSWERED_US)
    probe (self);
  return G_SOURCE_CONTINUE;
}

/* A hint, no more: monitors say that there is no network on machines that reach the server very well. So an open socket is asked, and
 * only what is heard from the server counts. */
static void
on_network_changed (CfaConnection *self, gboolean available)
{
  if (self->state == CFA_CONNECTION_CONNECTED)
    probe (self);
  else if (available)
    {
      self->attempt = 0;
      doubt (self);
    }
}

static void
cfa_connection_dispose (GObject *object)
{
  CfaConnection *self = CFA_CONNECTION (object);

  drop_socket (self);
  g_clear_handle_id (&self->watch_timer, g_source_remove);
  if (self->network != NULL)
    g_signal_handlers_disconnect_by_data (self->network, self);
  self->network = NULL;
  g_clear_object (&self->http);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (cfa_connection_parent_class)->dispose (object);
}

static void
cfa_connection_class_init (CfaConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_connection_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", CFA_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NOTIFIED] = g_signal_new ("notified", CFA_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
cfa_connection_init (CfaConnection *self)
{
}

/**
 * cfa_connection_new:
 * @server: base address, as "https://chat.example.com"
 *
 * Returns: (transfer full): a connection that waits for cfa_connection_start().
 */
CfaConnection *
cfa_connection_new (const char *server)
{
  CfaConnection *self = g_object_new (CFA_TYPE_CONNECTION, NULL);

  self->server = g_strdup (server);
  self->http = soup_session_new_with_options ("user-agent", "ChatFlow/" CHATFLOW_VERSION, "timeout", 0, NULL);
  return self;
}

void
cfa_connection_start (CfaConnection *self)
{
  if (self->state != CFA_CONNECTION_STOPPED && self->state != CFA_CONNECTION_ENDED)
    return;
  if (self->network == NULL)
    {
      self->network = g_network_monitor_get_default ();
      g_signal_connect_swapped (self->network, "network-changed", G_CALLBACK (on_network_changed), self);
      self->watch_timer = g_timeout_add_seconds (WATCH_S, on_watch, self);
    }
  connect_now (self);
}

void
cfa_connection_stop (CfaConnection *self)
{
  drop_socket (self);
  if (self->state != CFA_CONNECTION_STOPPED)
    set_state (self, CFA_CONNECTION_STOPPED);
}

/**
 * cfa_connection_try_now:
 * Does not wait for the next attempt: a person asked, or the network has returned.
 */
void
cfa_connection_try_now (CfaConnection *self)
{
  if (self->state == CFA_CONNECTION_WAITING)
    connect_now (self);
}

/**
 * cfa_connection_ready:
 * The owner says that session.open succeeded: the back-off begins anew with the next failure.
 */
void
cfa_connection_ready (CfaConnection *self)
{
  self->attempt = 0;
  g_clear_pointer (&self->problem, g_free);
}

/**
 * cfa_connection_fail:
 * @problem: what to tell the person
 *
 * Gives up what is open, and tries again after the back-off.
 */
void
cfa_connection_fail (CfaConnection *self, const char *problem)
{
  if (self->state != CFA_CONNECTION_STOPPED && self->state != CFA_CONNECTION_ENDED)
    wait_for (self, cfa_backoff_delay (self->attempt, g_random_double ()), problem);
}

/**
 * cfa_connection_end:
 * @reason: (nullable): the word with which the server ended the session
 */
void
cfa_connection_end (CfaConnection *self, const char *reason)
{
  char *text = cfa_problem_ended (reason);

  drop_socket (self);
  g_free (self->problem);
  self->problem = text;
  set_state (self, CFA_CONNECTION_ENDED);
}

CfaConnectionState
cfa_connection_get_state (CfaConnection *self)
{
  return self->state;
}

/**
 * cfa_connection_get_socket:
 * Returns: (nullable) (transfer none): the open socket.
 */
CfaSocket *
cfa_connection_get_socket (CfaConnection *self)
{
  return self->socket;
}

const char *
cfa_connection_get_problem (CfaConnection *self)
{
  return self->problem;
}

/**
 * cfa_connection_get_retry_at:
 * Returns: when the next attempt begins, in milliseconds UTC; 0 when none is due.
 */
gint64
cfa_connection_get_retry_at (CfaConnection *self)
{
  return self->retry_at;
}
