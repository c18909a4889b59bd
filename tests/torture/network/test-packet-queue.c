/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet-queue.h"

#include <string.h>

#define PACKETS 20000
#define GAP_US  1000

/* Puts numbered packets in, one each millisecond, and returns the numbers as they come out; @out_at when each did, by place. */
static GArray *
pass (PacketQueue *queue, guint count, gint64 *out_at)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (guint));
  gint64 end = (gint64) count * GAP_US + 60 * G_USEC_PER_SEC;

  for (gint64 now = 0; now < end; now += GAP_US)
    {
      guint number = now / GAP_US;
      GBytes *packet;

      if (number < count)
        packet_queue_put (queue, &number, sizeof number, now);
      while ((packet = packet_queue_take (queue, now)) != NULL)
        {
          if (out_at != NULL)
            out_at[out->len] = now;
          g_array_append_vals (out, g_bytes_get_data (packet, NULL), 1);
          g_bytes_unref (packet);
        }
      if (number >= count && packet_queue_due (queue) == G_MAXINT64)
        break;
    }
  return out;
}

static PacketQueue *
new_queue (guint32 seed, const char *words)
{
  PacketQueue *queue = packet_queue_new (seed);
  Impairment impairment;

  g_assert_true (impairment_parse (words, &impairment, NULL));
  packet_queue_impair (queue, &impairment);
  return queue;
}

/* How many stand behind one that was sent after them. */
static guint
overtaken (GArray *out)
{
  guint highest = 0, count = 0;

  for (guint i = 0; i < out->len; i++)
    {
      guint number = g_array_index (out, guint, i);

      count += number < highest;
      highest = MAX (highest, number);
    }
  return count;
}

static void
test_perfect (void)
{
  g_autoptr (PacketQueue) queue = new_queue (1, "");
  g_autoptr (GArray) out = pass (queue, PACKETS, NULL);

  g_assert_cmpuint (out->len, ==, PACKETS);
  g_assert_cmpuint (overtaken (out), ==, 0);
}

static void
test_loss (void)
{
  for (guint32 seed = 1; seed <= 5; seed++)
    {
      g_autoptr (PacketQueue) queue = new_queue (seed, "loss=30");
      g_autoptr (GArray) out = pass (queue, PACKETS, NULL);

      /* Six standard deviations of a binomial of 20,000 and 0.3 are 389. */
      g_assert_cmpuint (out->len, >, PACKETS * 7 / 10 - 389);
      g_assert_cmpuint (out->len, <, PACKETS * 7 / 10 + 389);
      g_assert_cmpuint (packet_queue_counts (queue)->lost, ==, PACKETS - out->len);
      g_assert_cmpuint (overtaken (out), ==, 0);
    }
}

static void
test_delay (void)
{
  g_autofree gint64 *at = g_new (gint64, PACKETS);
  g_autoptr (PacketQueue) queue = new_queue (3, "delay=500 jitter=100");
  g_autoptr (GArray) out = pass (queue, PACKETS, at);
  gint64 least = G_MAXINT64, most = 0;

  g_assert_cmpuint (out->len, ==, PACKETS);
  g_assert_cmpuint (overtaken (out), ==, 0);
  for (guint i = 0; i < out->len; i++)
    {
      gint64 took = at[i] - (gint64) g_array_index (out, guint, i) * GAP_US;

      least = MIN (least, took);
      most = MAX (most, took);
    }
  g_assert_cmpint (least, >=, 500000);
  g_assert_cmpint (most, <=, 600000 + GAP_US);
  g_assert_cmpint (most - least, >, 30000);
}

static void
test_reorder (void)
{
  g_autoptr (PacketQueue) queue = new_queue (4, "reorder=25 delay=20");
  g_autoptr (GArray) out = pass (queue, PACKETS, NULL);

  g_assert_cmpuint (out->len, ==, PACKETS);
  g_assert_cmpuint (overtaken (out), >, PACKETS / 5);
  g_assert_cmpuint (overtaken (out), <, PACKETS * 3 / 10);
  g_assert_cmpuint (packet_queue_counts (queue)->held, >=, overtaken (out));
}

