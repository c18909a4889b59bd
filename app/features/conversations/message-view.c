/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message-view.h"

#include "message-head.h"
#include "message-row.h"
#include "thread.h"

#include <glib/gi18n.h>

#define CONTENT_WIDTH_MAX 860
#define MARGIN 12
#define HEAD_HEIGHT 48
/* What the view asks for, and so the least that is filled before it has been laid out. */
#define NATURAL_HEIGHT 400
#define LOAD_WITHIN_PAGES 1.5

/* Rows that are made in an idle moment, so that no frame waits for more. */
#define ROWS_AT_A_TIME 6
/* Stand above the first unread message when a conversation opens there. */
#define ROWS_ABOVE_NEW 3

/* What is above the first unread message when a conversation opens there, and how far back that is looked for. */
#define ABOVE_NEW 60
#define LOOK_BACK_MAX 500

enum
{
  PROP_0,
  PROP_AT_END,
  PROP_UNSEEN,
  N_PROPS,
  PROP_HADJUSTMENT = N_PROPS,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

struct _CfaMessageView
{
  GtkWidget parent_instance;

  CfaSession *session; /* (nullable): where the files of messages come from */
  CfaMessageList *messages;
  guint above; /* the oldest messages, which have no rows as long as nobody comes near them */
  GPtrArray *rows; /* CfaMessageRow, one for each of the others, in their order */
  GPtrArray *spare; /* CfaMessageRow, in the order of the widgets: of what was shown before, to be used again */
  GArray *bottoms; /* int, by row: its lower edge in the last layout; outdated while its length differs */
  GtkAdjustment *adjustments[2]; /* by GtkOrientation */
  GtkWidget *head; /* CfaMessageHead, above the first row */

  /*
   * Where the reader is: at the end, or at a row whose bottom edge keeps its distance to the top of the window. The bottom, because
   * what loads above a row may take away its day heading or name.
   */
  gboolean at_end;
  CfaMessageRow *anchor; /* unowned, one of rows */
  double offset;

  CfaMessageRow *delivery_row; /* unowned, one of rows */
  guint unread; /* when the conversation was opened; 0 once the first of them is marked */
  gboolean opening; /* at the first unread one, unless the reader has moved; whether that is the end is not known yet */
  CfaMessageRow *new_row; /* unowned, one of rows: the first unread one, while opening */
  char *sought; /* (nullable): the message that is to be brought into sight once it is loaded */
  gboolean landed; /* it has been, and where that is will be seen in the layout */
  guint end_source;
  gboolean placing; /* the adjustment changes by our own hand */
  guint unseen;
  guint load_source;
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE_WITH_CODE (CfaMessageView, cfa_message_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static GtkAdjustment *
vertical (CfaMessageView *self)
{
  return self->adjustments[GTK_ORIENTATION_VERTICAL];
}

/* The reader goes their own way, or has been shown what is new. */
static void
stop_opening (CfaMessageView *self)
{
  self->opening = FALSE;
  self->new_row = NULL;
  self->landed = FALSE;
  g_clear_pointer (&self->sought, g_free);
  g_clear_handle_id (&self->end_source, g_source_remove);
}

static void
set_at_end (CfaMessageView *self, gboolean at_end)
{
  if (at_end && self->unseen != 0)
    {
      self->unseen = 0;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNSEEN]);
    }
  if (self->at_end == at_end)
    return;
  self->at_end = at_end;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AT_END]);
}

/* Whether the reader is near the first row, or what they want to see is further back. */
static gboolean
wants_older (CfaMessageView *self)
{
  GtkAdjustment *v = vertical (self);

  return self->messages != NULL && v != NULL
         && (gtk_adjustment_get_value (v) < LOAD_WITHIN_PAGES * gtk_adjustment_get_page_size (v)
             || self->sought != NULL || (self->unread > 0 && self->rows->len < LOOK_BACK_MAX));
}

static gboolean load_older (gpointer data);

/* In an idle moment: models must not change while a layout is under way. */
static void
queue_load (CfaMessageView *self)
{
  if (self->load_source == 0)
    self->load_source = g_idle_add (load_older, self);
}

