/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-limits.h"

static const CfField fields[] = {
  CF_ROW (CfSiteLimits, calls, CF_KIND_INTEGER, "calls", 0, CF_AUDIENCE_STAFF, .max = CF_LIMIT_MAX,
          .help = "Calls of all its visitors and keys in a minute; 0: as many as the server allows."),
  CF_ROW (CfSiteLimits, visitors, CF_KIND_INTEGER, "visitors", 0, CF_AUDIENCE_STAFF, .max = CF_LIMIT_MAX,
          .help = "Visitors who write for the first time, in a minute."),
  CF_ROW (CfSiteLimits, uploads, CF_KIND_INTEGER, "uploads", 0, CF_AUDIENCE_STAFF, .max = CF_LIMIT_MAX,
          .help = "Files of its visitors in a minute."),
};

const CfShape cf_site_limits_shape = {
  .name = "site_limits",
  .size = sizeof (CfSiteLimits),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};
