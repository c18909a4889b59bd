/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message-row.h"

#include "message-actions.h"
#include "message-blocks.h"
#include "protocol/id.h"
#include "text-markup.h"
#include "time-text.h"

#include "app/css-class.h"
#include "app/features/files/message-files.h"
#include "app/features/session/face.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* Twice a second, so that no second is left out. */
#define TICK_MS 500
#define AVATAR_SIZE 30
#define AVATAR_GAP 8
#define QUOTE_CHARS_MAX 48
/* As long as the flash in style.css. */
#define FLASH_MS 1800
/* So many characters, or all of fewer, are never broken: see keep_together(). */
#define UNBROKEN_CHARS 8

struct _CfaMessageRow
{
  GtkBox parent_instance;

  CfaSession *session; /* (nullable): whose reader sees this, and where files come from */
  CfaMessage *message;
  char *shown;     /* (nullable): the words as they were written, and who is called in them */
  GPtrArray *read; /* (nullable): CfRichBlock, what they say */
  CfaThreadPlace place;
  gboolean placed; /* since the message is shown */
  gboolean delivery; /* the last own message says how far it has got */
  guint countdown; /* source, while it can be called back */
  GtkWidget *menu; /* (nullable) (weak): while it is open */

  GtkWidget *line;
  GtkWidget *column;
  GtkLabel *author_label;
  GtkWidget *bubble;
  GtkLabel *text_label;
  GtkWidget *footer;
  GtkLabel *caption_label;

  /* What few messages have is made when one has it: a conversation opens as fast as its rows are made. */
  GtkWidget *day_label;    /* (nullable) */
  GtkWidget *new_label;    /* (nullable) */
  GtkWidget *event_label;  /* (nullable) */
  GtkWidget *avatar;       /* (nullable): of the first in a group */
  GtkWidget *quote_button; /* (nullable) */
  GtkWidget *quote_label;  /* (nullable) */
  GtkWidget *blocks;       /* (nullable): CfaMessageBlocks, in place of the label */
  GtkWidget *files;        /* (nullable): below the words */
  GtkWidget *actions;      /* (nullable): CfaMessageActions */
};

G_DEFINE_FINAL_TYPE (CfaMessageRow, cfa_message_row, GTK_TYPE_BOX)

/* What an event says, with the time; the names come from other people. */
static char *
event_words (CfaMessage *message, const char *clock)
{
  const char *author = cfa_message_get_author_name (message);
  const char *target = cfa_message_get_target_name (message);

  if (author == NULL)
    author = _("ChatFlow");
  switch (cfa_message_get_event (message))
    {
    case CF_MESSAGE_EVENT_ASSIGNED:
      if (target == NULL || g_strcmp0 (author, target) == 0)
        return g_strdup_printf (_("%s took the conversation · %s"), author, clock);
      return g_strdup_printf (_("%s assigned the conversation to %s · %s"), author, target, clock);
    case CF_MESSAGE_EVENT_UNASSIGNED:
      return g_strdup_printf (_("%s put the conversation back · %s"), author, clock);
    case CF_MESSAGE_EVENT_CLOSED:
      return g_strdup_printf (_("%s closed the conversation · %s"), author, clock);
    case CF_MESSAGE_EVENT_REOPENED:
      return g_strdup_printf (_("%s reopened the conversation · %s"), author, clock);
    case CF_MESSAGE_EVENT_TRANSFERRED:
      return g_strdup_printf (_("%s handed the conversation over to %s · %s"), author, target != NULL ? target : _("the team"), clock);
    case CF_MESSAGE_EVENT_SNOOZED:
      return g_strdup_printf (_("%s put the conversation off · %s"), author, clock);
    case CF_MESSAGE_EVENT_WOKEN:
      return g_strdup_printf (_("The conversation is back · %s"), clock);
    case CF_MESSAGE_EVENT_ESCALATED:
      return g_strdup_printf (_("%s called the supervisors · %s"), author, clock);
    case CF_MESSAGE_EVENT_DEESCALATED:
      return g_strdup_printf (_("%s ended the escalation · %s"), author, clock);
    case CF_MESSAGE_EVENT_TRANSCRIPT_SENT:
      return g_strdup_printf (_("%s had the transcript sent to %s · %s"), author, target != NULL ? target : "", clock);
    case CF_MESSAGE_EVENT_TRANSCRIPT_FAILED:
      return g_strdup_printf (_("The transcript could not be sent to %s · %s"), target != NULL ? target : "", clock);
    case CF_MESSAGE_EVENT_NONE:
      break;
    }
  return g_strdup (clock);
}

