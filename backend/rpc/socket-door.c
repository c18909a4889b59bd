/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "socket-door.h"

#include "backend/features/sites/site-limit-service.h"
#include "backend/features/sync/sync-service.h"
#include "client.h"
#include "connection-methods.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/rpc.h"

/* How long a peer with too many calls under way should wait; they take milliseconds. */
#define BUSY_RETRY_MS 100

struct _CfdSocketDoor
{
  CfdRouter *router;
  CfdSocketDoorStats stats;
};

/* A call under way. */
typedef struct
{
  CfdClient *client;
  char *id; /* (nullable): NULL for a notification, which gets no answer */
} Call;

static void
free_call (Call *call)
{
  cfd_client_unref (call->client);
  g_free (call->id);
  g_free (call);
}

static void
send_error (CfdClient *client, const char *id, const GError *error, gint64 retry_after_ms)
{
  g_autoptr (GString) out = g_string_new (NULL);

  cf_rpc_write_error (out, id, error, retry_after_ms > 0 ? retry_after_ms : cfd_router_retry_after (error));
  cfd_peer_send (client->peer, out->str, out->len, NULL, 0);
}

/* Refused before it became a job. A notification is never answered. */
static void
refuse (CfdClient *client, const CfRpcMessage *message, const GError *error, gint64 retry_after_ms)
{
  cfd_meter_error (cfd_router_get_meter (client->door->router), error);
  if (message->kind == CF_RPC_REQUEST)
    send_error (client, message->id, error, retry_after_ms);
}

static void
send_result (const Call *call, const CfdJob *job)
{
  g_autoptr (GString) out = NULL;

  if (call->id == NULL)
    return;
  out = g_string_new (NULL);
  cf_rpc_write_result (out, call->id, job->result, cfd_job_audience (job));
  cfd_peer_send (call->client->peer, out->str, out->len, NULL, 0);
}

/* The answer that brings a peer up to @rev makes it live, if all since then can still be sent; otherwise there is more to ask for. */
static void
answer_page (const Call *call, const CfdJob *job, gint64 rev, gboolean *more)
{
  CfdHub *hub = cfd_router_get_hub (call->client->door->router);
  CfdSubscriber *subscriber = call->client->subscriber;

  if (!subscriber->live && !cfd_hub_can_resume (hub, subscriber->caller->organisation_id, rev))
    *more = TRUE;
  send_result (call, job);
  if (!*more)
    cfd_hub_resume (hub, subscriber, rev);
}

static gboolean
check_session (CfdClient *client, GError **error)
{
  CfdSubscriber *subscriber = client->subscriber;

  if (subscriber == NULL)
    return TRUE;
  if (subscriber->caller->expires_at > 0 && subscriber->caller->expires_at <= cf_now ())
    cfd_subscriber_end (subscriber, CF_ERROR_EXPIRED);
  if (!subscriber->ending)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, subscriber->end_code,
                       subscriber->renewed ? "what you may see has changed; connect again" : "the session is over; sign in again");
  return FALSE;
}

/* What was read while it was taken from the caller must not reach them any more. */
static gboolean
may_still_read (CfdClient *client, const CfdJob *job, GError **error)
{
  return client->subscriber == NULL || !client->subscriber->renewed || job->method->work != CFD_WORK_READ || check_session (client, error);
}

static void
call_done (CfdJob *job, const GError *error, gpointer data)
{
  Call *call = data;
  CfdClient *client = call->client;
  g_autoptr (GError) late = NULL;

  client->in_flight--;
  if (error == NULL && client->state != CFD_CLIENT_GONE && !may_still_read (client, job, &late))
    error = late;
  if (client->state == CFD_CLIENT_GONE)
    ;
  else if (error != NULL)
    {
      if (call->id != NULL)
        send_error (client, call->id, error, 0);
    }
  else if (client->subscriber != NULL && g_str_equal (job->method->name, CFD_METHOD_CHANGES))
    {
      CfRecordsResult *result = (CfRecordsResult *) job->result;

      answer_page (call, job, result->rev, &result->more);
    }
  else
    {
      /* The first write of a new visitor has proved their secret. */
      if (client->subscriber != NULL && job->method->work == CFD_WORK_WRITE)
        cfd_subscriber_settle (client->subscriber);
      send_result (call, job);
    }
  free_call (call);
}

