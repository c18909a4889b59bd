/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "condition-row.h"

#include "app/accessible-name.h"
#include "app/features/settings/field.h"
#include "app/features/settings/setting-rows.h"
#include "trigger-words.h"

#include <glib/gi18n.h>

#define N_KINDS (CF_TRIGGER_AGENTS + 1)
#define N_HOWS  (CF_TRIGGER_MATCHES_NOT + 1)

struct _CfaConditionRow
{
  AdwExpanderRow parent_instance;

  GListModel *attributes; /* of CfaRecordItem */
  CfTriggerCondition *condition;
  gboolean updating;
  GPtrArray *names;   /* of what the row for the name offers: what is saved of each */
  GPtrArray *choices; /* likewise of the row for the value */
  GArray *hows;       /* of CfTriggerHow: what the row for them offers */

  GtkWidget *kind;
  GtkWidget *name;   /* AdwComboRow: a part of the campaign, or an attribute */
  CfaField *event;   /* or what an event is called */
  GtkWidget *how;
  GtkWidget *choice; /* AdwComboRow: the value where there are few */
  CfaField *value;   /* or where it is typed */
};

enum
{
  CHANGED,
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaConditionRow, cfa_condition_row, ADW_TYPE_EXPANDER_ROW)

/* Returns: (nullable): what the condition is about, if it is about one */
static const CfAttribute *
attribute_of (CfaConditionRow *self)
{
  for (guint i = 0; self->condition->kind == CF_TRIGGER_ATTRIBUTE && i < g_list_model_get_n_items (self->attributes); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (self->attributes, i);

      if (g_strcmp0 (cfa_record_item_get_id (item), self->condition->name) == 0)
        return cfa_record_item_get (item);
    }
  return NULL;
}

static void
replace (char **slot, const char *text)
{
  char *copy = text != NULL && *text != '\0' ? g_strdup (text) : NULL;

  g_free (*slot);
  *slot = copy;
}

static void
update_title (CfaConditionRow *self)
{
  gboolean fine = cfa_trigger_condition_is_complete (self->condition);
  g_autofree char *words = fine ? cfa_trigger_condition_words (self->condition, attribute_of (self)) : g_strdup (cfa_trigger_kind_name (self->condition->kind));
  g_autofree char *title = g_markup_escape_text (words, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), fine ? "" : _("Something is missing"));
}

