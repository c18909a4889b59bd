/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metrics.h"

#include "backend/db/migrate.h"
#include "backend/db/search-index.h"
#include "backend/features/sites/site-limit-service.h"
#include "metrics-text.h"
#include "process-metrics.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

static void
gauge (GString *out, const char *name, const char *help, double number)
{
  cfd_metrics_family (out, name, "gauge", help);
  cfd_metrics_sample (out, name, number, NULL);
}

static void
counter (GString *out, const char *name, const char *help, double number)
{
  cfd_metrics_family (out, name, "counter", help);
  cfd_metrics_sample (out, name, number, NULL);
}

static void
times (GString *out, const char *name, const char *help, const CfdHistogram *histogram)
{
  cfd_metrics_family (out, name, "histogram", help);
  cfd_metrics_histogram (out, name, cfd_histogram_seconds, histogram->counts, CFD_HISTOGRAM_BOUNDS, histogram->microseconds / 1e6, NULL);
}

static void
write_connections (const CfdTransportStats *wire, const CfdSocketDoorStats *sockets, GString *out)
{
  cfd_metrics_family (out, "chatflow_connections", "gauge", "Open connections by kind.");
  cfd_metrics_sample (out, "chatflow_connections", wire->http_connections, "kind", "http", NULL);
  cfd_metrics_sample (out, "chatflow_connections", sockets->agents, "kind", "agent", NULL);
  cfd_metrics_sample (out, "chatflow_connections", sockets->visitors, "kind", "visitor", NULL);
  cfd_metrics_sample (out, "chatflow_connections", sockets->unopened, "kind", "unopened", NULL);
  counter (out, "chatflow_handshakes_total", "WebSocket handshakes.", wire->handshakes);
  cfd_metrics_family (out, "chatflow_session_opens_total", "counter", "Answers to session.open, by role where it was granted, and by outcome.");
  cfd_metrics_sample (out, "chatflow_session_opens_total", sockets->opened_agents, "role", "agent", "outcome", "ok", NULL);
  cfd_metrics_sample (out, "chatflow_session_opens_total", sockets->opened_visitors, "role", "visitor", "outcome", "ok", NULL);
  for (guint i = 0; i < CF_N_ERRORS; i++)
    cfd_metrics_sample (out, "chatflow_session_opens_total", sockets->open_refused[i], "role", "none", "outcome", cf_error_reason (i), NULL);
  cfd_metrics_family (out, "chatflow_closed_total", "counter", "Sockets that the server closed, by why.");
  cfd_metrics_sample (out, "chatflow_closed_total", wire->closed_too_slow, "why", "too_slow", NULL);
  cfd_metrics_sample (out, "chatflow_closed_total", wire->closed_protocol, "why", "protocol", NULL);
  cfd_metrics_sample (out, "chatflow_closed_total", wire->closed_silent, "why", "silent", NULL);
  cfd_metrics_sample (out, "chatflow_closed_total", wire->closed_unopened, "why", "unopened", NULL);
  cfd_metrics_family (out, "chatflow_refused_total", "counter", "Connections, requests and calls refused before they were read, by why.");
  cfd_metrics_sample (out, "chatflow_refused_total", wire->refused_rate, "why", "rate", NULL);
  cfd_metrics_sample (out, "chatflow_refused_total", wire->refused_limit, "why", "limit", NULL);
}

static void
write_traffic (const CfdTransportStats *wire, GString *out)
{
  counter (out, "chatflow_http_requests_total", "HTTP requests, handshakes among them.", wire->requests);
  cfd_metrics_family (out, "chatflow_socket_messages_total", "counter", "WebSocket messages.");
  cfd_metrics_sample (out, "chatflow_socket_messages_total", wire->messages_in, "direction", "in", NULL);
  cfd_metrics_sample (out, "chatflow_socket_messages_total", wire->messages_out, "direction", "out", NULL);
  cfd_metrics_family (out, "chatflow_socket_bytes_total", "counter", "Bytes on WebSockets.");
  cfd_metrics_sample (out, "chatflow_socket_bytes_total", wire->bytes_in, "direction", "in", NULL);
  cfd_metrics_sample (out, "chatflow_socket_bytes_total", wire->bytes_out, "direction", "out", NULL);
  gauge (out, "chatflow_send_queue_bytes", "Bytes that wait to be sent on sockets.", wire->queued_bytes);
}

