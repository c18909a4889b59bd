/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet-queue.h"

/* A packet that is out of order comes so much later than it should, so that others overtake it. */
#define HOLD_US    50000
/* What a line with a rate keeps before it throws away, as routers do. */
#define BACKLOG_US (2 * G_USEC_PER_SEC)

typedef struct
{
  GBytes *bytes;
  gint64 due;
  guint64 number; /* keeps the order of those that are due together */
} Packet;

struct _PacketQueue
{
  GRand *luck;
  Impairment impairment;
  GSequence *waiting; /* Packet, the next one first */
  guint64 last_number;
  gint64 last_due;    /* of those in order */
  gint64 line_free;   /* when the line has sent all that came */
  PacketCounts counts;
};

static void
packet_free (Packet *packet)
{
  g_bytes_unref (packet->bytes);
  g_free (packet);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const Packet *left = a, *right = b;

  if (left->due != right->due)
    return left->due < right->due ? -1 : 1;
  return left->number < right->number ? -1 : 1;
}

static void
clear (PacketQueue *self)
{
  g_sequence_remove_range (g_sequence_get_begin_iter (self->waiting), g_sequence_get_end_iter (self->waiting));
}

static void
enqueue (PacketQueue *self, GBytes *bytes, gint64 due)
{
  Packet *packet = g_new (Packet, 1);

  packet->bytes = g_bytes_ref (bytes);
  packet->due = due;
  packet->number = ++self->last_number;
  g_sequence_insert_sorted (self->waiting, packet, compare, NULL);
}

/* Returns: when the line has taken @length bytes more; -1 when its backlog is full. */
static gint64
pass_line (PacketQueue *self, gsize length, gint64 now)
{
  gint64 end;

  if (self->impairment.rate == 0)
    return now;
  end = MAX (now, self->line_free) + (gint64) length * G_USEC_PER_SEC / self->impairment.rate;
  if (end - now > BACKLOG_US)
    return -1;
  self->line_free = end;
  return end;
}

PacketQueue *
packet_queue_new (guint32 seed)
{
  PacketQueue *self = g_new0 (PacketQueue, 1);

  self->luck = g_rand_new_with_seed (seed);
  self->waiting = g_sequence_new ((GDestroyNotify) packet_free);
  return self;
}

void
packet_queue_free (PacketQueue *self)
{
  g_sequence_free (self->waiting);
  g_rand_free (self->luck);
  g_free (self);
}

/**
 * packet_queue_impair:
 * What is on its way already keeps its fate, unless the line is dead now.
 */
void
packet_queue_impair (PacketQueue *self, const Impairment *impairment)
{
  self->impairment = *impairment;
  if (impairment->dead == 0)
    return;
  self->counts.lost += g_sequence_get_length (self->waiting);
  clear (self);
  self->line_free = self->last_due = 0;
}

void
packet_queue_put (PacketQueue *self, gconstpointer packet, gsize length, gint64 now)
{
  const Impairment *impairment = &self->impairment;
  /* All are drawn for each packet: its fate then hangs on the seed and its number alone. */
  gboolean lost = g_rand_double_range (self->luck, 0, 100) < impairment->loss;
  gboolean twice = g_rand_double_range (self->luck, 0, 100) < impairment->duplicate;
  gboolean hold = g_rand_double_range (self->luck, 0, 100) < impairment->reorder;
  gint64 jitter = (gint64) (g_rand_double (self->luck) * impairment->jitter * 1000);
  g_autoptr (GBytes) bytes = NULL;
  gint64 due;

  self->counts.came++;
  if (lost || impairment->dead != 0)
    {
      self->counts.lost++;
      return;
    }
  due = pass_line (self, length, now);
  if (due < 0)
    {
      self->counts.overflowed++;
      return;
    }
  due += impairment->delay * 1000 + jitter;
  if (hold)
    due = MAX (due, self->last_due) + HOLD_US;
  else
    due = self->last_due = MAX (due, self->last_due);
  self->counts.held += hold;
  self->counts.duplicated += twice;
  bytes = g_bytes_new (packet, length);
  enqueue (self, bytes, due);
  if (twice)
    enqueue (self, bytes, due);
}

/**
 * packet_queue_take:
 * Returns: (transfer full) (nullable): the next packet that is due.
 */
GBytes *
packet_queue_take (PacketQueue *self, gint64 now)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->waiting);
  GBytes *bytes;

  if (g_sequence_iter_is_end (first) || packet_queue_due (self) > now)
    return NULL;
  bytes = g_bytes_ref (((Packet *) g_sequence_get (first))->bytes);
  g_sequence_remove (first);
  self->counts.left++;
  return bytes;
}

/**
 * packet_queue_due:
 * Returns: when the next packet is due; G_MAXINT64 when there is none.
 */
gint64
packet_queue_due (PacketQueue *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->waiting);

  return g_sequence_iter_is_end (first) ? G_MAXINT64 : ((Packet *) g_sequence_get (first))->due;
}

const PacketCounts *
packet_queue_counts (PacketQueue *self)
{
  return &self->counts;
}
