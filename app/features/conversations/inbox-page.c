/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox-page.h"

#include "bulk-bar.h"
#include "conversation-row.h"
#include "inbox-choice.h"
#include "inbox-row.h"
#include "order-memory.h"

#include "app/list-wheel.h"
#include "app/pointer-rest.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define REFRESH_SECONDS 20
#define SKELETON_ROWS 7
#define LOAD_WITHIN_PAGES 1.0
#define CHOOSE_MAX 500

enum
{
  PROP_0,
  PROP_FOLDED,
  N_PROPS,
};

enum
{
  SELECTED,
  OPENED,
  ALL_READ,
  NEAR,
  N_SIGNALS,
};

struct _CfaInboxPage
{
  GtkBox parent_instance;

  CfaSession *session;
  char *folder;
  CfaConversationList *list;
  CfaConversation *current;
  GCancellable *locating;    /* the place of `current` is being looked up */
  CfaConversation *awaited;  /* (nullable): to be opened as soon as it is loaded */
  guint awaited_position;
  guint awaited_signal;      /* SELECTED or OPENED */
  gboolean syncing; /* the selection changes by our own hand */
  gboolean folded;
  gboolean at_top;  /* the first row is in sight */
  gboolean painted; /* or about to be */
  GHashTable *bound; /* CfaConversationRow in use, each with the number of the frame in which it got its conversation */
  guint refresh_source;
  GSimpleAction *order_action;
  CfaInboxChoice *choice;

  GtkSingleSelection *selection;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkBox *skeleton;
  GtkScrolledWindow *scrolled;
  GtkListView *list_view;
  AdwStatusPage *empty_page;
  GtkWidget *steps_button;
  GtkWidget *choose_button;
  GtkRevealer *bulk_revealer;
  CfaBulkBar *bulk_bar;
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaInboxPage, cfa_inbox_page, GTK_TYPE_BOX)

static const char *const empty_icons[CFA_N_INBOXES] = {
  [CFA_INBOX_MINE] = "chatflow-rest-symbolic",
  [CFA_INBOX_UNASSIGNED] = "chatflow-tray-symbolic",
  [CFA_INBOX_MENTIONS] = "chatflow-rest-symbolic",
  [CFA_INBOX_ALL] = "chatflow-speech-symbolic",
  [CFA_INBOX_SNOOZED] = "alarm-symbolic",
  [CFA_INBOX_CLOSED] = "object-select-symbolic",
};

/* Nobody has ever written. */
static gboolean
is_new (CfaInboxPage *self)
{
  return cfa_session_get_count (self->session, cfa_folder_of_inbox (CFA_INBOX_ALL)).n == 0
         && cfa_session_get_count (self->session, cfa_folder_of_inbox (CFA_INBOX_CLOSED)).n == 0;
}

static void
describe_emptiness (CfaInboxPage *self)
{
  const char *title = "", *description = "";
  CfaInbox inbox;

  if (!cfa_folder_is_inbox (self->folder, &inbox))
    inbox = CFA_INBOX_ALL;
  if (is_new (self))
    {
      title = _("Waiting for the first visitor");
      description = _("As soon as somebody writes on one of your sites, you will see it here, and ChatFlow calls you.");
    }
  else if (cfa_folder_get_view (self->folder) != NULL)
    {
      title = _("Nothing fits now");
      description = _("As soon as all that this view asks for is true of a conversation, you will see it here.");
    }
  else
    switch (inbox)
      {
      case CFA_INBOX_MENTIONS:
        title = _("Nobody has called you");
        description = _("Conversations with a note that mentions you are shown here.");
        break;
      case CFA_INBOX_SNOOZED:
        title = _("Nothing is snoozed");
        description = _("Conversations that you put off wait here until their time, or until the visitor writes.");
        break;
      case CFA_INBOX_MINE:
        title = _("All answered");
        description = _("Conversations that you take are waiting for you here.");
        break;
      case CFA_INBOX_UNASSIGNED:
        title = _("Nobody is waiting");
        description = _("New conversations arrive here until someone takes them.");
        break;
      case CFA_INBOX_ALL:
        title = _("No open conversations");
        description = _("As soon as a visitor writes on your site, you will see it here.");
        break;
      case CFA_INBOX_CLOSED:
        title = _("Nothing closed yet");
        description = _("Conversations that are done are kept here.");
        break;
      }
  adw_status_page_set_icon_name (self->empty_page, empty_icons[inbox]);
  adw_status_page_set_title (self->empty_page, title);
  adw_status_page_set_description (self->empty_page, description);
}

