/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-strip.h"

#include "rating-line.h"
#include "snooze-time.h"
#include "tag-text.h"

#include "protocol/id.h"

#include <glib/gi18n.h>

struct _CfaConversationStrip
{
  GtkBox parent_instance;

  GtkWidget *tags; /* scrolls sideways when they are too many */
  GtkBox *chips;
  GtkWidget *escalation;
  GtkWidget *snooze;
  GtkLabel *snooze_label;
  GtkWidget *pin;
  GtkButton *pin_button;
  GtkLabel *pin_label;
  GtkWidget *rating;
};

G_DEFINE_FINAL_TYPE (CfaConversationStrip, cfa_conversation_strip, GTK_TYPE_BOX)

/* @target: (nullable): the action's */
static GtkWidget *
icon_button (const char *icon, const char *name, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
add_tag (CfaConversationStrip *self, CfaDirectory *directory, const char *id)
{
  const char *one[] = { id, NULL };
  g_autofree char *markup = cfa_tag_markup (directory, one, 1);
  g_autofree char *name = cfa_tag_names (directory, one);
  g_autofree char *remove_words = g_strdup_printf (_("Remove the tag %s"), name);
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *label = gtk_label_new (NULL);
  GtkWidget *button = icon_button ("window-close-symbolic", remove_words, "conversation.untag", id);

  if (*name == '\0')
    return;
  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_add_css_class (chip, "chip");
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  gtk_box_append (self->chips, chip);
}

static void
update_tags (CfaConversationStrip *self, const char *const *tags, CfaDirectory *directory)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_box_remove (self->chips, child);
  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    add_tag (self, directory, tags[i]);
  gtk_widget_set_visible (self->tags, gtk_widget_get_first_child (GTK_WIDGET (self->chips)) != NULL);
}

static void
update_snooze (CfaConversationStrip *self, gint64 until)
{
  g_autofree char *when = until > 0 ? cfa_snooze_words (until, cf_now ()) : NULL;
  g_autofree char *words = when != NULL ? g_strdup_printf (_("Snoozed until %s, or until the visitor writes"), when) : NULL;

  gtk_label_set_label (self->snooze_label, words != NULL ? words : "");
  gtk_widget_set_visible (self->snooze, words != NULL);
}

static void
update_pin (CfaConversationStrip *self, const char *id, CfaMessage *pinned)
{
  const char *text = pinned != NULL && !cfa_message_get_removed (pinned) ? cfa_message_get_text (pinned) : _("A note further up");
  g_autofree char *said = g_strdup_printf (_("Pinned note: %s"), text);

  gtk_widget_set_visible (self->pin, id != NULL);
  if (id == NULL)
    return;
  gtk_label_set_label (self->pin_label, text);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->pin_button), "s", id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pin_button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

/* Words about what is so, and a button that ends it. */
static GtkWidget *
bar_new (const char *icon, const char *words, GtkLabel **label, const char *end, const char *action)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *text = gtk_label_new (words), *button = gtk_button_new_with_label (end);

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (bar, "strip-bar");
  gtk_box_append (GTK_BOX (bar), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (bar), text);
  gtk_box_append (GTK_BOX (bar), button);
  if (label != NULL)
    *label = GTK_LABEL (text);
  return bar;
}

static void
make_pin (CfaConversationStrip *self)
{
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->pin = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->pin_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->pin_label, 0);
  gtk_label_set_ellipsize (self->pin_label, PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (self->pin_label, TRUE);
  gtk_box_append (GTK_BOX (inside), gtk_image_new_from_icon_name ("view-pin-symbolic"));
  gtk_box_append (GTK_BOX (inside), GTK_WIDGET (self->pin_label));
  self->pin_button = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_child (self->pin_button, inside);
  gtk_widget_set_hexpand (GTK_WIDGET (self->pin_button), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->pin_button), "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->pin_button), "s", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->pin_button), "conversation.show-message");
  gtk_widget_add_css_class (self->pin, "strip-bar");
  gtk_widget_add_css_class (self->pin, "note");
  gtk_box_append (GTK_BOX (self->pin), GTK_WIDGET (self->pin_button));
  gtk_box_append (GTK_BOX (self->pin), icon_button ("window-close-symbolic", _("Unpin the note"), "conversation.unpin", NULL));
}

static void
cfa_conversation_strip_class_init (CfaConversationStripClass *klass)
{
}

static void
cfa_conversation_strip_init (CfaConversationStrip *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->chips = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->chips), "chips");
  self->tags = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->tags), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->tags), GTK_WIDGET (self->chips));
  self->escalation = bar_new ("dialog-warning-symbolic", _("Escalated: the supervisors are called"), NULL, _("End"), "win.end-escalation");
  self->snooze = bar_new ("alarm-symbolic", NULL, &self->snooze_label, _("Wake now"), "win.wake");
  gtk_widget_add_css_class (self->escalation, "escalated");
  make_pin (self);
  gtk_box_append (GTK_BOX (self), self->tags);
  gtk_box_append (GTK_BOX (self), self->escalation);
  gtk_box_append (GTK_BOX (self), self->snooze);
  gtk_box_append (GTK_BOX (self), self->pin);
  self->rating = cfa_rating_line_new ();
  gtk_box_append (GTK_BOX (self), self->rating);
  update_pin (self, NULL, NULL);
}

/**
 * cfa_conversation_strip_new:
 *
 * Returns: (transfer floating): an empty strip
 */
GtkWidget *
cfa_conversation_strip_new (void)
{
  return g_object_new (CFA_TYPE_CONVERSATION_STRIP, NULL);
}

/**
 * cfa_conversation_strip_update:
 * @self: a strip
 * @conversation: whose
 * @directory: what tags are called
 * @pinned: (nullable): the note that is pinned, when it is loaded
 */
void
cfa_conversation_strip_update (CfaConversationStrip *self, CfaConversation *conversation, CfaDirectory *directory, CfaMessage *pinned)
{
  gboolean open = cfa_conversation_get_status (conversation) == CF_CONVERSATION_OPEN;

  update_tags (self, cfa_conversation_get_tags (conversation), directory);
  gtk_widget_set_visible (self->escalation, open && cfa_conversation_get_escalated_at (conversation) > 0);
  update_snooze (self, open ? cfa_conversation_get_snoozed_until (conversation) : 0);
  update_pin (self, cfa_conversation_get_pinned_id (conversation), pinned);
  cfa_rating_line_update (CFA_RATING_LINE (self->rating), conversation);
}
