/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "attributes-page.h"

#include "app/accessible-name.h"
#include "app/features/settings/change.h"
#include "app/features/settings/form-dialog.h"
#include "app/features/settings/labels.h"
#include "app/features/settings/record-group.h"
#include "attribute-row.h"
#include "visitor-data-group.h"

#include "protocol/id.h"
#include "protocol/methods/attribute-params.h"
#include "protocol/methods/results.h"
#include "protocol/records/attribute.h"

#include <glib/gi18n.h>

#define N_KINDS (CF_ATTRIBUTE_YES_NO + 1)

struct _CfaAttributesPage
{
  AdwPreferencesPage parent_instance;

  CfaSession *session;
  GtkSortListModel *sorted;
  CfaRecordGroup *group;
};

/* The window that asks for a new one. */
typedef struct
{
  CfAttributePutParams *params;
  CfaField *name;
  GtkWidget *kind;
  GtkWidget *choices;
} Form;

G_DEFINE_FINAL_TYPE (CfaAttributesPage, cfa_attributes_page, ADW_TYPE_PREFERENCES_PAGE)

static void
form_free (gpointer data)
{
  Form *form = data;

  cf_struct_unref (form->params);
  g_free (form);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaFormDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  cfa_form_dialog_end (dialog, error);
}

static void
on_submitted (CfaFormDialog *dialog, CfaAttributesPage *self)
{
  Form *form = g_object_get_data (G_OBJECT (dialog), "form");

  g_free (form->params->name);
  g_strfreev (form->params->choices);
  form->params->name = cfa_field_dup_text (form->name);
  form->params->kind = adw_combo_row_get_selected (ADW_COMBO_ROW (form->kind));
  form->params->choices = form->params->kind == CF_ATTRIBUTE_CHOICE
                            ? cfa_attribute_row_choices (gtk_editable_get_text (GTK_EDITABLE (form->choices))) : NULL;
  cf_struct_give (form->params, "name");
  cf_struct_give (form->params, "kind");
  cf_struct_give (form->params, "place");
  if (form->params->choices != NULL)
    cf_struct_give (form->params, "choices");
  cfa_session_call_async (self->session, "attribute.put", form->params, &cf_records_result_shape, NULL, on_added, g_object_ref (dialog));
}

static void
on_kind (GtkWidget *kind, GParamSpec *pspec, GtkWidget *choices)
{
  gtk_widget_set_visible (choices, adw_combo_row_get_selected (ADW_COMBO_ROW (kind)) == CF_ATTRIBUTE_CHOICE);
}

static void
on_add (CfaAttributesPage *self)
{
  CfaFormDialog *dialog = cfa_form_dialog_new (GTK_WIDGET (self), _("New attribute"), _("Add"),
                                               _("Something that you want to know of visitors, such as their plan or customer number."));
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);
  Form *form = g_new0 (Form, 1);

  for (guint i = 0; i < N_KINDS; i++)
    gtk_string_list_append (kinds, cfa_label_kind (i));
  form->params = cf_struct_new (&cf_attribute_put_params_shape);
  form->params->id = cf_id_new (); /* made once: sent again it makes no second */
  form->params->place = g_list_model_get_n_items (G_LIST_MODEL (self->sorted));
  form->name = cfa_form_dialog_add_field (dialog, _("Name"), cfa_rule_tag, FALSE);
  form->kind = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Kind"), "model", kinds, NULL);
  form->choices = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Choices, with commas between"), "visible", FALSE, NULL);
  cfa_accessible_name_inside (form->kind, GTK_TYPE_LIST_VIEW, _("Kind"));
  cfa_form_dialog_add (dialog, form->kind);
  cfa_form_dialog_add (dialog, form->choices);
  g_signal_connect_object (form->kind, "notify::selected", G_CALLBACK (on_kind), form->choices, 0);
  g_object_set_data_full (G_OBJECT (dialog), "form", form, form_free);
  g_signal_connect_object (dialog, "submitted", G_CALLBACK (on_submitted), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
update (CfaAttributesPage *self)
{
  cfa_record_group_set_add (self->group, _("New attribute…"), cfa_change_allowed (self->session, CF_ROLE_ADMIN));
}

static GtkWidget *
make_row (CfaRecordItem *item, gpointer data)
{
  return cfa_attribute_row_new (CFA_ATTRIBUTES_PAGE (data)->session, item);
}

static int
by_place (gconstpointer a, gconstpointer b, gpointer data)
{
  const CfAttribute *left = cfa_record_item_get ((gpointer) a), *right = cfa_record_item_get ((gpointer) b);

  return (left->place > right->place) - (left->place < right->place);
}

/* Somebody has moved one. */
static void
on_changed (CfaAttributesPage *self)
{
  gtk_sorter_changed (gtk_sort_list_model_get_sorter (self->sorted), GTK_SORTER_CHANGE_DIFFERENT);
}

static void
watch_items (CfaAttributesPage *self, guint position, guint removed, guint added, GListModel *items)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (items, i);

      g_signal_connect_object (item, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
    }
}

static void
cfa_attributes_page_dispose (GObject *object)
{
  CfaAttributesPage *self = CFA_ATTRIBUTES_PAGE (object);

  g_clear_object (&self->sorted);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_attributes_page_parent_class)->dispose (object);
}

static void
cfa_attributes_page_class_init (CfaAttributesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_RECORD_GROUP);
  G_OBJECT_CLASS (klass)->dispose = cfa_attributes_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/visitors/attributes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaAttributesPage, group);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
}

static void
cfa_attributes_page_init (CfaAttributesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_attributes_page_new:
 * Returns: (transfer floating): what the organisation wants to know of its visitors, in the order in which it is shown.
 */
GtkWidget *
cfa_attributes_page_new (CfaSession *session)
{
  CfaAttributesPage *self = g_object_new (CFA_TYPE_ATTRIBUTES_PAGE, NULL);
  GListModel *all = G_LIST_MODEL (cfa_session_get_records (session, &cf_attribute_shape));

  self->session = g_object_ref (session);
  self->sorted = gtk_sort_list_model_new (g_object_ref (all), GTK_SORTER (gtk_custom_sorter_new (by_place, NULL, NULL)));
  watch_items (self, 0, 0, g_list_model_get_n_items (all), all);
  g_signal_connect_object (all, "items-changed", G_CALLBACK (watch_items), self, G_CONNECT_SWAPPED);
  cfa_record_group_set_empty (self->group, _("No attributes yet"),
                              _("A plan, a customer number, a birthday: what you add here can be filled in for each visitor."));
  cfa_record_group_fill (self->group, G_LIST_MODEL (self->sorted), make_row, self);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (cfa_visitor_data_group_new (session)));
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
