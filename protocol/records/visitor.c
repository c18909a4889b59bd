/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor.h"

#include "../id.h"

#include <string.h>

const char *const cf_visitor_state_words[] = { "anonymous", "partly", "identified", "verified", NULL };

static const CfField fields[] = {
  CF_RECORD_ROWS (CfVisitor),
  CF_ROW (CfVisitor, site_id, CF_KIND_ID, "site_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitor, name, CF_KIND_STRING, "name", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfVisitor, email, CF_KIND_STRING, "email", 0, CF_AUDIENCE_ALL, .max = 254),
  CF_ROW (CfVisitor, address, CF_KIND_STRING, "address", 0, CF_AUDIENCE_STAFF, .max = 64),
  CF_ROW (CfVisitor, locale, CF_KIND_STRING, "locale", 0, CF_AUDIENCE_STAFF, .max = 35),
  CF_ROW (CfVisitor, secret_hash, CF_KIND_STRING, "secret_hash", 0, CF_AUDIENCE_NONE, .max = 64),
  CF_ROW (CfVisitor, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitor, phone, CF_KIND_STRING, "phone", 0, CF_AUDIENCE_STAFF, .max = 40),
  CF_ROW (CfVisitor, company, CF_KIND_STRING, "company", 0, CF_AUDIENCE_STAFF, .max = 100),
  CF_ROW (CfVisitor, note, CF_KIND_TEXT, "note", 0, CF_AUDIENCE_STAFF, .max = CF_VISITOR_NOTE_MAX),
  CF_ROW (CfVisitor, tags, CF_KIND_STRINGS, "tags", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 36, .help = "Ids of tags."),
  CF_ROW (CfVisitor, attributes, CF_KIND_STRINGS, "attributes", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 37 + CF_VISITOR_VALUE_MAX,
          .help = "Each the id of an attribute, \"=\" and its value."),
  CF_ROW (CfVisitor, time_zone, CF_KIND_STRING, "time_zone", 0, CF_AUDIENCE_STAFF, .max = 64),
  CF_ROW (CfVisitor, verified_at, CF_KIND_TIME, "verified_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfVisitor, merged_into, CF_KIND_ID, "merged_into", 0, CF_AUDIENCE_STAFF, .help = "The visitor who is shown in this one's place."),
  CF_ROW (CfVisitor, merged_at, CF_KIND_TIME, "merged_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfVisitor, edited_by, CF_KIND_ID, "edited_by", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfVisitor, edited_at, CF_KIND_TIME, "edited_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfVisitor, phone_key, CF_KIND_STRING, "phone_key", 0, CF_AUDIENCE_NONE, .max = 40),
  CF_ROW (CfVisitor, external_id, CF_KIND_STRING, "external_id", 0, CF_AUDIENCE_STAFF, .max = CF_EXTERNAL_ID_MAX,
          .help = "What the site itself calls them, when it has proven who they are."),
  CF_ROW (CfVisitor, proven_until, CF_KIND_TIME, "proven_until", 0, CF_AUDIENCE_NONE),
};

const CfShape cf_visitor_shape = {
  .name = "visitor",
  .table = "visitor",
  .size = sizeof (CfVisitor),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};

static gboolean
is_said (const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * cf_visitor_get_state:
 * Computed, so that it can never contradict what it tells of; both ends ask here.
 */
CfVisitorState
cf_visitor_get_state (const CfVisitor *visitor)
{
  if (visitor->verified_at > 0 && (is_said (visitor->email) || is_said (visitor->external_id)))
    return CF_VISITOR_VERIFIED;
  if (is_said (visitor->email))
    return CF_VISITOR_IDENTIFIED;
  return is_said (visitor->name) || is_said (visitor->phone) || is_said (visitor->company) ? CF_VISITOR_PARTLY : CF_VISITOR_ANONYMOUS;
}

/**
 * cf_visitor_get_attribute:
 * Returns: (nullable): the visitor's value of an attribute
 */
const char *
cf_visitor_get_attribute (const CfVisitor *visitor, const char *attribute_id)
{
  for (guint i = 0; visitor->attributes != NULL && visitor->attributes[i] != NULL; i++)
    if (strncmp (visitor->attributes[i], attribute_id, CF_ID_LENGTH) == 0 && visitor->attributes[i][CF_ID_LENGTH] == '=')
      return visitor->attributes[i] + CF_ID_LENGTH + 1;
  return NULL;
}

/**
 * cf_time_zone_is_valid:
 * Returns: whether @name looks like one of the IANA's ("Europe/Lisbon", "Etc/GMT+3"). It becomes a file's name where time zones are
 *   read, so there is no way out of their folder.
 */
gboolean
cf_time_zone_is_valid (const char *name)
{
  if (!g_ascii_isalpha (*name) || strlen (name) > 64)
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("_+-", *p) == NULL && (*p != '/' || !g_ascii_isalnum (p[1])))
      return FALSE;
  return TRUE;
}