static void
changed (CfaConditionRow *self)
{
  update_title (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* @words: (transfer full) */
static void
offer (CfaConditionRow *self, GtkWidget *row, GtkStringList *words, guint selected)
{
  gboolean before = self->updating;

  self->updating = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  gtk_widget_set_visible (row, g_list_model_get_n_items (G_LIST_MODEL (words)) > 0);
  self->updating = before;
  g_object_unref (words);
}

static void
add_name (CfaConditionRow *self, GtkStringList *words, const char *saved, const char *shown)
{
  g_ptr_array_add (self->names, g_strdup (saved));
  gtk_string_list_append (words, shown);
}

/* Which one of several it is about: a part of the campaign, an attribute. */
static void
update_names (CfaConditionRow *self)
{
  GtkStringList *words = gtk_string_list_new (NULL);
  guint selected = 0;

  g_ptr_array_set_size (self->names, 0);
  for (guint i = 0; self->condition->kind == CF_TRIGGER_UTM && cf_trigger_utm_words[i] != NULL; i++)
    add_name (self, words, cf_trigger_utm_words[i], cfa_trigger_utm_name (cf_trigger_utm_words[i]));
  for (guint i = 0; self->condition->kind == CF_TRIGGER_ATTRIBUTE && i < g_list_model_get_n_items (self->attributes); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (self->attributes, i);

      add_name (self, words, cfa_record_item_get_id (item), ((const CfAttribute *) cfa_record_item_get (item))->name);
    }
  if (self->condition->kind == CF_TRIGGER_ATTRIBUTE && self->condition->name != NULL && attribute_of (self) == NULL)
    add_name (self, words, self->condition->name, _("An attribute that is no longer there"));
  for (guint i = 0; i < self->names->len; i++)
    if (g_strcmp0 (self->names->pdata[i], self->condition->name) == 0)
      selected = i;
  if (self->names->len > 0)
    replace (&self->condition->name, self->names->pdata[selected]);
  offer (self, self->name, words, selected);
}

static gboolean
takes_how (CfaConditionRow *self, CfTriggerHow how)
{
  const CfAttribute *attribute = attribute_of (self);
  gboolean measured = how == CF_TRIGGER_AT_LEAST || how == CF_TRIGGER_AT_MOST;

  if (!cf_trigger_kind_takes (self->condition->kind, how))
    return FALSE;
  return self->condition->kind != CF_TRIGGER_ATTRIBUTE || !measured
         || (attribute != NULL && (attribute->kind == CF_ATTRIBUTE_NUMBER || attribute->kind == CF_ATTRIBUTE_DATE));
}

static void
update_hows (CfaConditionRow *self)
{
  GtkStringList *words = gtk_string_list_new (NULL);
  guint selected = 0;

  g_array_set_size (self->hows, 0);
  for (guint i = 0; i < N_HOWS; i++)
    if (takes_how (self, i))
      {
        CfTriggerHow how = i;

        if (how == self->condition->how)
          selected = self->hows->len;
        g_array_append_val (self->hows, how);
        gtk_string_list_append (words, cfa_trigger_how_name (how));
      }
  self->condition->how = g_array_index (self->hows, CfTriggerHow, selected);
  offer (self, self->how, words, selected);
  gtk_widget_set_visible (self->how, self->hows->len > 1);
}

static void
add_choice (CfaConditionRow *self, GtkStringList *words, const char *saved, const char *shown)
{
  g_ptr_array_add (self->choices, g_strdup (saved));
  gtk_string_list_append (words, shown);
}

static void
update_value (CfaConditionRow *self)
{
  const CfAttribute *attribute = attribute_of (self);
  GtkStringList *words = gtk_string_list_new (NULL);
  guint selected = 0;

  g_ptr_array_set_size (self->choices, 0);
  if (cfa_trigger_kind_is_yes_no (self->condition->kind) || (attribute != NULL && attribute->kind == CF_ATTRIBUTE_YES_NO))
    {
      add_choice (self, words, "yes", _("Yes"));
      if (self->condition->kind != CF_TRIGGER_EXIT)
        add_choice (self, words, "no", _("No"));
    }
  for (guint i = 0; attribute != NULL && attribute->kind == CF_ATTRIBUTE_CHOICE && attribute->choices != NULL && attribute->choices[i] != NULL; i++)
    add_choice (self, words, attribute->choices[i], attribute->choices[i]);
  for (guint i = 0; i < self->choices->len; i++)
    if (g_strcmp0 (self->choices->pdata[i], self->condition->value) == 0)
      selected = i;
  if (self->choices->len > 0)
    replace (&self->condition->value, self->choices->pdata[selected]);
  offer (self, self->choice, words, selected);
  gtk_widget_set_visible (self->choice, self->choices->len > 1);
  gtk_widget_set_visible (cfa_field_get_row (self->value), self->choices->len == 0);
  cfa_field_set_rule (self->value, cfa_trigger_value_rule (self->condition->kind, attribute));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (cfa_field_get_row (self->value)), cfa_trigger_value_title (self->condition->kind));
}

static void
update (CfaConditionRow *self)
{
  gboolean event = self->condition->kind == CF_TRIGGER_EVENT || self->condition->kind == CF_TRIGGER_EVENT_VALUE;

  self->updating = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->kind), self->condition->kind);
  update_names (self);
  update_hows (self);
  update_value (self);
  gtk_widget_set_visible (cfa_field_get_row (self->event), event);
  update_title (self);
  self->updating = FALSE;
}

/* What was typed for another kind means nothing any more. */
static void
on_kind (CfaConditionRow *self)
{
  if (self->updating)
    return;
  self->condition->kind = adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind));
  replace (&self->condition->name, NULL);
  replace (&self->condition->value, NULL);
  cfa_field_reset (self->event);
  cfa_field_reset (self->value);
  update (self);
  changed (self);
}

static void
on_name (CfaConditionRow *self)
{
  guint place = adw_combo_row_get_selected (ADW_COMBO_ROW (self->name));

  if (self->updating || place >= self->names->len)
    return;
  replace (&self->condition->name, self->names->pdata[place]);
  if (self->condition->kind == CF_TRIGGER_ATTRIBUTE)
    {
      replace (&self->condition->value, NULL);
      cfa_field_reset (self->value);
      update (self);
    }
  changed (self);
}

static void
on_event (CfaConditionRow *self)
{
  g_autofree char *text = cfa_field_dup_text (self->event);

  replace (&self->condition->name, text);
  changed (self);
}

