/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock.h"
#include "http-load.h"
#include "load.h"
#include "process.h"
#include "report.h"

#include <gio/gio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

/* How many open at the same time while the stage is filled. */
#define FILL_AT_ONCE 128
/* Resident memory has settled when it stays within STILL_BYTES for STILL_ROUNDS looks. */
#define LOOK_NS (NS_PER_SECOND / 4)
#define STILL_ROUNDS 4
#define STILL_BYTES 65536
#define LOOKS_MAX 40

typedef struct
{
  char *dialect, *site, *agents_file, *reopen, *path, *bearer;
  int port, server, idle, writers, length, settle_signal, reopen_times, at_once, messages;
  double rate, seconds, warm_up;
  gboolean reconnect, browse;
} Options;

/* One run: agents first, then the idle visitors, then those who write. */
typedef struct
{
  Options options;
  guint agents;
  Fleet *fleet;
  Report *report;
} Run;

static gboolean
add_agents (Run *run, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) tokens = NULL;

  if (run->options.agents_file == NULL)
    return TRUE;
  if (!g_file_get_contents (run->options.agents_file, &text, NULL, error))
    return FALSE;
  tokens = g_strsplit (g_strchomp (text), "\n", -1);
  for (; tokens[run->agents] != NULL; run->agents++)
    fleet_add (run->fleet, connection_new_agent (tokens[run->agents]));
  return TRUE;
}

/* Waits until the server's memory stays as it is. A server with a garbage collector is asked to collect by a signal, so that only what it
 * needs is counted. */
static gint64
settled_rss (Run *run, GError **error)
{
  gint64 rss = -1, last = -1;

  if (run->options.settle_signal > 0)
    kill (run->options.server, run->options.settle_signal);
  for (guint look = 0, still = 0; look < LOOKS_MAX && still < STILL_ROUNDS; look++)
    {
      fleet_run (run->fleet, LOOK_NS);
      rss = process_rss_bytes (run->options.server, error);
      if (rss < 0)
        return -1;
      still = last >= 0 && ABS (rss - last) <= STILL_BYTES ? still + 1 : 0;
      last = rss;
    }
  return rss;
}

/* Opens @n from the @first on and reports how fast that went. */
static gboolean
open_and_report (Run *run, const char *name, guint first, guint n, guint at_once, GError **error)
{
  g_autoptr (Histogram) times = histogram_new ();
  g_autofree char *per_second = g_strdup_printf ("%s_per_s", name), *cpu_us = g_strdup_printf ("%s_cpu_us", name);
  gint64 cpu = process_cpu_ns (run->options.server, error);
  guint64 start = clock_ns ();

  if (cpu < 0 || !fleet_open (run->fleet, first, n, at_once, times, error))
    return FALSE;
  report_number (run->report, per_second, n / ((double) (clock_ns () - start) / NS_PER_SECOND));
  report_number (run->report, cpu_us, (process_cpu_ns (run->options.server, NULL) - cpu) / 1e3 / n);
  report_times (run->report, name, times);
  return TRUE;
}

static gboolean
fill (Run *run, GError **error)
{
  gint64 before, after;

  if (!fleet_open (run->fleet, 0, run->agents, FILL_AT_ONCE, NULL, error))
    return FALSE;
  before = settled_rss (run, error);
  if (before < 0)
    return FALSE;
  report_integer (run->report, "rss_empty_bytes", before);
  if (run->options.idle > 0)
    {
      if (!open_and_report (run, "handshake", run->agents, run->options.idle, FILL_AT_ONCE, error))
        return FALSE;
      after = settled_rss (run, error);
      if (after < 0)
        return FALSE;
      report_integer (run->report, "rss_idle_bytes", after);
      report_number (run->report, "rss_per_idle_bytes", (double) (after - before) / run->options.idle);
    }
  return fleet_open (run->fleet, run->agents + run->options.idle, run->options.writers, FILL_AT_ONCE, NULL, error);
}

