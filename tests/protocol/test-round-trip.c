/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a shape can hold comes back from its own text, in whatever order and with whatever space a peer writes it. */
#include "sample.h"

#include "protocol/json.h"
#include "protocol/methods/catalogue.h"
#include "protocol/records/message.h"

#include <json-glib/json-glib.h>
#include <string.h>

static gboolean
is_record (const CfShape *shape)
{
  return cf_record_shape (shape->name) == shape;
}

static char *
encode (gconstpointer value)
{
  GString *out = g_string_new (NULL);

  if (is_record (((const CfStruct *) value)->shape))
    cf_json_encode_record (out, value, CF_AUDIENCE_STAFF);
  else
    cf_json_encode (out, value, CF_AUDIENCE_STAFF);
  return g_string_free (out, FALSE);
}

/* In memory of its own length, so that reading past its end is seen. */
static void
check_text (const CfStruct *value, const char *text)
{
  gsize length = strlen (text);
  g_autofree char *exact = g_memdup2 (text, length);

  for (CfDecodeMode mode = CF_DECODE_STRICT; mode <= CF_DECODE_LENIENT; mode++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CfStruct) again = NULL;
      CfJson json;

      cf_json_check (exact, length, &json, &error);
      g_assert_no_error (error);
      again = is_record (value->shape) ? (gpointer) cf_json_decode_record (&json, mode, &error)
                                       : cf_json_decode (value->shape, &json, mode, &error);
      if (error != NULL || !cf_struct_equal (value, again))
        g_error ("%s does not come back (%s): %s", value->shape->name, error != NULL ? error->message : "other", text);
    }
}

static void
append_space (GString *out, GRand *random)
{
  static const char *const spaces[] = { " ", "\n", "\r\n", "\t" };

  while (g_rand_int_range (random, 0, 3) == 0)
    g_string_append (out, spaces[g_rand_int_range (random, 0, G_N_ELEMENTS (spaces))]);
}

/* A string with some of its characters written as escapes. */
static void
append_string (GString *out, const char *text, GRand *random)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= 0x20 && c != '"' && c != '\\' && g_rand_int_range (random, 0, 4) > 0)
        g_string_append_unichar (out, c);
      else if (c < 0x10000)
        g_string_append_printf (out, g_rand_boolean (random) ? "\\u%04x" : "\\u%04X", c);
      else
        g_string_append_printf (out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
    }
  g_string_append_c (out, '"');
}

static void append_node (GString *out, JsonNode *node, GRand *random);

/* With the members in any order. */
static void
append_object (GString *out, JsonObject *object, GRand *random)
{
  g_autoptr (GList) members = json_object_get_members (object);

  g_string_append_c (out, '{');
  append_space (out, random);
  while (members != NULL)
    {
      GList *one = g_list_nth (members, g_rand_int_range (random, 0, g_list_length (members)));

      append_string (out, one->data, random);
      append_space (out, random);
      g_string_append_c (out, ':');
      append_node (out, json_object_get_member (object, one->data), random);
      members = g_list_delete_link (members, one);
      g_string_append (out, members != NULL ? "," : "");
      append_space (out, random);
    }
  g_string_append_c (out, '}');
}

static void
append_array (GString *out, JsonArray *array, GRand *random)
{
  g_string_append_c (out, '[');
  append_space (out, random);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      append_node (out, json_array_get_element (array, i), random);
    }
  g_string_append_c (out, ']');
}

static void
append_node (GString *out, JsonNode *node, GRand *random)
{
  append_space (out, random);
  if (JSON_NODE_HOLDS_OBJECT (node))
    append_object (out, json_node_get_object (node), random);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_array (out, json_node_get_array (node), random);
  else if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (out, "null");
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    append_string (out, json_node_get_string (node), random);
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else
    g_string_append_printf (out, g_rand_boolean (random) ? "%" G_GINT64_FORMAT : "%" G_GINT64_FORMAT ".0", json_node_get_int (node));
  append_space (out, random);
}

static void
check_shape (const CfShape *shape, GRand *random)
{
  g_autoptr (CfStruct) value = sample_random (shape, random);
  g_autofree char *text = encode (value);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  g_autoptr (GString) other = g_string_new (NULL);

  g_assert_no_error (error);
  check_text (value, text);
  append_node (other, node, random);
  check_text (value, other->str);
}

static void
test_all_shapes (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());

  for (guint n = 0; n < 200; n++)
    {
      for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
        check_shape (*shape, random);
      for (const CfShape *const *shape = cf_method_shapes (); *shape != NULL; shape++)
        check_shape (*shape, random);
    }
}

/* A row of any kind, its name made of few letters so that names resemble each other. */
static void
make_row (CfField *row, guint i, gsize offset, GRand *random)
{
  static const char letters[] = "ab_";
  GString *name = g_string_new (NULL);

  for (guint n = g_rand_int_range (random, 0, 12); n > 0; n--)
    g_string_append_c (name, letters[g_rand_int_range (random, 0, 3)]);
  g_string_append_printf (name, "%u", i); /* not the same as another */
  row->kind = g_rand_int_range (random, CF_KIND_ID, CF_KIND_RECORDS + 1);
  row->offset = offset;
  row->flags = g_rand_boolean (random) ? CF_FIELD_GIVEN : 0;
  row->readers = g_rand_int_range (random, 0, 8) > 0 ? CF_AUDIENCE_ALL : CF_AUDIENCE_NONE;
  row->min = row->kind == CF_KIND_INTEGER ? -5 : 0;
  row->max = g_rand_int_range (random, 3, 1000); /* three structs may come together */
  row->words = row->kind == CF_KIND_ENUM ? cf_message_event_words : NULL;
  row->shape = row->kind == CF_KIND_STRUCT || row->kind == CF_KIND_STRUCTS ? &cf_message_shape : NULL;
  row->name_length = name->len;
  row->key = g_strdup_printf (",\"%s\":", name->str);
  row->name = g_string_free (name, FALSE);
}

/* Tables that nobody has written yet. */
static void
test_any_shape (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());

  for (guint n = 0; n < 1000; n++)
    {
      guint n_fields = g_rand_int_range (random, 0, CF_MAX_FIELDS + 1);
      g_autofree CfField *fields = g_new0 (CfField, n_fields + 1);
      CfShape shape = { .name = "any", .size = sizeof (CfStruct) + 8 * n_fields, .readers = CF_AUDIENCE_ALL, .fields = fields,
                        .n_fields = n_fields };

      for (guint i = 0; i < n_fields; i++)
        make_row (&fields[i], i, sizeof (CfStruct) + 8 * i, random);
      check_shape (&shape, random);
      for (guint i = 0; i < n_fields; i++)
        {
          g_free ((char *) fields[i].name);
          g_free ((char *) fields[i].key);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/round-trip/all-shapes", test_all_shapes);
  g_test_add_func ("/protocol/round-trip/any-shape", test_any_shape);
  return g_test_run ();
}