/* Everything that is decided before a thread is asked. Returns: (nullable): the params. */
static CfStruct *
prepare (CfdClient *client, const CfRpcMessage *message, const CfdMethod **method, gint64 *retry_after_ms, GError **error)
{
  CfdRouter *router = client->door->router;
  const CfdMethod *row = cfd_method_table_find (cfd_router_get_table (router), message->method);

  *method = row;
  *retry_after_ms = 0;
  if (!cfd_router_is_open (router, error))
    return NULL;
  if (!cfd_peer_spend (client->peer, row != NULL ? MAX (row->cost, 1) : 1, retry_after_ms)
      || client->in_flight >= CFD_CLIENT_CALLS_MAX)
    {
      *retry_after_ms = MAX (*retry_after_ms, BUSY_RETRY_MS);
      g_set_error (error, CF_ERROR, CF_ERROR_RATE_LIMITED, "got more calls than expected; the next after %" G_GINT64_FORMAT " ms",
                   *retry_after_ms);
      if (cfd_client_lost_patience (client))
        cfd_peer_close (client->peer, CFD_CLOSE_POLICY, cf_error_reason (CF_ERROR_RATE_LIMITED));
      return NULL;
    }
  if (row == NULL)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_NOT_FOUND, "method: got \"%s\", expected one of /api/v1/openapi.json", message->method);
      return NULL;
    }
  if (!check_session (client, error)
      || !cfd_method_permits (row, client->subscriber != NULL ? client->subscriber->caller : NULL, error)
      || (client->subscriber != NULL
          && !cfd_site_limits_spend (client->subscriber->caller->site_id, CFD_SITE_CALLS, MAX (row->cost, 1), retry_after_ms, error)))
    return NULL;
  return cf_json_decode (row->params, &message->body, CF_DECODE_STRICT, error);
}

static gpointer
open_work (CfdJob *job, CfdTx *tx, GError **error)
{
  g_autoptr (CfOpenResult) result = NULL;
  const CfOpenParams *params = (const CfOpenParams *) job->params;
  g_autoptr (GError) problem = NULL;

  g_clear_pointer (&job->caller, cfd_caller_unref);
  g_clear_pointer (&job->conversations, g_ptr_array_unref);
  result = cfd_sync_open (tx, params, job->origin, job->address, &job->caller, error);
  if (result == NULL)
    return NULL;
  job->read = cfd_tx_last_revision (tx, job->caller->organisation_id, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (cfd_caller_is_staff (job->caller) || job->caller->id == NULL || job->caller->secret_hash != NULL)
    return g_steal_pointer (&result);
  /* Presence needs the conversations themselves, which a returning visitor's page does not hold when they have not changed. */
  job->conversations = cfd_sync_conversations (tx, job->caller, error);
  return job->conversations != NULL ? g_steal_pointer (&result) : NULL;
}

/* Takes the place of the caller in the hub. Returns: FALSE when it turns out at the last moment that they may not. */
static gboolean
settle (CfdClient *client, CfdJob *job, GError **error)
{
  CfdHub *hub = cfd_router_get_hub (client->door->router);

  client->subscriber = cfd_hub_attach (hub, client->peer, job->caller, job->read, job->conversations);
  if (client->subscriber == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "too much has changed meanwhile; send the same call again");
      return FALSE;
    }
  client->state = CFD_CLIENT_OPEN;
  client->door->stats.unopened--;
  if (cfd_caller_is_staff (job->caller))
    {
      client->door->stats.agents++;
      client->door->stats.opened_agents++;
    }
  else
    {
      client->door->stats.visitors++;
      client->door->stats.opened_visitors++;
    }
  return check_session (client, error);
}

static void
answer_open (const Call *call, CfdJob *job)
{
  CfOpenResult *result = (CfOpenResult *) job->result;
  CfdHub *hub = cfd_router_get_hub (call->client->door->router);

  g_clear_pointer (&result->signals, g_ptr_array_unref);
  result->signals = cfd_hub_snapshot (hub, call->client->subscriber);
  answer_page (call, job, result->rev, &result->more);
}

static void
refuse_open (const Call *call, const GError *error)
{
  CfdClient *client = call->client;

  client->door->stats.open_refused[cf_error_code (error)]++;
  if (client->state == CFD_CLIENT_OPENING)
    {
      client->state = CFD_CLIENT_NEW;
      cfd_peer_unsettle (client->peer);
    }
  if (call->id != NULL)
    send_error (client, call->id, error, 0);
  switch (cf_error_code (error))
    {
    case CF_ERROR_UNAUTHENTICATED:
    case CF_ERROR_EXPIRED:
    case CF_ERROR_REVOKED:
    case CF_ERROR_DISABLED:
    case CF_ERROR_BAD_SITE:
    case CF_ERROR_BAD_ORIGIN:
      cfd_peer_close (client->peer, CFD_CLOSE_SESSION, cf_error_reason (cf_error_code (error)));
      break;
    default:
      break;
    }
}

static void take_message (CfdClient *client, CfRpcMessage *message);

static void
open_done (CfdJob *job, const GError *error, gpointer data)
{
  Call *call = data;
  CfdClient *client = call->client;
  g_autoptr (GError) late = NULL;

  client->in_flight--;
  if (client->state == CFD_CLIENT_GONE)
    {
      free_call (call);
      return;
    }
  if (error != NULL)
    refuse_open (call, error);
  else if (!settle (client, job, &late))
    refuse_open (call, late);
  else
    answer_open (call, job);
  while (client->state != CFD_CLIENT_OPENING && !g_queue_is_empty (&client->waiting))
    take_message (client, g_queue_pop_head (&client->waiting));
  free_call (call);
}

