/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "status.h"

#include "metrics-text.h"
#include "protocol/id.h"
#include "protocol/json.h"

#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

static void
gauge (GString *out, const char *name, const char *help, double number)
{
  cfd_metrics_family (out, name, "gauge", help);
  cfd_metrics_sample (out, name, NULL, NULL, number);
}

static void
counter (GString *out, const char *name, const char *help, double number)
{
  cfd_metrics_family (out, name, "counter", help);
  cfd_metrics_sample (out, name, NULL, NULL, number);
}

static void
write_connections (const CfdStatus *self, GString *out)
{
  CfdTransportStats wire;
  CfdSocketDoorStats sockets;

  cfd_transport_get_stats (self->transport, &wire);
  cfd_socket_door_get_stats (self->sockets, &sockets);
  cfd_metrics_family (out, "chatflow_connections", "gauge", "Open connections by kind.");
  cfd_metrics_sample (out, "chatflow_connections", "kind", "http", wire.http_connections);
  cfd_metrics_sample (out, "chatflow_connections", "kind", "agent", sockets.agents);
  cfd_metrics_sample (out, "chatflow_connections", "kind", "visitor", sockets.visitors);
  cfd_metrics_sample (out, "chatflow_connections", "kind", "unopened", sockets.unopened);
  counter (out, "chatflow_handshakes_total", "WebSocket handshakes.", wire.handshakes);
  counter (out, "chatflow_requests_total", "HTTP requests.", wire.requests);
  cfd_metrics_family (out, "chatflow_messages_total", "counter", "WebSocket messages.");
  cfd_metrics_sample (out, "chatflow_messages_total", "direction", "in", wire.messages_in);
  cfd_metrics_sample (out, "chatflow_messages_total", "direction", "out", wire.messages_out);
  cfd_metrics_family (out, "chatflow_bytes_total", "counter", "Bytes on WebSockets.");
  cfd_metrics_sample (out, "chatflow_bytes_total", "direction", "in", wire.bytes_in);
  cfd_metrics_sample (out, "chatflow_bytes_total", "direction", "out", wire.bytes_out);
  cfd_metrics_family (out, "chatflow_closed_total", "counter", "Sockets that the server closed, by why.");
  cfd_metrics_sample (out, "chatflow_closed_total", "why", "too_slow", wire.closed_too_slow);
  cfd_metrics_sample (out, "chatflow_closed_total", "why", "protocol", wire.closed_protocol);
  cfd_metrics_sample (out, "chatflow_closed_total", "why", "silent", wire.closed_silent);
  cfd_metrics_family (out, "chatflow_refused_total", "counter", "Connections and requests refused before they were read, by why.");
  cfd_metrics_sample (out, "chatflow_refused_total", "why", "rate", wire.refused_rate);
  cfd_metrics_sample (out, "chatflow_refused_total", "why", "limit", wire.refused_limit);
  gauge (out, "chatflow_send_queue_bytes", "Bytes that wait to be sent on sockets.", wire.queued_bytes);
}

static void
write_calls (const CfdStatus *self, GString *out)
{
  const CfdMeter *meter = cfd_router_get_meter (self->router);
  GHashTableIter iter;
  gpointer method, count;

  cfd_metrics_family (out, "chatflow_calls_total", "counter", "Calls by method, through both doors.");
  g_hash_table_iter_init (&iter, meter->calls);
  while (g_hash_table_iter_next (&iter, &method, &count))
    cfd_metrics_sample (out, "chatflow_calls_total", "method", method, GPOINTER_TO_SIZE (count));
  cfd_metrics_family (out, "chatflow_errors_total", "counter", "Refused and failed calls by reason.");
  for (guint i = 0; i < CF_N_ERRORS; i++)
    cfd_metrics_sample (out, "chatflow_errors_total", "reason", cf_error_reason (i), meter->errors[i]);
}

