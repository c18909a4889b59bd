/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text-marks.h"

#include <string.h>

/* Whether @mark stands right before @start and right after @end; both are moved around it. */
static gboolean
is_marked (GtkTextIter *start, GtkTextIter *end, const char *mark)
{
  GtkTextIter before = *start, after = *end;
  int length = (int) strlen (mark);
  g_autofree char *left = NULL, *right = NULL;

  gtk_text_iter_backward_chars (&before, length);
  gtk_text_iter_forward_chars (&after, length);
  left = gtk_text_iter_get_text (&before, start);
  right = gtk_text_iter_get_text (end, &after);
  if (!g_str_equal (left, mark) || !g_str_equal (right, mark))
    return FALSE;
  *start = before;
  *end = after;
  return TRUE;
}

/**
 * cfa_text_marks_toggle:
 * @buffer: what is being written
 * @mark: what stands around such words, as "**"; ASCII
 *
 * Puts @mark around what is selected, or where the cursor is, and takes it away again. What was selected stays selected. One step to undo.
 */
void
cfa_text_marks_toggle (GtkTextBuffer *buffer, const char *mark)
{
  GtkTextIter start, end;
  g_autofree char *words = NULL, *marked = NULL;
  gboolean was;
  int from, length;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  words = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  was = is_marked (&start, &end, mark);
  from = gtk_text_iter_get_offset (&start) + (was ? 0 : (int) strlen (mark));
  length = (int) g_utf8_strlen (words, -1);
  marked = was ? g_strdup (words) : g_strconcat (mark, words, mark, NULL);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, marked, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, from);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, from + length);
  gtk_text_buffer_select_range (buffer, &end, &start);
}
