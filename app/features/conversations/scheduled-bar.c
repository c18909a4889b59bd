/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheduled-bar.h"

#include "snooze-popover.h"
#include "snooze-time.h"

#include "protocol/id.h"

#include "app/toasts.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define HEIGHT_MAX 156

struct _CfaScheduledBar
{
  GtkBox parent_instance;

  CfaSession *session;
  CfaConversation *conversation;
  CfaScheduledList *list;
  GtkWidget *rows;
  GtkWidget *times; /* the popover that asks for another time */
  CfaScheduled *asked; /* (nullable): whose time that is */
};

static guint edit_signal;

G_DEFINE_FINAL_TYPE (CfaScheduledBar, cfa_scheduled_bar, GTK_TYPE_BOX)

/* Something that was cancelled, while it can be had back. */
typedef struct
{
  CfaSession *session;
  CfaConversation *conversation;
  CfaScheduled *scheduled;
} Undo;

static void
undo_free (Undo *undo, GClosure *closure)
{
  g_object_unref (undo->session);
  g_object_unref (undo->conversation);
  g_object_unref (undo->scheduled);
  g_free (undo);
}

static void
on_undo (AdwToast *toast, Undo *undo)
{
  const CfScheduledMessage *record = cfa_scheduled_get (undo->scheduled);

  cfa_session_send_later (undo->session, undo->conversation, record->text, record->reply_to, (const char *const *) record->files,
                          record->send_at, record->unless_reply);
}

static void
offer_undo (CfaScheduledBar *self, CfaScheduled *scheduled)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast = adw_toast_new (_("It will not be sent"));
  Undo *undo;

  if (overlay == NULL)
    return;
  if (cfa_scheduled_get_own (scheduled))
    {
      undo = g_new (Undo, 1);
      undo->session = g_object_ref (self->session);
      undo->conversation = g_object_ref (self->conversation);
      undo->scheduled = g_object_ref (scheduled);
      cfa_toasts_offer_undo (toast);
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), undo, (GClosureNotify) undo_free, 0);
    }
  cfa_toasts_add (ADW_TOAST_OVERLAY (overlay), toast);
}

static CfaScheduled *
scheduled_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "scheduled");
}

static void
on_edit (CfaScheduledBar *self, GtkWidget *button)
{
  g_autoptr (CfaScheduled) scheduled = g_object_ref (scheduled_of (button));

  g_signal_emit (self, edit_signal, 0, scheduled);
}

static void
on_send (CfaScheduledBar *self, GtkWidget *button)
{
  g_autoptr (CfaScheduled) scheduled = g_object_ref (scheduled_of (button));

  if (cfa_scheduled_get_state (scheduled) == CFA_SCHEDULED_REFUSED)
    cfa_session_retry_scheduled (self->session, scheduled);
  else
    cfa_session_send_scheduled (self->session, scheduled);
}

static void
on_cancel (CfaScheduledBar *self, GtkWidget *button)
{
  g_autoptr (CfaScheduled) scheduled = g_object_ref (scheduled_of (button));

  cfa_session_cancel_scheduled (self->session, scheduled);
  offer_undo (self, scheduled);
}

static void
on_time (CfaScheduledBar *self, GtkWidget *button)
{
  g_set_object (&self->asked, scheduled_of (button));
  cfa_snooze_popover_open (CFA_SNOOZE_POPOVER (self->times));
}

static void
on_chosen (CfaScheduledBar *self, gint64 send_at)
{
  if (self->asked != NULL && self->session != NULL)
    cfa_session_reschedule (self->session, self->asked, send_at);
  g_clear_object (&self->asked);
}

static void
add_button (CfaScheduledBar *self, GtkWidget *row, CfaScheduled *scheduled, const char *icon, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "scheduled", g_object_ref (scheduled), g_object_unref);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (row), button);
}

/* What its author can do; who leads the team can cancel it. */
static void
add_buttons (CfaScheduledBar *self, GtkWidget *row, CfaScheduled *scheduled)
{
  CfaScheduledState state = cfa_scheduled_get_state (scheduled);
  gboolean refused = state == CFA_SCHEDULED_REFUSED;

  if (state == CFA_SCHEDULED_SENDING)
    return;
  if (cfa_scheduled_get_own (scheduled))
    {
      add_button (self, row, scheduled, "document-edit-symbolic", _("Take it back into the field"), G_CALLBACK (on_edit));
      if (!refused)
        add_button (self, row, scheduled, "alarm-symbolic", _("Send at another time"), G_CALLBACK (on_time));
      add_button (self, row, scheduled, refused ? "view-refresh-symbolic" : "mail-send-symbolic", refused ? _("Try again") : _("Send now"),
                  G_CALLBACK (on_send));
    }
  if (cfa_scheduled_get_own (scheduled) || cfa_session_get_role (self->session) != CF_ROLE_AGENT)
    add_button (self, row, scheduled, "user-trash-symbolic", _("Do not send it"), G_CALLBACK (on_cancel));
}

