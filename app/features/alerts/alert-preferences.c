/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alert-preferences.h"

#include "protocol/id.h"

#include <string.h>

#define GENERAL "alerts"
#define SITES   "sites"
#define MUTED   "muted"
#define QUIET   "quiet-hours"
#define SIZE_MAX_BYTES (256 * 1024)

static const char *const day_words[CFA_WEEK_DAYS] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
static const char *const site_words[] = { "alerts", "silent", "nothing" };

static void
set_defaults (CfaAlertPreferences *self)
{
  for (guint i = 0; i < CFA_N_ALERTS; i++)
    self->events[i] = (CfaAlertChoice) { .notify = TRUE, .sound = i != CFA_ALERT_RETURNED, .volume = 80 };
  self->sounds = TRUE;
  self->previews = TRUE;
  self->urgent_breaks = TRUE;
  self->urgent_minutes = 10;
  self->idle_away = TRUE;
  self->idle_minutes = 10;
  /* What the switch starts from when it is first turned on: nights, and the weekend. */
  for (guint day = 0; day < CFA_WEEK_DAYS; day++)
    self->quiet_days[day] = (CfaQuietDay) { .n = 1, .ranges = { day < 5 ? (CfaQuietRange) { 19 * 60, 8 * 60 } : (CfaQuietRange) { 8 * 60, 8 * 60 } } };
}

/**
 * cfa_alert_preferences_new:
 * Returns: (transfer full): what holds before anything was chosen.
 */
CfaAlertPreferences *
cfa_alert_preferences_new (void)
{
  CfaAlertPreferences *self = g_new0 (CfaAlertPreferences, 1);

  self->sites = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->muted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  set_defaults (self);
  return self;
}

void
cfa_alert_preferences_free (CfaAlertPreferences *self)
{
  for (guint i = 0; i < CFA_N_ALERTS; i++)
    g_free (self->events[i].file);
  g_hash_table_unref (self->sites);
  g_hash_table_unref (self->muted);
  g_free (self);
}

static gboolean
parse_time (const char *text, guint *minutes)
{
  if (strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1])
      || !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return FALSE;
  *minutes = (guint) (((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0');
  return text[3] < '6' && *minutes < CFA_DAY_MINUTES;
}

/**
 * cfa_quiet_range_parse:
 * @text: "22:00-07:30"
 *
 * Returns: whether it is a range.
 */
gboolean
cfa_quiet_range_parse (const char *text, CfaQuietRange *range)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 3);

  return g_strv_length (ends) == 2 && parse_time (g_strstrip (ends[0]), &range->from) && parse_time (g_strstrip (ends[1]), &range->to);
}

/**
 * cfa_quiet_range_format:
 * Returns: (transfer full): what cfa_quiet_range_parse() reads.
 */
char *
cfa_quiet_range_format (const CfaQuietRange *range)
{
  return g_strdup_printf ("%02u:%02u-%02u:%02u", range->from / 60, range->from % 60, range->to / 60, range->to % 60);
}

static void
read_boolean (GKeyFile *file, const char *group, const char *key, gboolean *value)
{
  g_autoptr (GError) error = NULL;
  gboolean read = g_key_file_get_boolean (file, group, key, &error);

  if (error == NULL)
    *value = read;
}

static void
read_number (GKeyFile *file, const char *group, const char *key, guint min, guint max, guint *value)
{
  g_autoptr (GError) error = NULL;
  int read = g_key_file_get_integer (file, group, key, &error);

  if (error == NULL && read >= 0 && (guint) read >= min && (guint) read <= max)
    *value = (guint) read;
}

static void
read_choice (GKeyFile *file, const char *group, CfaAlertChoice *choice)
{
  g_autofree char *path = g_key_file_get_string (file, group, "file", NULL);

  read_boolean (file, group, "notify", &choice->notify);
  read_boolean (file, group, "sound", &choice->sound);
  read_number (file, group, "volume", 0, 100, &choice->volume);
  if (path != NULL && g_path_is_absolute (path))
    choice->file = g_steal_pointer (&path);
}

