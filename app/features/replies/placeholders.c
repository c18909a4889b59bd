/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "placeholders.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *name;
  gsize offset;
  const char *words; /* how a person calls it */
} known[] = {
  { "visitor.name", G_STRUCT_OFFSET (CfaPlaceholderValues, visitor_name), N_("the visitor’s name") },
  { "visitor.email", G_STRUCT_OFFSET (CfaPlaceholderValues, visitor_email), N_("the visitor’s email address") },
  { "agent.name", G_STRUCT_OFFSET (CfaPlaceholderValues, agent_name), N_("your name") },
  { "site.name", G_STRUCT_OFFSET (CfaPlaceholderValues, site_name), N_("the site’s name") },
  { "conversation.id", G_STRUCT_OFFSET (CfaPlaceholderValues, conversation_id), N_("the conversation’s number") },
};

/* One placeholder as it stands in a text: {name}, or {name|fallback}. */
typedef struct
{
  const char *name;
  gsize name_length;
  const char *fallback; /* NULL = none; ends at the brace */
  const char *end;      /* behind the brace */
} Piece;

static gboolean
is_name (const char *name, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (name[i]) && ((name[i] != '.' && name[i] != '_') || i == 0 || i == length - 1))
      return FALSE;
  return length > 0;
}

/*
 * @text is at a brace. What has no end on its line, another brace within, or no name of small letters, points and underscores is no
 * placeholder but words: brackets of all kinds are typed by people.
 */
static gboolean
read_piece (const char *text, Piece *piece)
{
  gsize length = strcspn (text + 1, "{}\n");
  const char *bar;

  if (text[1 + length] != '}')
    return FALSE;
  bar = memchr (text + 1, '|', length);
  piece->name = text + 1;
  piece->name_length = bar != NULL ? (gsize) (bar - piece->name) : length;
  piece->fallback = bar != NULL ? bar + 1 : NULL;
  piece->end = text + 1 + length + 1;
  while (piece->name_length > 0 && *piece->name == ' ')
    {
      piece->name++;
      piece->name_length--;
    }
  while (piece->name_length > 0 && piece->name[piece->name_length - 1] == ' ')
    piece->name_length--;
  return is_name (piece->name, piece->name_length);
}

static int
find_known (const char *name, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strlen (known[i].name) == length && memcmp (known[i].name, name, length) == 0)
      return i;
  return -1;
}

/* Returns: (nullable): the value, unless it is missing. */
static const char *
look_up (const CfaPlaceholderValues *values, int index)
{
  const char *value = index >= 0 ? G_STRUCT_MEMBER (const char *, values, known[index].offset) : NULL;

  for (const char *p = value; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return value;
  return NULL;
}

static void
note_name (GPtrArray *names, const Piece *piece)
{
  g_autofree char *name = g_strndup (piece->name, piece->name_length);

  for (guint i = 0; i < names->len; i++)
    if (g_str_equal (names->pdata[i], name))
      return;
  g_ptr_array_add (names, g_steal_pointer (&name));
}

static char **
end_names (GPtrArray *names)
{
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static void
append_piece (GString *out, const char *start, const Piece *piece, const CfaPlaceholderValues *values, GPtrArray *missing)
{
  int index = find_known (piece->name, piece->name_length);
  const char *value = look_up (values, index);

  if (value != NULL)
    g_string_append (out, value);
  else if (index >= 0 && piece->fallback != NULL)
    g_string_append_len (out, piece->fallback, piece->end - 1 - piece->fallback);
  else
    {
      g_string_append_len (out, start, piece->end - start);
      note_name (missing, piece);
    }
}

/**
 * cfa_placeholders_fill:
 * @template: UTF-8 with placeholders {name} and {name|fallback}; {{ stands for a brace
 * @missing: (out) (transfer full): the names that could not be filled, each once: a value is missing and there is no fallback, or nobody knows the
 *   name. They stay in the text as they are, so that nothing is ever left out unseen.
 *
 * Returns: (transfer full): the text. Values are not looked into for placeholders again.
 */
char *
cfa_placeholders_fill (const char *template, const CfaPlaceholderValues *values, char ***missing)
{
  GString *out = g_string_new (NULL);
  GPtrArray *names = g_ptr_array_new ();
  const char *p = template;
  Piece piece;

  while (*p != '\0')
    {
      gsize words = strcspn (p, "{");

      g_string_append_len (out, p, words);
      p += words;
      if (p[0] == '{' && p[1] == '{')
        {
          g_string_append_c (out, '{');
          p += 2;
        }
      else if (p[0] == '{' && read_piece (p, &piece))
        {
          append_piece (out, p, &piece, values, names);
          p = piece.end;
        }
      else if (p[0] == '{')
        g_string_append_c (out, *p++);
    }
  *missing = end_names (names);
  return g_string_free (out, FALSE);
}

/**
 * cfa_placeholders_find:
 * @names: (out) (transfer full): what they are called, each once
 *
 * Returns: (transfer full): an array of CfaPlaceholderSpan: the placeholders that still stand in a text that is about to be sent.
 */
GArray *
cfa_placeholders_find (const char *text, char ***names)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (CfaPlaceholderSpan));
  GPtrArray *found = g_ptr_array_new ();
  const char *counted = text;
  guint position = 0;
  Piece piece;

  for (const char *p = strchr (text, '{'); p != NULL; p = strchr (p, '{'))
    {
      if (read_piece (p, &piece))
        {
          CfaPlaceholderSpan span = { 0, g_utf8_pointer_to_offset (p, piece.end) };

          position += g_utf8_pointer_to_offset (counted, p);
          counted = p;
          span.start = position;
          g_array_append_val (spans, span);
          note_name (found, &piece);
          p = piece.end;
        }
      else
        p++;
    }
  *names = end_names (found);
  return spans;
}

/**
 * cfa_placeholders_describe:
 * Returns: (transfer full): @names for people, with commas between them: “the visitor’s name”, or as it stands when nobody knows it.
 */
char *
cfa_placeholders_describe (const char *const *names)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      int index = find_known (names[i], strlen (names[i]));

      if (i > 0)
        /* Translators: between the parts of a list */
        g_string_append (out, _(", "));
      if (index >= 0)
        g_string_append (out, _(known[index].words));
      else
        g_string_append_printf (out, "{%s}", names[i]);
    }
  return g_string_free (out, FALSE);
}
