/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trigger-row.h"

#include "app/features/session/reach.h"
#include "app/features/settings/change.h"
#include "app/tooltip.h"
#include "automation-params.h"
#include "numbers.h"
#include "trigger-editor.h"
#include "trigger-words.h"

#include "protocol/records/attribute.h"

#include <glib/gi18n.h>

struct _CfaTriggerRow
{
  AdwActionRow parent_instance;

  CfaSession *session;
  CfaRecordItem *item;
  gboolean updating;

  GtkWidget *handle;
  GtkWidget *enabled;
};

G_DEFINE_FINAL_TYPE (CfaTriggerRow, cfa_trigger_row, ADW_TYPE_ACTION_ROW)

static const CfTrigger *
record (CfaTriggerRow *self)
{
  return cfa_record_item_get (self->item);
}

static void
on_activated (CfaTriggerRow *self)
{
  cfa_trigger_editor_open (CFA_RECORD_GROUP (gtk_widget_get_ancestor (GTK_WIDGET (self), CFA_TYPE_RECORD_GROUP)), self->session, self->item, record (self));
}

/* @version: that it is made from */
static CfTriggerSaveParams *
params_of (CfaTriggerRow *self, gboolean enabled, gint64 version)
{
  CfTriggerSaveParams *params = cfa_trigger_save_params (record (self), version);

  params->enabled = enabled;
  return params;
}

/* Each change counts the version up, so that the way back begins at the next one. */
static void
on_enabled (CfaTriggerRow *self)
{
  gboolean enabled = gtk_switch_get_active (GTK_SWITCH (self->enabled));
  gint64 version = record (self)->version;
  CfaChange change = { .method = "trigger.save", .undo_method = "trigger.save", .item = self->item };

  if (self->updating || enabled == record (self)->enabled)
    return;
  change.params = params_of (self, enabled, version);
  change.undo_params = params_of (self, !enabled, version + 1);
  change.done = g_strdup_printf (enabled ? _("“%s” is on now") : _("“%s” is off now"), record (self)->name);
  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

/* Returns: (nullable) */
static const CfAttribute *
attribute_of (CfaTriggerRow *self, const CfTriggerCondition *condition)
{
  CfaRecordItem *item = condition->kind == CF_TRIGGER_ATTRIBUTE && condition->name != NULL
                          ? cfa_record_list_find (cfa_session_get_records (self->session, &cf_attribute_shape), condition->name) : NULL;

  return item != NULL ? cfa_record_item_get (item) : NULL;
}

/* Returns: (transfer full): "Time on this page is at least 30 s and …", and what came of it. */
static char *
dup_about (CfaTriggerRow *self)
{
  const CfTriggerRules *rules = record (self)->rules;
  const CfTriggerNumber *number = cfa_numbers_of (self->item);
  GString *about = g_string_new (NULL);

  for (guint i = 0; rules != NULL && rules->conditions != NULL && i < rules->conditions->len; i++)
    {
      const CfTriggerCondition *condition = rules->conditions->pdata[i];
      g_autofree char *words = cfa_trigger_condition_words (condition, attribute_of (self, condition));

      /* Translators: between the conditions of a trigger */
      g_string_append_printf (about, "%s%s", i == 0 ? "" : rules->any ? _(" or ") : _(" and "), words);
    }
  if (number != NULL)
    {
      g_autofree char *counts = cfa_trigger_number_words (number);

      g_string_append_printf (about, "\n%s", counts);
    }
  return g_string_free (about, FALSE);
}

static void
update (CfaTriggerRow *self)
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
  gtk_widget_set_opacity (self->handle, served ? 1 : 0); /* keeps its place */
  gtk_widget_set_sensitive (self->handle, served);
  cfa_row_mover_set_fixed (GTK_WIDGET (self), !served);
  cfa_tooltip_set (GTK_WIDGET (self), served ? NULL : _("This also acts on sites that you don’t serve: it can be changed and moved by who serves all of them."));
  self->updating = FALSE;
}

static void
cfa_trigger_row_dispose (GObject *object)
{
  CfaTriggerRow *self = CFA_TRIGGER_ROW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (cfa_trigger_row_parent_class)->dispose (object);
}

static void
cfa_trigger_row_class_init (CfaTriggerRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_trigger_row_dispose;
}

static void
cfa_trigger_row_init (CfaTriggerRow *self)
{
  self->handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  gtk_widget_add_css_class (self->handle, "dim-label");
  gtk_widget_set_cursor_from_name (self->handle, "grab");
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->handle);
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
 * cfa_trigger_row_new:
 * @moved: called when the person has moved it
 *
 * Returns: (transfer floating): the row of a CfTrigger, which opens it.
 */
GtkWidget *
cfa_trigger_row_new (CfaSession *session, CfaRecordItem *item, CfaRowMoved moved)
{
  CfaTriggerRow *self = g_object_new (CFA_TYPE_TRIGGER_ROW, NULL);

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  cfa_row_mover_add (GTK_WIDGET (self), cfa_record_item_get_id (item), moved);
  cfa_reach_follow (session, G_CALLBACK (update), self);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

CfaRecordItem *
cfa_trigger_row_get_item (CfaTriggerRow *self)
{
  return self->item;
}