static void
read_quiet_days (GKeyFile *file, CfaAlertPreferences *self)
{
  for (guint day = 0; day < CFA_WEEK_DAYS; day++)
    {
      g_auto (GStrv) ranges = g_key_file_get_string_list (file, QUIET, day_words[day], NULL, NULL);

      if (ranges == NULL)
        continue;
      self->quiet_days[day].n = 0;
      for (char **range = ranges; *range != NULL && self->quiet_days[day].n < CFA_QUIET_RANGES_MAX; range++)
        if (cfa_quiet_range_parse (*range, &self->quiet_days[day].ranges[self->quiet_days[day].n]))
          self->quiet_days[day].n++;
    }
}

static void
read_sites (GKeyFile *file, CfaAlertPreferences *self)
{
  g_auto (GStrv) ids = g_key_file_get_keys (file, SITES, NULL, NULL);

  for (char **id = ids; id != NULL && *id != NULL; id++)
    {
      g_autofree char *word = g_key_file_get_string (file, SITES, *id, NULL);

      for (guint i = 0; i < G_N_ELEMENTS (site_words); i++)
        if (cf_id_is_valid (*id) && g_strcmp0 (word, site_words[i]) == 0)
          cfa_alert_preferences_set_site (self, *id, i);
    }
}

static void
read_muted (GKeyFile *file, CfaAlertPreferences *self)
{
  g_auto (GStrv) ids = g_key_file_get_keys (file, MUTED, NULL, NULL);

  for (char **id = ids; id != NULL && *id != NULL; id++)
    if (cf_id_is_valid (*id))
      cfa_alert_preferences_mute (self, *id, g_key_file_get_int64 (file, MUTED, *id, NULL));
}

/**
 * cfa_alert_preferences_from_ini:
 * @text: what cfa_alert_preferences_to_ini() wrote, or a person; what it does not say, or says wrongly, is as before anything was chosen
 *
 * Returns: (transfer full) (nullable): NULL when it is no key file at all.
 */
CfaAlertPreferences *
cfa_alert_preferences_from_ini (const char *text, gsize length, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  CfaAlertPreferences *self;

  if (length > SIZE_MAX_BYTES)
    {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, "got %" G_GSIZE_FORMAT " bytes, expected at most %d", length, SIZE_MAX_BYTES);
      return NULL;
    }
  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, error))
    return NULL;
  self = cfa_alert_preferences_new ();
  for (guint i = 0; i < CFA_N_ALERTS; i++)
    read_choice (file, cfa_alert_kind_words[i], &self->events[i]);
  read_boolean (file, GENERAL, "sounds", &self->sounds);
  read_boolean (file, GENERAL, "previews", &self->previews);
  read_boolean (file, GENERAL, "quiet", &self->quiet);
  read_boolean (file, GENERAL, "urgent-breaks", &self->urgent_breaks);
  read_boolean (file, GENERAL, "idle-away", &self->idle_away);
  read_boolean (file, GENERAL, "background", &self->background);
  read_boolean (file, GENERAL, "autostart", &self->autostart);
  read_number (file, GENERAL, "urgent-minutes", 1, CFA_URGENT_MINUTES_MAX, &self->urgent_minutes);
  read_number (file, GENERAL, "idle-minutes", 1, CFA_IDLE_MINUTES_MAX, &self->idle_minutes);
  self->muted_until = MAX (g_key_file_get_int64 (file, GENERAL, "muted-until", NULL), 0);
  read_quiet_days (file, self);
  read_sites (file, self);
  read_muted (file, self);
  return self;
}

static void
write_quiet_days (GKeyFile *file, const CfaAlertPreferences *self)
{
  for (guint day = 0; day < CFA_WEEK_DAYS; day++)
    {
      char *ranges[CFA_QUIET_RANGES_MAX] = { NULL };

      for (guint i = 0; i < self->quiet_days[day].n; i++)
        ranges[i] = cfa_quiet_range_format (&self->quiet_days[day].ranges[i]);
      g_key_file_set_string_list (file, QUIET, day_words[day], (const char *const *) ranges, self->quiet_days[day].n);
      for (guint i = 0; i < self->quiet_days[day].n; i++)
        g_free (ranges[i]);
    }
}

