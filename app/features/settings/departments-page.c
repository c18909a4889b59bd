/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "departments-page.h"

#include "change.h"
#include "form-dialog.h"
#include "record-group.h"
#include "department-row.h"

#include "protocol/id.h"
#include "protocol/methods/results.h"
#include "protocol/methods/department-params.h"
#include "protocol/records/department.h"

#include <glib/gi18n.h>

struct _CfaDepartmentsPage
{
  AdwPreferencesPage parent_instance;

  CfaSession *session;
  CfaRecordGroup *group;
};

G_DEFINE_FINAL_TYPE (CfaDepartmentsPage, cfa_departments_page, ADW_TYPE_PREFERENCES_PAGE)

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaFormDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  cfa_form_dialog_end (dialog, error);
}

static void
on_submitted (CfaFormDialog *dialog, CfaDepartmentsPage *self)
{
  CfDepartmentAddParams *params = g_object_get_data (G_OBJECT (dialog), "params");

  g_free (params->name);
  params->name = cfa_field_dup_text (g_object_get_data (G_OBJECT (dialog), "name"));
  cfa_session_call_async (self->session, "department.add", params, &cf_records_result_shape, NULL, on_added, g_object_ref (dialog));
}

static void
on_add (CfaDepartmentsPage *self)
{
  CfaFormDialog *dialog = cfa_form_dialog_new (GTK_WIDGET (self), _("New department"), _("Add"),
                                               _("Sales, Support, Billing: a part of the team that answers together. Its members are chosen afterwards."));
  CfDepartmentAddParams *params = cf_struct_new (&cf_department_add_params_shape);

  params->id = cf_id_new (); /* made once: sent again it makes no second */
  g_object_set_data_full (G_OBJECT (dialog), "params", params, cf_struct_unref);
  g_object_set_data (G_OBJECT (dialog), "name", cfa_form_dialog_add_field (dialog, _("Name"), cfa_rule_name, FALSE));
  g_signal_connect_object (dialog, "submitted", G_CALLBACK (on_submitted), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
update (CfaDepartmentsPage *self)
{
  cfa_record_group_set_add (self->group, _("New department…"), cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR));
}

static GtkWidget *
make_row (CfaRecordItem *item, gpointer data)
{
  return cfa_department_row_new (CFA_DEPARTMENTS_PAGE (data)->session, item);
}

static gboolean
matches (CfaRecordItem *item, const char *words)
{
  g_autofree char *name = g_utf8_casefold (((const CfDepartment *) cfa_record_item_get (item))->name, -1);

  return strstr (name, words) != NULL;
}

static void
cfa_departments_page_dispose (GObject *object)
{
  g_clear_object (&CFA_DEPARTMENTS_PAGE (object)->session);
  G_OBJECT_CLASS (cfa_departments_page_parent_class)->dispose (object);
}

static void
cfa_departments_page_class_init (CfaDepartmentsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_RECORD_GROUP);
  G_OBJECT_CLASS (klass)->dispose = cfa_departments_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/settings/departments-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaDepartmentsPage, group);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
}

static void
cfa_departments_page_init (CfaDepartmentsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_departments_page_new:
 * Returns: (transfer floating): the team's departments.
 */
GtkWidget *
cfa_departments_page_new (CfaSession *session)
{
  CfaDepartmentsPage *self = g_object_new (CFA_TYPE_DEPARTMENTS_PAGE, NULL);

  self->session = g_object_ref (session);
  cfa_record_group_set_empty (self->group, _("No departments yet"),
                              _("Small teams need none. With departments, conversations go to those who know the answer, and can find their agent by themselves."));
  cfa_record_group_fill (self->group, G_LIST_MODEL (cfa_session_get_records (session, &cf_department_shape)), make_row, self);
  cfa_record_group_search (self->group, matches);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