static void
report_load (Run *run, const LoadResult *result)
{
  double seconds = (double) result->wall / NS_PER_SECOND, cpu = (double) result->server_cpu / NS_PER_SECOND;

  report_number (run->report, "messages_per_s", result->messages / seconds);
  report_number (run->report, "messages_per_cpu_s", result->messages / cpu);
  report_number (run->report, "cpu_ms_per_1000", cpu * 1e6 / result->messages);
  report_number (run->report, "server_cpu", cpu / seconds);
  report_number (run->report, "generator_cpu", (double) result->own_cpu / NS_PER_SECOND / seconds);
  report_times (run->report, "ack", result->to_ack);
  report_times (run->report, "delivery", result->to_agent);
  report_integer (run->report, "sent", result->sent);
  report_integer (run->report, "acked", result->acked);
  report_integer (run->report, "delivered", result->delivered);
  report_integer (run->report, "rss_loaded_bytes", result->server_rss);
}

static gboolean
load (Run *run, GError **error)
{
  const Options *options = &run->options;
  const LoadPlan plan = { .first = run->agents + options->idle, .writers = options->writers, .agents = run->agents, .rate = options->rate,
                          .warm_up = options->warm_up, .seconds = options->seconds,
                          .messages = options->messages, .length = options->length, .browse = options->browse, .server = options->server };
  LoadResult result = { 0 };
  gboolean good;

  if (options->browse)
    for (guint i = 0; i < run->agents; i++)
      fleet_watch (run->fleet, fleet_get (run->fleet, i));
  else if (!load_start_conversations (run->fleet, &plan, error))
    return FALSE;
  if (options->seconds <= 0)
    return TRUE;
  good = load_run (run->fleet, &plan, &result, error);
  if (good)
    report_load (run, &result);
  load_result_clear (&result);
  return good;
}

/* The first agent leaves and comes back: as somebody new ("fresh"), or with what they had before the load ("missed"). */
static gboolean
reopen (Run *run, GError **error)
{
  Connection *agent = fleet_get (run->fleet, 0);
  g_autoptr (Histogram) times = histogram_new ();
  guint n = run->options.reopen_times;
  gint64 cpu = process_cpu_ns (run->options.server, error);

  agent->since = strcmp (run->options.reopen, "missed") == 0 ? agent->rev : 0;
  for (guint i = 0; i < n; i++)
    {
      fleet_close (run->fleet, agent);
      if (!fleet_open (run->fleet, 0, 1, 1, times, error))
        return FALSE;
    }
  report_times (run->report, "reopen", times);
  report_number (run->report, "reopen_cpu_ms", (process_cpu_ns (run->options.server, error) - cpu) / 1e6 / n);
  report_integer (run->report, "reopen_bytes", agent->open_bytes);
  return TRUE;
}

/* Everybody waits for whoever runs this to end the server and to name, on standard input, the process that took its place; then all come
 * back at once. */
static gboolean
reconnect (Run *run, GError **error)
{
  char line[32];
  guint n = fleet_size (run->fleet);

  g_print ("waiting\n");
  while (!fleet_all_closed (run->fleet))
    fleet_turn (run->fleet, NS_PER_SECOND / 10);
  if (fgets (line, sizeof line, stdin) == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "standard input: expected the new server's process id");
      return FALSE;
    }
  run->options.server = atoi (line);
  return open_and_report (run, "reconnect", 0, n, run->options.at_once, error);
}

/* Instead of all else: one address, over as many connections as there would be writers. */
static gboolean
get (Run *run, GError **error)
{
  const Options *options = &run->options;
  const HttpPlan plan = { .port = options->port, .path = options->path, .bearer = options->bearer, .connections = options->writers,
                          .warm_up = options->warm_up, .seconds = options->seconds, .server = options->server };
  HttpResult result;
  gboolean good = http_load_run (&plan, &result, error);
  double seconds = (double) result.wall / NS_PER_SECOND, cpu = (double) result.server_cpu / NS_PER_SECOND;

  if (good)
    {
      report_number (run->report, "answers_per_s", result.answers / seconds);
      report_number (run->report, "answers_per_cpu_s", result.answers / cpu);
      report_number (run->report, "server_cpu", cpu / seconds);
      report_number (run->report, "generator_cpu", (double) result.own_cpu / NS_PER_SECOND / seconds);
      report_integer (run->report, "answer_bytes", result.answer_bytes);
      report_times (run->report, "answer", result.times);
    }
  http_result_clear (&result);
  return good;
}