static int
row_height (GtkWidget *row, int width)
{
  int height = 0;

  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

/* The row that the top edge of the window cuts, and how far its lower edge is below that. */
static void
choose_anchor (CfaMessageView *self)
{
  double value = gtk_adjustment_get_value (vertical (self));

  if (self->bottoms->len != self->rows->len)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    {
      int bottom = g_array_index (self->bottoms, int, i);

      if (bottom > value || i + 1 == self->rows->len)
        {
          self->anchor = g_ptr_array_index (self->rows, i);
          self->offset = bottom - value;
          return;
        }
    }
}

static void
on_value_changed (CfaMessageView *self)
{
  GtkAdjustment *v = vertical (self);
  double end = gtk_adjustment_get_upper (v) - gtk_adjustment_get_page_size (v);

  if (self->placing)
    return;
  stop_opening (self);
  choose_anchor (self);
  set_at_end (self, gtk_adjustment_get_value (v) >= end - 1);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  queue_load (self);
}

static void
set_adjustment (CfaMessageView *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment **slot = &self->adjustments[orientation];

  if (*slot != NULL)
    g_signal_handlers_disconnect_by_data (*slot, self);
  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  g_set_object (slot, adjustment);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (on_value_changed), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
place_row (CfaMessageView *self, int index, GTimeZone *zone)
{
  if (index >= 0 && index < (int) self->rows->len)
    cfa_message_row_set_place (g_ptr_array_index (self->rows, index), cfa_thread_place (G_LIST_MODEL (self->messages), self->above + index, zone));
}

/* Only the last own text that is under way or has arrived says so; failed ones always do. */
static void
update_delivery (CfaMessageView *self)
{
  CfaMessageRow *last = NULL;

  for (guint i = self->rows->len; i > 0 && last == NULL; i--)
    {
      CfaMessageRow *row = g_ptr_array_index (self->rows, i - 1);
      CfaMessage *message = cfa_message_row_get_message (row);

      if (cfa_message_get_own (message) && cfa_message_get_kind (message) == CF_MESSAGE_TEXT
          && cfa_message_get_state (message) != CFA_MESSAGE_FAILED)
        last = row;
    }
  if (self->delivery_row != NULL && self->delivery_row != last)
    cfa_message_row_set_delivery (self->delivery_row, FALSE);
  self->delivery_row = last;
  if (last != NULL)
    cfa_message_row_set_delivery (last, TRUE);
}

/*
 * Where what was unread on opening begins: so many of the visitor's texts from the end. Not before so many are loaded; when there are more than
 * are looked for, the oldest that is loaded has to do.
 */
static void
mark_new (CfaMessageView *self)
{
  guint index;

  if (self->unread > 0 && cfa_thread_find_new (G_LIST_MODEL (self->messages), self->unread, &index) && index >= self->above)
    {
      CfaMessageRow *row = g_ptr_array_index (self->rows, index - self->above);

      cfa_message_row_set_new (row, TRUE);
      self->unread = 0;
      self->new_row = self->opening ? row : NULL;
    }
  if (self->unread > 0 && self->opening && self->rows->len >= LOOK_BACK_MAX)
    self->new_row = g_ptr_array_index (self->rows, 0);
}

/* Only few answer one: whoever was loaded last may be what another quotes. */
static void
update_quotes (CfaMessageView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      CfaMessageRow *row = g_ptr_array_index (self->rows, i);
      const char *id = cfa_message_get_reply_to (cfa_message_row_get_message (row));

      if (id != NULL)
        cfa_message_row_set_quote (row, cfa_message_list_find (self->messages, id));
    }
}

/* Nothing remembers the rows any more, which may be used again. */
static void
spare_rows (CfaMessageView *self, guint position, guint removed)
{
  for (guint i = position; i < position + removed; i++)
    {
      CfaMessageRow *row = g_ptr_array_index (self->rows, i);

      if (row == self->anchor)
        self->anchor = NULL;
      if (row == self->delivery_row)
        self->delivery_row = NULL;
      if (row == self->new_row)
        self->new_row = NULL;
      g_signal_handlers_disconnect_by_func (cfa_message_row_get_message (row), update_delivery, self);
      if (GTK_WIDGET (row) == gtk_widget_get_focus_child (GTK_WIDGET (self)))
        gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
      g_ptr_array_add (self->spare, row);
    }
  g_ptr_array_remove_range (self->rows, position, removed);
}

static void
drop_spare_rows (CfaMessageView *self)
{
  for (guint i = 0; i < self->spare->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->spare, i));
  g_ptr_array_set_size (self->spare, 0);
}

