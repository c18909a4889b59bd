/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/site-params.h"

G_BEGIN_DECLS

gboolean       cfd_site_hours_check (const CfSiteHours *hours, GError **error);
CfSiteOpening *cfd_site_hours_at    (const CfSiteHours *hours, gint64 now);

G_END_DECLS