static void
write_database (const CfdStatus *self, GString *out)
{
  static const double sizes[] = { 1, 2, 4, 8, 16, 32, 64 };
  static const double seconds[] = { 0.00025, 0.0005, 0.001, 0.002, 0.005, 0.010, 0.050 };
  CfdDbStats db;
  CfdHubStats hub;

  cfd_db_get_stats (self->db, &db);
  cfd_hub_get_stats (self->hub, &hub);
  cfd_metrics_histogram (out, "chatflow_commit_size_calls", "Calls that shared a commit.", sizes, db.commit_size_buckets, G_N_ELEMENTS (sizes), db.calls);
  cfd_metrics_histogram (out, "chatflow_commit_seconds", "Time of a commit.", seconds, db.commit_time_buckets, G_N_ELEMENTS (seconds),
                         db.commit_microseconds / 1e6);
  counter (out, "chatflow_commits_failed_total", "Commits that failed as a whole.", db.failed_commits);
  counter (out, "chatflow_writes_failed_total", "Writing calls that were refused within their transaction.", db.failed_calls);
  cfd_metrics_family (out, "chatflow_queue_calls", "gauge", "Calls that wait for a database thread.");
  cfd_metrics_sample (out, "chatflow_queue_calls", "queue", "write", db.write_queue);
  cfd_metrics_sample (out, "chatflow_queue_calls", "queue", "read", db.read_queue);
  cfd_metrics_sample (out, "chatflow_queue_calls", "queue", "slow", db.slow_queue);
  gauge (out, "chatflow_database_writable", "1 when the last commit succeeded.", db.writable);
  gauge (out, "chatflow_live_peers", "Sockets that get changes as they happen.", hub.live);
  counter (out, "chatflow_published_total", "Changes told to the hub.", hub.published);
}

static gsize
resident_bytes (void)
{
  g_autofree char *text = NULL;
  unsigned long size = 0, resident = 0;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) || sscanf (text, "%lu %lu", &size, &resident) != 2)
    return 0;
  return (gsize) resident * sysconf (_SC_PAGESIZE);
}

static void
write_process (GString *out)
{
  struct rusage usage;
  double seconds = 0;

  if (getrusage (RUSAGE_SELF, &usage) == 0)
    seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  counter (out, "process_cpu_seconds_total", "Processor time of the server.", seconds);
  gauge (out, "process_resident_memory_bytes", "Memory of the server.", resident_bytes ());
}

static void
add_problem (GString *problems, const char *text)
{
  if (problems->len > 0)
    g_string_append_c (problems, ',');
  cf_json_encode_string (problems, text);
}

/**
 * cfd_status_respond_health:
 * Answers 200 when all is well, 503 with what is wrong when it is not.
 */
void
cfd_status_respond_health (const CfdStatus *self, CfdRequest *request)
{
  GString *out = g_string_new ("{\"status\":");
  g_autoptr (GString) problems = g_string_new (NULL);
  g_autoptr (GError) closed = NULL;
  g_autoptr (GBytes) body = NULL;
  CfdDbStats db;
  gboolean well;

  cfd_db_get_stats (self->db, &db);
  if (!db.writable)
    {
      g_autofree char *text = g_strdup_printf ("the database cannot be written: %.180s", db.last_error);
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      add_problem (problems, valid);
    }
  if (!cfd_router_is_open (self->router, &closed))
    add_problem (problems, "the server is about to stop");
  well = problems->len == 0;
  g_string_append_printf (out, "\"%s\",\"version\":\"%s\",\"time\":%" G_GINT64_FORMAT ",\"problems\":[%s],"
                               "\"queues\":{\"write\":%u,\"read\":%u,\"slow\":%u}}",
                          well ? "ok" : "degraded", CHATFLOW_VERSION, cf_now (), problems->str, db.write_queue, db.read_queue, db.slow_queue);
  body = g_string_free_to_bytes (out);
  cfd_request_add_header (request, "Cache-Control", "no-store");
  cfd_request_add_header (request, "X-Content-Type-Options", "nosniff");
  cfd_request_respond (request, well ? 200 : 503, "application/json", body);
}

/**
 * cfd_status_metrics:
 * Returns: (transfer full): all counters and gauges as Prometheus reads them
 */
GBytes *
cfd_status_metrics (const CfdStatus *self)
{
  GString *out = g_string_new (NULL);

  write_connections (self, out);
  write_calls (self, out);
  write_database (self, out);
  write_process (out);
  return g_string_free_to_bytes (out);
}
