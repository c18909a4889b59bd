/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-offline.h"

static const CfField fields[] = {
  CF_ROW (CfSiteOffline, text, CF_KIND_TEXT, "text", 0, CF_AUDIENCE_ALL, .max = 500),
  CF_ROW (CfSiteOffline, messages_off, CF_KIND_BOOLEAN, "messages_off", 0, CF_AUDIENCE_ALL, .help = "Outside the hours no conversation is begun."),
};

const CfShape cf_site_offline_shape = {
  .name = "site_offline",
  .size = sizeof (CfSiteOffline),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};
