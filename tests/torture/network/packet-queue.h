/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "impairment.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 came, lost, overflowed, duplicated, held, left;
} PacketCounts;

/*
 * One direction of a bad link, without sockets or clock: packets go in with the time, and come out when they are due. The same seed
 * gives the same packets the same fate, whatever was set meanwhile. Times are microseconds of any clock that only runs forward.
 */
typedef struct _PacketQueue PacketQueue;

PacketQueue        *packet_queue_new    (guint32 seed);
void                packet_queue_free   (PacketQueue *self);
void                packet_queue_impair (PacketQueue *self, const Impairment *impairment);
void                packet_queue_put    (PacketQueue *self, gconstpointer packet, gsize length, gint64 now);
GBytes             *packet_queue_take   (PacketQueue *self, gint64 now);
gint64              packet_queue_due    (PacketQueue *self);
const PacketCounts *packet_queue_counts (PacketQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PacketQueue, packet_queue_free)

G_END_DECLS