/* How long it can still be called back. */
static guint
seconds_left (CfaMessage *message)
{
  gint64 left = cfa_message_get_due (message) - cf_now ();

  return left > 0 ? (guint) ((left + 999) / 1000) : 0;
}

/* The words below a bubble: the time, and for the last own message how far it has got. */
static char *
caption_words (CfaMessageRow *self, const char *clock)
{
  switch (cfa_message_get_state (self->message))
    {
    case CFA_MESSAGE_FAILED:
      if (cfa_message_get_error (self->message) != NULL)
        return g_strdup_printf (_("Not sent: %s"), cfa_message_get_error (self->message));
      return g_strdup (_("Not sent"));
    case CFA_MESSAGE_SENDING:
      if (seconds_left (self->message) > 0)
        /* Translators: until it is sent; it can be called back */
        return g_strdup_printf (ngettext ("Sending in %u s", "Sending in %u s", seconds_left (self->message)), seconds_left (self->message));
      return g_strdup (_("Sending…"));
    case CFA_MESSAGE_SEEN:
      if (self->delivery)
        return g_strdup_printf (C_("time · delivery", "%s · Seen"), clock);
      break;
    case CFA_MESSAGE_SENT:
      if (self->delivery)
        return g_strdup_printf (C_("time · delivery", "%s · Sent"), clock);
      break;
    }
  return g_strdup (clock);
}

/* The time, and whether the words are still the first ones. */
static char *
dated (CfaMessageRow *self, const char *clock)
{
  if (cfa_message_get_edited (self->message) && !cfa_message_get_removed (self->message))
    return g_strdup_printf (C_("time · edited", "%s · edited"), clock);
  return g_strdup (clock);
}

/* Whether a colleague calls the person who reads this. */
static gboolean
calls_me (CfaMessageRow *self)
{
  const char *const *mentions = cfa_message_get_mentions (self->message);
  const char *me = self->session != NULL ? cfa_session_get_agent_id (self->session) : NULL;

  return me != NULL && mentions != NULL && g_strv_contains (mentions, me) && !cfa_message_get_own (self->message);
}

/*
 * Where a line may break between any two characters, GTK asks how narrow the words can be by breaking them everywhere, and shapes each of them for itself:
 * that was a fourth of the time in which a conversation opens.
 */
static void
keep_together (GtkLabel *label, const char *text)
{
  gtk_label_set_width_chars (label, (int) MIN (g_utf8_strlen (text, 4 * UNBROKEN_CHARS), UNBROKEN_CHARS));
}

/* Lists and lines of code have labels of their own; most messages are words alone. */
static void
update_words (CfaMessageRow *self, const char *name)
{
  gboolean simple = cf_rich_text_is_simple (self->read);
  g_autofree char *markup = simple && self->read->len > 0 ? cfa_text_markup (self->read->pdata[0], name) : NULL;

  gtk_label_set_markup (self->text_label, markup != NULL ? markup : "");
  keep_together (self->text_label, gtk_label_get_text (self->text_label));
  gtk_widget_set_visible (GTK_WIDGET (self->text_label), simple);
  if (simple)
    return;
  self->blocks = cfa_message_blocks_new (self->read, name);
  gtk_box_insert_child_after (GTK_BOX (self->bubble), self->blocks, GTK_WIDGET (self->text_label));
}

static void
take_out (GtkWidget *box, GtkWidget **part)
{
  if (*part != NULL)
    gtk_box_remove (GTK_BOX (box), *part);
  *part = NULL;
}