static GListModel *
model (CfaInboxPage *self)
{
  return G_LIST_MODEL (self->list);
}

/* Of one in a part of the model that is loaded. */
static guint
position_of (CfaInboxPage *self, CfaConversation *conversation)
{
  guint position;

  if (self->list == NULL || conversation == NULL)
    return GTK_INVALID_LIST_POSITION;
  if (gtk_single_selection_get_selected_item (self->selection) == (gpointer) conversation)
    return gtk_single_selection_get_selected (self->selection);
  position = cfa_conversation_list_find (self->list, conversation);
  return position == CFA_NOWHERE ? GTK_INVALID_LIST_POSITION : position;
}

/* The conversation that is open is the one that is marked, wherever the order has moved it. */
static void
sync_selection (CfaInboxPage *self)
{
  if (gtk_single_selection_get_selected_item (self->selection) == (gpointer) self->current)
    return;
  self->syncing = TRUE;
  gtk_single_selection_set_selected (self->selection, position_of (self, self->current));
  self->syncing = FALSE;
}

static gsize
frame_number (CfaInboxPage *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  return clock != NULL ? (gsize) gdk_frame_clock_get_frame_counter (clock) : 0;
}

/* Returns: whether the whole row of @conversation has been laid out and is in sight */
static gboolean
is_in_sight (CfaInboxPage *self, CfaConversation *conversation)
{
  GHashTableIter iter;
  gpointer row, frame;
  graphene_rect_t box;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &row, &frame))
    if (cfa_conversation_row_get_conversation (row) == conversation)
      return GPOINTER_TO_SIZE (frame) < frame_number (self) && gtk_widget_compute_bounds (row, GTK_WIDGET (self->list_view), &box)
             && box.origin.y >= 0 && box.origin.y + box.size.height <= gtk_widget_get_height (GTK_WIDGET (self->list_view));
  return FALSE;
}

static void
scroll_to (CfaInboxPage *self, guint position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u", position);
}

static void
on_located (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaInboxPage) self = data;
  g_autoptr (GError) error = NULL;
  guint position = cfa_conversation_list_locate_finish (CFA_CONVERSATION_LIST (source), result, &error);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("locating: %s", error->message);
  if (error != NULL || position == CFA_NOWHERE || self->list == NULL
      || position >= g_list_model_get_n_items (model (self)))
    return;
  self->syncing = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->syncing = FALSE;
  scroll_to (self, position);
}

/* Marks the open conversation and brings it into sight, also where the list is not loaded. */
static void
show_current (CfaInboxPage *self)
{
  guint position = position_of (self, self->current);
  gboolean in_sight = self->current != NULL && is_in_sight (self, self->current); /* to select it binds its row again */

  if (self->locating != NULL)
    g_cancellable_cancel (self->locating);
  g_clear_object (&self->locating);
  sync_selection (self);
  if (in_sight)
    return; /* the list view would make most of its rows anew */
  if (position != GTK_INVALID_LIST_POSITION)
    scroll_to (self, position);
  else if (self->list != NULL && self->current != NULL)
    {
      self->locating = g_cancellable_new ();
      cfa_conversation_list_locate_async (self->list, self->current, self->locating, on_located, g_object_ref (self));
    }
}

static void
stop_awaiting (CfaInboxPage *self)
{
  if (self->awaited != NULL)
    g_signal_handlers_disconnect_by_data (self->awaited, self);
  g_clear_object (&self->awaited);
}

static void
on_awaited (CfaInboxPage *self)
{
  g_autoptr (CfaConversation) conversation = g_object_ref (self->awaited);

  stop_awaiting (self);
  g_signal_emit (self, signals[self->awaited_signal], 0, conversation);
}

