/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the protocol as TypeScript: everything that a visitor's client reads or sends, and no more. */
#include "protocol/methods/catalogue.h"
#include "protocol/record.h"

/* "read_mark" → "ReadMark" */
static char *
type_name (const char *name)
{
  GString *out = g_string_new (NULL);
  gboolean upper = TRUE;

  for (; *name != '\0'; name++)
    {
      if (*name != '_')
        g_string_append_c (out, upper ? g_ascii_toupper (*name) : *name);
      upper = *name == '_';
    }
  return g_string_free (out, FALSE);
}

static gboolean
is_visible (const CfField *field)
{
  return (field->readers & CF_AUDIENCE_VISITOR) != 0
         && (field->shape == NULL || (field->shape->readers & CF_AUDIENCE_VISITOR) != 0);
}

static gboolean
has_visible_field (const CfShape *shape)
{
  for (guint i = 0; i < shape->n_fields; i++)
    if (is_visible (&shape->fields[i]))
      return (shape->readers & CF_AUDIENCE_VISITOR) != 0;
  return FALSE;
}

static gboolean
uses_words (const CfShape *const *shapes, const char *const *words)
{
  for (; *shapes != NULL; shapes++)
    for (guint i = 0; has_visible_field (*shapes) && i < (*shapes)->n_fields; i++)
      if ((*shapes)->fields[i].words == words && is_visible (&(*shapes)->fields[i]))
        return TRUE;
  return FALSE;
}

static char *
words_type (const char *const *words)
{
  GString *out = g_string_new (NULL);

  for (const CfWordList *list = cf_word_lists (); list->name != NULL; list++)
    if (list->words == words)
      {
        g_string_free (out, TRUE);
        return type_name (list->name);
      }
  for (; *words != NULL; words++)
    if (**words != '\0')
      g_string_append_printf (out, "%s'%s'", out->len > 0 ? " | " : "", *words);
  return g_string_free (out, FALSE);
}

static char *
field_type (const CfField *field)
{
  g_autofree char *nested = field->shape != NULL ? type_name (field->shape->name) : NULL;

  switch (field->kind)
    {
    case CF_KIND_ID:
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
      return g_strdup ("string");
    case CF_KIND_INTEGER:
    case CF_KIND_TIME:
      return g_strdup ("number");
    case CF_KIND_BOOLEAN:
      return g_strdup ("boolean");
    case CF_KIND_ENUM:
      return words_type (field->words);
    case CF_KIND_STRINGS:
      return g_strdup ("string[]");
    case CF_KIND_STRUCT:
      return g_steal_pointer (&nested);
    case CF_KIND_STRUCTS:
      return g_strconcat (nested, "[]", NULL);
    case CF_KIND_RECORDS:
      return g_strdup ("AnyRecord[]");
    }
  return g_strdup ("unknown");
}

static void
print_interface (const CfShape *shape, gboolean record)
{
  g_autofree char *name = type_name (shape->name);

  g_print ("\nexport interface %s {\n", name);
  if (record)
    g_print ("  type: '%s';\n  deleted?: undefined;\n", shape->name);
  for (guint i = 0; i < shape->n_fields; i++)
    {
      const CfField *field = &shape->fields[i];
      g_autofree char *type = field_type (field);

      if (!is_visible (field))
        continue;
      if (record && g_str_equal (field->name, "deleted"))
        continue;
      if (field->help != NULL)
        g_print ("  /** %s */\n", field->help);
      g_print ("  %s%s: %s;\n", field->name, (field->flags & CF_FIELD_REQUIRED) != 0 ? "" : "?", type);
    }
  g_print ("}\n");
}

static void
print_words (void)
{
  for (const CfWordList *list = cf_word_lists (); list->name != NULL; list++)
    {
      g_autofree char *name = type_name (list->name);

      if (!uses_words (cf_record_shapes (), list->words) && !uses_words (cf_method_shapes (), list->words))
        continue;
      g_print ("export type %s =", name);
      for (guint i = 0, n = 0; list->words[i] != NULL; i++)
        if (list->words[i][0] != '\0')
          g_print ("%s '%s'", n++ > 0 ? " |" : "", list->words[i]);
      g_print (";\n");
    }
}

static void
print_union (const char *quote, gboolean types)
{
  guint n = 0;

  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      g_autofree char *name = types ? type_name ((*shape)->name) : g_strdup ((*shape)->name);

      if (has_visible_field (*shape))
        g_print ("%s%s%s%s", n++ > 0 ? " | " : "", quote, name, quote);
    }
}

static void
print_any_record (void)
{
  g_print ("\n/** What is left of a record that was deleted, or is no longer ours to see: forget it. */\n"
           "export interface Tombstone {\n  type: ");
  print_union ("'", FALSE);
  g_print (";\n  id: string;\n  rev?: number;\n  deleted: true;\n}\n\n"
           "/** Told apart by `deleted`, then by `type`. */\nexport type AnyRecord = ");
  print_union ("", TRUE);
  g_print (" | Tombstone;\n");
}

int
main (void)
{
  g_print ("// SPDX-License-Identifier: MIT\n"
           "// Generated from the tables in protocol/: what the server says and hears, as a visitor sees it.\n\n");
  print_words ();
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    if (has_visible_field (*shape))
      print_interface (*shape, TRUE);
  print_any_record ();
  for (const CfShape *const *shape = cf_method_shapes (); *shape != NULL; shape++)
    if (has_visible_field (*shape))
      print_interface (*shape, FALSE);
  return 0;
}
