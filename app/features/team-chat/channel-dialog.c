/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel-dialog.h"

#include "app/accessible-name.h"
#include "app/features/session/face.h"
#include "protocol/records/agent.h"

#include <glib/gi18n.h>
#include <string.h>

#define AVATAR_SIZE 32

struct _CfaChannelDialog
{
  AdwWindow parent_instance;

  CfaSession *session;
  CfaChannel *channel; /* (nullable): the group that changes */
  GHashTable *chosen;  /* GtkCheckButton -> agent id */

  AdwPreferencesGroup *name_group;
  AdwEntryRow *name_row;
  AdwPreferencesGroup *people_group;
  GtkWidget *done_button;
};

G_DEFINE_FINAL_TYPE (CfaChannelDialog, cfa_channel_dialog, ADW_TYPE_WINDOW)

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Returns: (transfer container): ids, borrowed, those who have been in the team longest first */
static GPtrArray *
members (CfaChannelDialog *self)
{
  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer button, id;

  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &button, &id))
    if (gtk_check_button_get_active (button))
      g_ptr_array_add (ids, id);
  g_ptr_array_sort (ids, compare_ids);
  return ids;
}

static char *
dup_name (CfaChannelDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
}

/* One colleague needs no name; a group does. */
static void
update (CfaChannelDialog *self)
{
  g_autoptr (GPtrArray) ids = members (self);
  g_autofree char *name = dup_name (self);
  gboolean group = self->channel != NULL || ids->len > 1;
  gboolean named = *name != '\0' && g_utf8_strlen (name, -1) <= CF_CHANNEL_NAME_MAX;

  gtk_widget_set_visible (GTK_WIDGET (self->name_group), group);
  gtk_widget_set_sensitive (self->done_button, group ? named && ids->len < CF_CHANNEL_MEMBERS_MAX : ids->len == 1);
}

static void
on_done (CfaChannelDialog *self)
{
  g_autoptr (GPtrArray) ids = members (self);
  g_autofree char *name = dup_name (self), *id = NULL;

  if (!gtk_widget_get_sensitive (self->done_button))
    return;
  if (self->channel == NULL && ids->len == 1)
    id = cfa_session_open_direct (self->session, ids->pdata[0]);
  else
    {
      g_ptr_array_add (ids, NULL);
      id = cfa_session_put_channel (self->session, self->channel != NULL ? cfa_channel_get_id (self->channel) : NULL, name,
                                    (const char *const *) ids->pdata);
    }
  gtk_widget_activate_action (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))), "win.channel", "s", id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
add_agent (CfaChannelDialog *self, const CfAgent *agent, gboolean in)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_check_button_new (), *avatar = adw_avatar_new (AVATAR_SIZE, agent->name, TRUE);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), agent->name);
  cfa_face_follow (ADW_AVATAR (avatar), self->session, agent->parent.id);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), in);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  g_hash_table_insert (self->chosen, button, g_strdup (agent->parent.id));
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (update), self);
  adw_preferences_group_add (self->people_group, row);
}

static void
fill (CfaChannelDialog *self)
{
  g_autoptr (GPtrArray) agents = cfa_directory_list (cfa_session_get_directory (self->session), &cf_agent_shape);

  for (guint i = 0; i < agents->len; i++)
    {
      const CfAgent *agent = agents->pdata[i];
      gboolean in = self->channel != NULL && cf_channel_has (cfa_channel_get_record (self->channel), agent->parent.id);

      if (g_strcmp0 (agent->parent.id, cfa_session_get_agent_id (self->session)) != 0 && agent->name != NULL && (!agent->disabled || in))
        add_agent (self, agent, in);
    }
}

static void
cfa_channel_dialog_dispose (GObject *object)
{
  CfaChannelDialog *self = CFA_CHANNEL_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->channel);
  G_OBJECT_CLASS (cfa_channel_dialog_parent_class)->dispose (object);
}

static void
cfa_channel_dialog_finalize (GObject *object)
{
  g_hash_table_unref (CFA_CHANNEL_DIALOG (object)->chosen);
  G_OBJECT_CLASS (cfa_channel_dialog_parent_class)->finalize (object);
}

static void
cfa_channel_dialog_class_init (CfaChannelDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_channel_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_channel_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/team-chat/channel-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaChannelDialog, name_group);
  gtk_widget_class_bind_template_child (widget_class, CfaChannelDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, CfaChannelDialog, people_group);
  gtk_widget_class_bind_template_child (widget_class, CfaChannelDialog, done_button);
  gtk_widget_class_bind_template_callback (widget_class, on_done);
}

static void
cfa_channel_dialog_init (CfaChannelDialog *self)
{
  self->chosen = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->name_row, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->name_row, "entry-activated", G_CALLBACK (on_done), self);
}

/**
 * cfa_channel_dialog_new:
 * @parent: the window that asks
 * @channel: (nullable): a group to change; NULL for a new message
 */
CfaChannelDialog *
cfa_channel_dialog_new (GtkWindow *parent, CfaSession *session, CfaChannel *channel)
{
  CfaChannelDialog *self = g_object_new (CFA_TYPE_CHANNEL_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  g_set_object (&self->channel, channel);
  fill (self);
  if (channel != NULL)
    {
      gtk_window_set_title (GTK_WINDOW (self), _("Name and members"));
      gtk_button_set_label (GTK_BUTTON (self->done_button), _("Save"));
      adw_preferences_group_set_description (self->people_group, NULL);
      gtk_editable_set_text (GTK_EDITABLE (self->name_row), cfa_channel_get_record (channel)->name);
    }
  cfa_accessible_name_inside (GTK_WIDGET (self->name_group), GTK_TYPE_LIST_BOX, _("Group"));
  cfa_accessible_name_inside (GTK_WIDGET (self->people_group), GTK_TYPE_LIST_BOX, _("Colleagues"));
  update (self);
  return self;
}
