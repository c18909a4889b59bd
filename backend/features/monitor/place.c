/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "place.h"

#include "backend/log.h"

#include <glib/gstdio.h>
#include <maxminddb.h>

/* How often it is looked whether there is another file. */
#define LOOK_US  (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)
#define NAME_MAX_BYTES 100

static GMutex mutex;
static char *file;       /* (nullable): no places */
static MMDB_s database;
static gboolean is_open;
static GStatBuf opened;  /* the file that was tried last */
static gint64 looked;    /* monotonic; 0: never */

static gboolean
same_file (const GStatBuf *a, const GStatBuf *b)
{
  return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size && a->st_mtime == b->st_mtime;
}

/* A file that is broken, or gone for a moment, leaves the one before in use. */
static void
look (void)
{
  gint64 now = g_get_monotonic_time ();
  GStatBuf status;
  MMDB_s fresh;
  int problem;

  if (file == NULL || (looked != 0 && now - looked < LOOK_US))
    return;
  looked = now;
  if (g_stat (file, &status) != 0 || same_file (&status, &opened))
    return;
  opened = status;
  problem = MMDB_open (file, MMDB_MODE_MMAP, &fresh);
  if (problem != MMDB_SUCCESS)
    {
      cfd_log (G_LOG_LEVEL_WARNING, "monitor", "the database of places can't be read", "file", file, "error", MMDB_strerror (problem), NULL);
      return;
    }
  if (is_open)
    MMDB_close (&database);
  database = fresh;
  is_open = TRUE;
  cfd_log (G_LOG_LEVEL_MESSAGE, "monitor", "read the database of places", "file", file, NULL);
}

/* Returns: (transfer full) (nullable) */
static char *
text_at (MMDB_entry_s *entry, const char *const *path)
{
  MMDB_entry_data_s data;
  g_autofree char *text = NULL;

  if (MMDB_aget_value (entry, &data, path) != MMDB_SUCCESS || !data.has_data || data.type != MMDB_DATA_TYPE_UTF8_STRING
      || data.data_size == 0 || data.data_size > NAME_MAX_BYTES)
    return NULL;
  text = g_strndup (data.utf8_string, data.data_size);
  return g_utf8_make_valid (text, -1);
}

static void
find (const char *address, char **city, char **country)
{
  static const char *const city_path[] = { "city", "names", "en", NULL };
  static const char *const country_path[] = { "country", "names", "en", NULL };
  int problem = 0, not_an_address = 0;
  MMDB_lookup_result_s found = MMDB_lookup_string (&database, address, &not_an_address, &problem);

  if (problem != MMDB_SUCCESS || not_an_address != 0 || !found.found_entry)
    return;
  *city = text_at (&found.entry, city_path);
  *country = text_at (&found.entry, country_path);
}

/**
 * cfd_places_configure:
 * @path: (nullable): a database of cities in MaxMind's format; without it nobody's place is known
 */
void
cfd_places_configure (const char *path)
{
  g_mutex_lock (&mutex);
  if (is_open)
    MMDB_close (&database);
  is_open = FALSE;
  opened = (GStatBuf) { 0 };
  looked = 0;
  g_free (file);
  file = g_strdup (path);
  g_mutex_unlock (&mutex);
}

/**
 * cfd_place_find:
 * @address: (nullable): IPv4 or IPv6
 * @city: (out) (transfer full) (nullable): its English name
 * @country: (out) (transfer full) (nullable): likewise
 */
void
cfd_place_find (const char *address, char **city, char **country)
{
  *city = *country = NULL;
  g_mutex_lock (&mutex);
  look ();
  if (is_open && address != NULL)
    find (address, city, country);
  g_mutex_unlock (&mutex);
}
