/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/site.h"

G_BEGIN_DECLS

gboolean cfd_site_check_origins (char **origins, GError **error);
gboolean cfd_site_check_color   (const char *color, GError **error);
gboolean cfd_site_allows        (const CfSite *site, const char *origin);
void     cfd_site_sign          (CfSite *site, const char *by, gint64 now);

G_END_DECLS
