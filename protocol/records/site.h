/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "../methods/site-appearance.h"
#include "../methods/site-form.h"
#include "../methods/site-hours.h"
#include "../methods/site-limits.h"
#include "../methods/site-offline.h"
#include "../methods/site-alerts.h"
#include "../methods/site-files.h"
#include "../methods/site-privacy.h"
#include "../methods/site-survey.h"

G_BEGIN_DECLS

/**
 * CfSite:
 * A web site that embeds the widget.
 */
typedef struct
{
  CfRecord parent;
  char *name;
  char *key; /* public: it stands in the page */
  char **origins; // as "https://shop.example", "https://*.shop.example" or "*"
  char *color; /* "#rrggbb" */
  char *greeting;
  gint64 created_at;
  CfSiteAppearance *appearance; /* NULL = as the widget is by itself; the same for those below */
  CfSiteHours *hours;
  CfSiteOffline *offline;
  gboolean peek_off; /* nobody sees what a visitor types before it is sent */
  gint64 version; /* of all that is set here: counted up with each change */
  char *changed_by; /* the name of who made it; NULL = nobody since the site was added */
  gint64 changed_at;
  CfSiteForm *form; /* NULL = nothing is asked before a conversation */
  gboolean verified_only; /* only visitors write who were proven to be somebody */
  CfSitePrivacy *privacy;
  gboolean triggers; /* there are some that may act here */
  CfSiteLimits *limits;
  CfSiteSurvey *survey;
  CfSiteAlerts *alerts;
  gboolean reply_time_off; /* visitors are not told how soon they usually get an answer */
  CfSiteFiles *files;
} CfSite;

extern const CfShape cf_site_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSite, cf_struct_unref)

G_END_DECLS
