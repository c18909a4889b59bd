/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server.h"

#include "backend/db/db.h"
#include "backend/db/due-timer.h"
#include "backend/features.h"
#include "backend/features/accounts/invite-letter.h"
#include "backend/features/accounts/login-session-service.h"
#include "backend/features/conversations/snoozing.h"
#include "backend/features/conversations/transcript-service.h"
#include "backend/features/routing/routing-worker.h"
#include "backend/features/files/file-folder.h"
#include "backend/features/monitor/place.h"
#include "backend/features/monitor/user-agent.h"
#include "backend/features/monitor/visit-worker.h"
#include "backend/features/privacy/erasure-worker.h"
#include "backend/features/privacy/retention-worker.h"
#include "backend/features/scheduled/scheduled-service.h"
#include "backend/features/sites/api-key-uses.h"
#include "backend/features/files/file-service.h"
#include "backend/features/files/picture-service.h"
#include "backend/hub/hub.h"
#include "backend/hub/roster.h"
#include "backend/jobs/job-worker.h"
#include "backend/log.h"
#include "backend/mail/mail-job.h"
#include "backend/memory.h"
#include "backend/notify.h"
#include "backend/rpc/connection-methods.h"
#include "backend/rpc/rest-door.h"
#include "backend/rpc/router.h"
#include "backend/rpc/socket-door.h"
#include "backend/transport/transport.h"
#include "backend/web/routes.h"
#include "backend/state-lock.h"
#include "protocol/error.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <sys/resource.h>

#define SOCKET_PATH "/api/v1/socket"
#define POLL_PATH "/api/v1/poll"
#define FRAME_MAX (64 * 1024)
#define THIS_PROGRAM "/proc/self/exe" /* looks into files in processes of its own */
#define GRACE_MS 3000      /* a reconnect takes less */
#define DRAIN_SECONDS 8    /* then it ends anyway; who waits for us gives ten */
#define FAREWELL_MS 500    /* for the close frames to reach those who listen */
#define OWN_FILES 64       /* descriptors that are not connections */

struct _CfdServer
{
  CfdStateLock *lock;
  CfdDb *db;
  CfdHub *hub;
  CfdDueTimer *snoozes;
  CfdDueTimer *scheduled;
  CfdRoutingWorker *routing;
  CfdVisitWorker *visits;
  CfdErasureWorker *erasures;
  CfdRetentionWorker *retention;
  CfdMailer *mailer; /* nullable, as what sends by it */
  CfdJobWorker *mail;
  CfdApiKeyUses *key_uses;
  CfdRouter *router;
  CfdSocketDoor *sockets;
  CfdRestDoor *rest;
  CfdFileChecks *checks;
  CfdFileUploads *uploads;
  CfdFileDownloads *downloads;
  CfdStatus status;
  CfdRoutes *routes;
  CfdTransport *transport;
  GMainLoop *loop;
  guint sources[3]; /* SIGTERM, SIGINT, memory */
  guint watchdog;
  guint deadline;
  guint farewell;
  int exit_code;
  gboolean draining;
};

static void
on_request (CfdRequest *request, gpointer data)
{
  CfdServer *self = data;

  cfd_routes_request (self->routes, request);
}

static void
on_begin (CfdRequest *request, gpointer data)
{
  CfdServer *self = data;

  cfd_routes_begin (self->routes, request);
}

/* Which page may open a socket depends on the site, which session.open names; it is refused there. */
static gboolean
on_accept (CfdRequest *handshake, gpointer data)
{
  CfdServer *self = data;

  return cfd_router_is_open (self->router, NULL);
}

static void
on_opened (CfdPeer *peer, gpointer data)
{
  CfdServer *self = data;

  cfd_socket_door_opened (self->sockets, peer);
}

static void
on_text (CfdPeer *peer, const char *text, gsize length, gpointer data)
{
  CfdServer *self = data;

  cfd_socket_door_text (self->sockets, peer, text, length);
}

static void
on_closed (CfdPeer *peer, gpointer data)
{
  CfdServer *self = data;

  cfd_socket_door_closed (self->sockets, peer);
}

static void
on_flushed (gpointer data)
{
  CfdServer *self = data;

  cfd_hub_sent (self->hub);
}

