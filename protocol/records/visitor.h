/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/* What a tag or attribute list of a visitor holds at most, and how long a value is, in characters. */
#define CF_VISITOR_TAGS_MAX       20
#define CF_VISITOR_ATTRIBUTES_MAX 50
#define CF_VISITOR_VALUE_MAX      500
#define CF_VISITOR_NOTE_MAX       4000
#define CF_EXTERNAL_ID_MAX        200

/* How much is known of who somebody is. */
typedef enum
{
  CF_VISITOR_ANONYMOUS,
  CF_VISITOR_PARTLY,     /* a name, a phone number or a company */
  CF_VISITOR_IDENTIFIED, /* an email address, by their own word or the staff's */
  CF_VISITOR_VERIFIED,   /* it was proven, or who they are on the site */
} CfVisitorState;

extern const char *const cf_visitor_state_words[];

/**
 * CfVisitor:
 * A person on a site. Anonymous until they say who they are; the widget makes id and secret.
 */
typedef struct
{
  CfRecord parent;
  char *site_id;
  char *name;
  char *email;
  char *address; /* IP, staff only */
  char *locale;
  char *secret_hash; /* never on the wire */
  gint64 created_at;
  char *phone; /* this and what follows: staff only */
  char *company;
  char *note;
  char **tags; /* ids */
  char **attributes; /* "<id of an attribute>=<value>", in the order in which they were first set */
  char *time_zone; /* of the browser, by its IANA name */
  gint64 verified_at; /* when the email address was proven; 0 = it was not */
  char *merged_into; /* the visitor who is shown in this one's place: one person who came twice */
  gint64 merged_at;
  char *edited_by; /* the agent who changed it last */
  gint64 edited_at;
  char *phone_key; /* the digits of "phone": never on the wire */
  char *external_id; /* what the site itself calls a person whose identity it has proven */
  gint64 proven_until; /* until when that counts: never on the wire */
} CfVisitor;

extern const CfShape cf_visitor_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitor, cf_struct_unref)

CfVisitorState  cf_visitor_get_state     (const CfVisitor *visitor);
const char     *cf_visitor_get_attribute (const CfVisitor *visitor, const char *attribute_id);
gboolean        cf_time_zone_is_valid    (const char *name);

G_END_DECLS
