/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../shape.h"

G_BEGIN_DECLS

/* As ISO 8601 counts the days, from 0. */
typedef enum
{
  CF_DAY_MONDAY,
  CF_DAY_TUESDAY,
  CF_DAY_WEDNESDAY,
  CF_DAY_THURSDAY,
  CF_DAY_FRIDAY,
  CF_DAY_SATURDAY,
  CF_DAY_SUNDAY,
  CF_N_DAYS,
} CfDay;

extern const char *const cf_day_words[];

#define CF_HOURS_RANGES_MAX   50
#define CF_HOURS_HOLIDAYS_MAX 100

/**
 * CfSiteRange:
 * When a site is open on one day of each week. One that ends before it begins ends on the day after.
 */
typedef struct
{
  CfStruct parent;
  CfDay day;
  char *from; /* "09:00" */
  char *to;   /* up to "24:00" */
} CfSiteRange;

extern const CfShape cf_site_range_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteRange, cf_struct_unref)

/**
 * CfSiteHoliday:
 * A day on which a site is closed, whatever its weekday.
 */
typedef struct
{
  CfStruct parent;
  char *date; /* "2026-12-25" */
  char *name;
} CfSiteHoliday;

extern const CfShape cf_site_holiday_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteHoliday, cf_struct_unref)

/**
 * CfSiteHours:
 * When a site is open, by the clocks of its time zone.
 */
typedef struct
{
  CfStruct parent;
  gboolean limited; /* FALSE: always open, whatever the rest says */
  char *time_zone; /* "Europe/Lisbon" */
  GPtrArray *ranges; /* of CfSiteRange; (nullable) */
  GPtrArray *holidays; /* of CfSiteHoliday; (nullable) */
} CfSiteHours;

extern const CfShape cf_site_hours_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteHours, cf_struct_unref)

G_END_DECLS