static void
on_published (CfdChangeset *changes, gpointer data)
{
  CfdServer *self = data;

  cfd_hub_publish (changes, self->hub);
  cfd_due_timer_note (self->snoozes, changes);
  cfd_due_timer_note (self->scheduled, changes);
  cfd_routing_worker_heard (self->routing, changes);
  if (self->erasures != NULL)
    cfd_erasure_worker_heard (self->erasures, changes);
  cfd_retention_worker_heard (self->retention, changes);
}

static void
on_told (gpointer data)
{
  CfdServer *self = data;

  if (self->transport != NULL)
    cfd_transport_flush (self->transport);
}

static const CfdTransportHandlers handlers = { on_request, on_accept, on_opened, on_text, on_closed, on_flushed, on_begin };

/* Raises the limit of open files as far as we may. Returns: how many connections fit. */
static guint
raise_file_limit (gint64 wanted)
{
  struct rlimit limit;
  g_autofree char *fits = NULL;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return wanted;
  if (limit.rlim_cur < limit.rlim_max)
    {
      limit.rlim_cur = limit.rlim_max;
      if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
        getrlimit (RLIMIT_NOFILE, &limit);
    }
  if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= (rlim_t) wanted + OWN_FILES)
    return wanted;
  wanted = limit.rlim_cur > 2 * OWN_FILES ? limit.rlim_cur - OWN_FILES : OWN_FILES;
  fits = g_strdup_printf ("%" G_GINT64_FORMAT, wanted);
  cfd_log (G_LOG_LEVEL_MESSAGE, "server", "the limit of open files allows fewer connections than configured", "connections", fits, NULL);
  return wanted;
}

static CfdTransport *
open_transport (CfdServer *self, const CfdConfig *config, GError **error)
{
  const CfdTransportOptions options = {
    .listen = config->listen,
    .socket_path = SOCKET_PATH,
    .poll_path = POLL_PATH,
    .tls_cert = config->tls_cert,
    .tls_key = config->tls_key,
    .proxies = (const char *const *) config->proxies,
    .max_connections = raise_file_limit (config->max_connections),
    .max_per_address = config->max_per_address,
    .frame_max = FRAME_MAX,
    .body_max = config->body_max,
    .send_queue_max = config->send_queue_max,
    .handshake_seconds = config->handshake_seconds,
    .settle_seconds = config->settle_seconds,
    .ping_seconds = config->ping_seconds,
    .pong_seconds = config->pong_seconds,
    .peer_rate = config->peer_rate,
    .peer_burst = config->peer_burst,
    .address_rate = config->address_rate,
    .address_burst = config->address_burst,
  };

  return cfd_transport_new (&options, &handlers, self, error);
}

static CfdDb *
open_database (CfdServer *self, const CfdConfig *config, GError **error)
{
  g_autofree char *path = cfd_config_database (config);
  CfdDb *db;

  if (g_mkdir_with_parents (config->state, 0700) != 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "cannot create the folder %s: %s; set \"state\" to one that can be written",
                   config->state, g_strerror (errno));
      return NULL;
    }
  self->lock = cfd_state_lock (config->state, CFD_STATE_SERVER, error);
  db = self->lock != NULL ? cfd_db_open (&cfd_sqlite_driver, path, TRUE, error) : NULL;
  if (db != NULL)
    cfd_db_start_search (db);
  return db;
}

static gboolean
open_files (CfdServer *self, const CfdConfig *config, GError **error)
{
  g_autofree char *folder = cfd_config_files (config);
  const CfdFileCheckOptions options = { folder, (const char *const *) config->file_types, config->clamd, THIS_PROGRAM };

  if (!cfd_file_folder_make (folder, error))
    return FALSE;
  cfd_pictures_configure (THIS_PROGRAM);
  cfd_files_configure (config->max_file_size, config->max_files, config->file_link_hours);
  self->checks = cfd_file_checks_new (self->db, &options);
  self->erasures = cfd_erasure_worker_new (self->db, folder);
  self->uploads = cfd_file_uploads_new (self->rest, self->checks, folder);
  self->downloads = cfd_file_downloads_new (self->db, folder);
  return TRUE;
}