/* Emits SELECTED or OPENED with what is at @position, at once or as soon as it is there. */
static void
emit_position (CfaInboxPage *self, guint position, guint signal)
{
  g_autoptr (CfaConversation) conversation = g_list_model_get_item (model (self), position);

  stop_awaiting (self);
  if (conversation == NULL)
    return;
  if (!cfa_conversation_get_loading (conversation))
    {
      g_signal_emit (self, signals[signal], 0, conversation);
      return;
    }
  self->awaited_signal = signal;
  self->awaited = g_steal_pointer (&conversation);
  self->awaited_position = position;
  g_signal_connect_swapped (self->awaited, "notify::loading", G_CALLBACK (on_awaited), self);
}

/* Of the first frame with rows in it, whoever measures the start wants to know. */
static void
on_painted (GdkFrameClock *clock, CfaInboxPage *self)
{
  g_signal_handlers_disconnect_by_func (clock, on_painted, self);
  g_debug ("first rows painted at %" G_GINT64_FORMAT, g_get_monotonic_time ());
}

static void
await_paint (CfaInboxPage *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->painted || clock == NULL)
    return;
  self->painted = TRUE;
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_painted), self, 0);
}

static void
update_state (CfaInboxPage *self)
{
  gboolean empty;
  guint unread;
  g_autofree char *subtitle = NULL;

  if (self->list == NULL)
    return;
  empty = g_list_model_get_n_items (model (self)) == 0;
  unread = cfa_conversation_list_get_unread (self->list);
  if (unread > 0)
    subtitle = g_strdup_printf (ngettext ("%'u unread", "%'u unread", unread), unread);
  adw_window_title_set_title (self->title, cfa_inbox_name (self->folder, cfa_session_get_directory (self->session)));
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  if (empty)
    describe_emptiness (self);
  if (empty && cfa_conversation_list_get_loading (self->list))
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else
    gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
  if (!empty)
    await_paint (self);
}

static void
show_model (CfaInboxPage *self)
{
  self->syncing = TRUE;
  gtk_single_selection_set_model (self->selection, model (self));
  self->syncing = FALSE;
  sync_selection (self);
  update_state (self);
}

static void
on_items_changed (CfaInboxPage *self, guint position, guint removed, guint added)
{
  sync_selection (self);
  update_state (self);
  /* The list view keeps the row that it began with; whoever is at the top wants to see what is new there. */
  if (self->at_top && position == 0 && added > 0)
    scroll_to (self, 0);
  /* What was awaited turned out to be one that lives already, or it has moved away. */
  if (self->awaited != NULL && removed == 1 && added == 1 && position == self->awaited_position)
    emit_position (self, position, self->awaited_signal);
  else if (self->awaited != NULL && position <= self->awaited_position)
    stop_awaiting (self);
}

static void
show_choice (CfaInboxPage *self, gpointer row)
{
  CfaConversation *conversation = cfa_conversation_row_get_conversation (row);

  cfa_conversation_row_set_choice (row, cfa_inbox_choice_get_active (self->choice),
                                   conversation != NULL && cfa_inbox_choice_has (self->choice, conversation));
}

static void
on_choice (CfaInboxPage *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    show_choice (self, row);
  gtk_revealer_set_reveal_child (self->bulk_revealer, cfa_inbox_choice_get_active (self->choice));
  cfa_bulk_bar_set_chosen (self->bulk_bar, cfa_inbox_choice_list (self->choice));
}

/* The keys that choose are the list's. */
static void
on_choosing (CfaInboxPage *self)
{
  if (cfa_inbox_choice_get_active (self->choice))
    gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

static void
on_acted (CfaInboxPage *self)
{
  cfa_inbox_choice_set_active (self->choice, FALSE);
}

static void
choose_at (CfaInboxPage *self, guint position, gboolean reach)
{
  g_autoptr (CfaConversation) conversation = g_list_model_get_item (model (self), position);

  if (conversation == NULL || cfa_conversation_get_loading (conversation))
    return;
  if (reach)
    cfa_inbox_choice_reach (self->choice, model (self), position);
  else
    cfa_inbox_choice_toggle (self->choice, conversation);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaInboxPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) listed = cfa_session_list_finish (CFA_SESSION (source), result, &error);

  if (listed == NULL)
    g_warning ("listing: %s", error->message);
  else if (self->session == CFA_SESSION (source))
    cfa_inbox_choice_add_all (self->choice, listed);
}