static void
write_method (GString *out, const char *method, const CfdMethodMeter *meter)
{
  cfd_metrics_sample (out, "chatflow_calls_total", meter->done, "method", method, "outcome", "ok", NULL);
  for (guint i = 0; i < CF_N_ERRORS; i++)
    if (meter->failed[i] > 0)
      cfd_metrics_sample (out, "chatflow_calls_total", meter->failed[i], "method", method, "outcome", cf_error_reason (i), NULL);
}

static void
write_calls (const CfdMeter *meter, GString *out)
{
  GHashTableIter iter;
  gpointer method, value;

  cfd_metrics_family (out, "chatflow_calls_total", "counter", "Calls that were carried out, by method and outcome, through both doors.");
  g_hash_table_iter_init (&iter, meter->methods);
  while (g_hash_table_iter_next (&iter, &method, &value))
    write_method (out, method, value);
  cfd_metrics_family (out, "chatflow_call_seconds", "histogram", "Time of a call, from the door to its answer.");
  g_hash_table_iter_init (&iter, meter->methods);
  while (g_hash_table_iter_next (&iter, &method, &value))
    {
      const CfdHistogram *time = &((const CfdMethodMeter *) value)->time;

      cfd_metrics_histogram (out, "chatflow_call_seconds", cfd_histogram_seconds, time->counts, CFD_HISTOGRAM_BOUNDS,
                             time->microseconds / 1e6, "method", method, NULL);
    }
  cfd_metrics_family (out, "chatflow_errors_total", "counter", "Refused and failed calls by reason, also those that no method ever saw.");
  for (guint i = 0; i < CF_N_ERRORS; i++)
    cfd_metrics_sample (out, "chatflow_errors_total", meter->errors[i], "reason", cf_error_reason (i), NULL);
}

static void
write_limits (GString *out)
{
  guint64 refused[CFD_N_SITE_USES];

  cfd_site_limits_refused (refused);
  cfd_metrics_family (out, "chatflow_site_limited_total", "counter", "What was refused because a site had had as much of it as its limits allow.");
  for (guint i = 0; i < CFD_N_SITE_USES; i++)
    cfd_metrics_sample (out, "chatflow_site_limited_total", refused[i], "use", cfd_site_use_words[i], NULL);
}

static void
write_messages (const CfdHubStats *hub, GString *out)
{
  cfd_metrics_family (out, "chatflow_messages_total", "counter", "Texts that were written, by who wrote them.");
  for (guint i = 0; i < G_N_ELEMENTS (hub->texts); i++)
    cfd_metrics_sample (out, "chatflow_messages_total", hub->texts[i], "author", cf_author_kind_words[i], NULL);
  counter (out, "chatflow_changes_total", "Changes that were published.", hub->published);
  gauge (out, "chatflow_live_peers", "Sockets that get changes as they happen.", hub->live);
  counter (out, "chatflow_page_looks_lost_total", "Looks of visitors at pages that were not kept, because more waited than there is room for.", hub->lost);
  times (out, "chatflow_delivery_seconds", "From the receipt of a write until the change was handed to the sockets of those whom it concerns.", &hub->delivery);
}

static void
write_database (const CfdDbStats *db, GString *out)
{
  static const double sizes[] = { 1, 2, 4, 8, 16, 32, 64 };

  cfd_metrics_family (out, "chatflow_commit_calls", "histogram", "Calls that shared a commit.");
  cfd_metrics_histogram (out, "chatflow_commit_calls", sizes, db->commit_size_buckets, G_N_ELEMENTS (sizes), db->committed_calls, NULL);
  times (out, "chatflow_commit_seconds", "Time of a commit.", &db->commit_time);
  times (out, "chatflow_write_wait_seconds", "Time that a write waited for its turn.", &db->write_wait);
  times (out, "chatflow_read_wait_seconds", "Time that a reading call waited for a thread.", &db->read_wait);
  counter (out, "chatflow_commits_failed_total", "Commits that failed as a whole.", db->failed_commits);
  counter (out, "chatflow_writes_failed_total", "Writing calls of which nothing was stored.", db->failed_calls);
  cfd_metrics_family (out, "chatflow_queue_calls", "gauge", "Calls that wait for a database thread.");
  cfd_metrics_sample (out, "chatflow_queue_calls", db->write_queue, "queue", "write", NULL);
  cfd_metrics_sample (out, "chatflow_queue_calls", db->read_queue, "queue", "read", NULL);
  cfd_metrics_sample (out, "chatflow_queue_calls", db->slow_queue, "queue", "slow", NULL);
  gauge (out, "chatflow_search_lag_seconds", "Age of the oldest commit whose words search does not find yet; 0 when it knows all.", db->search_lag / 1e6);
  gauge (out, "chatflow_database_writable", "1 when the last commit succeeded.", db->writable);
}

