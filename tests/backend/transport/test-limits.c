/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/token-bucket.h"
#include "backend/transport/address-limits.h"
#include "backend/transport/address.h"
#include "backend/transport/peer-private.h"
#include "backend/transport/proxies.h"
#include "backend/transport/timer-wheel.h"

#include <gio/gio.h>

#define SECOND G_USEC_PER_SEC

static void
test_bucket (void)
{
  CfdTokenBucket bucket = { 0 };
  gint64 now = 1000 * SECOND, wait;

  for (guint i = 0; i < 5; i++)
    g_assert_true (cfd_token_bucket_take (&bucket, 10, 5, 1, now, &wait));
  g_assert_false (cfd_token_bucket_take (&bucket, 10, 5, 1, now, &wait));
  g_assert_cmpint (wait, ==, 100);
  g_assert_false (cfd_token_bucket_is_full (&bucket, now));
  g_assert_false (cfd_token_bucket_take (&bucket, 10, 5, 1, now + SECOND / 10 - 1, &wait));
  g_assert_true (cfd_token_bucket_take (&bucket, 10, 5, 1, now + SECOND / 10, &wait));
  g_assert_false (cfd_token_bucket_take (&bucket, 10, 5, 2, now + SECOND / 5, &wait));
  g_assert_true (cfd_token_bucket_is_full (&bucket, now + SECOND));
  g_assert_true (cfd_token_bucket_take (&bucket, 10, 5, 99, now + SECOND, &wait)); /* more than ever fits counts as all */
  g_assert_false (cfd_token_bucket_take (&bucket, 10, 5, 1, now + SECOND, NULL));
  for (guint i = 0; i < 100; i++)
    g_assert_true (cfd_token_bucket_take (&bucket, 0, 0, 1, now, NULL)); /* no limit */
}

static void
test_addresses (void)
{
  static const struct { const char *text, *name, *key; } table[] = {
    { "10.1.2.3", "10.1.2.3", "10.1.2.3" },
    { "::ffff:10.1.2.3", "10.1.2.3", "10.1.2.3" },
    { "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64" },
    { "::1", "::1", "::/64" },
    { "10.1.2", NULL, NULL },
    { "host", NULL, NULL },
    { "", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GInetAddress) address = cfd_address_parse (table[i].text);
      g_autofree char *name = address != NULL ? g_inet_address_to_string (address) : NULL;
      g_autofree char *key = address != NULL ? cfd_address_limit_key (address) : NULL;

      g_assert_cmpstr (name, ==, table[i].name);
      g_assert_cmpstr (key, ==, table[i].key);
    }
}

static void
test_address_limits (void)
{
  g_autoptr (CfdAddressLimits) limits = cfd_address_limits_new (2, 1, 1, 2000);
  gint64 now = g_get_monotonic_time (), wait;

  cfd_address_limits_enter (limits, "a");
  g_assert_false (cfd_address_limits_is_full (limits, "a"));
  cfd_address_limits_enter (limits, "a");
  g_assert_true (cfd_address_limits_is_full (limits, "a"));
  g_assert_false (cfd_address_limits_is_full (limits, "b"));
  cfd_address_limits_leave (limits, "a");
  g_assert_false (cfd_address_limits_is_full (limits, "a"));
  g_assert_true (cfd_address_limits_spend (limits, "b", now, &wait));
  g_assert_false (cfd_address_limits_spend (limits, "b", now, &wait));
  g_assert_cmpint (wait, >, 0);
  g_assert_true (cfd_address_limits_spend (limits, "b", now + SECOND, &wait));
  for (guint i = 0; i < 10000; i++) /* strangers come and go; who is connected is not forgotten */
    {
      g_autofree char *key = g_strdup_printf ("stranger %u", i);

      cfd_address_limits_spend (limits, key, now, &wait);
      g_assert_cmpuint (cfd_address_limits_size (limits), <=, 2000);
    }
  cfd_address_limits_leave (limits, "a");
}

