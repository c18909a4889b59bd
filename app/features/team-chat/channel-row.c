/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel-row.h"

#include "app/css-class.h"

#include <glib/gi18n.h>

#define UNREAD_SHOWN 99

struct _CfaChannelRow
{
  GtkListBoxRow parent_instance;

  CfaChannel *channel;

  GtkStack *mark;
  GtkWidget *presence_dot;
  GtkLabel *name_label;
  GtkLabel *unread_label;
};

G_DEFINE_FINAL_TYPE (CfaChannelRow, cfa_channel_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
presence_words (CfaChannel *channel)
{
  switch (cfa_channel_get_presence (channel))
    {
    case CF_PRESENCE_NONE:
      return _("group");
    case CF_PRESENCE_ONLINE:
      /* Translators: these are said of a colleague */
      return C_("colleague", "online");
    case CF_PRESENCE_AWAY:
      return C_("colleague", "away");
    default:
      return C_("colleague", "offline");
    }
}

static void
update (CfaChannelRow *self)
{
  guint unread = cfa_channel_get_unread (self->channel);
  CfPresenceState presence = cfa_channel_get_presence (self->channel);
  g_autofree char *title = cfa_channel_dup_title (self->channel);
  g_autofree char *count = unread > UNREAD_SHOWN ? g_strdup ("99+") : g_strdup_printf ("%u", unread);
  g_autofree char *unread_words = g_strdup_printf (ngettext ("%u unread", "%u unread", unread), unread);
  g_autofree char *name = g_strjoin (", ", title, presence_words (self->channel), unread > 0 ? unread_words : NULL, NULL);

  gtk_label_set_label (self->name_label, title);
  gtk_label_set_label (self->unread_label, count);
  gtk_widget_set_visible (GTK_WIDGET (self->unread_label), unread > 0);
  gtk_stack_set_visible_child_name (self->mark, presence == CF_PRESENCE_NONE ? "group" : "direct");
  cfa_css_class_set (self->presence_dot, "away", presence == CF_PRESENCE_AWAY);
  cfa_css_class_set (self->presence_dot, "offline", presence == CF_PRESENCE_OFFLINE);
  cfa_css_class_set (GTK_WIDGET (self->name_label), "is-unread", unread > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
cfa_channel_row_dispose (GObject *object)
{
  g_clear_object (&CFA_CHANNEL_ROW (object)->channel);
  G_OBJECT_CLASS (cfa_channel_row_parent_class)->dispose (object);
}

static void
cfa_channel_row_class_init (CfaChannelRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_channel_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/team-chat/channel-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaChannelRow, mark);
  gtk_widget_class_bind_template_child (widget_class, CfaChannelRow, presence_dot);
  gtk_widget_class_bind_template_child (widget_class, CfaChannelRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, CfaChannelRow, unread_label);
}

static void
cfa_channel_row_init (CfaChannelRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_channel_row_new:
 * @channel: what it stands for
 *
 * Returns: (transfer floating): a row of the sidebar
 */
GtkWidget *
cfa_channel_row_new (CfaChannel *channel)
{
  CfaChannelRow *self = g_object_new (CFA_TYPE_CHANNEL_ROW, NULL);

  self->channel = g_object_ref (channel);
  g_signal_connect_object (channel, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

CfaChannel *
cfa_channel_row_get_channel (CfaChannelRow *self)
{
  return self->channel;
}