/* What never changes of the words is their place; the words themselves may be edited, or deleted. */
static void
update_text (CfaMessageRow *self)
{
  gboolean removed = cfa_message_get_removed (self->message);
  const char *text = removed ? _("Message deleted") : cfa_message_get_text (self->message);
  const char *name = !removed && calls_me (self) ? cfa_session_get_agent_name (self->session) : NULL;
  g_autofree char *key = NULL;

  if (text == NULL)
    text = "";
  key = g_strconcat (name != NULL ? name : "", "\n", text, NULL);
  if (g_strcmp0 (key, self->shown) != 0)
    {
      g_free (self->shown);
      self->shown = g_steal_pointer (&key);
      g_clear_pointer (&self->read, g_ptr_array_unref);
      self->read = cf_rich_text_parse (text);
      take_out (self->bubble, &self->blocks);
      update_words (self, name);
    }
  if (self->files != NULL)
    {
      gtk_widget_set_visible (self->files, !removed);
      cfa_message_files_set_words (CFA_MESSAGE_FILES (self->files), removed ? NULL : cfa_message_get_text (self->message),
                                   self->blocks != NULL ? self->blocks : GTK_WIDGET (self->text_label));
    }
  cfa_css_class_set (self->bubble, "removed", removed);
  cfa_css_class_set (self->bubble, "mentioned", !removed && calls_me (self));
  cfa_css_class_set (self->bubble, "emoji", !removed && cfa_text_is_emoji (text));
}

static void update (CfaMessageRow *self);

static gboolean
on_second (gpointer data)
{
  CfaMessageRow *self = data;

  update (self);
  return self->countdown != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Counts down for as long as there is something to count; the clock may be set, so each tick looks at it. */
static void
follow_countdown (CfaMessageRow *self, gboolean held)
{
  if (held && self->countdown == 0)
    self->countdown = g_timeout_add (TICK_MS, on_second, self);
  else if (!held)
    g_clear_handle_id (&self->countdown, g_source_remove);
}

static void
update_footer (CfaMessageRow *self, const char *time)
{
  gboolean own = cfa_message_get_own (self->message);
  gboolean failed = own && cfa_message_get_state (self->message) == CFA_MESSAGE_FAILED;
  gboolean sending = own && cfa_message_get_state (self->message) == CFA_MESSAGE_SENDING;
  gboolean overtaken = failed && cfa_message_get_overtaken (self->message);
  gboolean held = own && seconds_left (self->message) > 0;
  g_autofree char *clock = dated (self, time);
  g_autofree char *caption = caption_words (self, clock);

  gtk_label_set_label (self->caption_label, caption);
  keep_together (self->caption_label, caption);
  gtk_widget_set_visible (self->footer, failed || held || self->place.last || self->delivery || cfa_message_get_edited (self->message));
  follow_countdown (self, held);
  if (self->actions == NULL && (held || failed))
    {
      self->actions = cfa_message_actions_new (cfa_message_get_id (self->message));
      gtk_box_append (GTK_BOX (self->footer), self->actions);
    }
  if (self->actions != NULL)
    cfa_message_actions_set (CFA_MESSAGE_ACTIONS (self->actions), held, failed, overtaken);
  cfa_css_class_set (GTK_WIDGET (self->caption_label), "error", failed);
  cfa_css_class_set (self->bubble, "sending", sending);
}

/* The bubbles of a group stand below each other. */
static void
update_avatar (CfaMessageRow *self, gboolean shown, gboolean indented, const char *name, gboolean visitor)
{
  if (shown && self->avatar == NULL)
    {
      self->avatar = adw_avatar_new (AVATAR_SIZE, NULL, TRUE);
      gtk_widget_set_valign (self->avatar, GTK_ALIGN_START);
      gtk_box_prepend (GTK_BOX (self->line), self->avatar);
    }
  if (self->avatar != NULL)
    {
      adw_avatar_set_text (ADW_AVATAR (self->avatar), name);
      cfa_face_follow (ADW_AVATAR (self->avatar), self->session, visitor ? NULL : cfa_message_get_author_id (self->message));
      gtk_widget_set_visible (self->avatar, shown);
    }
  gtk_widget_set_margin_start (self->column, indented ? AVATAR_SIZE + AVATAR_GAP : 0);
}

static void
update_author (CfaMessageRow *self)
{
  gboolean visitor = cfa_message_get_author_kind (self->message) == CF_AUTHOR_VISITOR;
  gboolean incoming = cfa_message_get_incoming (self->message);
  gboolean note = cfa_message_get_kind (self->message) == CF_MESSAGE_NOTE;
  gboolean named = self->place.first && (note || !cfa_message_get_own (self->message));
  const char *name = cfa_message_get_author_name (self->message);
  g_autofree char *note_name = NULL;

  if (name == NULL)
    name = visitor ? _("Visitor") : _("ChatFlow");
  if (note)
    note_name = g_strdup_printf (_("Note · %s"), name);
  gtk_label_set_label (self->author_label, note ? note_name : name);
  gtk_widget_set_visible (GTK_WIDGET (self->author_label), named);
  update_avatar (self, incoming && self->place.first, incoming && !self->place.first, name, visitor);
}

/* A line above the message, or in its place. */
static GtkWidget *
heading_new (const char *const *classes, int above, int below)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_set_css_classes (label, (const char **) classes);
  gtk_widget_set_margin_top (label, above);
  gtk_widget_set_margin_bottom (label, below);
  return label;
}