/* The last spare row, which stands where it is wanted when rows come from the end of a conversation to its beginning. */
static GtkWidget *
take_row (CfaMessageView *self, CfaMessage *message)
{
  GtkWidget *row;

  if (self->spare->len == 0)
    return cfa_message_row_new (message, self->session);
  row = g_ptr_array_steal_index (self->spare, self->spare->len - 1);
  cfa_message_row_set_message (CFA_MESSAGE_ROW (row), message);
  gtk_widget_set_child_visible (row, TRUE);
  return row;
}

static void
make_row (CfaMessageView *self, guint index)
{
  g_autoptr (CfaMessage) message = g_list_model_get_item (G_LIST_MODEL (self->messages), index + self->above);
  GtkWidget *row = take_row (self, message);

  gtk_widget_insert_before (row, GTK_WIDGET (self), index < self->rows->len ? g_ptr_array_index (self->rows, index) : NULL);
  g_ptr_array_insert (self->rows, index, row);
  g_signal_connect_object (message, "notify::state", G_CALLBACK (update_delivery), self, G_CONNECT_SWAPPED);
}

static void
make_rows (CfaMessageView *self, guint position, guint added)
{
  for (guint i = position; i < position + added; i++)
    make_row (self, i);
}

static int
content_width (CfaMessageView *self)
{
  return MIN (gtk_widget_get_width (GTK_WIDGET (self)), CONTENT_WIDTH_MAX) - 2 * MARGIN;
}

/*
 * Gives rows to messages that have none yet, the newest of them first: to @at_least, and to more until they are @height pixels high
 * together.
 */
static void
admit (CfaMessageView *self, guint at_least, int height)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  while (self->above > 0 && (at_least > 0 || height > 0))
    {
      self->above--;
      make_row (self, 0);
      place_row (self, 0, zone);
      at_least -= at_least > 0;
      if (height > 0)
        height -= row_height (g_ptr_array_index (self->rows, 0), MAX (content_width (self), -1));
    }
  g_array_set_size (self->bottoms, 0);
}

/* New lines at the end: the reader's own bring them to the end, others' are counted while it is out of sight. */
static void
welcome (CfaMessageView *self, guint position, guint added)
{
  guint unseen = 0;

  for (guint i = position; i < position + added; i++)
    {
      CfaMessage *message = cfa_message_row_get_message (g_ptr_array_index (self->rows, i));

      if (cfa_message_get_own (message) && cfa_message_get_state (message) == CFA_MESSAGE_SENDING)
        cfa_message_view_scroll_to_end (self);
      else if (!cfa_message_get_own (message) && cfa_message_get_kind (message) != CF_MESSAGE_EVENT)
        unseen++;
    }
  if (self->at_end || unseen == 0)
    return;
  self->unseen += unseen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNSEEN]);
}

static CfaMessageRow *
find_made (CfaMessageView *self, const char *id)
{
  for (guint i = self->rows->len; i > 0; i--)
    {
      CfaMessageRow *row = g_ptr_array_index (self->rows, i - 1);

      if (g_str_equal (cfa_message_get_id (cfa_message_row_get_message (row)), id))
        return row;
    }
  return NULL;
}

/* A row that is not made yet is made, with all between. */
static CfaMessageRow *
find_row (CfaMessageView *self, const char *id)
{
  CfaMessageRow *row = find_made (self, id);

  if (row != NULL || self->above == 0 || cfa_message_list_find (self->messages, id) == NULL)
    return row;
  admit (self, self->above, 0);
  return find_made (self, id);
}

/* Stands in the middle of the window when it is loaded, with the focus on it. */
static void
show_sought (CfaMessageView *self)
{
  CfaMessageRow *row = self->sought != NULL ? find_row (self, self->sought) : NULL;

  if (row == NULL)
    return;
  stop_opening (self);
  self->anchor = row;
  self->offset = MAX (gtk_widget_get_height (GTK_WIDGET (self)), ABOVE_NEW) * 0.6;
  self->landed = TRUE;
  set_at_end (self, FALSE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_grab_focus (GTK_WIDGET (row));
  cfa_message_row_flash (row);
}

/* A fling remembers absolute positions, which now mean other messages: end it. */
static void
end_fling (CfaMessageView *self)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  if (scrolled == NULL || self->at_end)
    return;
  gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (scrolled), TRUE);
}

