/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox-row.h"

#include <glib/gi18n.h>

struct _CfaInboxRow
{
  GtkListBoxRow parent_instance;

  CfaInbox inbox;
  CfaConversationList *list;

  GtkImage *icon;
  GtkLabel *name_label;
  GtkLabel *count_label;
  GtkWidget *unread_dot;
};

G_DEFINE_FINAL_TYPE (CfaInboxRow, cfa_inbox_row, GTK_TYPE_LIST_BOX_ROW)

static const char *const icons[] = {
  [CFA_INBOX_MINE] = "avatar-default-symbolic",
  [CFA_INBOX_UNASSIGNED] = "chatflow-tray-symbolic",
  [CFA_INBOX_ALL] = "chatflow-speech-symbolic",
  [CFA_INBOX_CLOSED] = "object-select-symbolic",
};

static void
update (CfaInboxRow *self)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint unread = cfa_conversation_list_get_unread (self->list);
  /* How many have ever been closed tells nobody what to do. */
  gboolean counted = self->inbox != CFA_INBOX_CLOSED && count > 0;
  g_autofree char *words = g_strdup_printf ("%'u", count);
  g_autofree char *open_words = g_strdup_printf (ngettext ("%u conversation", "%u conversations", count), count);
  g_autofree char *unread_words = g_strdup_printf (ngettext ("%u unread", "%u unread", unread), unread);
  g_autofree char *name = NULL;

  name = g_strjoin (", ", cfa_inbox_name (self->inbox), counted ? open_words : unread_words, counted ? unread_words : NULL, NULL);
  gtk_label_set_label (self->count_label, counted ? words : "");
  gtk_widget_set_visible (self->unread_dot, unread > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
cfa_inbox_row_dispose (GObject *object)
{
  cfa_inbox_row_set_list (CFA_INBOX_ROW (object), NULL);
  G_OBJECT_CLASS (cfa_inbox_row_parent_class)->dispose (object);
}

static void
cfa_inbox_row_class_init (CfaInboxRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_inbox_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/conversations/inbox-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaInboxRow, icon);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxRow, count_label);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxRow, unread_dot);
}

static void
cfa_inbox_row_init (CfaInboxRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_inbox_name:
 * @inbox: an inbox
 *
 * Returns: (transfer none): its translated name
 */
const char *
cfa_inbox_name (CfaInbox inbox)
{
  switch (inbox)
    {
    /* Translators: the names of inboxes; say them of conversations: mine, unassigned ones, all, closed ones */
    case CFA_INBOX_MINE: return _("Mine");
    case CFA_INBOX_UNASSIGNED: return _("Unassigned");
    case CFA_INBOX_ALL: return _("All");
    case CFA_INBOX_CLOSED: return _("Closed");
    }
  g_return_val_if_reached ("");
}

/**
 * cfa_inbox_row_new:
 * @inbox: which inbox
 *
 * Returns: (transfer floating): a row of the sidebar, without counts
 */
GtkWidget *
cfa_inbox_row_new (CfaInbox inbox)
{
  CfaInboxRow *self = g_object_new (CFA_TYPE_INBOX_ROW, NULL);

  self->inbox = inbox;
  gtk_image_set_from_icon_name (self->icon, icons[inbox]);
  gtk_label_set_label (self->name_label, cfa_inbox_name (inbox));
  return GTK_WIDGET (self);
}

/**
 * cfa_inbox_row_get_inbox:
 * @self: a row
 *
 * Returns: which inbox it stands for
 */
CfaInbox
cfa_inbox_row_get_inbox (CfaInboxRow *self)
{
  return self->inbox;
}

/**
 * cfa_inbox_row_set_list:
 * @self: a row
 * @list: (nullable): what it counts, and follows, from now on
 */
void
cfa_inbox_row_set_list (CfaInboxRow *self, CfaConversationList *list)
{
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_set_object (&self->list, list);
  if (list == NULL)
    return;
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (list, "notify::unread", G_CALLBACK (update), self);
  update (self);
}
