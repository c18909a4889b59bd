/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "attribute-row.h"

#include "app/accessible-name.h"
#include "app/features/settings/change.h"
#include "app/features/settings/culprit.h"
#include "app/features/settings/field.h"
#include "app/features/settings/labels.h"

#include "protocol/methods/attribute-params.h"
#include "protocol/methods/results.h"
#include "protocol/records/attribute.h"

#include <glib/gi18n.h>

struct _CfaAttributeRow
{
  AdwExpanderRow parent_instance;

  CfaSession *session;
  CfaRecordItem *item;

  CfaField *name;
  CfaField *choices;
  GtkWidget *up_row;
  GtkWidget *remove_row;
};

G_DEFINE_FINAL_TYPE (CfaAttributeRow, cfa_attribute_row, ADW_TYPE_EXPANDER_ROW)

static char *
join (const CfAttribute *attribute)
{
  return attribute->choices != NULL ? g_strjoinv (", ", attribute->choices) : g_strdup ("");
}

static void
run (CfaAttributeRow *self, CfAttributePutParams *params, CfAttributePutParams *undo, char *done)
{
  CfaChange change = {
    .method = "attribute.put", .params = params, .undo_method = "attribute.put", .undo_params = undo, .done = done, .item = self->item,
  };

  params->id = g_strdup (cfa_record_item_get_id (self->item));
  undo->id = g_strdup (params->id);
  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

static void
on_name (CfaAttributeRow *self, const char *text)
{
  const CfAttribute *attribute = cfa_record_item_get (self->item);
  CfAttributePutParams *params = cf_struct_new (&cf_attribute_put_params_shape), *undo = cf_struct_new (&cf_attribute_put_params_shape);

  params->name = g_strdup (text);
  undo->name = g_strdup (attribute->name);
  cf_struct_give (params, "name");
  cf_struct_give (undo, "name");
  run (self, params, undo, g_strdup_printf (_("The attribute is called “%s” now"), text));
}

static void
on_choices (CfaAttributeRow *self, const char *text)
{
  const CfAttribute *attribute = cfa_record_item_get (self->item);
  CfAttributePutParams *params = cf_struct_new (&cf_attribute_put_params_shape), *undo = cf_struct_new (&cf_attribute_put_params_shape);

  params->choices = cfa_attribute_row_choices (text);
  undo->choices = g_strdupv (attribute->choices);
  cf_struct_give (params, "choices");
  cf_struct_give (undo, "choices");
  run (self, params, undo, g_strdup_printf (_("“%s” has other choices now"), attribute->name));
}

static int
by_place (gconstpointer a, gconstpointer b)
{
  const CfAttribute *left = *(const CfAttribute *const *) a, *right = *(const CfAttribute *const *) b;

  return (left->place > right->place) - (left->place < right->place);
}

static void
put_place (CfaAttributeRow *self, const char *id, guint place)
{
  CfAttributePutParams *params = cf_struct_new (&cf_attribute_put_params_shape);
  CfaChange change = { .method = "attribute.put", .params = params, .item = self->item };

  params->id = g_strdup (id);
  params->place = place;
  cf_struct_give (params, "place");
  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

/* Changes places with the one above; who has not the place that they stand at gets it. */
static void
on_up (CfaAttributeRow *self)
{
  GListModel *all = G_LIST_MODEL (cfa_session_get_records (self->session, &cf_attribute_shape));
  g_autoptr (GPtrArray) order = cf_structs_new ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (all, i);

      g_ptr_array_add (order, cf_struct_ref ((gpointer) cfa_record_item_get (item)));
    }
  g_ptr_array_sort (order, by_place);
  for (guint i = 1; i < order->len; i++)
    if (g_strcmp0 (CF_RECORD (order->pdata[i])->id, cfa_record_item_get_id (self->item)) == 0)
      {
        gpointer above = order->pdata[i - 1];

        order->pdata[i - 1] = order->pdata[i];
        order->pdata[i] = above;
        break;
      }
  for (guint i = 0; i < order->len; i++)
    if (((const CfAttribute *) order->pdata[i])->place != i)
      put_place (self, CF_RECORD (order->pdata[i])->id, i);
}

static void
on_remove (CfaAttributeRow *self)
{
  const CfAttribute *attribute = cfa_record_item_get (self->item);
  g_autofree char *done = g_strdup_printf (_("Removed the attribute “%s”"), attribute->name);

  cfa_change_remove (GTK_WIDGET (self), self->session, "attribute.remove", attribute->parent.id, done);
}

static void
update (CfaAttributeRow *self)
{
  const CfAttribute *attribute = cfa_record_item_get (self->item);
  gboolean may = cfa_change_allowed (self->session, CF_ROLE_ADMIN);
  g_autofree char *escaped = NULL, *choices = NULL, *about = NULL;

  if (cfa_record_item_is_gone (self->item))
    return;
  escaped = g_markup_escape_text (attribute->name, -1);
  choices = join (attribute);
  about = attribute->kind == CF_ATTRIBUTE_CHOICE ? g_markup_printf_escaped ("%s: %s", cfa_label_kind (attribute->kind), choices)
                                                 : g_strdup (cfa_label_kind (attribute->kind));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), escaped);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), about);
  cfa_field_set_value (self->name, attribute->name);
  cfa_field_set_value (self->choices, choices);
  cfa_culprit_ask (self->session, attribute->parent.id, self->name);
  cfa_culprit_ask (self->session, attribute->parent.id, self->choices);
  gtk_widget_set_visible (cfa_field_get_row (self->choices), attribute->kind == CF_ATTRIBUTE_CHOICE);
  gtk_widget_set_sensitive (cfa_field_get_row (self->name), may);
  gtk_widget_set_sensitive (cfa_field_get_row (self->choices), may);
  gtk_widget_set_sensitive (self->up_row, may);
  gtk_widget_set_sensitive (self->remove_row, may);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, attribute->name);
}

