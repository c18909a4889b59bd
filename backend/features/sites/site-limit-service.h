/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/site-limits.h"

G_BEGIN_DECLS

/* What a site may have only so much of in a minute. */
typedef enum
{
  CFD_SITE_CALLS,
  CFD_SITE_VISITORS,
  CFD_SITE_UPLOADS,
  CFD_N_SITE_USES,
} CfdSiteUse;

extern const char *const cfd_site_use_words[];

void     cfd_site_limits_set     (const char *site_id, const CfSiteLimits *limits);
gboolean cfd_site_limits_spend   (const char *site_id, CfdSiteUse use, guint cost, gint64 *retry_after_ms, GError **error);
void     cfd_site_limits_refused (guint64 *counts);

G_END_DECLS