static void
write_jobs (CfdJobWorker *mail, GString *out)
{
  static const CfdJobStats none;
  const CfdJobStats *stats = mail != NULL ? cfd_job_worker_get_stats (mail) : &none;

  cfd_metrics_family (out, "chatflow_jobs_waiting", "gauge", "What has to happen outside the database and is not done yet, by lane.");
  cfd_metrics_sample (out, "chatflow_jobs_waiting", stats->waiting, "lane", "mail", NULL);
  cfd_metrics_family (out, "chatflow_jobs_total", "counter", "Jobs by lane: done, given up, and tries that failed.");
  cfd_metrics_sample (out, "chatflow_jobs_total", stats->done, "lane", "mail", "outcome", "done", NULL);
  cfd_metrics_sample (out, "chatflow_jobs_total", stats->failed_tries, "lane", "mail", "outcome", "failed_try", NULL);
  cfd_metrics_sample (out, "chatflow_jobs_total", stats->given_up, "lane", "mail", "outcome", "given_up", NULL);
}

static double
size_of (const char *path)
{
  struct stat status;

  return stat (path, &status) == 0 ? status.st_size : 0;
}

static void
write_disk (const char *database, GString *out)
{
  g_autofree char *log = g_strconcat (database, "-wal", NULL), *search = cfd_search_index_path (database);
  g_autoptr (GPtrArray) migrations = cfd_migrations ();
  struct statvfs disk;
  gboolean known = statvfs (database, &disk) == 0;

  cfd_metrics_family (out, "chatflow_database_bytes", "gauge", "Size of the database, of its write-ahead log, and of the full-text index.");
  cfd_metrics_sample (out, "chatflow_database_bytes", size_of (database), "file", "database", NULL);
  cfd_metrics_sample (out, "chatflow_database_bytes", size_of (log), "file", "log", NULL);
  cfd_metrics_sample (out, "chatflow_database_bytes", size_of (search), "file", "search", NULL);
  cfd_metrics_family (out, "chatflow_disk_bytes", "gauge", "The disk that the database is on.");
  cfd_metrics_sample (out, "chatflow_disk_bytes", known ? (double) disk.f_bavail * disk.f_frsize : 0, "space", "free", NULL);
  cfd_metrics_sample (out, "chatflow_disk_bytes", known ? (double) disk.f_blocks * disk.f_frsize : 0, "space", "all", NULL);
  gauge (out, "chatflow_schema_version", "Version of the database's tables.", migrations->len);
}

/**
 * cfd_metrics:
 * Returns: (transfer full): all counters and gauges; no label holds what a client wrote
 */
GBytes *
cfd_metrics (const CfdStatus *status)
{
  GString *out = g_string_new (NULL);
  CfdTransportStats wire;
  CfdSocketDoorStats sockets;
  CfdHubStats hub;
  CfdDbStats db;

  cfd_transport_get_stats (status->transport, &wire);
  cfd_socket_door_get_stats (status->sockets, &sockets);
  cfd_hub_get_stats (status->hub, &hub);
  cfd_db_get_stats (status->db, &db);
  cfd_metrics_family (out, "chatflow_build_info", "gauge", "Always 1; the version that runs.");
  cfd_metrics_sample (out, "chatflow_build_info", 1, "version", CHATFLOW_VERSION, NULL);
  write_connections (&wire, &sockets, out);
  write_traffic (&wire, out);
  write_calls (cfd_router_get_meter (status->router), out);
  write_limits (out);
  write_messages (&hub, out);
  write_database (&db, out);
  write_disk (status->database, out);
  write_jobs (status->mail, out);
  cfd_process_metrics (out);
  return g_string_free_to_bytes (out);
}
