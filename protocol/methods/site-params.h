/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "site-appearance.h"
#include "site-form.h"
#include "site-hours.h"
#include "site-limits.h"
#include "site-offline.h"
#include "site-alerts.h"
#include "site-files.h"
#include "site-privacy.h"
#include "site-survey.h"

G_BEGIN_DECLS

/* Params of the site methods. */

/**
 * CfSiteAddParams:
 * site.add
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  char **origins;
  char *color;
  char *greeting;
} CfSiteAddParams;

extern const CfShape cf_site_add_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteAddParams, cf_struct_unref)

/**
 * CfSiteUpdateParams:
 * site.update: only what is given changes.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  char **origins;
  char *color;
  char *greeting;
} CfSiteUpdateParams;

extern const CfShape cf_site_update_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteUpdateParams, cf_struct_unref)

/**
 * CfSiteConfigureParams:
 * site.configure: only what is given changes, a section as a whole.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  gint64 version; /* that the change was made from */
  char **origins;
  char *color;
  char *greeting;
  CfSiteAppearance *appearance;
  CfSiteHours *hours;
  CfSiteOffline *offline;
  CfSiteForm *form;
  CfSitePrivacy *privacy;
  CfSiteSurvey *survey;
  CfSiteAlerts *alerts;
  CfSiteLimits *limits;
  CfSiteFiles *files;
  gboolean peek_off;
  gboolean verified_only;
  gboolean reply_time_off;
} CfSiteConfigureParams;

extern const CfShape cf_site_configure_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteConfigureParams, cf_struct_unref)

/* Nothing is said of what takes longer than a week. */
#define CF_REPLY_MINUTES_MAX (7 * 24 * 60)

/**
 * CfSiteOpening:
 * Whether a site is open, until when that is so, and how soon somebody answers.
 */
typedef struct
{
  CfStruct parent;
  gboolean closed;
  gint64 until; /* 0 = for as long as can be seen */
  gint64 reply_minutes; /* how soon visitors usually get an answer, rounded up; 0 = nothing is said of it */
} CfSiteOpening;

extern const CfShape cf_site_opening_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteOpening, cf_struct_unref)

/**
 * CfSiteSettings:
 * site.settings: the whole document.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  gint64 version;
  char *changed_by;
  gint64 changed_at;
  char **origins;
  char *color;
  char *greeting;
  CfSiteAppearance *appearance;
  CfSiteHours *hours;
  CfSiteOffline *offline;
  CfSiteForm *form;
  CfSitePrivacy *privacy;
  CfSiteSurvey *survey;
  CfSiteAlerts *alerts;
  CfSiteLimits *limits;
  CfSiteFiles *files;
  gboolean peek_off;
  gboolean verified_only;
  gboolean reply_time_off;
  CfSiteOpening *now;
} CfSiteSettings;

extern const CfShape cf_site_settings_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteSettings, cf_struct_unref)

G_END_DECLS
