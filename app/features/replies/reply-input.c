/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reply-input.h"

#include "reply-popover.h"

/* What is longer is a sentence, not a search. */
#define QUERY_MAX 40

enum
{
  USED,
  N_SIGNALS,
};

struct _CfaReplyInput
{
  GObject parent_instance;

  GtkTextView *view;
  CfaReplyPopover *popover;
  GListModel *canned;
  CfaPlaceholderValues values; /* own copies */
  GtkTextMark *start;  /* where the search begins; NULL while there is none */
  gboolean dismissed;  /* until the line is another */
  GtkTextTag *gap;
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaReplyInput, cfa_reply_input, G_TYPE_OBJECT)

static GtkTextBuffer *
buffer (CfaReplyInput *self)
{
  return gtk_text_view_get_buffer (self->view);
}

static void
get_cursor (CfaReplyInput *self, GtkTextIter *iter)
{
  gtk_text_buffer_get_iter_at_mark (buffer (self), iter, gtk_text_buffer_get_insert (buffer (self)));
}

static void
forget_start (CfaReplyInput *self)
{
  if (self->start != NULL)
    gtk_text_buffer_delete_mark (buffer (self), self->start);
  self->start = NULL;
}

/* Returns: (transfer full) (nullable): what is looked for, from @start to the cursor, without its slash; NULL when nothing is. */
static char *
dup_query (CfaReplyInput *self, GtkTextIter *start, GtkTextIter *end)
{
  g_autofree char *text = NULL;

  get_cursor (self, end);
  if (self->start != NULL)
    {
      gtk_text_buffer_get_iter_at_mark (buffer (self), start, self->start);
      if (gtk_text_iter_compare (start, end) > 0 || gtk_text_iter_get_line (start) != gtk_text_iter_get_line (end))
        return NULL;
      text = gtk_text_buffer_get_text (buffer (self), start, end, FALSE);
      return g_utf8_strlen (text, -1) <= QUERY_MAX ? g_steal_pointer (&text) : NULL;
    }
  *start = *end;
  gtk_text_iter_set_line_offset (start, 0);
  if (gtk_text_iter_get_char (start) != '/' || gtk_text_iter_equal (start, end))
    return NULL;
  text = gtk_text_buffer_get_text (buffer (self), start, end, FALSE);
  return g_utf8_strlen (text, -1) <= QUERY_MAX ? g_strdup (text + 1) : NULL;
}

static void
point_at_cursor (CfaReplyInput *self)
{
  GtkTextIter start, end;
  GdkRectangle place;
  g_autofree char *query = dup_query (self, &start, &end);

  gtk_text_view_get_iter_location (self->view, &start, &place);
  gtk_text_view_buffer_to_window_coords (self->view, GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &place.x, &place.y);
  place.width = MAX (place.width, 1);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
}