/* Without a mail server nothing is sent, and whoever wants to send something is told so. */
static gboolean
open_mail (CfdServer *self, const CfdConfig *config, GError **error)
{
  static const CfdJobKind *const kinds[] = { &cfd_invite_letters, &cfd_transcript_letters, NULL };
  CfdJobWorkerOptions options = { CFD_MAIL_LANE, kinds, NULL, config->mail_tries, config->mail_retry_seconds * 1000 };

  cfd_mail_set_up (config->mail_server != NULL);
  if (config->mail_server == NULL)
    return TRUE;
  options.data = self->mailer = cfd_mailer_new (config, error);
  self->mail = self->mailer != NULL ? cfd_job_worker_new (self->db, &options) : NULL;
  return self->mail != NULL;
}

static gboolean
say_farewell (gpointer data)
{
  CfdServer *self = data;

  self->farewell = 0;
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

/* All that was accepted is on disk and answered: the sockets are told to come back in a moment. */
static void
drained (gpointer data)
{
  CfdServer *self = data;

  if (self->farewell != 0)
    return;
  cfd_transport_close_all (self->transport, CFD_CLOSE_RESTART, "the server restarts");
  self->farewell = g_timeout_add (FAREWELL_MS, say_farewell, self);
}

static gboolean
give_up (gpointer data)
{
  CfdServer *self = data;

  self->deadline = 0;
  cfd_log (G_LOG_LEVEL_WARNING, "server", "some calls were not answered in time", NULL);
  self->exit_code = 1;
  drained (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_signal (gpointer data)
{
  CfdServer *self = data;

  if (self->draining)
    return G_SOURCE_CONTINUE;
  self->draining = TRUE;
  cfd_log (G_LOG_LEVEL_MESSAGE, "server", "stopping: finishing what was accepted", NULL);
  cfd_notify ("STOPPING=1", FALSE);
  cfd_transport_quiesce (self->transport);
  self->deadline = g_timeout_add_seconds (DRAIN_SECONDS, give_up, self);
  cfd_router_quiesce (self->router, drained, self);
  return G_SOURCE_CONTINUE;
}

/**
 * cfd_server_new:
 * Opens the database and listens. Also sets up the log and raises the limit of open files.
 *
 * Returns: (transfer full): a server that answers as soon as the main loop runs, or NULL with an error that says what to do
 */
CfdServer *
cfd_server_new (const CfdConfig *config, GError **error)
{
  g_autoptr (CfdServer) self = g_new0 (CfdServer, 1);
  g_autofree const CfdFeature **features = (const CfdFeature **) cfd_connection_with (cfd_features ());

  cfd_log_set_up (config->log_level, config->log_format);
  cfd_login_sessions_configure (config->login_tries, config->session_days);
  self->loop = g_main_loop_new (NULL, FALSE);
  self->db = open_database (self, config, error);
  if (self->db == NULL)
    return NULL;
  self->hub = cfd_hub_new (self->db, GRACE_MS);
  self->snoozes = cfd_due_timer_new (self->db, &cfd_snoozing);
  self->scheduled = cfd_due_timer_new (self->db, &cfd_scheduling);
  self->routing = cfd_routing_worker_new (self->db);
  cfd_roster_watch (cfd_routing_worker_came, self->routing);
  cfd_user_agents_configure (config->user_agents);
  cfd_places_configure (config->places);
  self->visits = cfd_visit_worker_new (self->db, self->hub, config->visit_days);
  self->retention = cfd_retention_worker_new (self->db);
  self->key_uses = cfd_api_key_uses_new (self->db);
  cfd_db_set_publish (self->db, on_published, on_told, self);
  self->router = cfd_router_new (self->db, self->hub, features, error);
  if (self->router == NULL)
    return NULL;
  self->sockets = cfd_socket_door_new (self->router);
  self->rest = cfd_rest_door_new (self->router, self->db);
  if (!open_files (self, config, error) || !open_mail (self, config, error))
    return NULL;
  self->routes = cfd_routes_new (config, self->rest, self->uploads, self->downloads, &self->status);
  self->transport = open_transport (self, config, error);
  if (self->transport == NULL)
    return NULL;
  self->status = (CfdStatus) { self->db, self->hub, self->router, self->sockets, self->transport, self->mail, cfd_config_database (config) };
  return g_steal_pointer (&self);
}

/**
 * cfd_server_port:
 * Returns: the port that the server listens on, also when the configuration left it to the system
 */
guint
cfd_server_port (CfdServer *self)
{
  return cfd_transport_get_port (self->transport);
}

/**
 * cfd_server_run:
 * Serves until SIGTERM or SIGINT, then takes no new calls, finishes and commits what was accepted, answers it, and closes the sockets.
 *
 * Returns: the exit code: 0, or 1 when something accepted could not be finished within the time
 */
int
cfd_server_run (CfdServer *self)
{
  g_autofree char *port = g_strdup_printf ("%u", cfd_server_port (self));

  self->sources[0] = g_unix_signal_add (SIGTERM, on_signal, self);
  self->sources[1] = g_unix_signal_add (SIGINT, on_signal, self);
  self->sources[2] = cfd_memory_watch ();
  self->watchdog = cfd_notify_watchdog ();
  cfd_notify ("READY=1", TRUE);
  cfd_log (G_LOG_LEVEL_MESSAGE, "server", "ready", "version", CHATFLOW_VERSION, "port", port, NULL);
  g_main_loop_run (self->loop);
  for (guint i = 0; i < G_N_ELEMENTS (self->sources); i++)
    g_clear_handle_id (&self->sources[i], g_source_remove);
  g_clear_handle_id (&self->watchdog, g_source_remove);
  cfd_log (G_LOG_LEVEL_MESSAGE, "server", "stopped", NULL);
  return self->exit_code;
}

/**
 * cfd_server_free:
 * Takes down in reverse what was set up, but for the database: it goes first, because what it still finishes is answered
 * through all the others.
 */
void
cfd_server_free (CfdServer *self)
{
  g_clear_handle_id (&self->deadline, g_source_remove);
  g_clear_handle_id (&self->farewell, g_source_remove);
  if (self->transport != NULL)
    cfd_transport_quiesce (self->transport);
  if (self->snoozes != NULL)
    cfd_due_timer_stop (self->snoozes);
  if (self->scheduled != NULL)
    cfd_due_timer_stop (self->scheduled);
  if (self->visits != NULL)
    cfd_visit_worker_stop (self->visits);
  if (self->retention != NULL)
    cfd_retention_worker_stop (self->retention);
  if (self->key_uses != NULL)
    cfd_api_key_uses_stop (self->key_uses);
  if (self->uploads != NULL)
    cfd_file_uploads_stop (self->uploads);
  if (self->erasures != NULL)
    cfd_erasure_worker_stop (self->erasures);
  if (self->checks != NULL)
    cfd_file_checks_stop (self->checks);
  if (self->mail != NULL)
    cfd_job_worker_stop (self->mail);
  g_clear_pointer (&self->db, cfd_db_close);
  g_clear_pointer (&self->transport, cfd_transport_free);
  g_clear_pointer (&self->routes, cfd_routes_free);
  g_clear_pointer (&self->mail, cfd_job_worker_free);
  g_clear_pointer (&self->mailer, cfd_mailer_free);
  cfd_mail_set_up (FALSE);
  g_clear_pointer (&self->downloads, cfd_file_downloads_free);
  g_clear_pointer (&self->uploads, cfd_file_uploads_free);
  g_clear_pointer (&self->checks, cfd_file_checks_free);
  g_clear_pointer (&self->erasures, cfd_erasure_worker_free);
  g_clear_pointer (&self->rest, cfd_rest_door_free);
  g_clear_pointer (&self->sockets, cfd_socket_door_free);
  g_clear_pointer (&self->router, cfd_router_free);
  g_clear_pointer (&self->key_uses, cfd_api_key_uses_free);
  g_clear_pointer (&self->retention, cfd_retention_worker_free);
  g_clear_pointer (&self->visits, cfd_visit_worker_free);
  g_clear_pointer (&self->hub, cfd_hub_free);
  g_clear_pointer (&self->snoozes, cfd_due_timer_free);
  g_clear_pointer (&self->scheduled, cfd_due_timer_free);
  cfd_roster_watch (NULL, NULL);
  g_clear_pointer (&self->routing, cfd_routing_worker_free);
  cfd_pictures_configure (NULL);
  cfd_places_configure (NULL);
  cfd_user_agents_configure (NULL);
  g_free (self->status.database);
  g_clear_pointer (&self->lock, cfd_state_lock_free);
  g_main_loop_unref (self->loop);
  g_free (self);
}