static void
test_duplicate (void)
{
  g_autoptr (PacketQueue) queue = new_queue (5, "duplicate=10");
  g_autoptr (GArray) out = pass (queue, PACKETS, NULL);

  g_assert_cmpuint (out->len, >, PACKETS + PACKETS * 8 / 100);
  g_assert_cmpuint (out->len, <, PACKETS + PACKETS * 12 / 100);
  g_assert_cmpuint (packet_queue_counts (queue)->duplicated, ==, out->len - PACKETS);
}

/* A packet of four bytes each millisecond is 4,000 bytes a second; half of them fit, after two seconds of backlog. */
static void
test_rate (void)
{
  g_autoptr (PacketQueue) queue = new_queue (6, "rate=2000");
  g_autoptr (GArray) out = pass (queue, PACKETS, NULL);

  g_assert_cmpuint (out->len, >, PACKETS / 2);
  g_assert_cmpuint (out->len, <, PACKETS / 2 + 1100);
  g_assert_cmpuint (packet_queue_counts (queue)->overflowed, ==, PACKETS - out->len);
  g_assert_cmpuint (overtaken (out), ==, 0);
}

static void
test_dead (void)
{
  g_autoptr (PacketQueue) queue = new_queue (7, "delay=500");
  Impairment impairment = { .dead = 1 };
  guint number = 0;

  packet_queue_put (queue, &number, sizeof number, 0);
  g_assert_cmpint (packet_queue_due (queue), ==, 500000);
  packet_queue_impair (queue, &impairment);
  packet_queue_put (queue, &number, sizeof number, 1);
  g_assert_null (packet_queue_take (queue, G_MAXINT64));
  g_assert_cmpuint (packet_queue_counts (queue)->lost, ==, 2);
  impairment.dead = 0;
  packet_queue_impair (queue, &impairment);
  packet_queue_put (queue, &number, sizeof number, 2);
  g_assert_cmpint (packet_queue_due (queue), ==, 2);
}

/* The seed and a packet's number alone say whether it is lost; what else is set says nothing. */
static void
test_seed (void)
{
  static const char *const words[] = { "loss=30", "loss=30", "loss=30 delay=40 jitter=10", NULL };
  g_autoptr (GArray) first = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr (PacketQueue) queue = new_queue (17, words[i]);
      g_autoptr (GArray) out = pass (queue, 1000, NULL);

      if (first == NULL)
        first = g_array_ref (out);
      g_assert_cmpmem (out->data, out->len * sizeof (guint), first->data, first->len * sizeof (guint));
    }
  {
    g_autoptr (PacketQueue) queue = new_queue (18, "loss=30");
    g_autoptr (GArray) out = pass (queue, 1000, NULL);

    g_assert_true (out->len != first->len || memcmp (out->data, first->data, out->len * sizeof (guint)) != 0);
  }
}

static void
test_words (void)
{
  static const char *const bad[] = { "loss", "loss=", "loss=x", "loss=101", "loss=-1", "loss=nan", "los=1", "delay=1s", "dead=2", NULL };
  Impairment impairment;

  g_assert_true (impairment_parse (" loss=0.5  dead=1", &impairment, NULL));
  g_assert_cmpfloat (impairment.loss, ==, 0.5);
  g_assert_cmpint (impairment.dead, ==, 1);
  for (guint i = 0; bad[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (impairment_parse (bad[i], &impairment, &error));
      g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network/perfect", test_perfect);
  g_test_add_func ("/network/loss", test_loss);
  g_test_add_func ("/network/delay", test_delay);
  g_test_add_func ("/network/reorder", test_reorder);
  g_test_add_func ("/network/duplicate", test_duplicate);
  g_test_add_func ("/network/rate", test_rate);
  g_test_add_func ("/network/dead", test_dead);
  g_test_add_func ("/network/seed", test_seed);
  g_test_add_func ("/network/words", test_words);
  return g_test_run ();
}