static void
test_proxies (void)
{
  static const char *const ranges[] = { "10.0.0.0/8", "192.168.1.1", "fd00::/8", NULL };
  static const struct { const char *sender, *header, *client; } table[] = {
    { "10.0.0.1", NULL, "10.0.0.1" },
    { "10.0.0.1", "8.8.8.8", "8.8.8.8" },
    { "10.0.0.1", "1.1.1.1, 8.8.8.8", "8.8.8.8" },
    { "10.0.0.1", "1.1.1.1, 8.8.8.8, 10.2.3.4", "8.8.8.8" },
    { "10.0.0.1", "8.8.8.8,192.168.1.1,10.2.3.4", "8.8.8.8" },
    { "10.0.0.1", "10.0.0.9, 10.0.0.8", "10.0.0.9" },
    { "10.0.0.1", "8.8.8.8:4711", "8.8.8.8" },
    { "10.0.0.1", "2001:db8::1", "2001:db8::1" },
    { "10.0.0.1", "[2001:db8::1]", "2001:db8::1" },
    { "10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1" },
    { "10.0.0.1", "::ffff:8.8.8.8", "8.8.8.8" },
    { "fd00::1", "8.8.8.8", "8.8.8.8" },
    { "10.0.0.1", "rubbish, 8.8.8.8", "8.8.8.8" },  /* what stands left of the client is not looked at */
    { "10.0.0.1", "8.8.8.8, rubbish", "10.0.0.1" },
    { "10.0.0.1", "8.8.8.8, ", "10.0.0.1" },
    { "10.0.0.1", "", "10.0.0.1" },
    { "10.0.0.1", "[2001:db8::1", "10.0.0.1" },
    { "10.0.0.1", "[2001:db8::1]x", "10.0.0.1" },
    { "10.0.0.1", "unknown", "10.0.0.1" },
    { "192.168.1.1", "8.8.8.8", "8.8.8.8" },
    { "192.168.1.2", "8.8.8.8", "192.168.1.2" },
    { "9.9.9.9", "8.8.8.8", "9.9.9.9" },
    { "2001:db8::5", "8.8.8.8", "2001:db8::5" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (CfdProxies) proxies = cfd_proxies_new (ranges, &error);
  g_autoptr (GInetAddress) trusted = cfd_address_parse ("10.0.0.1"), stranger = cfd_address_parse ("9.9.9.9");

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GInetAddress) sender = cfd_address_parse (table[i].sender);
      g_autoptr (GInetAddress) client = cfd_proxies_client (proxies, sender, table[i].header);
      g_autofree char *name = g_inet_address_to_string (client);

      g_test_message ("%s from %s", table[i].header, table[i].sender);
      g_assert_cmpstr (name, ==, table[i].client);
    }
  g_assert_true (cfd_proxies_is_secure (proxies, trusted, "https"));
  g_assert_true (cfd_proxies_is_secure (proxies, trusted, "http, HTTPS"));
  g_assert_false (cfd_proxies_is_secure (proxies, trusted, "https, http"));
  g_assert_false (cfd_proxies_is_secure (proxies, trusted, NULL));
  g_assert_false (cfd_proxies_is_secure (proxies, stranger, "https"));
}

static void
test_bad_proxies (void)
{
  static const char *const ranges[] = { "10.0.0.0/8", "nonsense", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (cfd_proxies_new (ranges, &error));
  g_assert_nonnull (strstr (error->message, "nonsense"));
}

typedef struct
{
  CfdTimer timer;
  CfdTimerWheel *wheel;
  guint fired;
  guint32 again; /* set anew for this many seconds later */
  CfdTimer *clears;
} Alarm;

static void
on_alarm (CfdTimer *timer)
{
  Alarm *alarm = (Alarm *) timer;

  alarm->fired++;
  if (alarm->clears != NULL)
    cfd_timer_clear (alarm->clears);
  if (alarm->again != 0)
    cfd_timer_set (timer, alarm->wheel, timer->due + alarm->again);
}

static void
test_wheel (void)
{
  CfdTimerWheel *wheel = cfd_timer_wheel_new (1000);
  Alarm soon = { { .fire = on_alarm }, wheel }, late = soon, often = soon, cleared = soon, past = soon;
  guint32 tick;

  g_assert_false (cfd_timer_wheel_next (wheel, &tick));
  cfd_timer_set (&soon.timer, wheel, 1003);
  cfd_timer_set (&late.timer, wheel, 1003 + 64 * 2);
  cfd_timer_set (&cleared.timer, wheel, 1003);
  soon.clears = &cleared.timer; /* due in the same turn, but behind */
  cfd_timer_set (&past.timer, wheel, 5);
  g_assert_true (cfd_timer_wheel_next (wheel, &tick));
  g_assert_cmpuint (tick, ==, 1001);
  cfd_timer_wheel_advance (wheel, 1002);
  g_assert_cmpuint (soon.fired, ==, 0);
  g_assert_cmpuint (past.fired, ==, 1);
  cfd_timer_wheel_advance (wheel, 1003);
  g_assert_cmpuint (soon.fired, ==, 1);
  g_assert_cmpuint (cleared.fired, ==, 0);
  often.again = 10;
  cfd_timer_set (&often.timer, wheel, 1010);
  for (guint32 now = 1004; now < 1131; now++)
    cfd_timer_wheel_advance (wheel, now);
  g_assert_cmpuint (often.fired, ==, 13);
  g_assert_cmpuint (late.fired, ==, 0);
  cfd_timer_wheel_advance (wheel, 5000); /* the machine slept */
  g_assert_cmpuint (late.fired, ==, 1);
  g_assert_cmpuint (often.fired, ==, 14);
  cfd_timer_clear (&often.timer);
  g_assert_false (cfd_timer_wheel_next (wheel, &tick));
  cfd_timer_wheel_free (wheel);
}

/* What ten thousand idle sockets cost is decided here. */
static void
test_peer_size (void)
{
  g_test_message ("a peer is %" G_GSIZE_FORMAT " bytes, of which its frame reader %" G_GSIZE_FORMAT, sizeof (CfdPeer), sizeof (CfdFrameReader));
  g_assert_cmpuint (sizeof (CfdPeer), <=, 256);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limits/bucket", test_bucket);
  g_test_add_func ("/limits/addresses", test_addresses);
  g_test_add_func ("/limits/address-limits", test_address_limits);
  g_test_add_func ("/limits/proxies", test_proxies);
  g_test_add_func ("/limits/bad-proxies", test_bad_proxies);
  g_test_add_func ("/limits/timer-wheel", test_wheel);
  g_test_add_func ("/limits/peer-size", test_peer_size);
  return g_test_run ();
}