static void
on_how (CfaConditionRow *self)
{
  guint place = adw_combo_row_get_selected (ADW_COMBO_ROW (self->how));

  if (self->updating || place >= self->hows->len)
    return;
  self->condition->how = g_array_index (self->hows, CfTriggerHow, place);
  changed (self);
}

static void
on_choice (CfaConditionRow *self)
{
  guint place = adw_combo_row_get_selected (ADW_COMBO_ROW (self->choice));

  if (self->updating || place >= self->choices->len)
    return;
  replace (&self->condition->value, self->choices->pdata[place]);
  changed (self);
}

/* What is wrong with it is below the field; the condition is not complete until it is mended. */
static void
on_value (CfaConditionRow *self)
{
  g_autofree char *text = cfa_field_is_fine (self->value) ? cfa_field_dup_text (self->value) : NULL;

  replace (&self->condition->value, text);
  changed (self);
}

static void
on_remove (CfaConditionRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
cfa_condition_row_dispose (GObject *object)
{
  CfaConditionRow *self = CFA_CONDITION_ROW (object);

  g_clear_object (&self->event);
  g_clear_object (&self->value);
  g_clear_object (&self->attributes);
  G_OBJECT_CLASS (cfa_condition_row_parent_class)->dispose (object);
}

static void
cfa_condition_row_finalize (GObject *object)
{
  CfaConditionRow *self = CFA_CONDITION_ROW (object);

  g_clear_pointer (&self->condition, cf_struct_unref);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->choices);
  g_array_unref (self->hows);
  G_OBJECT_CLASS (cfa_condition_row_parent_class)->finalize (object);
}

static void
cfa_condition_row_class_init (CfaConditionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_condition_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_condition_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", CFA_TYPE_CONDITION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", CFA_TYPE_CONDITION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add_combo (CfaConditionRow *self, const char *title, GCallback callback)
{
  const char *const none[] = { NULL };
  GtkWidget *row = cfa_setting_choice (title, none);

  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_signal_connect_object (row, "notify::selected", callback, self, G_CONNECT_SWAPPED);
  return row;
}

static CfaField *
add_field (CfaConditionRow *self, const char *title, CfaRule rule, GCallback callback)
{
  CfaField *field = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", title, NULL), rule, FALSE);

  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), cfa_field_get_row (field));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), cfa_field_get_note (field));
  g_signal_connect_object (field, "changed", callback, self, G_CONNECT_SWAPPED);
  return field;
}

static void
cfa_condition_row_init (CfaConditionRow *self)
{
  GtkWidget *remove = gtk_button_new_with_label (_("Remove"));
  GtkWidget *remove_row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Remove this condition"), NULL);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->choices = g_ptr_array_new_with_free_func (g_free);
  self->hows = g_array_new (FALSE, FALSE, sizeof (CfTriggerHow));
  self->kind = add_combo (self, _("When"), G_CALLBACK (on_kind));
  self->name = add_combo (self, _("Which"), G_CALLBACK (on_name));
  self->event = add_field (self, _("Name of the event, as the page calls it"), cfa_rule_event, G_CALLBACK (on_event));
  self->how = add_combo (self, _("How"), G_CALLBACK (on_how));
  self->choice = add_combo (self, _("Value"), G_CALLBACK (on_choice));
  self->value = add_field (self, _("Value"), cfa_rule_value, G_CALLBACK (on_value));
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (remove_row), remove);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (remove_row), remove);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), remove_row);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_condition_row_new:
 * @condition: as it is; the row changes a copy of its own
 *
 * Returns: (transfer floating): the row.
 */
GtkWidget *
cfa_condition_row_new (CfaSession *session, const CfTriggerCondition *condition)
{
  CfaConditionRow *self = g_object_new (CFA_TYPE_CONDITION_ROW, NULL);
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  self->attributes = g_object_ref (G_LIST_MODEL (cfa_session_get_records (session, &cf_attribute_shape)));
  self->condition = cf_struct_copy (condition);
  for (guint i = 0; i < N_KINDS; i++)
    gtk_string_list_append (kinds, cfa_trigger_kind_name (i));
  self->updating = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self->kind), G_LIST_MODEL (kinds));
  cfa_field_set_value (self->event, condition->name);
  cfa_field_set_value (self->value, condition->value);
  update (self);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Condition"));
  return GTK_WIDGET (self);
}

/* Returns: (transfer full): as it stands; cfa_trigger_condition_is_complete() says whether it is complete. */
CfTriggerCondition *
cfa_condition_row_dup (CfaConditionRow *self)
{
  return cf_struct_copy (self->condition);
}
