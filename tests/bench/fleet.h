/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialect.h"
#include "histogram.h"

G_BEGIN_DECLS

/**
 * FleetListener:
 * Hears of messages on the way. @now is when it was read.
 */
typedef struct
{
  void (*acked)     (gpointer data, Connection *connection, guint64 stamp, guint64 now);
  void (*delivered) (gpointer data, Connection *connection, guint64 stamp, guint64 now);
  gpointer data;
} FleetListener;

typedef struct
{
  guint opened;  /* times that somebody got ready */
  guint lost;    /* sockets that ended without our doing */
  guint refused; /* calls that were answered with an error */
} FleetCounts;

/**
 * Fleet:
 * Visitors and agents of one server in one epoll set.
 */
typedef struct _Fleet Fleet;

Fleet             *fleet_new         (const Dialect *dialect, guint16 port, const char *site);
Connection        *fleet_add         (Fleet *self, Connection *connection); /* transfer full; still closed */
guint              fleet_size        (const Fleet *self);
Connection        *fleet_get         (const Fleet *self, guint index);
void               fleet_listen      (Fleet *self, const FleetListener *listener); /* nullable */
gboolean           fleet_open        (Fleet *self, guint first, guint n, guint at_once, Histogram *times, GError **error);
void               fleet_close       (Fleet *self, Connection *connection);
gboolean           fleet_all_closed  (const Fleet *self);
void               fleet_turn        (Fleet *self, guint64 timeout_ns);
void               fleet_run         (Fleet *self, guint64 duration_ns);
gboolean           fleet_start       (Fleet *self, Connection *connection, guint64 stamp, gsize length); /* FALSE: not connected */
gboolean           fleet_send        (Fleet *self, Connection *connection, guint64 stamp, gsize length);
gboolean           fleet_browse      (Fleet *self, Connection *connection, guint64 stamp);
gboolean           fleet_watch       (Fleet *self, Connection *connection);
const FleetCounts *fleet_counts      (const Fleet *self);
const char        *fleet_complaint   (const Fleet *self); /* nullable: the first thing that went wrong */
void               fleet_free        (Fleet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fleet, fleet_free)

G_END_DECLS
