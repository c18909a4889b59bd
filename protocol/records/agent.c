/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent.h"

const char *const cf_role_words[] = { "agent", "supervisor", "admin", NULL };

static const CfField fields[] = {
  CF_RECORD_ROWS (CfAgent),
  CF_ROW (CfAgent, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = 100),
  CF_ROW (CfAgent, email, CF_KIND_STRING, "email", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 3, .max = 254),
  CF_ROW (CfAgent, role, CF_KIND_ENUM, "role", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .words = cf_role_words),
  CF_ROW (CfAgent, disabled, CF_KIND_BOOLEAN, "disabled", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfAgent, password_hash, CF_KIND_STRING, "password_hash", 0, CF_AUDIENCE_NONE, .max = 200),
  CF_ROW (CfAgent, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfAgent, capacity, CF_KIND_INTEGER, "capacity", 0, CF_AUDIENCE_STAFF, .min = 0, .max = 1000),
  CF_ROW (CfAgent, skills, CF_KIND_STRINGS, "skills", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 36, .help = "Ids of tags."),
  CF_ROW (CfAgent, sites, CF_KIND_STRINGS, "sites", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 36, .help = "Ids of the sites that they serve, and see if they are no admin; none = all."),
  CF_ROW (CfAgent, photo, CF_KIND_STRING, "photo", 0, CF_AUDIENCE_STAFF, .max = CF_AGENT_PHOTO_LENGTH, .help = "Their picture is at /photos/ and this; none = no picture."),
};

const CfShape cf_agent_shape = {
  .name = "agent",
  .table = "agent",
  .size = sizeof (CfAgent),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};

/**
 * cf_agent_is_limited:
 * Returns: whether there may be sites of which they see nothing. An admin, who gives out this right, sees all.
 */
gboolean
cf_agent_is_limited (const CfAgent *self)
{
  return self->role != CF_ROLE_ADMIN && self->sites != NULL && self->sites[0] != NULL;
}

/**
 * cf_agent_sees:
 * Returns: whether they may know of what happens on that site.
 */
gboolean
cf_agent_sees (const CfAgent *self, const char *site_id)
{
  return !cf_agent_is_limited (self) || cf_agent_serves (self, site_id);
}

/**
 * cf_agent_serves:
 * Returns: whether they take care of what comes from that site.
 */
gboolean
cf_agent_serves (const CfAgent *self, const char *site_id)
{
  return self->sites == NULL || self->sites[0] == NULL || (site_id != NULL && g_strv_contains ((const char *const *) self->sites, site_id));
}
