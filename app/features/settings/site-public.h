/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/site.h"

G_BEGIN_DECLS

char *cfa_site_public (const CfSite *site);

G_END_DECLS
