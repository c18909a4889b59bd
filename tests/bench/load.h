/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fleet.h"

#include <sys/types.h>

G_BEGIN_DECLS

/**
 * LoadPlan:
 * Who writes, how, and for how long.
 */
typedef struct
{
  guint first, writers; /* which of the fleet */
  guint agents;         /* how many receive every message */
  double rate;          /* messages per second of all together; 0: each writer sends the next when the last was acknowledged */
  double warm_up, seconds;
  guint64 messages; /* without a rate: that many are sent and measured, however long it takes; 0: for as long as is said above */
  gsize length; /* bytes of a text */
  gboolean browse; /* they open pages instead: @agents hear of that as it suits the server, and nothing is waited for at them */
  pid_t server;
} LoadPlan;

/**
 * LoadResult:
 * What was seen between warm-up and end. Times are ns; those to acknowledgement and receipt count from when a message was meant to be sent.
 */
typedef struct
{
  guint64 wall, server_cpu, own_cpu;
  guint64 messages; /* acknowledged in that time */
  guint64 sent, acked, delivered; /* in all, after the last has arrived */
  gint64 server_rss; /* bytes, at the end of the load */
  Histogram *to_ack, *to_agent;
} LoadResult;

gboolean load_start_conversations (Fleet *fleet, const LoadPlan *plan, GError **error);
gboolean load_run                 (Fleet *fleet, const LoadPlan *plan, LoadResult *out, GError **error);
void     load_result_clear        (LoadResult *self);

G_END_DECLS
