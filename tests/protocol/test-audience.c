/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "protocol/json.h"
#include "protocol/methods/catalogue.h"
#include "protocol/methods/results.h"
#include "protocol/records/file.h"
#include "protocol/records/message.h"

#include <json-glib/json-glib.h>
#include <string.h>

static const CfAudience audiences[] = { CF_AUDIENCE_VISITOR, CF_AUDIENCE_STAFF };

static gboolean
may_read (const CfField *field, CfAudience audience)
{
  return (field->readers & audience) != 0 && (field->shape == NULL || (field->shape->readers & audience) != 0);
}

/* Of a full struct exactly the fields whose readers include @audience are there. */
static void
check_object (const CfShape *shape, JsonObject *object, CfAudience audience)
{
  guint expected = json_object_has_member (object, "type") ? 1 : 0;

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const CfField *field = &shape->fields[i];
      gboolean tombstone = g_str_equal (field->name, "deleted");

      g_test_message ("%s.%s for %d", shape->name, field->name, audience);
      g_assert_cmpint (json_object_has_member (object, field->name), ==, may_read (field, audience) && !tombstone);
      expected += may_read (field, audience) && !tombstone;
    }
  g_assert_cmpuint (json_object_get_size (object), ==, expected);
}

static void
check_records (JsonArray *array, CfAudience audience)
{
  guint expected = 0;

  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    expected += ((*shape)->readers & audience) != 0 && ((*shape != &cf_message_shape && *shape != &cf_file_shape) || audience == CF_AUDIENCE_STAFF);
  g_assert_cmpuint (json_array_get_length (array), ==, expected);
  for (guint i = 0; i < expected; i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      const CfShape *shape = cf_record_shape (json_object_get_string_member (object, "type"));

      g_assert_nonnull (shape);
      check_object (shape, object, audience);
    }
}

static JsonNode *
parse (const GString *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text->str, &error);

  g_assert_no_error (error);
  return node;
}

static void
check_shape (const CfShape *shape, gboolean record, CfAudience audience)
{
  g_autoptr (CfStruct) value = sample_full (shape);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;

  if (record)
    cf_json_encode_record (text, CF_RECORD (value), audience);
  else
    cf_json_encode (text, value, audience);
  node = parse (text);
  check_object (shape, json_node_get_object (node), audience);
  for (guint i = 0; i < shape->n_fields; i++)
    if (shape->fields[i].kind == CF_KIND_RECORDS)
      check_records (json_object_get_array_member (json_node_get_object (node), shape->fields[i].name), audience);
}

static void
test_fields (void)
{
  for (guint a = 0; a < G_N_ELEMENTS (audiences); a++)
    {
      for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
        check_shape (*shape, TRUE, audiences[a]);
      for (const CfShape *const *shape = cf_method_shapes (); *shape != NULL; shape++)
        check_shape (*shape, FALSE, audiences[a]);
    }
}

/* Said apart from the tables, so that a slip in a row is seen: what visitors must never receive. */
static void
test_private_fields (void)
{
  static const struct { const char *shape, *field; } cases[] = {
    { "conversation", "waiting_since" }, { "message", "staff_only" }, { "file", "staff_only" }, { "file", "finding" }, { "site", "origins" }, { "site", "created_at" },
    { "visitor", "address" }, { "visitor", "locale" }, { "visitor", "external_id" },
  };
  static const struct { const char *shape, *field; } unsent[] = {
    { "agent", "password_hash" }, { "invite", "token_hash" }, { "login_session", "token_hash" }, { "message", "visitor_id" },
    { "file", "visitor_id" }, { "file", "secret" }, { "file", "members" }, { "team_message", "members" }, { "read_mark", "visitor_id" }, { "visitor", "secret_hash" },
    { "visitor", "proven_until" },
  };
  static const char *const staff_types[] = { "organisation", "agent", "login_session", "department", "tag", "invite", "saved_view", "audit_entry",
                                            "canned_response", "macro", "scheduled_message", "channel", "channel_member", "team_message" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (cf_shape_field (cf_record_shape (cases[i].shape), cases[i].field)->readers, ==, CF_AUDIENCE_STAFF);
  for (guint i = 0; i < G_N_ELEMENTS (unsent); i++)
    g_assert_cmpuint (cf_shape_field (cf_record_shape (unsent[i].shape), unsent[i].field)->readers, ==, CF_AUDIENCE_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (staff_types); i++)
    g_assert_cmpuint (cf_record_shape (staff_types[i])->readers, ==, CF_AUDIENCE_STAFF);
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    g_assert_cmpuint (cf_shape_field (*shape, "organisation_id")->readers, ==, CF_AUDIENCE_NONE);
}

static void
test_tombstones (void)
{
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      g_autoptr (CfRecord) record = sample_full (*shape);
      g_autoptr (CfRecord) tombstone = cf_record_tombstone (record);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (JsonNode) node = NULL;

      cf_json_encode_record (text, tombstone, CF_AUDIENCE_STAFF);
      node = parse (text);
      g_assert_cmpuint (json_object_get_size (json_node_get_object (node)), ==, 4);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "type"), ==, (*shape)->name);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "id"), ==, record->id);
      g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "rev"), ==, record->rev);
      g_assert_true (json_object_get_boolean_member (json_node_get_object (node), "deleted"));
    }
}

typedef struct
{
  CfMessageKind kind;
  CfMessageEvent event;
  gboolean staff_only, visible;
} StaffCase;

static void
test_staff_messages (void)
{
  static const StaffCase cases[] = {
    { CF_MESSAGE_TEXT, CF_MESSAGE_EVENT_NONE, FALSE, TRUE },
    { CF_MESSAGE_TEXT, CF_MESSAGE_EVENT_NONE, TRUE, FALSE },
    { CF_MESSAGE_NOTE, CF_MESSAGE_EVENT_NONE, FALSE, FALSE },
    { CF_MESSAGE_NOTE, CF_MESSAGE_EVENT_NONE, TRUE, FALSE },
    { CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_ASSIGNED, FALSE, TRUE },
    { CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_UNASSIGNED, FALSE, TRUE },
    { CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_UNASSIGNED, TRUE, FALSE }, /* as they once were */
    { CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_SNOOZED, FALSE, FALSE },
    { CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_CLOSED, FALSE, TRUE },
    { CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_CLOSED, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases) * 2; i++)
    {
      const StaffCase *row = &cases[i / 2];
      g_autoptr (CfRecordsResult) result = cf_struct_new (&cf_records_result_shape);
      CfMessage *message = sample_full (&cf_message_shape);
      g_autoptr (GString) visitor = g_string_new (NULL), staff = g_string_new (NULL);

      message->kind = row->kind;
      message->event = row->event;
      message->staff_only = row->staff_only;
      message->parent.deleted = i % 2;
      result->records = cf_structs_new ();
      g_ptr_array_add (result->records, message);
      cf_json_encode (visitor, result, CF_AUDIENCE_VISITOR);
      cf_json_encode (staff, result, CF_AUDIENCE_STAFF);
      g_assert_cmpint (strstr (visitor->str, message->parent.id) != NULL, ==, row->visible);
      g_assert_nonnull (strstr (staff->str, message->parent.id));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/audience/fields", test_fields);
  g_test_add_func ("/protocol/audience/private-fields", test_private_fields);
  g_test_add_func ("/protocol/audience/tombstones", test_tombstones);
  g_test_add_func ("/protocol/audience/staff-messages", test_staff_messages);
  return g_test_run ();
}