static void
write_general (GKeyFile *file, const CfaAlertPreferences *self, gint64 now)
{
  g_key_file_set_boolean (file, GENERAL, "sounds", self->sounds);
  g_key_file_set_boolean (file, GENERAL, "previews", self->previews);
  g_key_file_set_boolean (file, GENERAL, "quiet", self->quiet);
  g_key_file_set_boolean (file, GENERAL, "urgent-breaks", self->urgent_breaks);
  g_key_file_set_integer (file, GENERAL, "urgent-minutes", (int) self->urgent_minutes);
  g_key_file_set_boolean (file, GENERAL, "idle-away", self->idle_away);
  g_key_file_set_integer (file, GENERAL, "idle-minutes", (int) self->idle_minutes);
  g_key_file_set_boolean (file, GENERAL, "background", self->background);
  g_key_file_set_boolean (file, GENERAL, "autostart", self->autostart);
  if (self->muted_until > now)
    g_key_file_set_int64 (file, GENERAL, "muted-until", self->muted_until);
}

/**
 * cfa_alert_preferences_to_ini:
 * @now: ms UTC; what was muted until before then is not written any more
 *
 * Returns: (transfer full): the text of a key file.
 */
char *
cfa_alert_preferences_to_ini (const CfaAlertPreferences *self, gint64 now)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  GHashTableIter iter;
  gpointer id, value;

  write_general (file, self, now);
  for (guint i = 0; i < CFA_N_ALERTS; i++)
    {
      const CfaAlertChoice *choice = &self->events[i];

      g_key_file_set_boolean (file, cfa_alert_kind_words[i], "notify", choice->notify);
      g_key_file_set_boolean (file, cfa_alert_kind_words[i], "sound", choice->sound);
      g_key_file_set_integer (file, cfa_alert_kind_words[i], "volume", (int) choice->volume);
      if (choice->file != NULL)
        g_key_file_set_string (file, cfa_alert_kind_words[i], "file", choice->file);
    }
  write_quiet_days (file, self);
  g_hash_table_iter_init (&iter, self->sites);
  while (g_hash_table_iter_next (&iter, &id, &value))
    g_key_file_set_string (file, SITES, id, site_words[GPOINTER_TO_UINT (value)]);
  g_hash_table_iter_init (&iter, self->muted);
  while (g_hash_table_iter_next (&iter, &id, &value))
    if (*(gint64 *) value > now)
      g_key_file_set_int64 (file, MUTED, id, *(gint64 *) value);
  return g_key_file_to_data (file, NULL, NULL);
}

/**
 * cfa_alert_preferences_mute:
 * @until: ms UTC; 0 ends it
 */
void
cfa_alert_preferences_mute (CfaAlertPreferences *self, const char *conversation_id, gint64 until)
{
  if (until <= 0)
    g_hash_table_remove (self->muted, conversation_id);
  else if (g_hash_table_size (self->muted) < CFA_MUTED_MAX || g_hash_table_contains (self->muted, conversation_id))
    g_hash_table_insert (self->muted, g_strdup (conversation_id), g_memdup2 (&until, sizeof until));
}

/**
 * cfa_alert_preferences_muted:
 * Returns: ms UTC until which that conversation is muted, which may be past; 0 when it is not.
 */
gint64
cfa_alert_preferences_muted (const CfaAlertPreferences *self, const char *conversation_id)
{
  const gint64 *until = g_hash_table_lookup (self->muted, conversation_id);

  return until != NULL ? *until : 0;
}

void
cfa_alert_preferences_set_site (CfaAlertPreferences *self, const char *site_id, CfaSiteAlerts alerts)
{
  if (alerts == CFA_SITE_ALERTS)
    g_hash_table_remove (self->sites, site_id);
  else
    g_hash_table_insert (self->sites, g_strdup (site_id), GUINT_TO_POINTER (alerts));
}

/**
 * cfa_alert_preferences_site:
 * @site_id: (nullable):
 */
CfaSiteAlerts
cfa_alert_preferences_site (const CfaAlertPreferences *self, const char *site_id)
{
  return site_id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->sites, site_id)) : CFA_SITE_ALERTS;
}