/* The rows have changed at @position. */
static void
settle (CfaMessageView *self, guint position)
{
  g_array_set_size (self->bottoms, 0);
  if (self->anchor == NULL && self->rows->len > 0)
    self->anchor = g_ptr_array_index (self->rows, MIN (position, self->rows->len - 1));
  update_delivery (self);
  update_quotes (self);
  mark_new (self);
  show_sought (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* So many that the window is full and shows what is new. */
static void
admit_first (CfaMessageView *self)
{
  int height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), NATURAL_HEIGHT);
  guint from = self->above, unread;

  for (guint i = 0; i < self->rows->len && height > 0; i++)
    height -= row_height (g_ptr_array_index (self->rows, i), MAX (content_width (self), -1));
  if (self->unread > 0)
    from = cfa_thread_find_new (G_LIST_MODEL (self->messages), self->unread, &unread) && unread > ROWS_ABOVE_NEW ? unread - ROWS_ABOVE_NEW : 0;
  admit (self, self->above - MIN (from, self->above), height);
}

/* Rows follow the messages at the end; those at the beginning get theirs when somebody comes near them. */
static void
on_items_changed (CfaMessageView *self, guint position, guint removed, guint added)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  guint before = self->above + self->rows->len;
  gboolean at_tail = before > 0 && position + removed == before;
  guint row = position > self->above ? position - self->above : 0;

  if (position + removed <= self->above && !at_tail)
    {
      self->above += added - removed;
      admit_first (self);
    }
  else
    {
      spare_rows (self, row, position + removed - self->above - row);
      self->above = MIN (self->above, position);
      make_rows (self, row, added);
    }
  for (int i = (int) row - 1; i <= (int) (row + added); i++)
    place_row (self, i, zone);
  settle (self, row);
  if (at_tail && added > removed)
    welcome (self, row + removed, added - removed);
  else
    end_fling (self);
  queue_load (self);
}

static gboolean
load_older (gpointer data)
{
  CfaMessageView *self = data;

  self->load_source = 0;
  if (wants_older (self) && self->above > 0)
    {
      admit (self, ROWS_AT_A_TIME, 0);
      settle (self, 0);
      return G_SOURCE_REMOVE; /* the layout asks for the next ones */
    }
  drop_spare_rows (self);
  if (wants_older (self)
      && cfa_message_list_get_has_older (self->messages)
      && !cfa_message_list_get_loading (self->messages)
      && cfa_message_list_get_error (self->messages) == NULL)
    cfa_message_list_load_older (self->messages);
  return G_SOURCE_REMOVE;
}

static GtkSizeRequestMode
cfa_message_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cfa_message_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                          int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  CfaMessageView *self = CFA_MESSAGE_VIEW (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *natural = NATURAL_HEIGHT;
      return;
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      int row = 0;

      gtk_widget_measure (g_ptr_array_index (self->rows, i), orientation, -1, &row, NULL, NULL, NULL);
      *minimum = MAX (*minimum, row + 2 * MARGIN);
    }
  *natural = MAX (*minimum, CONTENT_WIDTH_MAX / 2);
}

/* Measures all rows and writes down their lower edges; returns the height of it all. */
static int
measure_rows (CfaMessageView *self, int content)
{
  int y = HEAD_HEIGHT;

  g_array_set_size (self->bottoms, 0);
  for (guint i = 0; i < self->rows->len; i++)
    {
      y += row_height (g_ptr_array_index (self->rows, i), content);
      g_array_append_val (self->bottoms, y);
    }
  return y + MARGIN;
}

static double
wanted_value (CfaMessageView *self, int upper, int height)
{
  guint index;

  if (self->new_row != NULL && g_ptr_array_find (self->rows, self->new_row, &index))
    {
      int above = index > 0 ? g_array_index (self->bottoms, int, index - 1) : 0;

      self->anchor = self->new_row;
      self->offset = g_array_index (self->bottoms, int, index) - above + ABOVE_NEW;
    }
  else if (self->at_end || self->opening || self->anchor == NULL || !g_ptr_array_find (self->rows, self->anchor, &index))
    return upper - height;
  return CLAMP (g_array_index (self->bottoms, int, index) - self->offset, 0, upper - height);
}

static gboolean
reach_end (gpointer data)
{
  CfaMessageView *self = data;

  self->end_source = 0;
  stop_opening (self);
  set_at_end (self, TRUE);
  return G_SOURCE_REMOVE;
}

