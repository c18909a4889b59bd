/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a visitor hears is theirs and nothing that is marked for staff, whatever the records hold. */
#include "backend/db/record-site.h"
#include "backend/hub/audience.h"
#include "backend/hub/broadcast.h"
#include "protocol/id.h"
#include "protocol/records/audit-entry.h"
#include "protocol/records/canned-response.h"
#include "protocol/records/channel.h"
#include "protocol/records/channel-member.h"
#include "protocol/records/file.h"
#include "protocol/records/goal.h"
#include "protocol/records/login-session.h"
#include "protocol/records/macro.h"
#include "protocol/records/message.h"
#include "protocol/records/saved-view.h"
#include "protocol/records/site.h"
#include "protocol/records/team-message.h"
#include "protocol/records/trigger.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define ROUNDS 2000
#define PEOPLE 3

static char *people[PEOPLE];
static char *organisations[2];

static const char *
pick (char **from, guint n)
{
  return from[g_test_rand_int_range (0, n)];
}

/* Every field filled; ids out of a few, so that owners meet. */
static CfRecord *
make_record (const CfShape *shape)
{
  CfRecord *record = cf_struct_new (shape);

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const CfField *field = &shape->fields[i];

      if (field->kind == CF_KIND_ID)
        cf_field_at (char *, record, field) = g_strdup (pick (people, PEOPLE));
      else if (field->kind == CF_KIND_STRING || field->kind == CF_KIND_TEXT)
        cf_field_at (char *, record, field) = g_strdup ("text");
      else if (field->kind == CF_KIND_STRINGS)
        cf_field_at (char **, record, field) = g_strsplit ("a b", " ", -1);
      else if (field->kind == CF_KIND_BOOLEAN)
        cf_field_at (gboolean, record, field) = g_test_rand_int_range (0, 4) == 0;
      else if (field->kind == CF_KIND_ENUM)
        cf_field_at (int, record, field) = g_test_rand_int_range (0, g_strv_length ((char **) field->words));
      else if (field->kind == CF_KIND_INTEGER || field->kind == CF_KIND_TIME)
        cf_field_at (gint64, record, field) = 5;
    }
  g_free (record->organisation_id);
  record->organisation_id = g_strdup (pick (organisations, 2));
  return record;
}

static CfdCaller *
make_caller (CfdAllow kind)
{
  CfdCaller *caller = cfd_caller_new (kind);

  caller->organisation_id = cfd_shared_text (organisations[0]);
  caller->id = g_strdup (pick (people, PEOPLE));
  caller->site_id = cfd_shared_text (pick (people, PEOPLE));
  caller->secret_hash = g_test_rand_int_range (0, 3) == 0 ? g_strdup ("claimed") : NULL;
  return caller;
}

static CfdChangeset *
make_changes (void)
{
  CfdChangeset *changes = cfd_changeset_new (organisations[0], 5);
  guint n = g_test_rand_int_range (1, 12);

  while (n-- > 0)
    {
      const CfShape *const *shapes = cf_record_shapes ();
      CfRecord *record = make_record (shapes[g_test_rand_int_range (0, g_strv_length ((char **) shapes))]);

      cfd_changeset_add (changes, record);
      cf_struct_unref (record);
    }
  return changes;
}

static void
check_record (JsonObject *object, const CfdCaller *caller)
{
  const CfShape *shape = cf_record_shape (json_object_get_string_member (object, "type"));
  g_autoptr (GList) names = json_object_get_members (object);

  g_assert_nonnull (shape);
  g_assert_true (shape->readers & CF_AUDIENCE_VISITOR);
  for (GList *l = names; l != NULL; l = l->next)
    if (!g_str_equal (l->data, "type"))
      g_assert_true (cf_shape_field (shape, l->data)->readers & CF_AUDIENCE_VISITOR);
  if (shape == &cf_site_shape)
    {
      g_assert_cmpstr (json_object_get_string_member (object, "id"), ==, caller->site_id);
      return;
    }
  g_assert_null (caller->secret_hash);
  if (json_object_has_member (object, "visitor_id"))
    g_assert_cmpstr (json_object_get_string_member (object, "visitor_id"), ==, caller->id);
  if (shape == &cf_message_shape && !json_object_has_member (object, "deleted"))
    {
      g_assert_cmpstr (json_object_get_string_member (object, "kind"), !=, "note");
      g_assert_cmpstr (json_object_get_string_member_with_default (object, "event", ""), !=, "snoozed");
    }
}

