/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/rpc/caller.h"
#include "demo-store.h"

G_BEGIN_DECLS

/**
 * CfdDemoPlan:
 * How much history to invent, by whom, where.
 */
typedef struct
{
  guint n_visitors, n_conversations, n_messages;
  guint64 seed;
  gint64 now; /* ms UTC: where the two years of history end */
  CfdCaller *const *agents;
  guint n_agents;
  char *const *sites; /* ids */
  guint n_sites;
  gint64 rev; /* the last one before the history; then the last one of it */
  void (*progress) (guint n_done, gpointer data); /* after each message */
  gboolean (*stop) (gpointer data);               /* whether to give up */
  gpointer data;
} CfdDemoPlan;

gboolean cfd_demo_history_write (CfdDemoPlan *plan, CfdDemoStore *store, GError **error);

G_END_DECLS