/* All that is new fits in the window: the end is in sight. In an idle moment, as others change their looks by that. */
static void
finish_opening (CfaMessageView *self, double value, int end)
{
  if ((!self->landed && (!self->opening || self->new_row == NULL)) || gtk_widget_get_height (GTK_WIDGET (self)) == 0)
    return;
  if (value < end - 1 && self->landed)
    self->landed = FALSE;
  else if (value < end - 1)
    stop_opening (self);
  else if (self->end_source == 0)
    self->end_source = g_idle_add (reach_end, self);
}

static void
allocate_row (GtkWidget *row, int x, int y, int width, int height)
{
  GtkAllocation allocation = { x, y, width, height };

  gtk_widget_size_allocate (row, &allocation, -1);
}

static void
cfa_message_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CfaMessageView *self = CFA_MESSAGE_VIEW (widget);
  int content = content_width (self);
  int x = (width - content) / 2;
  int total = measure_rows (self, content);
  int upper = MAX (total, height);
  int shift = upper - total; /* few messages stand at the composer, not at the ceiling */
  int top;
  double value;

  for (guint i = 0; i < self->bottoms->len; i++)
    g_array_index (self->bottoms, int, i) += shift;
  value = wanted_value (self, upper, height);
  self->placing = TRUE;
  gtk_adjustment_configure (self->adjustments[GTK_ORIENTATION_HORIZONTAL], 0, 0, width, width, width, width);
  gtk_adjustment_configure (vertical (self), value, 0, upper, height * 0.1, height * 0.9, height);
  self->placing = FALSE;
  finish_opening (self, value, upper - height);
  row_height (self->head, content);
  allocate_row (self->head, x, shift - (int) value, content, HEAD_HEIGHT);
  top = shift + HEAD_HEIGHT;
  for (guint i = 0; i < self->rows->len; i++)
    {
      int bottom = g_array_index (self->bottoms, int, i);

      allocate_row (g_ptr_array_index (self->rows, i), x, top - (int) value, content, bottom - top);
      top = bottom;
    }
  if (self->anchor == NULL)
    choose_anchor (self);
  for (guint i = 0; i < self->spare->len; i++)
    gtk_widget_set_child_visible (g_ptr_array_index (self->spare, i), FALSE);
  if ((self->above > 0 && wants_older (self)) || self->spare->len > 0)
    queue_load (self);
}

static void
cfa_message_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CfaMessageView *self = CFA_MESSAGE_VIEW (widget);
  double top = gtk_adjustment_get_value (vertical (self));
  double bottom = top + gtk_widget_get_height (widget);
  int above = 0;

  gtk_widget_snapshot_child (widget, self->head, snapshot);
  for (guint i = 0; i < self->bottoms->len; i++)
    {
      int below = g_array_index (self->bottoms, int, i);

      if (below > top && above < bottom)
        gtk_widget_snapshot_child (widget, g_ptr_array_index (self->rows, i), snapshot);
      above = below;
    }
}

static void
reveal_row (CfaMessageView *self, guint index)
{
  GtkAdjustment *v = vertical (self);
  int bottom = g_array_index (self->bottoms, int, index);
  int top = index == 0 ? bottom - row_height (g_ptr_array_index (self->rows, 0), -1)
                       : g_array_index (self->bottoms, int, index - 1);

  gtk_adjustment_clamp_page (v, top - MARGIN, bottom + MARGIN);
}

/* Tab enters at the newest message in sight and leaves; Up and Down walk from message to message. */
static gboolean
cfa_message_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  CfaMessageView *self = CFA_MESSAGE_VIEW (widget);
  GtkWidget *child = gtk_widget_get_focus_child (widget);
  gboolean vertical_move = direction == GTK_DIR_UP || direction == GTK_DIR_DOWN;
  guint index;

  if (self->rows->len == 0 || self->bottoms->len != self->rows->len)
    return FALSE;
  if (child == NULL)
    return gtk_widget_grab_focus (g_ptr_array_index (self->rows, self->rows->len - 1));
  if (!g_ptr_array_find (self->rows, child, &index))
    return gtk_widget_child_focus (child, direction);
  if (!vertical_move)
    return gtk_widget_child_focus (child, direction);
  if (direction == GTK_DIR_UP ? index == 0 : index + 1 == self->rows->len)
    return FALSE;
  index += direction == GTK_DIR_UP ? -1 : 1;
  reveal_row (self, index);
  return gtk_widget_grab_focus (g_ptr_array_index (self->rows, index));
}

