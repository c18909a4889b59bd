/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load.h"

#include "clock.h"
#include "process.h"

#include <gio/gio.h>
#include <math.h>
#include <unistd.h>

/* Conversations that are begun at the same time while the stage is set. */
#define STARTS_AT_ONCE 64
/* What has not arrived this long after the last message was sent is lost. */
#define DRAIN_NS (30 * NS_PER_SECOND)
/* Whoever sends a number of messages is not given longer than this. */
#define LONGEST_SECONDS 600
#define SEED 3

typedef struct
{
  Fleet *fleet;
  const LoadPlan *plan;
  LoadResult *result;
  gboolean measuring, closed_loop;
} Load;

/* What this load consists of: a message, or a page. Returns: FALSE when they are not connected. */
static gboolean
act (Load *load, Connection *connection, guint64 stamp)
{
  if (load->plan->browse)
    return fleet_browse (load->fleet, connection, stamp);
  return fleet_send (load->fleet, connection, stamp, load->plan->length);
}

/* Only what was meant to be sent while it was measured, and whoever is measured in a closed loop goes on. */
static void
on_acked (gpointer data, Connection *connection, guint64 stamp, guint64 now)
{
  Load *load = data;

  load->result->acked++;
  if (load->measuring)
    {
      load->result->messages++;
      histogram_add (load->result->to_ack, now - stamp);
    }
  if (load->closed_loop && (load->plan->messages == 0 || load->result->sent < load->plan->messages)
      && act (load, connection, clock_ns ()))
    load->result->sent++;
}

static void
on_delivered (gpointer data, Connection *connection, guint64 stamp, guint64 now)
{
  Load *load = data;

  load->result->delivered++;
  if (load->measuring)
    histogram_add (load->result->to_agent, now - stamp);
}

static gboolean
is_good (Fleet *fleet, GError **error)
{
  const FleetCounts *counts = fleet_counts (fleet);

  if (counts->lost == 0 && counts->refused == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%u connections lost, %u calls refused; %s", counts->lost, counts->refused,
               fleet_complaint (fleet));
  return FALSE;
}

/* Until everything has been acknowledged and has reached every agent. */
static gboolean
drain (Load *load, guint64 at_most, GError **error)
{
  LoadResult *result = load->result;
  guint64 end = clock_ns () + DRAIN_NS;

  while (result->acked + at_most < result->sent || (at_most == 0 && !load->plan->browse && result->delivered < result->sent * load->plan->agents))
    {
      if (!is_good (load->fleet, error))
        return FALSE;
      if (clock_ns () > end)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                       "of %" G_GUINT64_FORMAT " messages %" G_GUINT64_FORMAT " were acknowledged and %" G_GUINT64_FORMAT " arrived at %u agents",
                       result->sent, result->acked, result->delivered, load->plan->agents);
          return FALSE;
        }
      fleet_turn (load->fleet, NS_PER_SECOND / 10);
    }
  return TRUE;
}

static void
listen_to (Load *load)
{
  const FleetListener listener = { on_acked, on_delivered, load };

  fleet_listen (load->fleet, &listener);
}

/**
 * load_start_conversations:
 * Each writer begins a conversation; all agents have seen them all when it returns.
 */
gboolean
load_start_conversations (Fleet *fleet, const LoadPlan *plan, GError **error)
{
  LoadResult result = { 0 };
  Load load = { .fleet = fleet, .plan = plan, .result = &result };
  gboolean good = TRUE;

  listen_to (&load);
  for (guint i = 0; good && i < plan->writers; i++)
    {
      result.sent += fleet_start (fleet, fleet_get (fleet, plan->first + i), clock_ns (), plan->length);
      good = drain (&load, STARTS_AT_ONCE, error);
    }
  good = good && drain (&load, 0, error);
  fleet_listen (fleet, NULL);
  return good;
}