static void
update_day (CfaMessageRow *self, GTimeZone *zone)
{
  static const char *const classes[] = { "caption-heading", "dim-label", "numeric", NULL };

  if (self->day_label == NULL && self->place.new_day)
    {
      self->day_label = heading_new (classes, 18, 6);
      gtk_box_prepend (GTK_BOX (self), self->day_label);
    }
  if (self->day_label != NULL)
    gtk_widget_set_visible (self->day_label, self->place.new_day);
  if (self->place.new_day)
    {
      g_autofree char *day = cfa_time_day (cfa_message_get_created_at (self->message), cf_now (), zone);

      gtk_label_set_label (GTK_LABEL (self->day_label), day);
    }
}

static void
update_event (CfaMessageRow *self, const char *clock)
{
  static const char *const classes[] = { "caption", "dim-label", "numeric", NULL };
  g_autofree char *words = event_words (self->message, clock);

  if (self->event_label == NULL)
    {
      self->event_label = heading_new (classes, 6, 6);
      gtk_label_set_wrap (GTK_LABEL (self->event_label), TRUE);
      gtk_label_set_justify (GTK_LABEL (self->event_label), GTK_JUSTIFY_CENTER);
      gtk_box_append (GTK_BOX (self), self->event_label);
    }
  gtk_label_set_label (GTK_LABEL (self->event_label), words);
}