static void
check_body (const GString *body, const CfdCaller *caller)
{
  g_autofree char *text = g_strconcat ("{\"a\":{\"b\":", body->str, NULL);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonArray *records;

  g_assert_nonnull (node);
  records = json_object_get_array_member (json_object_get_object_member (json_node_get_object (node), "a"), "b");
  g_assert_cmpuint (json_array_get_length (records), >, 0);
  for (guint i = 0; i < json_array_get_length (records); i++)
    check_record (json_array_get_object_element (records, i), caller);
}

static void
test_visitors (void)
{
  guint told = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (CfdChangeset) changes = make_changes ();
      g_autoptr (CfdCaller) caller = make_caller (CFD_ALLOW_VISITOR);
      g_autoptr (CfdBroadcast) broadcast = cfd_broadcast_new (changes);
      const GString *body = cfd_broadcast_body (broadcast, caller);

      if (body != NULL)
        check_body (body, caller);
      told += body != NULL;
    }
  g_assert_cmpuint (told, >, ROUNDS / 20); /* the test has seen something */
}

/* The shared bytes are what each would have got alone. */
static void
test_sharing (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (CfdChangeset) changes = make_changes ();
      g_autoptr (CfdBroadcast) shared = cfd_broadcast_new (changes);

      for (guint k = 0; k < 6; k++)
        {
          g_autoptr (CfdCaller) caller = make_caller (k % 2 ? CFD_ALLOW_AGENT : CFD_ALLOW_VISITOR);
          g_autoptr (CfdBroadcast) alone = cfd_broadcast_new (changes);
          const GString *a = cfd_broadcast_body (shared, caller), *b = cfd_broadcast_body (alone, caller);

          g_assert_cmpstr (a != NULL ? a->str : "", ==, b != NULL ? b->str : "");
        }
    }
}

static void
test_login_sessions (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (CfdCaller) caller = make_caller (CFD_ALLOW_ADMIN);
      g_autoptr (CfRecord) record = make_record (&cf_login_session_shape);
      gboolean own = g_str_equal (((CfLoginSession *) record)->agent_id, caller->id)
                     && g_str_equal (record->organisation_id, caller->organisation_id);

      g_assert_cmpint (cfd_audience_hears (caller, NULL, record), ==, own);
    }
}

/* A private one is its owner's alone, whatever the role of others; a shared one is for all staff. */
static void
test_private_replies (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (CfdCaller) caller = make_caller (i % 3 ? CFD_ALLOW_ADMIN : CFD_ALLOW_VISITOR);
      g_autoptr (CfRecord) record = make_record (i % 2 ? &cf_canned_response_shape : &cf_macro_shape);
      const char *owner = i % 2 ? ((CfCannedResponse *) record)->owner_id : ((CfMacro *) record)->owner_id;
      gboolean theirs = owner == NULL || g_strcmp0 (owner, caller->id) == 0;
      gboolean may = cfd_caller_is_staff (caller) && theirs && g_str_equal (record->organisation_id, caller->organisation_id);

      g_assert_cmpint (cfd_audience_hears (caller, NULL, record), ==, may);
      record->deleted = TRUE;
      g_assert_cmpint (cfd_audience_hears (caller, NULL, record), ==, may);
    }
}

/* A private view reaches its owner, a shared one all of the staff. */
static void
test_views (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (CfdCaller) caller = make_caller (CFD_ALLOW_ADMIN);
      g_autoptr (CfRecord) record = make_record (&cf_saved_view_shape);
      CfSavedView *view = (CfSavedView *) record;

      if (i % 3 == 0)
        g_clear_pointer (&view->owner_id, g_free);
      g_assert_cmpint (cfd_audience_hears (caller, NULL, record), ==,
                       (view->owner_id == NULL || g_str_equal (view->owner_id, caller->id)) && g_str_equal (record->organisation_id, caller->organisation_id));
    }
}

