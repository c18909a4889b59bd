/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-appearance.h"

const char *const cf_scheme_words[] = { "auto", "light", "dark", NULL };

const char *const cf_side_words[] = { "right", "left", NULL };

static const CfField fields[] = {
  CF_ROW (CfSiteAppearance, scheme, CF_KIND_ENUM, "scheme", 0, CF_AUDIENCE_ALL, .words = cf_scheme_words),
  CF_ROW (CfSiteAppearance, side, CF_KIND_ENUM, "side", 0, CF_AUDIENCE_ALL, .words = cf_side_words),
  CF_ROW (CfSiteAppearance, offset_x, CF_KIND_INTEGER, "offset_x", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_OFFSET_MAX,
          .help = "Pixels into the page, from where the launcher is by itself."),
  CF_ROW (CfSiteAppearance, offset_y, CF_KIND_INTEGER, "offset_y", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_OFFSET_MAX),
  CF_ROW (CfSiteAppearance, launcher_text, CF_KIND_STRING, "launcher_text", 0, CF_AUDIENCE_ALL, .max = 30),
  CF_ROW (CfSiteAppearance, title, CF_KIND_STRING, "title", 0, CF_AUDIENCE_ALL, .max = 60),
  CF_ROW (CfSiteAppearance, photos_off, CF_KIND_BOOLEAN, "photos_off", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteAppearance, bubble_text, CF_KIND_STRING, "bubble_text", 0, CF_AUDIENCE_ALL, .max = 140),
  CF_ROW (CfSiteAppearance, bubble_delay, CF_KIND_INTEGER, "bubble_delay", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_BUBBLE_DELAY_MAX,
          .help = "Seconds."),
  CF_ROW (CfSiteAppearance, branding_off, CF_KIND_BOOLEAN, "branding_off", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_site_appearance_shape = {
  .name = "site_appearance",
  .size = sizeof (CfSiteAppearance),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};