static gboolean
begin_measuring (Load *load, guint64 now, GError **error)
{
  gint64 server = process_cpu_ns (load->plan->server, error), own = process_cpu_ns (getpid (), NULL);

  if (server < 0)
    return FALSE;
  load->result->wall = now;
  load->result->server_cpu = server;
  load->result->own_cpu = own;
  load->measuring = TRUE;
  return TRUE;
}

static gboolean
end_measuring (Load *load, GError **error)
{
  LoadResult *result = load->result;
  gint64 server = process_cpu_ns (load->plan->server, error);

  load->measuring = FALSE;
  load->closed_loop = FALSE;
  if (server < 0)
    return FALSE;
  result->wall = clock_ns () - result->wall;
  result->server_cpu = server - result->server_cpu;
  result->own_cpu = process_cpu_ns (getpid (), NULL) - result->own_cpu;
  result->server_rss = process_rss_bytes (load->plan->server, error);
  return result->server_rss >= 0;
}

/* Sends whatever is due at @now. Messages come at random times (a Poisson process), from random writers; a generator that was held up
 * sends late but counts from when it should have sent. Returns: when the next is due. */
static guint64
send_due (Load *load, GRand *random, guint64 due, guint64 now)
{
  const LoadPlan *plan = load->plan;

  while (due <= now)
    {
      Connection *writer = fleet_get (load->fleet, plan->first + g_rand_int_range (random, 0, plan->writers));

      load->result->sent += act (load, writer, due);
      due += MAX (-log (1.0 - g_rand_double (random)) / plan->rate * NS_PER_SECOND, 1);
    }
  return due;
}

static gboolean
all_sent (const Load *load)
{
  return load->plan->messages > 0 && load->result->acked >= load->plan->messages;
}

/* In a closed loop everybody begins. */
static void
send_first (Load *load)
{
  const LoadPlan *plan = load->plan;
  guint64 n = plan->messages > 0 ? MIN (plan->writers, plan->messages) : plan->writers;

  for (guint i = 0; i < n; i++)
    load->result->sent += act (load, fleet_get (load->fleet, plan->first + i), clock_ns ());
}

static gboolean
run (Load *load, GRand *random, GError **error)
{
  const LoadPlan *plan = load->plan;
  double warm_up = plan->messages > 0 ? 0 : plan->warm_up, seconds = plan->messages > 0 ? LONGEST_SECONDS : plan->seconds;
  guint64 now = clock_ns (), due = now, begin = now + warm_up * NS_PER_SECOND, end = begin + seconds * NS_PER_SECOND;

  load->closed_loop = plan->rate <= 0;
  if (load->closed_loop)
    send_first (load);
  for (; now < end && !all_sent (load); now = clock_ns ())
    {
      guint64 wait = end - now;

      if (!load->measuring && now >= begin && !begin_measuring (load, now, error))
        return FALSE;
      if (!load->closed_loop)
        {
          due = send_due (load, random, due, now);
          now = clock_ns ();
          wait = MIN (wait, due > now ? due - now : 0);
        }
      fleet_turn (load->fleet, wait);
    }
  return end_measuring (load, error) && drain (load, 0, error) && is_good (load->fleet, error);
}

/**
 * load_run:
 * Carries out the plan. Every message must be acknowledged and reach every agent, or it fails.
 */
gboolean
load_run (Fleet *fleet, const LoadPlan *plan, LoadResult *out, GError **error)
{
  Load load = { .fleet = fleet, .plan = plan, .result = out };
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  gboolean good;

  *out = (LoadResult) { .to_ack = histogram_new (), .to_agent = histogram_new () };
  listen_to (&load);
  good = run (&load, random, error);
  fleet_listen (fleet, NULL);
  return good;
}

void
load_result_clear (LoadResult *self)
{
  g_clear_pointer (&self->to_ack, histogram_free);
  g_clear_pointer (&self->to_agent, histogram_free);
}