static void
forget_messages (CfaMessageView *self)
{
  if (self->messages != NULL)
    g_signal_handlers_disconnect_by_data (self->messages, self);
  spare_rows (self, 0, self->rows->len);
  self->above = 0;
  g_array_set_size (self->bottoms, 0);
  g_clear_object (&self->messages);
}

static void
cfa_message_view_dispose (GObject *object)
{
  CfaMessageView *self = CFA_MESSAGE_VIEW (object);

  g_clear_handle_id (&self->load_source, g_source_remove);
  stop_opening (self);
  forget_messages (self);
  drop_spare_rows (self);
  for (int i = 0; i < 2; i++)
    {
      if (self->adjustments[i] != NULL)
        g_signal_handlers_disconnect_by_data (self->adjustments[i], self);
      g_clear_object (&self->adjustments[i]);
    }
  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_message_view_parent_class)->dispose (object);
}

static void
cfa_message_view_finalize (GObject *object)
{
  CfaMessageView *self = CFA_MESSAGE_VIEW (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->spare);
  g_array_unref (self->bottoms);
  G_OBJECT_CLASS (cfa_message_view_parent_class)->finalize (object);
}

static void
cfa_message_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CfaMessageView *self = CFA_MESSAGE_VIEW (object);

  switch (id)
    {
    case PROP_AT_END: g_value_set_boolean (value, self->at_end); break;
    case PROP_UNSEEN: g_value_set_uint (value, self->unseen); break;
    case PROP_HADJUSTMENT: g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]); break;
    case PROP_VADJUSTMENT: g_value_set_object (value, vertical (self)); break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY: g_value_set_enum (value, GTK_SCROLL_MINIMUM); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cfa_message_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CfaMessageView *self = CFA_MESSAGE_VIEW (object);

  switch (id)
    {
    case PROP_HADJUSTMENT: set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value)); break;
    case PROP_VADJUSTMENT: set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value)); break;
    case PROP_HSCROLL_POLICY: /* the view always fits its width and always scrolls its height */
    case PROP_VSCROLL_POLICY: break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cfa_message_view_class_init (CfaMessageViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfa_message_view_dispose;
  object_class->finalize = cfa_message_view_finalize;
  object_class->get_property = cfa_message_view_get_property;
  object_class->set_property = cfa_message_view_set_property;
  widget_class->get_request_mode = cfa_message_view_get_request_mode;
  widget_class->measure = cfa_message_view_measure;
  widget_class->size_allocate = cfa_message_view_size_allocate;
  widget_class->snapshot = cfa_message_view_snapshot;
  widget_class->focus = cfa_message_view_focus;
  properties[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_UNSEEN] = g_param_spec_uint ("unseen", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  gtk_widget_class_set_css_name (widget_class, "messages");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
cfa_message_view_init (CfaMessageView *self)
{
  self->rows = g_ptr_array_new ();
  self->spare = g_ptr_array_new ();
  self->bottoms = g_array_new (FALSE, FALSE, sizeof (int));
  self->at_end = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Messages"), -1);
  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);

  self->head = cfa_message_head_new ();
  gtk_widget_set_parent (self->head, GTK_WIDGET (self));
}

/**
 * cfa_message_view_set_session:
 * @self: a view
 * @session: (nullable): where the files of messages come from; before any messages
 */
void
cfa_message_view_set_session (CfaMessageView *self, CfaSession *session)
{
  g_set_object (&self->session, session);
}

/**
 * cfa_message_view_set_messages:
 * @self: a view
 * @messages: (nullable): what to show
 * @unread: how many of the visitor's texts are unread; the first of them is marked
 *
 * Shows another conversation, at its first unread message or else at its end.
 */
void
cfa_message_view_set_messages (CfaMessageView *self, CfaMessageList *messages, guint unread)
{
  forget_messages (self);
  stop_opening (self);
  self->opening = unread > 0;
  set_at_end (self, !self->opening);
  cfa_message_head_set_messages (CFA_MESSAGE_HEAD (self->head), messages);
  self->unread = unread;
  if (messages != NULL)
    {
      self->messages = g_object_ref (messages);
      on_items_changed (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (messages)));
      g_signal_connect_swapped (messages, "items-changed", G_CALLBACK (on_items_changed), self);
      g_signal_connect_swapped (messages, "notify", G_CALLBACK (queue_load), self);
      queue_load (self);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * cfa_message_view_visit:
 * @self: a view that has been out of sight
 * @unread: how many of the visitor's texts are unread now; the first of them is marked
 *
 * Shows the same conversation again, at its first unread message or else at its end, unless the reader had scrolled up.
 */
void
cfa_message_view_visit (CfaMessageView *self, guint unread)
{
  gboolean stays = !self->at_end && !self->opening;
  guint index;

  stop_opening (self);
  for (guint i = 0; i < self->rows->len; i++)
    cfa_message_row_set_new (g_ptr_array_index (self->rows, i), FALSE);
  self->unread = unread;
  self->opening = unread > 0 && !stays;
  if (!stays)
    set_at_end (self, !self->opening);
  if (unread > 0 && cfa_thread_find_new (G_LIST_MODEL (self->messages), unread, &index) && index < self->above)
    admit (self, self->above - index, 0);
  settle (self, 0);
  queue_load (self);
}

/**
 * cfa_message_view_get_at_end:
 * @self: a view
 *
 * Returns: whether the newest message is in sight
 */
gboolean
cfa_message_view_get_at_end (CfaMessageView *self)
{
  return self->at_end;
}

/**
 * cfa_message_view_get_unseen:
 * @self: a view
 *
 * Returns: how many messages of others have come below what is in sight
 */
guint
cfa_message_view_get_unseen (CfaMessageView *self)
{
  return self->unseen;
}

/**
 * cfa_message_view_scroll_to_end:
 * @self: a view
 *
 * Shows the newest message, and from then on each newer one.
 */
void
cfa_message_view_scroll_to_end (CfaMessageView *self)
{
  stop_opening (self);
  set_at_end (self, TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * cfa_message_view_scroll_by:
 * @self: a view
 * @pages: how far; negative towards older messages
 */
void
cfa_message_view_scroll_by (CfaMessageView *self, double pages)
{
  GtkAdjustment *v = vertical (self);

  gtk_adjustment_set_value (v, gtk_adjustment_get_value (v) + pages * gtk_adjustment_get_page_size (v));
}

/**
 * cfa_message_view_dup_anchor:
 * @self: a view
 * @offset: (out): where the lower edge of that message is below the top edge, in pixels
 *
 * Where the reader is, to come back with cfa_message_view_set_anchor().
 *
 * Returns: (transfer full) (nullable): a message's id; %NULL at the end
 */
char *
cfa_message_view_dup_anchor (CfaMessageView *self, double *offset)
{
  *offset = self->offset;
  if (self->at_end || self->anchor == NULL)
    return NULL;
  return g_strdup (cfa_message_get_id (cfa_message_row_get_message (self->anchor)));
}

/**
 * cfa_message_view_set_anchor:
 * @self: a view
 * @id: (nullable): a message's id; %NULL is the end
 * @offset: where its lower edge shall be below the top edge, in pixels
 *
 * Goes back to where the reader was. A message that is not there any more means the end.
 */
void
cfa_message_view_set_anchor (CfaMessageView *self, const char *id, double offset)
{
  CfaMessageRow *row = id != NULL ? find_row (self, id) : NULL;

  if (row == NULL)
    {
      cfa_message_view_scroll_to_end (self);
      return;
    }
  stop_opening (self);
  settle (self, 0); /* some rows may be new */
  self->anchor = row;
  self->offset = offset;
  set_at_end (self, FALSE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * cfa_message_view_refresh_days:
 * @self: a view
 *
 * Writes the day headings anew, at midnight.
 */
void
cfa_message_view_refresh_days (CfaMessageView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    cfa_message_row_refresh_day (g_ptr_array_index (self->rows, i));
}

/**
 * cfa_message_view_seek:
 * @self: a view
 * @id: a message's id
 *
 * Brings a message into sight, with the focus on it, and lets it flash; older ones are loaded until it is there, or the reader goes their own way.
 */
void
cfa_message_view_seek (CfaMessageView *self, const char *id)
{
  stop_opening (self);
  self->sought = g_strdup (id);
  show_sought (self);
  queue_load (self);
}