static void
cfa_attribute_row_dispose (GObject *object)
{
  CfaAttributeRow *self = CFA_ATTRIBUTE_ROW (object);

  g_clear_object (&self->name);
  g_clear_object (&self->choices);
  g_clear_object (&self->session);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (cfa_attribute_row_parent_class)->dispose (object);
}

static void
cfa_attribute_row_class_init (CfaAttributeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_attribute_row_dispose;
}

static GtkWidget *
add_action (CfaAttributeRow *self, const char *title, const char *subtitle, const char *action, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (action);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle, NULL);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return row;
}

static char *
rule_choices (const char *text)
{
  g_auto (GStrv) choices = cfa_attribute_row_choices (text);

  if (choices == NULL)
    return g_strdup (_("At least one choice is needed; put commas between them."));
  return g_strv_length (choices) > CF_ATTRIBUTE_CHOICES_MAX ? g_strdup (_("These are too many choices.")) : NULL;
}

static void
cfa_attribute_row_init (CfaAttributeRow *self)
{
  self->name = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Name"), NULL), cfa_rule_tag, TRUE);
  self->choices = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Choices, with commas between"), NULL), rule_choices, TRUE);
  self->up_row = add_action (self, _("Order"), _("As they stand in the visitor’s panel"), _("Move up"), G_CALLBACK (on_up));
  self->remove_row = add_action (self, _("Remove this attribute"), _("Nobody sees its values any more"), _("Remove"), G_CALLBACK (on_remove));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), cfa_field_get_row (self->name));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), cfa_field_get_note (self->name));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), cfa_field_get_row (self->choices));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), cfa_field_get_note (self->choices));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->up_row);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->remove_row);
  g_signal_connect_object (self->name, "apply", G_CALLBACK (on_name), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choices, "apply", G_CALLBACK (on_choices), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_attribute_row_new:
 * Returns: (transfer floating): the row of a CfAttribute.
 */
GtkWidget *
cfa_attribute_row_new (CfaSession *session, CfaRecordItem *item)
{
  CfaAttributeRow *self = g_object_new (CFA_TYPE_ATTRIBUTE_ROW, NULL);

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * cfa_attribute_row_choices:
 * Returns: (transfer full) (nullable): what stands between the commas, without blanks around; NULL for nothing.
 */
char **
cfa_attribute_row_choices (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_ptr_array_add (choices, g_strdup (parts[i]));
  if (choices->len == 0)
    return NULL;
  g_ptr_array_add (choices, NULL);
  return (char **) g_ptr_array_steal (choices, NULL);
}