/* As many as a person may mean: what is done with them is seen and can be taken back. */
static void
choose_all (CfaInboxPage *self)
{
  if (self->session != NULL && self->list != NULL)
    cfa_session_list_async (self->session, self->folder, cfa_conversation_list_get_order (self->list), CHOOSE_MAX, on_listed, g_object_ref (self));
}

static gboolean
on_list_key (CfaInboxPage *self, guint key, guint code, GdkModifierType state)
{
  gboolean active = cfa_inbox_choice_get_active (self->choice);
  guint selected = gtk_single_selection_get_selected (self->selection);

  if (key == GDK_KEY_a && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK)) == GDK_CONTROL_MASK)
    choose_all (self);
  else if (active && key == GDK_KEY_Escape)
    cfa_inbox_choice_set_active (self->choice, FALSE);
  else if (key == GDK_KEY_space && (active || (state & GDK_CONTROL_MASK) != 0) && selected != GTK_INVALID_LIST_POSITION)
    choose_at (self, selected, (state & GDK_SHIFT_MASK) != 0);
  else
    return FALSE;
  return TRUE;
}

static void
on_selected (CfaInboxPage *self)
{
  CfaConversation *conversation = gtk_single_selection_get_selected_item (self->selection);

  if (self->syncing || conversation == NULL || conversation == self->current || cfa_inbox_choice_get_active (self->choice))
    return;
  emit_position (self, gtk_single_selection_get_selected (self->selection), SELECTED);
}

static void
on_activate (CfaInboxPage *self, guint position)
{
  if (cfa_inbox_choice_get_active (self->choice))
    choose_at (self, position, FALSE);
  else
    emit_position (self, position, OPENED);
}

static void
on_scrolled (CfaInboxPage *self, GtkAdjustment *v)
{
  double left = gtk_adjustment_get_upper (v) - gtk_adjustment_get_value (v) - gtk_adjustment_get_page_size (v);

  self->at_top = gtk_adjustment_get_value (v) < 1;
  if (self->list != NULL && left < LOAD_WITHIN_PAGES * gtk_adjustment_get_page_size (v)
      && cfa_conversation_list_get_has_older (self->list) && !cfa_conversation_list_get_loading (self->list))
    cfa_conversation_list_load_older (self->list);
}

/*
 * The press is ours alone. With a key held, or while choosing, the list view would select and so open the row; and else it would take the focus, which
 * scrolls to the row and makes most others anew, only to lose it to the conversation.
 */