static char *
when_words (CfaScheduled *scheduled)
{
  const CfScheduledMessage *record = cfa_scheduled_get (scheduled);
  g_autofree char *problem = cfa_scheduled_dup_problem (scheduled);
  g_autofree char *time = cfa_snooze_words (record->send_at, cf_now ());

  if (problem != NULL)
    return g_steal_pointer (&problem);
  if (cfa_scheduled_get_state (scheduled) == CFA_SCHEDULED_SENDING)
    return g_strdup (_("Sending…"));
  if (!cfa_scheduled_get_own (scheduled) && record->author_name != NULL)
    return g_strdup_printf ("%s · %s", time, record->author_name);
  /* Translators: when a message will be sent, as in "Mon 23 Nov, 9:00, unless the visitor writes first" */
  return record->unless_reply ? g_strdup_printf (_("%s, unless the visitor writes first"), time) : g_steal_pointer (&time);
}

static GtkWidget *
new_label (const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
new_row (CfaScheduledBar *self, CfaScheduled *scheduled)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *below = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *when = when_words (scheduled), *line = g_strdelimit (g_strdup (cfa_scheduled_get (scheduled)->text), "\r\n\t", ' ');
  g_autofree char *said = g_strdup_printf ("%s. %s", when, line);
  CfaScheduledState state = cfa_scheduled_get_state (scheduled);
  GtkWidget *head = new_label (when, "caption-heading"), *text = new_label (line, "caption");

  if (state == CFA_SCHEDULED_HELD || state == CFA_SCHEDULED_REFUSED)
    gtk_widget_add_css_class (head, "amber");
  if (state == CFA_SCHEDULED_PENDING || state == CFA_SCHEDULED_SENDING)
    gtk_widget_add_css_class (text, "dim-label");
  gtk_widget_add_css_class (head, "numeric");
  gtk_widget_set_tooltip_text (head, said);
  gtk_widget_set_tooltip_text (text, said);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (below), text);
  gtk_box_append (GTK_BOX (row), head);
  gtk_box_append (GTK_BOX (row), below);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  add_buttons (self, below, scheduled);
  return row;
}

static void
fill (CfaScheduledBar *self)
{
  guint count = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), child);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (CfaScheduled) scheduled = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      gtk_box_append (GTK_BOX (self->rows), new_row (self, scheduled));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), count > 0);
}

static void
cfa_scheduled_bar_dispose (GObject *object)
{
  CfaScheduledBar *self = CFA_SCHEDULED_BAR (object);

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_pointer (&self->times, gtk_widget_unparent);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  g_clear_object (&self->conversation);
  g_clear_object (&self->asked);
  G_OBJECT_CLASS (cfa_scheduled_bar_parent_class)->dispose (object);
}

static void
cfa_scheduled_bar_class_init (CfaScheduledBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_scheduled_bar_dispose;
  edit_signal = g_signal_new ("edit", CFA_TYPE_SCHEDULED_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CFA_TYPE_SCHEDULED);
}

static void
cfa_scheduled_bar_init (CfaScheduledBar *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (GTK_WIDGET (self), "scheduled");
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _("To be sent later"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), self->rows);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroll), HEIGHT_MAX);
  gtk_widget_set_hexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (self), scroll);
  self->times = cfa_snooze_popover_new_to_send (FALSE);
  gtk_widget_set_parent (self->times, scroll);
  g_signal_connect_swapped (self->times, "chosen", G_CALLBACK (on_chosen), self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * cfa_scheduled_bar_set_conversation:
 * @self: a bar
 * @session: (nullable): who sends
 * @conversation: (nullable): what of is shown
 */
void
cfa_scheduled_bar_set_conversation (CfaScheduledBar *self, CfaSession *session, CfaConversation *conversation)
{
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  g_clear_object (&self->asked);
  g_set_object (&self->session, session);
  g_set_object (&self->conversation, conversation);
  if (conversation != NULL)
    {
      self->list = cfa_session_open_scheduled (session, conversation);
      g_signal_connect_swapped (self->list, "items-changed", G_CALLBACK (fill), self);
    }
  fill (self);
}
