/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulk-bar.h"

#include "app/toasts.h"
#include "bulk.h"
#include "choice-popover.h"
#include "conversation-choices.h"
#include "snooze-popover.h"
#include "tag-text.h"

#include "protocol/records/tag.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _CfaBulkBar
{
  GtkBox parent_instance;

  CfaSession *session;
  GPtrArray *chosen; /* of CfaConversation */
  CfaBulk *bulk;     /* (nullable): at work */
  GtkWidget *popovers[3]; /* to whom · which tag · until when */

  GtkStack *stack;
  GtkLabel *count_label;
  GtkWidget *buttons;
  GtkProgressBar *progress;
};

static guint acted_signal;

G_DEFINE_FINAL_TYPE (CfaBulkBar, cfa_bulk_bar, GTK_TYPE_BOX)

static void run (CfaBulkBar *self, CfaBulk *bulk);

static const struct { CfaBulkAction action; const char *name, *icon, *label; } offers[] = {
  { CFA_BULK_ASSIGN, "assign", "avatar-default-symbolic", N_("Assign to me") },
  { CFA_BULK_TRANSFER, "transfer", "mail-forward-symbolic", N_("Hand over") },
  { CFA_BULK_TAG, "tag", "bookmark-new-symbolic", N_("Tag") },
  { CFA_BULK_SNOOZE, "snooze", "alarm-symbolic", N_("Snooze") },
  { CFA_BULK_READ, "read", "mail-read-symbolic", N_("Mark read") },
  { CFA_BULK_REOPEN, "reopen", "edit-undo-symbolic", N_("Reopen conversations") },
  { CFA_BULK_CLOSE, "close", "object-select-symbolic", N_("Close conversations") },
};

/* What was done, of how many. */
static char *
done_words (guint n)
{
  return g_strdup_printf (ngettext ("Done with %u conversation", "Done with %u conversations", n), n);
}

static void
on_undo (AdwToast *toast, CfaBulkBar *self)
{
  g_autoptr (CfaBulk) back = cfa_bulk_undo (g_object_get_data (G_OBJECT (toast), "bulk"));

  if (self->bulk == NULL)
    run (self, back);
}

static void
tell (CfaBulkBar *self, CfaBulk *bulk)
{
  AdwToastOverlay *toasts = ADW_TOAST_OVERLAY (gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY));
  g_autofree char *words = done_words (cfa_bulk_get_done (bulk));
  AdwToast *toast = adw_toast_new (words);

  if (cfa_bulk_can_undo (bulk))
    {
      cfa_toasts_offer_undo (toast);
      g_object_set_data_full (G_OBJECT (toast), "bulk", g_object_ref (bulk), g_object_unref);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo), self, 0);
    }
  cfa_toasts_add (toasts, toast);
}

static void
on_bulk_changed (CfaBulkBar *self)
{
  g_autoptr (CfaBulk) bulk = g_object_ref (self->bulk);

  gtk_progress_bar_set_fraction (self->progress, cfa_bulk_get_share (bulk));
  if (!cfa_bulk_is_over (bulk))
    return;
  g_signal_handlers_disconnect_by_data (bulk, self);
  g_clear_object (&self->bulk);
  gtk_stack_set_visible_child_name (self->stack, "offers");
  tell (self, bulk);
  g_signal_emit (self, acted_signal, 0);
}

static void
run (CfaBulkBar *self, CfaBulk *bulk)
{
  self->bulk = g_object_ref (bulk);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_stack_set_visible_child_name (self->stack, "work");
  g_signal_connect_swapped (bulk, "changed", G_CALLBACK (on_bulk_changed), self);
  cfa_bulk_start (bulk);
}

static void
begin (CfaBulkBar *self, CfaBulkAction action, const char *word, const char *note, gint64 until)
{
  g_autoptr (CfaBulk) bulk = NULL;

  if (self->bulk != NULL || self->session == NULL || self->chosen == NULL || self->chosen->len == 0)
    return;
  bulk = cfa_bulk_new (self->session, self->chosen, action, word, note, until);
  run (self, bulk);
}

static void
on_transfer (CfaBulkBar *self, const char *id, const char *note)
{
  begin (self, CFA_BULK_TRANSFER, id, note != NULL && *note != '\0' ? note : NULL, 0);
}

static void
on_tag (CfaBulkBar *self, const char *id)
{
  begin (self, CFA_BULK_TAG, id, NULL, 0);
}

static void
on_snooze (CfaBulkBar *self, gint64 until)
{
  begin (self, CFA_BULK_SNOOZE, NULL, NULL, until);
}

static void
on_cancel (CfaBulkBar *self)
{
  if (self->bulk != NULL)
    cfa_bulk_cancel (self->bulk);
}