static void
on_row_pressed (GtkGesture *click, int n_press, double x, double y, GtkListItem *item)
{
  CfaInboxPage *self = g_object_get_data (G_OBJECT (click), "page");
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));
  gboolean choosing = cfa_inbox_choice_get_active (self->choice);

  gtk_gesture_set_state (click, GTK_EVENT_SEQUENCE_CLAIMED);
  if (!choosing && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
    return;
  if (!choosing && self->current != NULL && (state & GDK_SHIFT_MASK) != 0)
    cfa_inbox_choice_toggle (self->choice, self->current);
  choose_at (self, gtk_list_item_get_position (item), (state & GDK_SHIFT_MASK) != 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

static void
on_row_clicked (GtkGesture *click, int n_press, double x, double y, GtkListItem *item)
{
  CfaInboxPage *self = g_object_get_data (G_OBJECT (click), "page");
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));

  if (n_press == 1 && !cfa_inbox_choice_get_active (self->choice) && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
    gtk_widget_activate_action (gtk_list_item_get_child (item), "list.activate-item", "u", gtk_list_item_get_position (item));
}

/* The list view's own single-click-activate would also select what the pointer merely rests on while the order changes below it. */
static void
setup_row (CfaInboxPage *self, GtkListItem *item)
{
  GtkWidget *row = cfa_conversation_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_object_set_data (G_OBJECT (click), "page", self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_row_pressed), item);
  g_signal_connect (click, "released", G_CALLBACK (on_row_clicked), item);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

static void
bind_row (CfaInboxPage *self, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  cfa_conversation_row_set_directory (CFA_CONVERSATION_ROW (row), cfa_session_get_directory (self->session));
  cfa_conversation_row_set_conversation (CFA_CONVERSATION_ROW (row), gtk_list_item_get_item (item));
  g_hash_table_insert (self->bound, row, GSIZE_TO_POINTER (frame_number (self)));
  show_choice (self, row);
}

/* The row keeps its conversation: when one is selected, the list view binds again all between it and the one before. */
static void
unbind_row (CfaInboxPage *self, GtkListItem *item)
{
  g_hash_table_remove (self->bound, gtk_list_item_get_child (item));
}

static void
show_order (CfaInboxPage *self)
{
  g_simple_action_set_state (self->order_action, g_variant_new_string (cfa_order_word (cfa_conversation_list_get_order (self->list))));
}

static void
on_order (CfaInboxPage *self, GVariant *wanted)
{
  CfaOrder order = cfa_order_from_word (g_variant_get_string (wanted, NULL));

  if (self->list == NULL)
    return;
  cfa_conversation_list_set_order (self->list, order);
  cfa_order_memory_set (self->folder, order);
  show_order (self);
  scroll_to (self, 0);
}

/* The menu of the head sets it. */
static void
add_order_action (CfaInboxPage *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  self->order_action = g_simple_action_new_stateful ("order", G_VARIANT_TYPE_STRING, g_variant_new_string (cfa_order_word (CFA_ORDER_NEWEST)));
  g_signal_connect_swapped (self->order_action, "change-state", G_CALLBACK (on_order), self);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->order_action));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "inbox", G_ACTION_GROUP (group));
}

static gboolean
refresh (gpointer data)
{
  CfaInboxPage *self = data;
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    cfa_conversation_row_refresh (row);
  return G_SOURCE_CONTINUE;
}

static void
forget_list (CfaInboxPage *self)
{
  stop_awaiting (self);
  cfa_inbox_choice_set_active (self->choice, FALSE);
  if (self->locating != NULL)
    g_cancellable_cancel (self->locating);
  g_clear_object (&self->locating);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  self->list = NULL;
  gtk_single_selection_set_model (self->selection, NULL);
}

static void
make_choice (CfaInboxPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->choice = cfa_inbox_choice_new ();
  g_object_bind_property (self->choice, "active", self->choose_button, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (self->choice, "changed", G_CALLBACK (on_choice), self);
  g_signal_connect_swapped (self->choice, "notify::active", G_CALLBACK (on_choosing), self);
  g_signal_connect_swapped (self->bulk_bar, "acted", G_CALLBACK (on_acted), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_list_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), keys);
}

/* Rows of the final height, so that nothing moves when the names arrive. */
static void
fill_skeleton (CfaInboxPage *self)
{
  for (int i = 0; i < SKELETON_ROWS; i++)
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
      GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
      GtkWidget *avatar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_add_css_class (row, "skeleton-row");
      gtk_widget_add_css_class (avatar, "skeleton-avatar");
      gtk_widget_set_valign (avatar, GTK_ALIGN_CENTER);
      gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
      gtk_widget_set_hexpand (lines, TRUE);
      for (int line = 0; line < 2; line++)
        {
          GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

          gtk_widget_add_css_class (bar, "skeleton-bar");
          gtk_widget_set_halign (bar, GTK_ALIGN_START);
          gtk_widget_set_size_request (bar, line == 0 ? 90 + 17 * (i % 3) : 190 - 23 * (i % 4), -1);
          gtk_box_append (GTK_BOX (lines), bar);
        }
      gtk_box_append (GTK_BOX (row), avatar);
      gtk_box_append (GTK_BOX (row), lines);
      gtk_box_append (self->skeleton, row);
    }
}

static gboolean
cfa_inbox_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CFA_INBOX_PAGE (widget)->list_view));
}