static gboolean
parse (Options *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "dialect", 0, 0, G_OPTION_ARG_STRING, &options->dialect, "What the server speaks: chatflow or socket.io", "NAME" },
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port, "Where it listens, on 127.0.0.1", "N" },
    { "server", 0, 0, G_OPTION_ARG_INT, &options->server, "Its process", "PID" },
    { "site", 0, 0, G_OPTION_ARG_STRING, &options->site, "Key of the visitors' site", "KEY" },
    { "agents", 0, 0, G_OPTION_ARG_FILENAME, &options->agents_file, "The agents' tokens, one a line", "FILE" },
    { "idle", 0, 0, G_OPTION_ARG_INT, &options->idle, "Visitors who are just there", "N" },
    { "writers", 0, 0, G_OPTION_ARG_INT, &options->writers, "Visitors who write", "N" },
    { "rate", 0, 0, G_OPTION_ARG_DOUBLE, &options->rate, "Messages per second of all together; without it each sends the next after its answer", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &options->seconds, "How long is measured; 0: conversations are begun, nothing more", "N" },
    { "warm-up", 0, 0, G_OPTION_ARG_DOUBLE, &options->warm_up, "Seconds before that", "N" },
    { "messages", 0, 0, G_OPTION_ARG_INT, &options->messages, "Instead of seconds, without a rate: how many are sent", "N" },
    { "browse", 0, 0, G_OPTION_ARG_NONE, &options->browse, "They open pages instead of writing, and the agents follow that", NULL },
    { "length", 0, 0, G_OPTION_ARG_INT, &options->length, "Bytes of a message's text", "N" },
    { "settle-signal", 0, 0, G_OPTION_ARG_INT, &options->settle_signal, "Asks the server to collect its garbage before its memory is read", "N" },
    { "reopen", 0, 0, G_OPTION_ARG_STRING, &options->reopen, "After the load the first agent opens again: fresh, or missed (the load)", "HOW" },
    { "reopen-times", 0, 0, G_OPTION_ARG_INT, &options->reopen_times, "How often", "N" },
    { "at-once", 0, 0, G_OPTION_ARG_INT, &options->at_once, "How many come back at the same time with --reconnect", "N" },
    { "reconnect", 0, 0, G_OPTION_ARG_NONE, &options->reconnect, "At the end prints \"waiting\", reads the process of a restarted server, and all come back", NULL },
    { "get", 0, 0, G_OPTION_ARG_STRING, &options->path, "Nothing but GET PATH, over as many connections as there would be writers", "PATH" },
    { "bearer", 0, 0, G_OPTION_ARG_STRING, &options->bearer, "Token to send with that", "TOKEN" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- visitors and agents for a server, and how it bears them");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (options->port > 0 && options->server > 0 && options->idle >= 0 && options->writers >= 0)
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "--port and --server: expected a port and a process");
  return FALSE;
}

static gboolean
carry_out (Run *run, GError **error)
{
  const Options *options = &run->options;

  if (options->path != NULL)
    return get (run, error);
  if (!add_agents (run, error))
    return FALSE;
  for (int i = 0; i < options->idle + options->writers; i++)
    fleet_add (run->fleet, connection_new_visitor ());
  return fill (run, error) && (options->writers == 0 || load (run, error)) && (options->reopen == NULL || reopen (run, error))
         && (!options->reconnect || reconnect (run, error));
}

int
main (int argc, char **argv)
{
  Run run = { .options = { .length = 120, .seconds = 5, .warm_up = 1, .reopen_times = 1, .at_once = 1000 } };
  const Dialect *dialect;
  g_autoptr (GError) error = NULL;
  gboolean good = FALSE;

  prctl (PR_SET_TIMERSLACK, 1000, 0, 0, 0);
  if (parse (&run.options, argc, argv, &error) && (dialect = dialect_find (run.options.dialect, &error)) != NULL)
    {
      run.fleet = fleet_new (dialect, run.options.port, run.options.site);
      run.report = report_new ();
      good = carry_out (&run, &error);
      if (good)
        report_print (run.report);
      fleet_free (run.fleet);
      report_free (run.report);
    }
  if (!good)
    g_printerr ("load: %s\n", error->message);
  g_free (run.options.dialect);
  g_free (run.options.site);
  g_free (run.options.agents_file);
  g_free (run.options.reopen);
  g_free (run.options.path);
  g_free (run.options.bearer);
  return good ? 0 : 1;
}