static void
update_name (CfaMessageRow *self, const char *clock)
{
  const char *author = cfa_message_get_author_name (self->message);
  gboolean note = cfa_message_get_kind (self->message) == CF_MESSAGE_NOTE;
  g_autofree char *name = NULL, *words = NULL;

  if (author == NULL)
    author = _("Visitor");
  if (cfa_message_get_kind (self->message) == CF_MESSAGE_EVENT)
    name = event_words (self->message, clock);
  else
    {
      words = cf_rich_text_dup_plain (self->read);
      name = g_strdup_printf (calls_me (self) ? _("%s mentions you, %s: %s") : note ? _("Note by %s, %s: %s") : C_("who, when: what", "%s, %s: %s"), author, clock, words);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update (CfaMessageRow *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *clock = cfa_time_clock (cfa_message_get_created_at (self->message), zone);

  update_day (self, zone);
  if (cfa_message_get_kind (self->message) == CF_MESSAGE_EVENT)
    update_event (self, clock);
  else
    {
      update_author (self);
      update_text (self);
      update_footer (self, clock);
    }
  if (self->place.first)
    gtk_widget_add_css_class (GTK_WIDGET (self), "first");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "first");
  update_name (self, clock);
}

static gboolean
on_query_tooltip (GtkWidget *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip, CfaMessageRow *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *full = cfa_time_full (cfa_message_get_created_at (self->message), zone);

  /* On a link the label says where it leads. */
  if (gtk_label_get_current_uri (GTK_LABEL (label)) != NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, full);
  return TRUE;
}

/* What never changes of a message: the side and the colours, and its files. */
static void
dress (CfaMessageRow *self)
{
  gboolean incoming = cfa_message_get_incoming (self->message);
  gboolean note = cfa_message_get_kind (self->message) == CF_MESSAGE_NOTE;
  gboolean event = cfa_message_get_kind (self->message) == CF_MESSAGE_EVENT;
  GtkAlign side = incoming ? GTK_ALIGN_START : GTK_ALIGN_END;

  if (self->session != NULL && cfa_message_get_files (self->message) != NULL)
    {
      self->files = cfa_message_files_new (self->session, cfa_message_get_files (self->message));
      gtk_box_append (GTK_BOX (self->bubble), self->files);
    }
  gtk_widget_set_visible (self->line, !event);
  if (self->event_label != NULL)
    gtk_widget_set_visible (self->event_label, event);
  cfa_css_class_set (self->bubble, "note", note);
  cfa_css_class_set (self->bubble, "visitor", !note && incoming);
  cfa_css_class_set (self->bubble, "team", !note && !incoming);
  cfa_css_class_set (GTK_WIDGET (self->author_label), "note", note);
  gtk_widget_set_halign (self->line, side);
  gtk_widget_set_halign (GTK_WIDGET (self->author_label), side);
  gtk_widget_set_halign (self->bubble, side);
  gtk_widget_set_halign (self->footer, side);
}

static void
add_item (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

/* What can be done with it right now. */
static GMenuModel *
make_menu (CfaMessage *message)
{
  GMenu *menu = g_menu_new ();
  const char *id = cfa_message_get_id (message);
  gboolean there = cfa_message_get_position (message) > 0 && !cfa_message_get_removed (message);

  if (there)
    add_item (menu, _("_Reply with quote"), "conversation.reply", id);
  if (!cfa_message_get_removed (message))
    add_item (menu, _("_Copy"), "conversation.copy-message", id);
  if (there && cfa_message_get_kind (message) == CF_MESSAGE_NOTE)
    add_item (menu, _("_Pin above the conversation"), "conversation.pin", id);
  if (cfa_message_can_change (message, cf_now ()))
    {
      add_item (menu, _("_Edit"), "conversation.edit", id);
      add_item (menu, _("_Delete"), "conversation.remove", id);
    }
  return G_MENU_MODEL (menu);
}

static gboolean
unparent_menu (gpointer menu)
{
  gtk_widget_unparent (menu);
  return G_SOURCE_REMOVE;
}

/* In an idle moment: the action of the item that was chosen comes after "closed". */
static void
on_menu_closed (GtkWidget *menu)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_menu, g_object_ref (menu), g_object_unref);
}

static void
open_menu (CfaMessageRow *self, int x, int y)
{
  g_autoptr (GMenuModel) model = make_menu (self->message);
  GdkRectangle spot = { x, y, 1, 1 };
  GtkWidget *menu;

  if (cfa_message_get_kind (self->message) == CF_MESSAGE_EVENT || g_menu_model_get_n_items (model) == 0)
    return;
  menu = gtk_popover_menu_new_from_model (model);
  g_set_weak_pointer (&self->menu, menu);
  gtk_widget_set_parent (menu, self->line);
  gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (menu), &spot);
  gtk_widget_set_halign (menu, GTK_ALIGN_START);
  g_signal_connect (menu, "closed", G_CALLBACK (on_menu_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (menu));
}

static void
open_menu_at (CfaMessageRow *self, double x, double y)
{
  double line_x, line_y;

  if (gtk_widget_translate_coordinates (GTK_WIDGET (self), self->line, x, y, &line_x, &line_y))
    open_menu (self, (int) line_x, (int) line_y);
}

/* Before the label below, which has a menu of its own. */
static void
on_pressed (GtkGesture *gesture, int n_press, double x, double y, CfaMessageRow *self)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu_at (self, x, y);
}

static void
on_long_press (GtkGesture *gesture, double x, double y, CfaMessageRow *self)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu_at (self, x, y);
}