static void
cfa_inbox_page_dispose (GObject *object)
{
  CfaInboxPage *self = CFA_INBOX_PAGE (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->selection != NULL)
    cfa_inbox_page_set_session (self, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->order_action);
  if (self->choice != NULL)
    g_signal_handlers_disconnect_by_data (self->choice, self);
  g_clear_object (&self->choice);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->bound, g_hash_table_unref);
  G_OBJECT_CLASS (cfa_inbox_page_parent_class)->dispose (object);
}

static void
cfa_inbox_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FOLDED)
    g_value_set_boolean (value, CFA_INBOX_PAGE (object)->folded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cfa_inbox_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FOLDED)
    CFA_INBOX_PAGE (object)->folded = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Who rests on a row may be about to click it. */
static void
on_pointer_rested (GtkWidget *list_view, double x, double y, gpointer data)
{
  CfaInboxPage *self = data;
  GtkWidget *picked = gtk_widget_pick (list_view, x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, CFA_TYPE_CONVERSATION_ROW) : NULL;
  CfaConversation *conversation = row != NULL ? cfa_conversation_row_get_conversation (CFA_CONVERSATION_ROW (row)) : NULL;

  if (conversation != NULL && conversation != self->current && !cfa_conversation_get_loading (conversation)
      && !cfa_inbox_choice_get_active (self->choice))
    g_signal_emit (self, signals[NEAR], 0, conversation);
}

static void
cfa_inbox_page_class_init (CfaInboxPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_BULK_BAR);
  object_class->dispose = cfa_inbox_page_dispose;
  widget_class->grab_focus = cfa_inbox_page_grab_focus;
  object_class->get_property = cfa_inbox_page_get_property;
  object_class->set_property = cfa_inbox_page_set_property;
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SELECTED] = g_signal_new ("selected", CFA_TYPE_INBOX_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, CFA_TYPE_CONVERSATION);
  signals[OPENED] = g_signal_new ("opened", CFA_TYPE_INBOX_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, CFA_TYPE_CONVERSATION);
  signals[ALL_READ] = g_signal_new ("all-read", CFA_TYPE_INBOX_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NEAR] = g_signal_new ("near", CFA_TYPE_INBOX_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, CFA_TYPE_CONVERSATION);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/conversations/inbox-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaInboxPage, header);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxPage, title);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxPage, skeleton);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxPage, steps_button);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxPage, choose_button);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxPage, bulk_revealer);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxPage, bulk_bar);
}

static void
cfa_inbox_page_init (CfaInboxPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkAdjustment *v;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->bound = g_hash_table_new (NULL, NULL);
  self->at_top = TRUE;
  self->folder = g_strdup (cfa_folder_of_inbox (CFA_INBOX_MINE));
  add_order_action (self);
  make_choice (self);
  fill_skeleton (self);
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_row), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_row), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_row), self);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  cfa_list_wheel_attach (self->list_view);
  cfa_pointer_rest_attach (GTK_WIDGET (self->list_view), on_pointer_rested, self);
  /* Behind the list view, so that selection and anchor have followed the change when we look at them. */
  g_signal_connect_swapped (self->selection, "items-changed", G_CALLBACK (on_items_changed), self);
  g_signal_connect_swapped (self->list_view, "activate", G_CALLBACK (on_activate), self);
  v = gtk_scrolled_window_get_vadjustment (self->scrolled);
  g_signal_connect_swapped (v, "value-changed", G_CALLBACK (on_scrolled), self);
  self->refresh_source = g_timeout_add_seconds (REFRESH_SECONDS, refresh, self);
}

/**
 * cfa_inbox_page_set_session:
 * @self: a page
 * @session: (nullable): whose inboxes it shows from now on; begins with the one that was shown last
 */
void
cfa_inbox_page_set_session (CfaInboxPage *self, CfaSession *session)
{
  forget_list (self);
  g_clear_object (&self->current);
  g_set_object (&self->session, session);
  cfa_bulk_bar_set_session (self->bulk_bar, session);
  if (session != NULL)
    cfa_inbox_page_set_folder (self, self->folder);
}

/**
 * cfa_inbox_page_set_folder:
 * @self: a page with a session
 * @folder: which one to show
 */