static void
seat (char ***members, const char *id)
{
  g_strfreev (*members);
  *members = id != NULL ? g_strsplit (id, " ", -1) : NULL;
}

/* What belongs to a channel reaches its members, whatever others may be: not an admin who is none of them, and nobody when there are none. */
static void
test_channels (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      static const CfShape *const kinds[] = { &cf_channel_shape, &cf_team_message_shape, &cf_file_shape };
      const CfShape *shape = kinds[i % 3];
      g_autoptr (CfdCaller) caller = make_caller (i % 2 ? CFD_ALLOW_ADMIN : CFD_ALLOW_VISITOR);
      g_autoptr (CfRecord) record = make_record (shape);
      gboolean staff = i % 2, member = i % 5 < 2, ours = g_str_equal (record->organisation_id, caller->organisation_id);
      g_autofree char *members = g_strconcat ("a ", member ? caller->id : "b", NULL);

      seat (shape == &cf_channel_shape ? &((CfChannel *) record)->members
            : shape == &cf_file_shape  ? &((CfFile *) record)->members
                                       : &((CfTeamMessage *) record)->members, i % 7 == 0 && shape != &cf_file_shape ? NULL : members);
      g_assert_cmpint (cfd_audience_hears (caller, NULL, record), ==, staff && ours && member && (i % 7 != 0 || shape == &cf_file_shape));
    }
}

static void
test_seats (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (CfdCaller) caller = make_caller (CFD_ALLOW_ADMIN);
      g_autoptr (CfRecord) record = make_record (&cf_channel_member_shape);
      gboolean own = g_str_equal (((CfChannelMember *) record)->agent_id, caller->id) && g_str_equal (record->organisation_id, caller->organisation_id);

      g_assert_cmpint (cfd_audience_hears (caller, NULL, record), ==, own);
    }
}

static void
test_audit (void)
{
  g_autoptr (CfdCaller) caller = make_caller (CFD_ALLOW_ADMIN);

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (CfRecord) record = make_record (&cf_audit_entry_shape);

      g_assert_false (cfd_audience_hears (caller, NULL, record));
    }
}

static void
test_strangers (void)
{
  g_autoptr (CfdCaller) caller = make_caller (CFD_ALLOW_ANYONE);

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (CfRecord) record = make_record (cf_record_shapes ()[i % g_strv_length ((char **) cf_record_shapes ())]);

      g_assert_false (cfd_audience_hears (caller, NULL, record));
    }
}

/* Somebody who sees one site hears what is of it, by its field or its conversation's, and what is the whole team's; of a conversation of which
 * nobody knows the site, nothing. */
static void
test_sites (void)
{
  guint told = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (CfdChangeset) changes = make_changes ();
      g_autoptr (CfdCaller) all = make_caller (i % 2 ? CFD_ALLOW_AGENT : CFD_ALLOW_SUPERVISOR), limited = cfd_caller_copy (all);
      g_autoptr (CfdBroadcast) broadcast = cfd_broadcast_new (changes);
      const GString *more = cfd_broadcast_body (broadcast, all), *less;

      limited->sites = g_strdupv ((char *[]) { people[0], NULL });
      if (i % 3 > 0)
        {
          changes->sites = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
          g_hash_table_insert (changes->sites, g_strdup (people[1]), g_strdup (people[0]));
          g_hash_table_insert (changes->sites, g_strdup (people[2]), g_strdup (people[2]));
        }
      less = cfd_broadcast_body (broadcast, limited);
      g_assert_true (less == NULL || (more != NULL && less->len <= more->len));
      told += less != NULL;
      for (guint k = 0; k < changes->records->len; k++)
        {
          const CfRecord *record = changes->records->pdata[k];
          CfdRecordPlace place = cfd_record_place (record);
          gboolean own = (place.site_id == NULL && place.conversation_id == NULL && cfd_caller_sees_some (limited, place.sites))
                         || g_strcmp0 (place.site_id, people[0]) == 0 || (changes->sites != NULL && g_strcmp0 (place.conversation_id, people[1]) == 0);

          g_assert_cmpint (cfd_audience_hears (limited, changes, record), ==, own && cfd_audience_hears (all, changes, record));
        }
    }
  g_assert_cmpuint (told, >, ROUNDS / 20);
}

