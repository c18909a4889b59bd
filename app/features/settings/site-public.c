/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-public.h"

#include "protocol/json.h"

/**
 * cfa_site_public:
 * Returns: (transfer full): the JSON that visitors receive of the site, without what is the staff's.
 */
char *
cfa_site_public (const CfSite *site)
{
  GString *json = g_string_new (NULL);

  cf_json_encode_record (json, CF_RECORD (site), CF_AUDIENCE_VISITOR);
  return g_string_free (json, FALSE);
}