/* Before the label below here too, which has the focus once somebody has clicked on its words. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, CfaMessageRow *self)
{
  if (key != GDK_KEY_Menu && !(key == GDK_KEY_F10 && (modifiers & GDK_SHIFT_MASK) != 0))
    return GDK_EVENT_PROPAGATE;
  open_menu (self, gtk_widget_get_width (self->line) / 2, gtk_widget_get_height (self->line) / 2);
  return GDK_EVENT_STOP;
}

static void
add_menu_gestures (CfaMessageRow *self)
{
  GtkGesture *click = gtk_gesture_click_new (), *press = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect (press, "pressed", G_CALLBACK (on_long_press), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}

static void
forget_message (CfaMessageRow *self)
{
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_handle_id (&self->countdown, g_source_remove);
  g_clear_object (&self->message);
}

/* Takes away what belongs to the message that was shown, as far as another one doesn't write over it. */
static void
undress (CfaMessageRow *self)
{
  forget_message (self);
  take_out (self->bubble, &self->files);
  take_out (self->bubble, &self->blocks);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->read, g_ptr_array_unref);
  take_out (self->bubble, &self->quote_button);
  take_out (self->footer, &self->actions);
  self->quote_label = NULL;
  if (self->menu != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->menu));
  cfa_message_row_set_new (self, FALSE);
  gtk_label_select_region (self->text_label, 0, 0);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "flash");
  self->placed = self->delivery = FALSE;
}

static void
cfa_message_row_dispose (GObject *object)
{
  CfaMessageRow *self = CFA_MESSAGE_ROW (object);

  forget_message (self);
  g_clear_weak_pointer (&self->menu);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->read, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_message_row_parent_class)->dispose (object);
}

static void
cfa_message_row_class_init (CfaMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_message_row_dispose;
  gtk_widget_class_set_css_name (widget_class, "message");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/conversations/message-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaMessageRow, line);
  gtk_widget_class_bind_template_child (widget_class, CfaMessageRow, column);
  gtk_widget_class_bind_template_child (widget_class, CfaMessageRow, author_label);
  gtk_widget_class_bind_template_child (widget_class, CfaMessageRow, bubble);
  gtk_widget_class_bind_template_child (widget_class, CfaMessageRow, text_label);
  gtk_widget_class_bind_template_child (widget_class, CfaMessageRow, footer);
  gtk_widget_class_bind_template_child (widget_class, CfaMessageRow, caption_label);
}

static void
cfa_message_row_init (CfaMessageRow *self)
{
  g_autoptr (PangoAttrList) plain = pango_attr_list_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  add_menu_gestures (self);
  /* A hyphen that nobody wrote would spoil addresses. */
  pango_attr_list_insert (plain, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (self->text_label, plain);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->text_label), TRUE);
  g_signal_connect_object (self->text_label, "query-tooltip", G_CALLBACK (on_query_tooltip), self, 0);
}

/**
 * cfa_message_row_new:
 * @message: what to show
 * @session: (nullable): where its files come from
 *
 * A message, note or event in the thread. Its buttons activate "conversation.retry-message" and "conversation.discard-message" with
 * the message's id.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
cfa_message_row_new (CfaMessage *message, CfaSession *session)
{
  CfaMessageRow *self = g_object_new (CFA_TYPE_MESSAGE_ROW, NULL);

  g_set_object (&self->session, session);
  cfa_message_row_set_message (self, message);
  return GTK_WIDGET (self);
}

/**
 * cfa_message_row_set_message:
 * @self: a row
 * @message: what to show from now on
 *
 * Shows another message, as a new row would, without making its widgets again.
 */
void
cfa_message_row_set_message (CfaMessageRow *self, CfaMessage *message)
{
  undress (self);
  self->message = g_object_ref (message);
  dress (self);
  g_signal_connect_swapped (message, "notify", G_CALLBACK (update), self);
}

/**
 * cfa_message_row_get_message:
 * @self: a row
 *
 * Returns: (transfer none): its message
 */
CfaMessage *
cfa_message_row_get_message (CfaMessageRow *self)
{
  return self->message;
}