static void
fill_tags (CfaBulkBar *self)
{
  CfaDirectory *directory = cfa_session_get_directory (self->session);
  g_autoptr (GPtrArray) tags = cfa_directory_list (directory, &cf_tag_shape);

  cfa_choice_popover_clear (CFA_CHOICE_POPOVER (self->popovers[1]));
  for (guint i = 0; i < tags->len; i++)
    {
      const char *id = ((CfRecord *) tags->pdata[i])->id, *one[] = { id, NULL };
      g_autofree char *markup = cfa_tag_markup (directory, one, 1);

      cfa_choice_popover_add (CFA_CHOICE_POPOVER (self->popovers[1]), NULL, id, markup, cfa_directory_get_name (directory, id), FALSE);
    }
}

static void
on_offer (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaBulkBar *self = CFA_BULK_BAR (widget);
  guint i = 0;

  while (!g_str_equal (offers[i].name, g_variant_get_string (parameter, NULL)))
    i++;
  if (offers[i].action == CFA_BULK_TRANSFER)
    {
      cfa_conversation_choices_transfer (CFA_CHOICE_POPOVER (self->popovers[0]), self->session, NULL);
      cfa_choice_popover_open (CFA_CHOICE_POPOVER (self->popovers[0]));
    }
  else if (offers[i].action == CFA_BULK_TAG)
    {
      fill_tags (self);
      cfa_choice_popover_open (CFA_CHOICE_POPOVER (self->popovers[1]));
    }
  else if (offers[i].action == CFA_BULK_SNOOZE)
    cfa_snooze_popover_open (CFA_SNOOZE_POPOVER (self->popovers[2]));
  else
    begin (self, offers[i].action, NULL, NULL, 0);
}

static void
make_buttons (CfaBulkBar *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    {
      GtkWidget *button = gtk_button_new_from_icon_name (offers[i].icon);

      gtk_widget_set_tooltip_text (button, _(offers[i].label));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(offers[i].label), -1);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "bulk.act");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", offers[i].name);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_hexpand (button, TRUE);
      gtk_box_append (GTK_BOX (self->buttons), button);
      if (offers[i].action == CFA_BULK_TRANSFER || offers[i].action == CFA_BULK_TAG || offers[i].action == CFA_BULK_SNOOZE)
        gtk_widget_set_parent (self->popovers[i - 1], button);
    }
}

static void
cfa_bulk_bar_dispose (GObject *object)
{
  CfaBulkBar *self = CFA_BULK_BAR (object);

  if (self->bulk != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->bulk, self);
      cfa_bulk_cancel (self->bulk);
    }
  g_clear_object (&self->bulk);
  g_clear_object (&self->session);
  g_clear_pointer (&self->chosen, g_ptr_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->popovers); i++)
    g_clear_pointer (&self->popovers[i], gtk_widget_unparent);
  G_OBJECT_CLASS (cfa_bulk_bar_parent_class)->dispose (object);
}

static void
cfa_bulk_bar_class_init (CfaBulkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_bulk_bar_dispose;
  acted_signal = g_signal_new ("acted", CFA_TYPE_BULK_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "bulk.act", "s", on_offer);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/conversations/bulk-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaBulkBar, stack);
  gtk_widget_class_bind_template_child (widget_class, CfaBulkBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, CfaBulkBar, buttons);
  gtk_widget_class_bind_template_child (widget_class, CfaBulkBar, progress);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
cfa_bulk_bar_init (CfaBulkBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->popovers[0] = cfa_choice_popover_new (_("Hand over to"), _("A note for them"));
  self->popovers[1] = cfa_choice_popover_new (_("Tag"), NULL);
  self->popovers[2] = cfa_snooze_popover_new ();
  g_signal_connect_swapped (self->popovers[0], "chosen", G_CALLBACK (on_transfer), self);
  g_signal_connect_swapped (self->popovers[1], "chosen", G_CALLBACK (on_tag), self);
  g_signal_connect_swapped (self->popovers[2], "chosen", G_CALLBACK (on_snooze), self);
  make_buttons (self);
}

/**
 * cfa_bulk_bar_set_session:
 * @session: (nullable): who does it
 */
void
cfa_bulk_bar_set_session (CfaBulkBar *self, CfaSession *session)
{
  on_cancel (self);
  g_set_object (&self->session, session);
}

/**
 * cfa_bulk_bar_set_chosen:
 * @chosen: (transfer full): of CfaConversation
 */
void
cfa_bulk_bar_set_chosen (CfaBulkBar *self, GPtrArray *chosen)
{
  g_autofree char *words = g_strdup_printf (ngettext ("%u chosen", "%u chosen", chosen->len), chosen->len);

  g_clear_pointer (&self->chosen, g_ptr_array_unref);
  self->chosen = chosen;
  gtk_label_set_label (self->count_label, chosen->len > 0 ? words : _("Choose conversations"));
  gtk_widget_set_sensitive (self->buttons, chosen->len > 0);
}
