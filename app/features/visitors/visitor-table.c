/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-table.h"

#include "protocol/csv.h"
#include "protocol/error.h"
#include "protocol/methods/visitor-params.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIRST_ROWS 5
/* Bytes of one part as they stand in a frame of 64 KiB, with room for what is around them. */
#define PART_BYTES 56000

static const char *const taken[] = { "id", "name", "email", "phone", "company", "note", "tags", NULL };
static const char *const passed_over[] = { "state", "site_id", "locale", "time_zone", "created_at", "merged_into", NULL };

static void
column_free (gpointer data)
{
  g_free (((CfaVisitorColumn *) data)->name);
  g_free (data);
}

static void
part_free (gpointer data)
{
  g_free (((CfaVisitorPart *) data)->text);
  g_free (data);
}

static gboolean
is_among (char *const *names, const char *name)
{
  g_autofree char *wanted = g_utf8_casefold (name, -1);

  for (; names != NULL && *names != NULL; names++)
    {
      g_autofree char *folded = g_utf8_casefold (*names, -1);

      if (g_str_equal (folded, wanted))
        return TRUE;
    }
  return FALSE;
}

/* Returns: (transfer full): UTF-8 */
static char *
decode (const char *text, gsize length, gboolean *converted, GError **error)
{
  *converted = !g_utf8_validate (text, length, NULL) || memchr (text, '\0', length) != NULL;
  if (!*converted)
    return g_strndup (text, length);
  if (memchr (text, '\0', length) == NULL)
    return g_convert (text, length, "UTF-8", "WINDOWS-1252", NULL, NULL, error);
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, _("This is no text. Save the table as “CSV UTF-8”, then choose that file."));
  return NULL;
}

/* Bytes as a string of JSON. */
static gsize
weigh (const char *text, gsize length)
{
  gsize sum = length;

  for (gsize i = 0; i < length; i++)
    sum += text[i] == '"' || text[i] == '\\' || text[i] == '\n' || text[i] == '\r' || text[i] == '\t' ? 1 : (guchar) text[i] < ' ' ? 5 : 0;
  return sum;
}

static void
take_head (CfaVisitorTable *self, GPtrArray *cells, char *const *attributes)
{
  for (guint i = 0; i < cells->len; i++)
    {
      CfaVisitorColumn *column = g_new0 (CfaVisitorColumn, 1);

      column->name = g_strdup (g_strstrip (cells->pdata[i]));
      column->use = is_among ((char *const *) taken, column->name) || is_among (attributes, column->name) ? CFA_COLUMN_TAKEN
                    : is_among ((char *const *) passed_over, column->name) ? CFA_COLUMN_PASSED_OVER : CFA_COLUMN_UNKNOWN;
      g_ptr_array_add (self->columns, column);
    }
}

static void
keep_first (CfaVisitorTable *self, const GPtrArray *cells)
{
  GPtrArray *row = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < cells->len; i++)
    g_ptr_array_add (row, g_strdup (cells->pdata[i]));
  g_ptr_array_add (self->first, row);
}

/* A part that is being filled. */
typedef struct
{
  const char *head;
  gsize head_weight, weight;
  gint64 head_lines;
  CfaVisitorPart *part; /* (nullable) */
  GString *text;
} Filling;

static void
close_part (Filling *filling, CfaVisitorTable *self)
{
  if (filling->part == NULL)
    return;
  filling->part->text = g_string_free (g_steal_pointer (&filling->text), FALSE);
  g_ptr_array_add (self->parts, g_steal_pointer (&filling->part));
}

/* @line: where @from, of that @length, begins; @row: where the row itself does */
static void
add_row (Filling *filling, CfaVisitorTable *self, const char *from, gsize length, gint64 line, gint64 row)
{
  gsize weight = weigh (from, length);

  if (filling->head_weight + weight > PART_BYTES)
    {
      close_part (filling, self);
      g_array_append_val (self->too_long, row);
      return;
    }
  if (filling->part != NULL && (filling->part->lines >= CF_IMPORT_LINES_MAX || filling->weight + weight > PART_BYTES))
    close_part (filling, self);
  if (filling->part == NULL)
    {
      filling->part = g_new0 (CfaVisitorPart, 1);
      filling->part->skip = line - 1 - filling->head_lines;
      filling->text = g_string_new (filling->head);
      filling->weight = filling->head_weight;
    }
  g_string_append_len (filling->text, from, length);
  filling->weight += weight;
  filling->part->lines++;
}

static void
read_rows (CfaVisitorTable *self, CfCsvReader *reader, const char *head, GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  Filling filling = { .head = head, .head_weight = weigh (head, strlen (head)), .head_lines = reader->line - 1 };
  guint row;

  for (;;)
    {
      const char *from = reader->at;
      gint64 line = reader->line;

      if (!cf_csv_reader_next (reader, cells, &row, &problem))
        break;
      if (self->first->len < FIRST_ROWS)
        keep_first (self, cells);
      self->n_rows++;
      add_row (&filling, self, from, reader->at - from, line, row);
    }
  close_part (&filling, self);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
}

/**
 * cfa_visitor_table_new:
 * @text: what the file holds
 * @attributes: what the organisation's are called
 * @error: what cannot be read, for the person
 */
CfaVisitorTable *
cfa_visitor_table_new (const char *text, gsize length, char *const *attributes, GError **error)
{
  g_autoptr (CfaVisitorTable) self = g_new0 (CfaVisitorTable, 1);
  g_autofree char *decoded = decode (text, length, &self->converted, error), *head = NULL;
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  CfCsvReader reader;
  const char *from;
  guint line;

  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->first = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->too_long = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (decoded == NULL)
    return NULL;
  cf_csv_reader_init (&reader, decoded);
  from = reader.at;
  if (cf_csv_reader_next (&reader, cells, &line, &problem))
    {
      take_head (self, cells, attributes);
      head = g_strndup (from, reader.at - from);
      read_rows (self, &reader, head, &problem);
    }
  if (problem == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

void
cfa_visitor_table_free (CfaVisitorTable *self)
{
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->first, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->too_long, g_array_unref);
  g_free (self);
}

/**
 * cfa_visitor_table_dup_fault:
 * Returns: (transfer full) (nullable): why nothing of it can be imported, and what to do
 */
char *
cfa_visitor_table_dup_fault (const CfaVisitorTable *self)
{
  g_autoptr (GString) unknown = g_string_new (NULL);
  gboolean named = FALSE;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const CfaVisitorColumn *column = self->columns->pdata[i];

      named |= g_ascii_strcasecmp (column->name, "id") == 0 || g_ascii_strcasecmp (column->name, "email") == 0;
      if (column->use == CFA_COLUMN_UNKNOWN)
        g_string_append_printf (unknown, unknown->len > 0 ? ", “%s”" : "“%s”", column->name);
    }
  if (self->n_rows == 0)
    return g_strdup (_("There is nobody in this file. Expected a line with the names of columns, and a line for each visitor."));
  if (unknown->len > 0)
    return g_strdup_printf (_("Not understood: %s. Rename or remove these columns, or make attributes that are called so, then choose the file again."), unknown->str);
  return named ? NULL : g_strdup (_("No column is called “email” or “id”, so nobody can be told apart. Rename one, then choose the file again."));
}
