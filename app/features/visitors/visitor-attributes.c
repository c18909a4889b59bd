/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-attributes.h"

#include "app/accessible-name.h"
#include "app/features/settings/field.h"
#include "visitor-change.h"

#include "protocol/methods/visitor-params.h"
#include "protocol/records/attribute.h"

#include <glib/gi18n.h>

/* One attribute in the list. */
typedef struct
{
  CfaVisitorAttributes *owner;
  CfAttribute *attribute;
  CfaField *field; /* (nullable): of a text, number or date */
  GtkWidget *row;
  GPtrArray *values; /* (nullable): of a choice, or yes and no: what each place stands for, the first for nothing */
} Entry;

struct _CfaVisitorAttributes
{
  AdwPreferencesGroup parent_instance;

  CfaSession *session; /* (nullable) */
  CfaVisitor *visitor; /* (nullable) */
  GPtrArray *entries;  /* of Entry */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (CfaVisitorAttributes, cfa_visitor_attributes, ADW_TYPE_PREFERENCES_GROUP)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  cf_struct_unref (entry->attribute);
  g_clear_object (&entry->field);
  g_clear_pointer (&entry->values, g_ptr_array_unref);
  g_free (entry);
}

static CfVisitorAttributeParams *
params_of (const Entry *entry, const char *value)
{
  CfVisitorAttributeParams *params = cf_struct_new (&cf_visitor_attribute_params_shape);

  params->id = g_strdup (cfa_visitor_get_id (entry->owner->visitor));
  params->attribute_id = g_strdup (entry->attribute->parent.id);
  params->value = g_strdup (value != NULL ? value : "");
  cf_struct_give (params, "value");
  return params;
}

static void
set_value (const Entry *entry, const char *value)
{
  CfaVisitorAttributes *self = entry->owner;
  const CfVisitor *record = cfa_visitor_get (self->visitor);
  const char *before = record != NULL ? cf_visitor_get_attribute (record, entry->attribute->parent.id) : NULL;
  CfaVisitorChange change = {
    "visitor.attribute", params_of (entry, value), "visitor.attribute", params_of (entry, before),
    g_strdup_printf (_("“%s” was changed"), entry->attribute->name),
  };

  cfa_visitor_change_run (GTK_WIDGET (self), self->session, self->visitor, &change);
}

static void
on_apply (CfaField *field, const char *text, Entry *entry)
{
  set_value (entry, text);
}

static void
on_selected (GtkWidget *row, GParamSpec *pspec, Entry *entry)
{
  guint place = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  if (!entry->owner->updating && entry->owner->visitor != NULL && place < entry->values->len)
    set_value (entry, entry->values->pdata[place]);
}

static CfaRule
rule_of (CfAttributeKind kind)
{
  return kind == CF_ATTRIBUTE_NUMBER ? cfa_rule_number : kind == CF_ATTRIBUTE_DATE ? cfa_rule_date : cfa_rule_value;
}

static void
make_field (Entry *entry)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  entry->row = g_object_new (ADW_TYPE_ENTRY_ROW, "title", entry->attribute->name, NULL);
  entry->field = cfa_field_new (entry->row, rule_of (entry->attribute->kind), TRUE);
  g_signal_connect_object (focus, "leave", G_CALLBACK (cfa_field_apply), entry->field, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry->row, focus);
  g_signal_connect (entry->field, "apply", G_CALLBACK (on_apply), entry);
  if (entry->attribute->kind != CF_ATTRIBUTE_TEXT)
    cfa_field_set_digits (entry->field);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (entry->owner), entry->row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (entry->owner), cfa_field_get_note (entry->field));
}

/* A value that is no longer offered is still shown where somebody has it. */
static void
offer (Entry *entry, GtkStringList *words, const char *value, const char *shown)
{
  g_ptr_array_add (entry->values, g_strdup (value));
  gtk_string_list_append (words, shown);
}

static void
make_choice (Entry *entry, const char *value)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  char **choices = entry->attribute->choices;

  entry->values = g_ptr_array_new_with_free_func (g_free);
  /* Translators: of an attribute that has no value */
  offer (entry, words, "", C_("attribute", "Not set"));
  if (entry->attribute->kind == CF_ATTRIBUTE_YES_NO)
    {
      offer (entry, words, "yes", _("Yes"));
      offer (entry, words, "no", _("No"));
    }
  for (guint i = 0; choices != NULL && choices[i] != NULL; i++)
    offer (entry, words, choices[i], choices[i]);
  if (value != NULL && !g_ptr_array_find_with_equal_func (entry->values, value, g_str_equal, NULL))
    offer (entry, words, value, value);
  entry->row = g_object_new (ADW_TYPE_COMBO_ROW, "title", entry->attribute->name, "model", words, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (entry->owner), entry->row);
  cfa_accessible_name_inside (entry->row, GTK_TYPE_LIST_VIEW, entry->attribute->name);
  g_signal_connect (entry->row, "notify::selected", G_CALLBACK (on_selected), entry);
}