static void
insert (CfaReplyInput *self, CfaReply *reply)
{
  GtkTextIter start, end;
  g_autofree char *query = dup_query (self, &start, &end);
  g_auto (GStrv) missing = NULL;
  g_autofree char *text = cfa_placeholders_fill (cfa_reply_get_canned (reply)->text, &self->values, &missing);

  g_object_ref (reply);
  cfa_reply_input_close (self);
  gtk_text_buffer_begin_user_action (buffer (self));
  if (query != NULL)
    gtk_text_buffer_delete (buffer (self), &start, &end);
  gtk_text_buffer_insert_at_cursor (buffer (self), text, -1);
  gtk_text_buffer_end_user_action (buffer (self));
  cfa_reply_input_close (self);
  if (missing[0] != NULL)
    cfa_reply_input_choose_gap (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  g_signal_emit (self, signals[USED], 0, reply);
  g_object_unref (reply);
}

/* A whole shortcut and then a space needs no list. */
static gboolean
expand (CfaReplyInput *self)
{
  GtkTextIter start, end;
  g_autofree char *query = self->dismissed ? NULL : dup_query (self, &start, &end);
  g_autofree char *shortcut = query != NULL ? g_utf8_strdown (query, -1) : NULL;

  for (guint i = 0; shortcut != NULL && self->canned != NULL && i < g_list_model_get_n_items (self->canned); i++)
    {
      g_autoptr (CfaReply) reply = g_list_model_get_item (self->canned, i);

      if (!g_str_equal (cfa_reply_get_name (reply), shortcut))
        continue;
      insert (self, reply);
      return TRUE;
    }
  return FALSE;
}

static void
search (CfaReplyInput *self)
{
  GtkTextIter start, end;
  g_autofree char *query = dup_query (self, &start, &end);

  if (query == NULL)
    {
      forget_start (self);
      self->dismissed = FALSE;
    }
  if (query == NULL || self->dismissed || cfa_reply_popover_search (self->popover, query) == 0)
    {
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      return;
    }
  point_at_cursor (self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
open_search (CfaReplyInput *self)
{
  GtkTextIter cursor;

  cfa_reply_input_close (self);
  get_cursor (self, &cursor);
  self->dismissed = FALSE;
  self->start = gtk_text_buffer_create_mark (buffer (self), NULL, &cursor, TRUE);
  search (self);
}

static void
mark_gaps (CfaReplyInput *self)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  g_auto (GStrv) names = NULL;
  g_autoptr (GArray) spans = NULL;

  gtk_text_buffer_get_bounds (buffer (self), &start, &end);
  text = gtk_text_buffer_get_text (buffer (self), &start, &end, FALSE);
  spans = cfa_placeholders_find (text, &names);
  gtk_text_buffer_remove_tag (buffer (self), self->gap, &start, &end);
  for (guint i = 0; i < spans->len; i++)
    {
      const CfaPlaceholderSpan *span = &g_array_index (spans, CfaPlaceholderSpan, i);

      gtk_text_buffer_get_iter_at_offset (buffer (self), &start, span->start);
      gtk_text_buffer_get_iter_at_offset (buffer (self), &end, span->start + span->length);
      gtk_text_buffer_apply_tag (buffer (self), self->gap, &start, &end);
    }
}

static void
clear_values (CfaPlaceholderValues *values)
{
  g_free ((char *) values->visitor_name);
  g_free ((char *) values->visitor_email);
  g_free ((char *) values->agent_name);
  g_free ((char *) values->site_name);
  g_free ((char *) values->conversation_id);
}

static void
cfa_reply_input_dispose (GObject *object)
{
  CfaReplyInput *self = CFA_REPLY_INPUT (object);

  g_clear_pointer ((GtkWidget **) &self->popover, gtk_widget_unparent);
  self->start = NULL;
  G_OBJECT_CLASS (cfa_reply_input_parent_class)->dispose (object);
}

static void
cfa_reply_input_finalize (GObject *object)
{
  CfaReplyInput *self = CFA_REPLY_INPUT (object);

  g_clear_object (&self->canned);
  clear_values (&self->values);
  G_OBJECT_CLASS (cfa_reply_input_parent_class)->finalize (object);
}

static void
cfa_reply_input_class_init (CfaReplyInputClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_reply_input_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_reply_input_finalize;
  signals[USED] = g_signal_new ("used", CFA_TYPE_REPLY_INPUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CFA_TYPE_REPLY);
}

static void
cfa_reply_input_init (CfaReplyInput *self)
{
}

/**
 * cfa_reply_input_new:
 * @view: (transfer none): where one writes
 *
 * Whoever owns @view hands on its keys and changes, and must have the object disposed of before it: a text view never ends its own disposal
 * while it has a child that it does not know of.
 */
CfaReplyInput *
cfa_reply_input_new (GtkTextView *view)
{
  CfaReplyInput *self = g_object_new (CFA_TYPE_REPLY_INPUT, NULL);

  self->view = view;
  self->gap = gtk_text_buffer_create_tag (buffer (self), NULL, "background", "#f5c211", "foreground", "#241f31", NULL);
  self->popover = CFA_REPLY_POPOVER (cfa_reply_popover_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (view));
  g_signal_connect_object (self->popover, "chosen", G_CALLBACK (insert), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * cfa_reply_input_set_model:
 * @canned: (nullable): a list of CfaReply
 */
void
cfa_reply_input_set_model (CfaReplyInput *self, GListModel *canned)
{
  g_set_object (&self->canned, canned);
  cfa_reply_popover_set_model (self->popover, canned);
}

/**
 * cfa_reply_input_set_values:
 * @values: (transfer none): copied
 */
void
cfa_reply_input_set_values (CfaReplyInput *self, const CfaPlaceholderValues *values)
{
  CfaPlaceholderValues old = self->values;

  self->values.visitor_name = g_strdup (values->visitor_name);
  self->values.visitor_email = g_strdup (values->visitor_email);
  self->values.agent_name = g_strdup (values->agent_name);
  self->values.site_name = g_strdup (values->site_name);
  self->values.conversation_id = g_strdup (values->conversation_id);
  clear_values (&old);
  cfa_reply_popover_set_values (self->popover, &self->values);
}

/**
 * cfa_reply_input_key:
 * Returns: whether the key was meant for the list, and must go nowhere else.
 */
gboolean
cfa_reply_input_key (CfaReplyInput *self, guint key, GdkModifierType modifiers)
{
  CfaReply *selected;

  if (key == GDK_KEY_slash && (modifiers & GDK_CONTROL_MASK) != 0)
    {
      open_search (self);
      return TRUE;
    }
  if (key == GDK_KEY_space && (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0 && self->start == NULL)
    return expand (self);
  if (!gtk_widget_get_visible (GTK_WIDGET (self->popover)) || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      cfa_reply_popover_move (self->popover, -1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      cfa_reply_popover_move (self->popover, 1);
      return TRUE;
    case GDK_KEY_Escape:
      self->dismissed = TRUE;
      forget_start (self);
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_Tab:
      selected = cfa_reply_popover_get_selected (self->popover);
      if (selected != NULL)
        insert (self, selected);
      return selected != NULL;
    default:
      return FALSE;
    }
}

/**
 * cfa_reply_input_changed:
 * @typed: whether the person has changed the text, not the program
 */
void
cfa_reply_input_changed (CfaReplyInput *self, gboolean typed)
{
  mark_gaps (self);
  if (typed)
    search (self);
  else
    cfa_reply_input_close (self);
}

/**
 * cfa_reply_input_close:
 * Puts the list away.
 */
void
cfa_reply_input_close (CfaReplyInput *self)
{
  forget_start (self);
  self->dismissed = FALSE;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/**
 * cfa_reply_input_dup_gaps:
 * Returns: (transfer full): the names of the placeholders that still stand in the text
 */
char **
cfa_reply_input_dup_gaps (CfaReplyInput *self)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  g_autoptr (GArray) spans = NULL;
  char **names;

  gtk_text_buffer_get_bounds (buffer (self), &start, &end);
  text = gtk_text_buffer_get_text (buffer (self), &start, &end, FALSE);
  spans = cfa_placeholders_find (text, &names);
  return names;
}

/**
 * cfa_reply_input_choose_gap:
 * Selects the first of them, so that what is typed takes its place.
 */
void
cfa_reply_input_choose_gap (CfaReplyInput *self)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  g_auto (GStrv) names = NULL;
  g_autoptr (GArray) spans = NULL;
  const CfaPlaceholderSpan *first;

  gtk_text_buffer_get_bounds (buffer (self), &start, &end);
  text = gtk_text_buffer_get_text (buffer (self), &start, &end, FALSE);
  spans = cfa_placeholders_find (text, &names);
  if (spans->len == 0)
    return;
  first = (const CfaPlaceholderSpan *) spans->data;
  gtk_text_buffer_get_iter_at_offset (buffer (self), &start, first->start);
  gtk_text_buffer_get_iter_at_offset (buffer (self), &end, first->start + first->length);
  gtk_text_buffer_select_range (buffer (self), &end, &start);
  gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (buffer (self)));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
