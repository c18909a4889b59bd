/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "team-section.h"

#include "channel-row.h"

#include <glib/gi18n.h>

struct _CfaTeamSection
{
  GtkBox parent_instance;

  CfaChannelList *channels; /* (nullable) */
  char *shown;              /* (nullable): id of the one that is open */

  GtkListBox *list_box;
};

G_DEFINE_FINAL_TYPE (CfaTeamSection, cfa_team_section, GTK_TYPE_BOX)

static void
mark (CfaTeamSection *self)
{
  GtkListBoxRow *row;

  gtk_list_box_unselect_all (self->list_box);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list_box, i)) != NULL; i++)
    if (g_strcmp0 (cfa_channel_get_id (cfa_channel_row_get_channel (CFA_CHANNEL_ROW (row))), self->shown) == 0)
      gtk_list_box_select_row (self->list_box, row);
}

static GtkWidget *
make_row (gpointer channel, gpointer data)
{
  return cfa_channel_row_new (channel);
}

static void
on_row_activated (CfaTeamSection *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.channel", "s", cfa_channel_get_id (cfa_channel_row_get_channel (CFA_CHANNEL_ROW (row))));
}

static void
cfa_team_section_dispose (GObject *object)
{
  CfaTeamSection *self = CFA_TEAM_SECTION (object);

  if (self->list_box != NULL)
    cfa_team_section_set_session (self, NULL);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (cfa_team_section_parent_class)->dispose (object);
}

static void
cfa_team_section_class_init (CfaTeamSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_team_section_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/team-chat/team-section.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaTeamSection, list_box);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
cfa_team_section_init (CfaTeamSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_team_section_set_session:
 * @self: a section
 * @session: (nullable): whose channels it shows from now on
 */
void
cfa_team_section_set_session (CfaTeamSection *self, CfaSession *session)
{
  CfaChannelList *channels = session != NULL ? cfa_session_get_channels (session) : NULL;

  if (self->channels != NULL)
    g_signal_handlers_disconnect_by_data (self->channels, self);
  g_set_object (&self->channels, channels);
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (self->channels), make_row, NULL, NULL);
  /* Behind the list box, so that the rows are there. */
  if (self->channels != NULL)
    g_signal_connect_swapped (self->channels, "items-changed", G_CALLBACK (mark), self);
  mark (self);
}

/**
 * cfa_team_section_set_channel:
 * @self: a section
 * @id: (nullable): of the channel that is open; its row is marked
 */
void
cfa_team_section_set_channel (CfaTeamSection *self, const char *id)
{
  g_free (self->shown);
  self->shown = g_strdup (id);
  mark (self);
}