void
cfa_inbox_page_set_folder (CfaInboxPage *self, const char *folder)
{
  CfaConversationList *list = cfa_session_get_folder (self->session, folder);
  g_autofree char *before = self->folder;

  if (list == NULL)
    {
      g_steal_pointer (&before);
      return;
    }
  forget_list (self);
  self->folder = g_strdup (folder);
  self->list = list;
  cfa_conversation_list_set_order (list, cfa_order_memory_get (folder));
  g_signal_connect_swapped (self->list, "notify", G_CALLBACK (update_state), self);
  show_order (self);
  show_model (self);
}

/**
 * cfa_inbox_page_set_current:
 * @self: a page
 * @conversation: (nullable): the one that is open; it is marked and scrolled to when it is in this inbox
 */
void
cfa_inbox_page_set_current (CfaInboxPage *self, CfaConversation *conversation)
{
  g_set_object (&self->current, conversation);
  show_current (self);
}

/**
 * cfa_inbox_page_step:
 * @self: a page
 * @step: 1 to open the one below the open conversation, -1 for the one above
 *
 * Emits "opened", unless the list ends there.
 */
void
cfa_inbox_page_step (CfaInboxPage *self, int step)
{
  guint position = position_of (self, self->current);

  if (self->list == NULL)
    return;
  if (position == GTK_INVALID_LIST_POSITION)
    emit_position (self, 0, OPENED);
  else if (position > 0 || step > 0)
    emit_position (self, position + step, OPENED);
}

static void
on_next_unread (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaInboxPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaConversation) conversation = cfa_session_next_unread_finish (CFA_SESSION (source), result, &error);

  if (error != NULL)
    g_warning ("next unread: %s", error->message);
  if (self->session != CFA_SESSION (source))
    return;
  if (conversation != NULL)
    g_signal_emit (self, signals[OPENED], 0, conversation);
  else
    g_signal_emit (self, signals[ALL_READ], 0);
}

/**
 * cfa_inbox_page_open_next_unread:
 * @self: a page with a session
 *
 * Looks in this inbox below the open conversation first, then from the top. Emits "opened" with an unread open conversation other than
 * the open one, or "all-read".
 */
void
cfa_inbox_page_open_next_unread (CfaInboxPage *self)
{
  cfa_session_next_unread_async (self->session, self->folder, self->current, on_next_unread, g_object_ref (self));
}

static void
on_near_unread (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaInboxPage) self = data;
  g_autoptr (CfaConversation) conversation = cfa_session_next_unread_finish (CFA_SESSION (source), result, NULL);

  if (self->session == CFA_SESSION (source) && conversation != NULL)
    g_signal_emit (self, signals[NEAR], 0, conversation);
}

/* One that is not loaded yet is not worth a wait. */
static void
tell_near (CfaInboxPage *self, guint position)
{
  g_autoptr (CfaConversation) conversation = g_list_model_get_item (model (self), position);

  if (conversation != NULL && !cfa_conversation_get_loading (conversation))
    g_signal_emit (self, signals[NEAR], 0, conversation);
}

/**
 * cfa_inbox_page_foresee:
 * @self: a page with a session
 *
 * Emits "near" with each conversation to which a single key leads from the open one: the next, the one above, the next unread one.
 */
void
cfa_inbox_page_foresee (CfaInboxPage *self)
{
  guint position = position_of (self, self->current);

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  tell_near (self, position + 1);
  if (position > 0)
    tell_near (self, position - 1);
  cfa_session_next_unread_async (self->session, self->folder, self->current, on_near_unread, g_object_ref (self));
}

/**
 * cfa_inbox_page_set_title_buttons:
 * @self: a page
 * @start: whether the header shows the window's buttons at its beginning
 * @end: the same at its end
 */
void
cfa_inbox_page_set_title_buttons (CfaInboxPage *self, gboolean start, gboolean end)
{
  adw_header_bar_set_show_start_title_buttons (self->header, start);
  adw_header_bar_set_show_end_title_buttons (self->header, end);
}

/**
 * cfa_inbox_page_offer_steps:
 * @offered: whether the organisation is so new that where nothing is yet, the way to something is shown
 */
void
cfa_inbox_page_offer_steps (CfaInboxPage *self, gboolean offered)
{
  gtk_widget_set_visible (self->steps_button, offered);
}
