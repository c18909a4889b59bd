/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "goal-row.h"

#include "app/features/session/reach.h"
#include "app/features/settings/change.h"
#include "app/tooltip.h"
#include "automation-params.h"
#include "goal-editor.h"
#include "numbers.h"
#include "trigger-words.h"

#include <glib/gi18n.h>

struct _CfaGoalRow
{
  AdwActionRow parent_instance;

  CfaSession *session;
  CfaRecordItem *item;
  gboolean updating;

  GtkWidget *enabled;
};

G_DEFINE_FINAL_TYPE (CfaGoalRow, cfa_goal_row, ADW_TYPE_ACTION_ROW)

static const CfGoal *
record (CfaGoalRow *self)
{
  return cfa_record_item_get (self->item);
}

static void
on_activated (CfaGoalRow *self)
{
  cfa_goal_editor_open (CFA_RECORD_GROUP (gtk_widget_get_ancestor (GTK_WIDGET (self), CFA_TYPE_RECORD_GROUP)), self->session, self->item);
}

/* @version: that it is made from */
static CfGoalSaveParams *
params_of (CfaGoalRow *self, gboolean enabled, gint64 version)
{
  CfGoalSaveParams *params = cfa_goal_save_params (record (self), version);

  params->enabled = enabled;
  return params;
}

/* Each change counts the version up, so that the way back begins at the next one. */
static void
on_enabled (CfaGoalRow *self)
{
  gboolean enabled = gtk_switch_get_active (GTK_SWITCH (self->enabled));
  gint64 version = record (self)->version;
  CfaChange change = { .method = "goal.save", .undo_method = "goal.save", .item = self->item };

  if (self->updating || enabled == record (self)->enabled)
    return;
  change.params = params_of (self, enabled, version);
  change.undo_params = params_of (self, !enabled, version + 1);
  change.done = g_strdup_printf (enabled ? _("“%s” is on now") : _("“%s” is off now"), record (self)->name);
  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

/* Returns: (transfer full): what reaches it, and how often that was. */
static char *
dup_about (CfaGoalRow *self)
{
  const CfGoalNumber *number = cfa_numbers_of (self->item);
  g_autofree char *words = cfa_goal_words (record (self)), *counts = number != NULL ? cfa_goal_number_words (number) : NULL;

  return counts != NULL ? g_strdup_printf ("%s\n%s", words, counts) : g_steal_pointer (&words);
}

static void
update (CfaGoalRow *self)
{
  g_autofree char *title = NULL, *name = NULL, *about = NULL, *subtitle = NULL;
  gboolean served;

  if (cfa_record_item_is_gone (self->item))
    return;
  self->updating = TRUE;
  title = g_markup_escape_text (record (self)->name, -1);
  about = dup_about (self);
  subtitle = g_markup_escape_text (about, -1);
  name = g_strdup_printf (_("“%s” is on"), record (self)->name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_switch_set_active (GTK_SWITCH (self->enabled), record (self)->enabled);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->enabled), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  served = cfa_reach_has (self->session, record (self)->sites);
  gtk_widget_set_sensitive (self->enabled, served && cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR));
  cfa_tooltip_set (GTK_WIDGET (self), served ? NULL : _("This also counts on sites that you don’t serve: it can be changed by who serves all of them."));
  self->updating = FALSE;
}

static void
cfa_goal_row_dispose (GObject *object)
{
  CfaGoalRow *self = CFA_GOAL_ROW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (cfa_goal_row_parent_class)->dispose (object);
}

static void
cfa_goal_row_class_init (CfaGoalRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_goal_row_dispose;
}

static void
cfa_goal_row_init (CfaGoalRow *self)
{
  self->enabled = gtk_switch_new ();
  gtk_widget_set_valign (self->enabled, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->enabled);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), gtk_image_new_from_icon_name ("go-next-symbolic"));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 4);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  g_signal_connect (self, "activated", G_CALLBACK (on_activated), NULL);
  g_signal_connect_object (self->enabled, "notify::active", G_CALLBACK (on_enabled), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_goal_row_new:
 * Returns: (transfer floating): the row of a CfGoal, which opens it.
 */
GtkWidget *
cfa_goal_row_new (CfaSession *session, CfaRecordItem *item)
{
  CfaGoalRow *self = g_object_new (CFA_TYPE_GOAL_ROW, NULL);

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  cfa_reach_follow (session, G_CALLBACK (update), self);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