/**
 * cfa_message_row_set_place:
 * @self: a row
 * @place: where it stands among its neighbours
 *
 * Shows or hides day heading, name, avatar and time. What it says of its message is out of date until this has been called once.
 */
void
cfa_message_row_set_place (CfaMessageRow *self, CfaThreadPlace place)
{
  if (self->placed && self->place.new_day == place.new_day && self->place.first == place.first && self->place.last == place.last)
    return;
  self->place = place;
  self->placed = TRUE;
  update (self);
}

/**
 * cfa_message_row_set_delivery:
 * @self: a row
 * @delivery: whether it is the last own message, the one that says "Sent" or "Seen"
 */
void
cfa_message_row_set_delivery (CfaMessageRow *self, gboolean delivery)
{
  if (self->delivery == delivery)
    return;
  self->delivery = delivery;
  if (self->placed)
    update (self);
}

/**
 * cfa_message_row_set_new:
 * @self: a row
 * @begins: whether what was unread when the conversation was opened begins here
 */
void
cfa_message_row_set_new (CfaMessageRow *self, gboolean begins)
{
  static const char *const classes[] = { "caption-heading", "accent", NULL };

  if (self->new_label == NULL && begins)
    {
      self->new_label = heading_new (classes, 12, 3);
      /* Translators: the messages below are new */
      gtk_label_set_label (GTK_LABEL (self->new_label), _("New"));
      gtk_widget_insert_before (self->new_label, GTK_WIDGET (self), self->line);
    }
  if (self->new_label != NULL)
    gtk_widget_set_visible (self->new_label, begins);
}

/**
 * cfa_message_row_refresh_day:
 * @self: a row
 *
 * Writes the day heading anew; "Today" becomes "Yesterday" at midnight.
 */
void
cfa_message_row_refresh_day (CfaMessageRow *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  update_day (self, zone);
}

static void
make_quote (CfaMessageRow *self)
{
  self->quote_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->quote_label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->quote_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (self->quote_label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->quote_label), QUOTE_CHARS_MAX);
  self->quote_button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->quote_button), self->quote_label);
  gtk_widget_add_css_class (self->quote_button, "flat");
  gtk_widget_add_css_class (self->quote_button, "quote");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->quote_button), "s", cfa_message_get_reply_to (self->message));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->quote_button), "conversation.show-message");
  gtk_box_prepend (GTK_BOX (self->bubble), self->quote_button);
}

/**
 * cfa_message_row_set_quote:
 * @self: a row of a message that answers one
 * @quoted: (nullable): that one, when it is loaded
 *
 * Shows it above the words; a click goes there.
 */
void
cfa_message_row_set_quote (CfaMessageRow *self, CfaMessage *quoted)
{
  const char *author = quoted != NULL ? cfa_message_get_author_name (quoted) : NULL;
  const char *text = quoted == NULL || cfa_message_get_removed (quoted) ? "" : cfa_message_get_text (quoted);
  g_autoptr (GPtrArray) read = cf_rich_text_parse (text != NULL ? text : "");
  g_autofree char *line = g_strdelimit (cf_rich_text_dup_plain (read), "\r\n\t", ' ');
  g_autofree char *markup = g_markup_printf_escaped ("<b>%s</b>  %s", author != NULL ? author : _("An earlier message"), line);
  g_autofree char *said = g_strdup_printf (_("In answer to %s"), *line != '\0' ? line : _("an earlier message"));

  if (self->quote_button == NULL)
    make_quote (self);
  gtk_label_set_markup (GTK_LABEL (self->quote_label), markup);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->quote_button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

static gboolean
end_flash (gpointer row)
{
  gtk_widget_remove_css_class (row, "flash");
  return G_SOURCE_REMOVE;
}

/**
 * cfa_message_row_flash:
 * @self: a row
 *
 * Draws the eye to it for a moment.
 */
void
cfa_message_row_flash (CfaMessageRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "flash");
  g_timeout_add_full (G_PRIORITY_DEFAULT, FLASH_MS, end_flash, g_object_ref (self), g_object_unref);
}
