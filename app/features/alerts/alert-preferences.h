/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "alert-event.h"

G_BEGIN_DECLS

#define CFA_WEEK_DAYS          7
#define CFA_DAY_MINUTES        (24 * 60)
#define CFA_QUIET_RANGES_MAX   4 /* for each day */
#define CFA_URGENT_MINUTES_MAX CFA_DAY_MINUTES
#define CFA_IDLE_MINUTES_MAX   240
#define CFA_MUTED_MAX          1000

/**
 * CfaAlertChoice:
 * What one kind of event does.
 */
typedef struct
{
  gboolean notify;
  gboolean sound;
  guint volume; /* percent, 0 to 100 */
  char *file;   /* (nullable): the person's own sound; else the one that comes with the client */
} CfaAlertChoice;

/**
 * CfaQuietRange:
 * Minutes of the day. One that does not end after it begins reaches into the next day; with both the same it lasts for 24 hours.
 */
typedef struct
{
  guint from;
  guint to;
} CfaQuietRange;

typedef struct
{
  guint n;
  CfaQuietRange ranges[CFA_QUIET_RANGES_MAX];
} CfaQuietDay;

typedef enum
{
  CFA_SITE_ALERTS,
  CFA_SITE_SILENT, /* notifications, no sound */
  CFA_SITE_NOTHING,
} CfaSiteAlerts;

/**
 * CfaAlertPreferences:
 * How the person at this computer wants to be called. A plain value; alert-settings.h keeps the one that counts.
 */
typedef struct
{
  CfaAlertChoice events[CFA_N_ALERTS];
  gboolean sounds;    /* FALSE: none at all */
  gboolean previews;  /* whether notifications show what was written */
  GHashTable *sites;  /* site id -> CfaSiteAlerts other than CFA_SITE_ALERTS */
  GHashTable *muted;  /* conversation id -> gint64 *, ms UTC until which it is silent */
  gint64 muted_until; /* ms UTC: until then nothing calls; a past one means nothing */
  gboolean quiet;     /* whether the quiet hours hold */
  CfaQuietDay quiet_days[CFA_WEEK_DAYS]; /* Monday first */
  gboolean urgent_breaks; /* urgent is told in spite of quiet hours and of muted_until */
  guint urgent_minutes;
  gboolean idle_away;
  guint idle_minutes;
  gboolean background; /* closing the window keeps the client running */
  gboolean autostart;
} CfaAlertPreferences;

CfaAlertPreferences *cfa_alert_preferences_new      (void);
CfaAlertPreferences *cfa_alert_preferences_from_ini (const char *text, gsize length, GError **error);
char                *cfa_alert_preferences_to_ini   (const CfaAlertPreferences *self, gint64 now);
void                 cfa_alert_preferences_free     (CfaAlertPreferences *self);
void                 cfa_alert_preferences_mute     (CfaAlertPreferences *self, const char *conversation_id, gint64 until);
gint64               cfa_alert_preferences_muted    (const CfaAlertPreferences *self, const char *conversation_id);
void                 cfa_alert_preferences_set_site (CfaAlertPreferences *self, const char *site_id, CfaSiteAlerts alerts);
CfaSiteAlerts        cfa_alert_preferences_site     (const CfaAlertPreferences *self, const char *site_id);
gboolean             cfa_quiet_range_parse          (const char *text, CfaQuietRange *range);
char                *cfa_quiet_range_format         (const CfaQuietRange *range);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaAlertPreferences, cfa_alert_preferences_free)

G_END_DECLS
