/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv.h"

#include "error.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define FORMULA_BEGINS  "=+-@\t\r\n"

/**
 * cf_csv_add_cell:
 * @text: (nullable): what stands in it
 * @after: what follows: a comma, or the first of a line end
 *
 * Always in quotes, as RFC 4180 has it. What a spreadsheet would take for a formula gets an apostrophe in front, also behind blanks
 * (OWASP, "CSV injection").
 */
void
cf_csv_add_cell (GString *out, const char *text, char after)
{
  const char *first = text != NULL ? text + strspn (text, " ") : "";

  g_string_append_c (out, '"');
  if (*first != '\0' && strchr (FORMULA_BEGINS, *first) != NULL)
    g_string_append_c (out, '\'');
  for (const char *p = text; p != NULL && *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
  g_string_append_c (out, after);
}

/* What stands most often in the first line, outside of quotes. */
static char
guess_separator (const char *text)
{
  static const char candidates[] = ",;\t";
  guint counts[3] = { 0 }, best = 0;
  gboolean quoted = FALSE;

  for (const char *p = text; *p != '\0' && (quoted || (*p != '\n' && *p != '\r')); p++)
    {
      const char *candidate = strchr (candidates, *p);

      quoted ^= *p == '"';
      if (candidate != NULL && !quoted)
        counts[candidate - candidates]++;
    }
  for (guint i = 1; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] > counts[best])
      best = i;
  return candidates[best];
}

/**
 * cf_csv_reader_init:
 * @text: UTF-8, borrowed for as long as it is read
 */
void
cf_csv_reader_init (CfCsvReader *self, const char *text)
{
  self->at = text + (g_str_has_prefix (text, BYTE_ORDER_MARK) ? strlen (BYTE_ORDER_MARK) : 0);
  self->separator = guess_separator (self->at);
  self->line = 1;
}

static void
skip_line_end (CfCsvReader *self)
{
  self->at += *self->at == '\r' && self->at[1] == '\n' ? 2 : 1;
  self->line++;
}

static gboolean
is_line_end (char c)
{
  return c == '\n' || c == '\r';
}

/* Behind the first quote. Returns: FALSE when the last one is missing. */
static gboolean
read_quoted (CfCsvReader *self, GString *cell)
{
  while (*self->at != '\0')
    {
      if (*self->at == '"' && self->at[1] != '"')
        {
          self->at++;
          return TRUE;
        }
      self->line += *self->at == '\n';
      self->at += *self->at == '"';
      g_string_append_c (cell, *self->at++);
    }
  return FALSE;
}

/* The apostrophe of cf_csv_add_cell() is not part of what was written. */
static char *
take_cell (GString *cell)
{
  const char *second = cell->str + 1;

  if (*cell->str == '\'' && strchr (FORMULA_BEGINS, *(second + strspn (second, " "))) != NULL && *second != '\0')
    g_string_erase (cell, 0, 1);
  return g_string_free (cell, FALSE);
}

static gboolean
read_cell (CfCsvReader *self, GPtrArray *cells, GError **error)
{
  GString *cell = g_string_new (NULL);
  guint began = self->line;
  gboolean closed = TRUE;

  if (*self->at == '"')
    {
      self->at++;
      closed = read_quoted (self, cell);
    }
  while (*self->at != '\0' && *self->at != self->separator && !is_line_end (*self->at))
    g_string_append_c (cell, *self->at++);
  g_ptr_array_add (cells, take_cell (cell));
  if (!closed)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "csv: line %u has a quote that is never closed", began);
  return closed;
}

/**
 * cf_csv_reader_next:
 * @cells: gets the row's, of char *, instead of what was there
 * @line: (out): where the row begins, from 1
 *
 * Empty lines are passed over. Returns: FALSE at the end, and with CF_ERROR_INVALID.
 */
gboolean
cf_csv_reader_next (CfCsvReader *self, GPtrArray *cells, guint *line, GError **error)
{
  g_ptr_array_set_size (cells, 0);
  while (is_line_end (*self->at))
    skip_line_end (self);
  *line = self->line;
  if (*self->at == '\0')
    return FALSE;
  for (;;)
    {
      if (!read_cell (self, cells, error))
        return FALSE;
      if (*self->at != self->separator)
        break;
      self->at++;
    }
  if (is_line_end (*self->at))
    skip_line_end (self);
  return TRUE;
}
