/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "login-throttle.h"

#include "protocol/error.h"

#define WINDOW_MS   (15 * 60 * 1000)
#define MAX_ENTRIES 10000

typedef struct
{
  guint failures;
  gint64 since; /* ms UTC of the first failure of this window */
} Entry;

/* One table for the process: failures concern all doors and threads alike. Addresses are keyed as they are,
 * accounts with a leading '@'. */
static GMutex mutex;
static GHashTable *entries;
static guint allowed = 10;

/* What lies ahead was counted before the clock was set back; to wait for it would lock people out for as long as it was ahead. */
static gboolean
is_stale (gpointer key, gpointer value, gpointer now)
{
  const Entry *entry = value;
  gint64 age = *(gint64 *) now - entry->since;

  return age < 0 || age >= WINDOW_MS;
}

static Entry *
find (const char *key, gint64 now)
{
  Entry *entry = entries != NULL ? g_hash_table_lookup (entries, key) : NULL;

  if (entry != NULL && is_stale (NULL, entry, &now))
    {
      g_hash_table_remove (entries, key);
      return NULL;
    }
  return entry;
}

static void
count (const char *key, gint64 now)
{
  Entry *entry = find (key, now);

  if (entry == NULL)
    {
      if (entries == NULL)
        entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      if (g_hash_table_size (entries) >= MAX_ENTRIES)
        g_hash_table_foreach_remove (entries, is_stale, &now);
      if (g_hash_table_size (entries) >= MAX_ENTRIES)
        return;
      entry = g_new0 (Entry, 1);
      entry->since = now;
      g_hash_table_insert (entries, g_strdup (key), entry);
    }
  entry->failures++;
}

/**
 * cfd_login_throttle_configure:
 * @tries: failed sign-ins that an address, and an account, has in 15 minutes
 */
void
cfd_login_throttle_configure (guint tries)
{
  g_mutex_lock (&mutex);
  allowed = tries;
  g_mutex_unlock (&mutex);
}

/**
 * cfd_login_throttle_check:
 * @email: (nullable): NULL where no account is named; then the address alone counts
 *
 * Asked before a password is looked at. Returns: FALSE with CF_ERROR_RATE_LIMITED when address or account
 *   has used up its tries.
 */
gboolean
cfd_login_throttle_check (const char *address, const char *email, gint64 now, GError **error)
{
  g_autofree char *account = email != NULL ? g_strconcat ("@", email, NULL) : NULL;
  gint64 until = 0;
  Entry *entry;

  g_mutex_lock (&mutex);
  if ((entry = find (address, now)) != NULL && entry->failures >= allowed)
    until = MAX (until, entry->since + WINDOW_MS);
  if (account != NULL && (entry = find (account, now)) != NULL && entry->failures >= allowed)
    until = MAX (until, entry->since + WINDOW_MS);
  g_mutex_unlock (&mutex);
  if (until == 0)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_RATE_LIMITED, "too many failed sign-ins; try again in %" G_GINT64_FORMAT " minutes",
               MAX ((until - now + 59999) / 60000, 1));
  return FALSE;
}

void
cfd_login_throttle_failed (const char *address, const char *email, gint64 now)
{
  g_autofree char *account = email != NULL ? g_strconcat ("@", email, NULL) : NULL;

  g_mutex_lock (&mutex);
  count (address, now);
  if (account != NULL)
    count (account, now);
  g_mutex_unlock (&mutex);
}

/* The account is its owner's again; the address keeps its count, it may be trying others. */
void
cfd_login_throttle_succeeded (const char *email)
{
  g_autofree char *account = g_strconcat ("@", email, NULL);

  g_mutex_lock (&mutex);
  if (entries != NULL)
    g_hash_table_remove (entries, account);
  g_mutex_unlock (&mutex);
}