static void
show_value (Entry *entry, const char *value)
{
  guint place = 0;

  if (entry->field != NULL)
    {
      cfa_field_set_value (entry->field, value);
      return;
    }
  g_ptr_array_find_with_equal_func (entry->values, value != NULL ? value : "", g_str_equal, &place);
  adw_combo_row_set_selected (ADW_COMBO_ROW (entry->row), place);
}

static void
update (CfaVisitorAttributes *self)
{
  const CfVisitor *record = self->visitor != NULL ? cfa_visitor_get (self->visitor) : NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self), record != NULL);
  self->updating = TRUE;
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      show_value (entry, record != NULL ? cf_visitor_get_attribute (record, entry->attribute->parent.id) : NULL);
    }
  self->updating = FALSE;
}

static void
clear (CfaVisitorAttributes *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      g_signal_handlers_disconnect_by_data (entry->row, entry);
      if (entry->field != NULL)
        {
          g_signal_handlers_disconnect_by_data (entry->field, entry);
          adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), cfa_field_get_note (entry->field));
        }
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), entry->row);
    }
  g_ptr_array_set_size (self->entries, 0);
}

static int
by_place (gconstpointer a, gconstpointer b)
{
  const CfAttribute *left = (*(Entry *const *) a)->attribute, *right = (*(Entry *const *) b)->attribute;

  return (left->place > right->place) - (left->place < right->place);
}

/* The attributes are others now, or it is another visitor. */
static void
rebuild (CfaVisitorAttributes *self)
{
  GListModel *all = G_LIST_MODEL (cfa_session_get_records (self->session, &cf_attribute_shape));
  const CfVisitor *record = self->visitor != NULL ? cfa_visitor_get (self->visitor) : NULL;

  clear (self);
  if (self->visitor == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (all, i);
      Entry *entry = g_new0 (Entry, 1);

      g_signal_handlers_disconnect_by_func (item, rebuild, self);
      g_signal_connect_object (item, "changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
      entry->owner = self;
      entry->attribute = cf_struct_ref ((gpointer) cfa_record_item_get (item));
      g_ptr_array_add (self->entries, entry);
    }
  g_ptr_array_sort (self->entries, by_place);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->attribute->kind == CF_ATTRIBUTE_CHOICE || entry->attribute->kind == CF_ATTRIBUTE_YES_NO)
        make_choice (entry, record != NULL ? cf_visitor_get_attribute (record, entry->attribute->parent.id) : NULL);
      else
        make_field (entry);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->entries->len > 0);
  update (self);
}

static void
cfa_visitor_attributes_dispose (GObject *object)
{
  CfaVisitorAttributes *self = CFA_VISITOR_ATTRIBUTES (object);

  if (self->entries != NULL)
    {
      cfa_visitor_attributes_set (self, NULL, NULL);
      g_clear_pointer (&self->entries, g_ptr_array_unref);
    }
  G_OBJECT_CLASS (cfa_visitor_attributes_parent_class)->dispose (object);
}

static void
cfa_visitor_attributes_class_init (CfaVisitorAttributesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_visitor_attributes_dispose;
}

static void
cfa_visitor_attributes_init (CfaVisitorAttributes *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Attributes"));
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
cfa_visitor_attributes_new (void)
{
  return g_object_new (CFA_TYPE_VISITOR_ATTRIBUTES, NULL);
}

/**
 * cfa_visitor_attributes_set:
 * @visitor: (nullable): whose attributes it shows, and follows; what was typed for another one is saved
 */
void
cfa_visitor_attributes_set (CfaVisitorAttributes *self, CfaSession *session, CfaVisitor *visitor)
{
  if (self->visitor == visitor)
    return;
  for (guint i = 0; self->visitor != NULL && i < self->entries->len; i++)
    if (((Entry *) self->entries->pdata[i])->field != NULL)
      cfa_field_apply (((Entry *) self->entries->pdata[i])->field);
  if (self->visitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->visitor, self);
      g_signal_handlers_disconnect_by_data (cfa_session_get_records (self->session, &cf_attribute_shape), self);
    }
  clear (self);
  g_set_object (&self->session, session);
  g_set_object (&self->visitor, visitor);
  if (visitor == NULL)
    return;
  g_signal_connect_swapped (visitor, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (cfa_session_get_records (session, &cf_attribute_shape), "items-changed", G_CALLBACK (rebuild), self);
  rebuild (self);
}
