/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-hours.h"

const char *const cf_day_words[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", NULL };

static const CfField range_fields[] = {
  CF_ROW (CfSiteRange, day, CF_KIND_ENUM, "day", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .words = cf_day_words),
  CF_ROW (CfSiteRange, from, CF_KIND_STRING, "from", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 5, .max = 5, .help = "As \"09:00\"."),
  CF_ROW (CfSiteRange, to, CF_KIND_STRING, "to", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 5, .max = 5,
          .help = "Up to \"24:00\"; before \"from\" it is on the day after."),
};

const CfShape cf_site_range_shape = {
  .name = "site_range",
  .size = sizeof (CfSiteRange),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (range_fields),
};

static const CfField holiday_fields[] = {
  CF_ROW (CfSiteHoliday, date, CF_KIND_STRING, "date", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 10, .max = 10, .help = "As \"2026-12-25\"."),
  CF_ROW (CfSiteHoliday, name, CF_KIND_STRING, "name", 0, CF_AUDIENCE_STAFF, .max = 60),
};

const CfShape cf_site_holiday_shape = {
  .name = "site_holiday",
  .size = sizeof (CfSiteHoliday),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (holiday_fields),
};

static const CfField fields[] = {
  CF_ROW (CfSiteHours, limited, CF_KIND_BOOLEAN, "limited", 0, CF_AUDIENCE_STAFF, .help = "Absent: always open."),
  CF_ROW (CfSiteHours, time_zone, CF_KIND_STRING, "time_zone", 0, CF_AUDIENCE_STAFF, .max = 64, .help = "As \"Europe/Lisbon\"."),
  CF_ROW (CfSiteHours, ranges, CF_KIND_STRUCTS, "ranges", 0, CF_AUDIENCE_STAFF, .shape = &cf_site_range_shape, .max = CF_HOURS_RANGES_MAX),
  CF_ROW (CfSiteHours, holidays, CF_KIND_STRUCTS, "holidays", 0, CF_AUDIENCE_STAFF, .shape = &cf_site_holiday_shape, .max = CF_HOURS_HOLIDAYS_MAX),
};

const CfShape cf_site_hours_shape = {
  .name = "site_hours",
  .size = sizeof (CfSiteHours),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};
