/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "protocol/error.h"
#include "protocol/methods/agent-params.h"
#include "protocol/methods/catalogue.h"
#include "protocol/records/message.h"

#include <string.h>

typedef void (*ShapeFunc) (const CfShape *shape);

static void
foreach_shape (ShapeFunc func)
{
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    func (*shape);
  for (const CfShape *const *shape = cf_method_shapes (); *shape != NULL; shape++)
    func (*shape);
}

static gsize
field_size (const CfField *field)
{
  switch (field->kind)
    {
    case CF_KIND_INTEGER:
    case CF_KIND_TIME:
      return sizeof (gint64);
    case CF_KIND_BOOLEAN:
    case CF_KIND_ENUM:
      return sizeof (int);
    default:
      return sizeof (gpointer);
    }
}

static gboolean
is_known_list (const char *const *words)
{
  for (const CfWordList *list = cf_word_lists (); list->name != NULL; list++)
    if (list->words == words)
      return TRUE;
  return FALSE;
}

/* What a row promises must hold, whoever adds it. */
static void
check_row (const CfShape *shape, const CfField *field)
{
  g_test_message ("%s.%s", shape->name, field->name);
  g_assert_true (cf_shape_field (shape, field->name) == field);
  if (field->kind == CF_KIND_INTEGER)
    g_assert_cmpint (field->max, >, field->min);
  if (field->kind == CF_KIND_STRING || field->kind == CF_KIND_TEXT || field->kind == CF_KIND_STRINGS)
    g_assert_cmpint (field->max, >, 0);
  if ((field->kind == CF_KIND_STRING || field->kind == CF_KIND_TEXT) && (field->flags & CF_FIELD_REQUIRED) != 0)
    g_assert_cmpint (field->min, >, 0);
  g_assert_cmpint (field->kind == CF_KIND_ENUM, ==, field->words != NULL);
  if (field->kind == CF_KIND_ENUM)
    g_assert_true (is_known_list (field->words));
  g_assert_cmpint (field->kind == CF_KIND_STRUCT || field->kind == CF_KIND_STRUCTS, ==, field->shape != NULL);
}

static void
check_table (const CfShape *shape)
{
  g_autofree guint8 *taken = g_malloc0 (shape->size);

  memset (taken, 1, sizeof (CfStruct));
  g_assert_cmpuint (shape->n_fields, <=, CF_MAX_FIELDS);
  for (guint i = 0; i < shape->n_fields; i++)
    {
      const CfField *field = &shape->fields[i];

      check_row (shape, field);
      g_assert_cmpuint (field->offset + field_size (field), <=, shape->size);
      for (gsize b = 0; b < field_size (field); b++)
        g_assert_cmpuint (taken[field->offset + b]++, ==, 0);
    }
}

static void
check_copy (const CfShape *shape)
{
  g_autoptr (CfStruct) value = sample_full (shape);
  g_autoptr (CfStruct) copy = cf_struct_copy (value);
  g_autoptr (CfStruct) empty = cf_struct_new (shape);

  g_assert_true (cf_struct_equal (value, copy));
  g_assert_cmpint (cf_struct_equal (value, empty), ==, shape->n_fields == 0);
  for (guint i = 0; i < shape->n_fields; i++)
    g_assert_cmpint (cf_struct_has (copy, shape->fields[i].name), ==, cf_struct_has (value, shape->fields[i].name));
}

static void
test_tables (void)
{
  foreach_shape (check_table);
}

static void
test_copies (void)
{
  foreach_shape (check_copy);
}

static void
test_copy_is_apart (void)
{
  g_autoptr (CfMessage) message = sample_full (&cf_message_shape);
  g_autoptr (CfMessage) copy = cf_struct_copy (message);

  g_free (copy->text);
  copy->text = g_strdup ("other");
  g_assert_cmpstr (message->text, ==, "é😀");
  g_assert_false (cf_struct_equal (message, copy));
}

static void
test_given (void)
{
  g_autoptr (CfAgentUpdateParams) params = cf_struct_new (&cf_agent_update_params_shape);

  g_assert_false (cf_struct_has (params, "disabled"));
  cf_struct_give (params, "disabled");
  g_assert_true (cf_struct_has (params, "disabled"));
  g_assert_false (cf_struct_has (params, "role"));
}

static void
test_lengths_are_characters (void)
{
  const CfField *field = cf_shape_field (&cf_message_shape, "text");
  g_autoptr (CfMessage) message = cf_struct_new (&cf_message_shape);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < CF_MESSAGE_TEXT_MAX; i++)
    g_string_append (text, "😀");
  message->text = g_strdup (text->str);
  g_assert_true (cf_field_check (field, message, &error));
  g_assert_no_error (error);
  g_free (message->text);
  message->text = g_strdup (g_string_append_c (text, 'x')->str);
  g_assert_false (cf_field_check (field, message, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_TOO_LARGE);
  g_assert_cmpstr (error->message, ==, "text: got 8001 characters, expected 0 to 8000");
}

static void
test_not_utf8 (void)
{
  const CfField *field = cf_shape_field (&cf_message_shape, "text");
  g_autoptr (CfMessage) message = cf_struct_new (&cf_message_shape);
  g_autoptr (GError) error = NULL;

  message->text = g_strdup ("\xed\xa0\x80");
  g_assert_false (cf_field_check (field, message, &error));
  g_assert_cmpstr (error->message, ==, "text: got bytes that are not UTF-8");
}

/* Text is looked at in blocks: what is refused must be seen at each place of one, of the next, and of what is left behind them. */
static void
test_control_characters_anywhere (void)
{
  static const struct { const char *text; gboolean in_text, in_line; } cases[] = {
    { "\x01", FALSE, FALSE }, { "\x1f", FALSE, FALSE }, { "\x7f", FALSE, FALSE }, { "\xc2\x85", FALSE, FALSE }, { "\xff", FALSE, FALSE },
    { "\n", TRUE, FALSE }, { "\t", TRUE, FALSE }, { "\u2028", TRUE, FALSE }, { " ", TRUE, TRUE }, { "~", TRUE, TRUE }, { "é", TRUE, TRUE },
  };
  const CfField *text = cf_shape_field (&cf_message_shape, "text"), *line = cf_shape_field (&cf_message_shape, "author_name");

  for (guint at = 0; at < 40; at++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autoptr (CfMessage) message = cf_struct_new (&cf_message_shape);
        g_autofree char *before = g_strnfill (at, 'x');

        message->text = g_strdup_printf ("%s%s%s", before, cases[i].text, before);
        message->author_name = g_strdup (message->text);
        g_assert_cmpint (cf_field_check (text, message, NULL), ==, cases[i].in_text);
        g_assert_cmpint (cf_field_check (line, message, NULL), ==, cases[i].in_line);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/shape/tables", test_tables);
  g_test_add_func ("/protocol/shape/copies", test_copies);
  g_test_add_func ("/protocol/shape/copy-is-apart", test_copy_is_apart);
  g_test_add_func ("/protocol/shape/given", test_given);
  g_test_add_func ("/protocol/shape/lengths-are-characters", test_lengths_are_characters);
  g_test_add_func ("/protocol/shape/not-utf8", test_not_utf8);
  g_test_add_func ("/protocol/shape/control-characters-anywhere", test_control_characters_anywhere);
  return g_test_run ();
}