static CfdJob *
make_job (CfdClient *client, const CfdMethod *method, const CfRpcMessage *message, CfStruct *params, CfdJobDone done)
{
  Call *call = g_new0 (Call, 1);
  CfdJob *job = cfd_job_new (method, done, call);

  call->client = cfd_client_ref (client);
  call->id = message->kind == CF_RPC_REQUEST ? g_strdup (message->id) : NULL;
  job->params = params;
  job->subscriber = client->subscriber;
  if (client->subscriber != NULL)
    job->caller = cfd_caller_ref (client->subscriber->caller);
  else
    job->caller = cfd_job_stranger (cfd_peer_get_address (client->peer), NULL);
  client->in_flight++;
  return job;
}

static void
take_open (CfdClient *client, const CfdMethod *method, const CfRpcMessage *message, CfStruct *params)
{
  CfdJob *job;

  if (client->state != CFD_CLIENT_NEW)
    {
      g_autoptr (GError) error = g_error_new_literal (CF_ERROR, CF_ERROR_CONFLICT, "this socket has a session already");

      refuse (client, message, error, 0);
      cf_struct_unref (params);
      return;
    }
  client->state = CFD_CLIENT_OPENING;
  cfd_peer_settle (client->peer); /* how long it waits now is up to us */
  job = make_job (client, method, message, params, open_done);
  job->work = open_work;
  job->origin = g_strdup (cfd_peer_get_origin (client->peer));
  job->address = g_strdup (cfd_peer_get_address (client->peer));
  cfd_router_run (client->door->router, job);
}

/* Takes the message. */
static void
take_message (CfdClient *client, CfRpcMessage *message)
{
  g_autoptr (GError) error = NULL;
  const CfdMethod *method;
  gint64 retry_after_ms;
  CfStruct *params = prepare (client, message, &method, &retry_after_ms, &error);

  if (params == NULL)
    refuse (client, message, error, retry_after_ms);
  else if (g_str_equal (method->name, CFD_METHOD_OPEN))
    take_open (client, method, message, params);
  else
    cfd_router_run (client->door->router, make_job (client, method, message, params, call_done));
  cf_rpc_message_free (message);
}

CfdSocketDoor *
cfd_socket_door_new (CfdRouter *router)
{
  CfdSocketDoor *self = g_new0 (CfdSocketDoor, 1);

  self->router = router;
  return self;
}

void
cfd_socket_door_opened (CfdSocketDoor *self, CfdPeer *peer)
{
  cfd_peer_set_data (peer, cfd_client_new (self, peer));
  self->stats.unopened++;
}

/**
 * cfd_socket_door_text:
 * One whole message from @peer. Calls that come while session.open is under way wait for its end, in order.
 */
void
cfd_socket_door_text (CfdSocketDoor *self, CfdPeer *peer, const char *text, gsize length)
{
  CfdClient *client = cfd_peer_get_data (peer);
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  CfRpcMessage *message = cf_rpc_parse (text, length, &id, &error);
  gint64 wait_ms;

  if (message == NULL || message->kind == CF_RPC_RESULT || message->kind == CF_RPC_ERROR)
    {
      if (message == NULL)
        {
          cfd_meter_error (cfd_router_get_meter (self->router), error);
          send_error (client, id, error, 0);
        }
      g_clear_pointer (&message, cf_rpc_message_free);
      if (!cfd_peer_spend (peer, 1, &wait_ms) && cfd_client_lost_patience (client))
        cfd_peer_close (peer, CFD_CLOSE_POLICY, cf_error_reason (CF_ERROR_RATE_LIMITED));
      return;
    }
  if (client->state != CFD_CLIENT_OPENING)
    take_message (client, message);
  else if (client->waiting.length < CFD_CLIENT_CALLS_MAX)
    {
      cf_rpc_message_keep (message); /* the frame's bytes are the peer's */
      g_queue_push_tail (&client->waiting, message);
    }
  else
    {
      g_set_error_literal (&error, CF_ERROR, CF_ERROR_RATE_LIMITED, "got more calls than expected before session.open was answered");
      refuse (client, message, error, BUSY_RETRY_MS);
      cf_rpc_message_free (message);
      if (cfd_client_lost_patience (client))
        cfd_peer_close (peer, CFD_CLOSE_POLICY, cf_error_reason (CF_ERROR_RATE_LIMITED));
    }
}

void
cfd_socket_door_closed (CfdSocketDoor *self, CfdPeer *peer)
{
  CfdClient *client = cfd_peer_get_data (peer);

  if (client->subscriber == NULL)
    self->stats.unopened--;
  else if (cfd_caller_is_staff (client->subscriber->caller))
    self->stats.agents--;
  else
    self->stats.visitors--;
  if (client->subscriber != NULL)
    cfd_hub_detach (cfd_router_get_hub (self->router), client->subscriber);
  client->subscriber = NULL;
  client->state = CFD_CLIENT_GONE;
  cfd_peer_set_data (peer, NULL);
  cfd_client_unref (client);
}

void
cfd_socket_door_get_stats (CfdSocketDoor *self, CfdSocketDoorStats *out)
{
  *out = self->stats;
}

void
cfd_socket_door_free (CfdSocketDoor *self)
{
  g_free (self);
}