/* What acts on some sites is for who serves one of them, and gone for others of the staff, who hear that and nothing else. */
static void
test_several_sites (void)
{
  static const CfShape *const shapes[] = { &cf_trigger_shape, &cf_goal_shape };
  char *const *const rows[] = { NULL, (char *[]) { NULL }, (char *[]) { people[0], NULL }, (char *[]) { people[1], people[0], NULL },
                                (char *[]) { people[1], NULL } };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CfdChangeset) changes = cfd_changeset_new (organisations[0], 5);
      g_autoptr (CfdCaller) limited = make_caller (CFD_ALLOW_SUPERVISOR), visitor = make_caller (CFD_ALLOW_VISITOR);
      g_autoptr (CfRecord) record = make_record (shapes[i % 2]);
      g_autoptr (CfdBroadcast) broadcast = NULL;
      gboolean own = i / 2 + 1 < G_N_ELEMENTS (rows);
      char ***sites = &cf_field_at (char **, record, cf_shape_field (shapes[i % 2], "sites"));

      g_strfreev (*sites);
      *sites = g_strdupv ((char **) rows[i / 2]);
      g_free (record->organisation_id);
      record->organisation_id = g_strdup (organisations[0]);
      record->deleted = FALSE;
      record->rev = 5;
      limited->sites = g_strdupv ((char *[]) { people[0], NULL });
      cfd_changeset_add (changes, record);
      broadcast = cfd_broadcast_new (changes);
      g_assert_cmpint (cfd_audience_hears (limited, changes, record), ==, own);
      g_assert_cmpint (strstr (cfd_broadcast_body (broadcast, limited)->str, "text") != NULL, ==, own);
      g_assert_cmpint (strstr (cfd_broadcast_body (broadcast, limited)->str, "\"deleted\":true}") != NULL, ==, !own);
      g_assert_null (cfd_broadcast_body (broadcast, visitor));
    }
}

/* Which types are the team's as a whole is said here, so that a new one is looked at. */
static void
test_places (void)
{
  static const char *const of_sites[] = { "conversation", "file", "goal", "message", "read_mark", "scheduled_message", "site", "trigger", "visitor", NULL };

  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      g_test_message ("%s", (*shape)->name);
      g_assert_cmpint (cfd_record_place_column (*shape) != NULL, ==, g_strv_contains (of_sites, (*shape)->name));
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < PEOPLE; i++)
    people[i] = cf_id_new ();
  for (guint i = 0; i < 2; i++)
    organisations[i] = cf_id_new ();
  g_test_add_func ("/audience/visitors", test_visitors);
  g_test_add_func ("/audience/sharing", test_sharing);
  g_test_add_func ("/audience/login-sessions", test_login_sessions);
  g_test_add_func ("/audience/views", test_views);
  g_test_add_func ("/audience/channels", test_channels);
  g_test_add_func ("/audience/seats", test_seats);
  g_test_add_func ("/audience/sites", test_sites);
  g_test_add_func ("/audience/several-sites", test_several_sites);
  g_test_add_func ("/audience/places", test_places);
  g_test_add_func ("/audience/audit", test_audit);
  g_test_add_func ("/audience/private-replies", test_private_replies);
  g_test_add_func ("/audience/strangers", test_strangers);
  result = g_test_run ();
  for (guint i = 0; i < PEOPLE; i++)
    g_free (people[i]);
  for (guint i = 0; i < 2; i++)
    g_free (organisations[i]);
  return result;
}
