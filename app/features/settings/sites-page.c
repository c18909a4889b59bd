/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sites-page.h"

#include "change.h"
#include "form-dialog.h"
#include "record-group.h"
#include "site-row.h"

#include "protocol/id.h"
#include "protocol/methods/results.h"
#include "protocol/methods/site-params.h"
#include "protocol/records/site.h"

#include <glib/gi18n.h>

struct _CfaSitesPage
{
  AdwPreferencesPage parent_instance;

  CfaSession *session;
  CfaRecordGroup *group;
};

G_DEFINE_FINAL_TYPE (CfaSitesPage, cfa_sites_page, ADW_TYPE_PREFERENCES_PAGE)

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaFormDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  cfa_form_dialog_end (dialog, error);
}

static void
on_submitted (CfaFormDialog *dialog, CfaSitesPage *self)
{
  CfSiteAddParams *params = g_object_get_data (G_OBJECT (dialog), "params");

  g_free (params->name);
  params->name = cfa_field_dup_text (g_object_get_data (G_OBJECT (dialog), "name"));
  g_strfreev (params->origins);
  params->origins = g_new0 (char *, 2);
  params->origins[0] = cfa_field_dup_text (g_object_get_data (G_OBJECT (dialog), "origin"));
  cfa_session_call_async (self->session, "site.add", params, &cf_records_result_shape, NULL, on_added, g_object_ref (dialog));
}

static void
on_add (CfaSitesPage *self)
{
  CfaFormDialog *dialog = cfa_form_dialog_new (GTK_WIDGET (self), _("New site"), _("Add"),
                                               _("A web site of yours. The widget answers only on pages at the address given here; more can be added later."));
  CfSiteAddParams *params = cf_struct_new (&cf_site_add_params_shape);

  params->id = cf_id_new (); /* made once: sent again it makes no second */
  g_object_set_data_full (G_OBJECT (dialog), "params", params, cf_struct_unref);
  g_object_set_data (G_OBJECT (dialog), "name", cfa_form_dialog_add_field (dialog, _("Name"), cfa_rule_name, FALSE));
  g_object_set_data (G_OBJECT (dialog), "origin", cfa_form_dialog_add_field (dialog, _("Address, such as https://shop.example"), cfa_rule_origin, FALSE));
  g_signal_connect_object (dialog, "submitted", G_CALLBACK (on_submitted), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
update (CfaSitesPage *self)
{
  cfa_record_group_set_add (self->group, _("New site…"), cfa_change_allowed (self->session, CF_ROLE_ADMIN));
}

static GtkWidget *
make_row (CfaRecordItem *item, gpointer data)
{
  return cfa_site_row_new (CFA_SITES_PAGE (data)->session, item);
}

static gboolean
matches (CfaRecordItem *item, const char *words)
{
  g_autofree char *name = g_utf8_casefold (((const CfSite *) cfa_record_item_get (item))->name, -1);

  return strstr (name, words) != NULL;
}

static void
cfa_sites_page_dispose (GObject *object)
{
  g_clear_object (&CFA_SITES_PAGE (object)->session);
  G_OBJECT_CLASS (cfa_sites_page_parent_class)->dispose (object);
}

static void
cfa_sites_page_class_init (CfaSitesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_RECORD_GROUP);
  G_OBJECT_CLASS (klass)->dispose = cfa_sites_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/settings/sites-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaSitesPage, group);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
}

static void
cfa_sites_page_init (CfaSitesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_sites_page_new:
 * Returns: (transfer floating): the organisation's sites.
 */
GtkWidget *
cfa_sites_page_new (CfaSession *session)
{
  CfaSitesPage *self = g_object_new (CFA_TYPE_SITES_PAGE, NULL);

  self->session = g_object_ref (session);
  cfa_record_group_set_empty (self->group, _("No site yet"),
                              _("Add your web site, then put one line into its pages: from then on visitors can write to you."));
  cfa_record_group_fill (self->group, G_LIST_MODEL (cfa_session_get_records (session, &cf_site_shape)), make_row, self);
  cfa_record_group_search (self->group, matches);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
