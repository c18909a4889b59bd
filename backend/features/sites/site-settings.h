/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/site-params.h"
#include "protocol/records/site.h"

G_BEGIN_DECLS

void            cfd_site_settings_apply    (CfSite *site, const CfSiteConfigureParams *params);
void            cfd_site_settings_describe (GString *detail, const CfSite *before, const CfSite *after);
CfSiteSettings *cfd_site_settings_of       (const CfSite *site, gint64 now);

G_END_DECLS
