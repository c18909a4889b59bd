/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-alerts.h"

const char *const cf_site_sound_words[] = { "chime", "bell", "drop", NULL };

static const CfField fields[] = {
  CF_ROW (CfSiteAlerts, sound_off, CF_KIND_BOOLEAN, "sound_off", 0, CF_AUDIENCE_ALL, .help = "Until a visitor chooses otherwise, as is all here."),
  CF_ROW (CfSiteAlerts, sound, CF_KIND_ENUM, "sound", 0, CF_AUDIENCE_ALL, .words = cf_site_sound_words),
  CF_ROW (CfSiteAlerts, volume, CF_KIND_INTEGER, "volume", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_SITE_VOLUME_MAX, .help = "0: what the widget chooses."),
};

const CfShape cf_site_alerts_shape = {
  .name = "site_alerts",
  .size = sizeof (CfSiteAlerts),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};
