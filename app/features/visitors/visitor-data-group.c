/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-data-group.h"

#include "app/accessible-name.h"
#include "app/features/settings/change.h"
#include "app/features/settings/csv-export.h"
#include "visitor-import-dialog.h"

#include <glib/gi18n.h>

struct _CfaVisitorDataGroup
{
  AdwPreferencesGroup parent_instance;

  CfaSession *session;
  CfaCsvExport *export; /* (nullable): under way */
  GtkFileChooserNative *chooser; /* (nullable) */
  GtkWidget *import_row;
  GtkWidget *export_row;
  GtkWidget *export_button;
};

static const CfaCsvSource pages = {
  "visitor.export", &cf_visitor_export_result_shape, G_STRUCT_OFFSET (CfVisitorExportParams, after), G_STRUCT_OFFSET (CfVisitorExportResult, more),
  G_STRUCT_OFFSET (CfVisitorExportResult, next), G_STRUCT_OFFSET (CfVisitorExportResult, csv),
};

G_DEFINE_FINAL_TYPE (CfaVisitorDataGroup, cfa_visitor_data_group, ADW_TYPE_PREFERENCES_GROUP)

static GtkWindow *
window_of (CfaVisitorDataGroup *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
update (CfaVisitorDataGroup *self)
{
  gboolean may = cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR);

  gtk_widget_set_sensitive (self->import_row, may);
  gtk_widget_set_sensitive (self->export_row, may || self->export != NULL);
  gtk_button_set_label (GTK_BUTTON (self->export_button), self->export != NULL ? _("Stop") : _("Export…"));
  if (self->export == NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->export_row), _("All visitors into a table, with tags and attributes"));
}

static void
choose (CfaVisitorDataGroup *self, const char *title, GtkFileChooserAction action, const char *accept, GCallback chosen)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, window_of (self), action, accept, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", chosen, self, G_CONNECT_SWAPPED);
}

static GFile *
get_chosen (CfaVisitorDataGroup *self, int response)
{
  return response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;
}

static void
on_import_chosen (CfaVisitorDataGroup *self, int response)
{
  g_autoptr (GFile) file = get_chosen (self, response);

  if (file != NULL)
    gtk_window_present (GTK_WINDOW (cfa_visitor_import_dialog_new (window_of (self), self->session, file)));
}

static void
on_import (CfaVisitorDataGroup *self)
{
  g_autoptr (GtkFileFilter) tables = gtk_file_filter_new (), all = gtk_file_filter_new ();

  choose (self, _("Import visitors"), GTK_FILE_CHOOSER_ACTION_OPEN, _("Look at it"), G_CALLBACK (on_import_chosen));
  gtk_file_filter_set_name (tables, _("Tables (CSV)"));
  gtk_file_filter_add_suffix (tables, "csv");
  gtk_file_filter_add_suffix (tables, "tsv");
  gtk_file_filter_add_suffix (tables, "txt");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), tables);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_progress (CfaVisitorDataGroup *self, guint64 bytes)
{
  g_autofree char *size = g_format_size (bytes), *words = g_strdup_printf (_("%s are written"), size);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->export_row), words);
}

static void
on_export_ended (CfaVisitorDataGroup *self, const GError *error)
{
  g_autofree char *words = error == NULL ? g_strdup (_("Exported the visitors"))
                           : g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? g_strdup (_("The export was stopped"))
                           : g_strdup_printf (_("The visitors were not exported: %s"), error->message);

  g_clear_object (&self->export);
  update (self);
  cfa_change_tell (GTK_WIDGET (self), words);
}

static void
on_export_chosen (CfaVisitorDataGroup *self, int response)
{
  g_autoptr (GFile) file = get_chosen (self, response);

  if (file == NULL || self->export != NULL)
    return;
  self->export = cfa_csv_export_new (self->session, &pages, cf_struct_new (&cf_visitor_export_params_shape));
  g_signal_connect_object (self->export, "progress", G_CALLBACK (on_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->export, "ended", G_CALLBACK (on_export_ended), self, G_CONNECT_SWAPPED);
  update (self);
  cfa_csv_export_begin (self->export, file);
}

static void
on_export (CfaVisitorDataGroup *self)
{
  if (self->export != NULL)
    {
      cfa_csv_export_stop (self->export);
      return;
    }
  choose (self, _("Export visitors"), GTK_FILE_CHOOSER_ACTION_SAVE, _("Export"), G_CALLBACK (on_export_chosen));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "visitors.csv");
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static GtkWidget *
add_row (CfaVisitorDataGroup *self, const char *title, const char *subtitle, const char *label, GCallback clicked, GtkWidget **row)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle, NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (*row), button);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), *row);
  return button;
}

/* What is being exported for a page that is gone goes nowhere. */
static void
cfa_visitor_data_group_dispose (GObject *object)
{
  CfaVisitorDataGroup *self = CFA_VISITOR_DATA_GROUP (object);

  if (self->export != NULL)
    cfa_csv_export_stop (self->export);
  g_clear_object (&self->export);
  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_visitor_data_group_parent_class)->dispose (object);
}

static void
cfa_visitor_data_group_class_init (CfaVisitorDataGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_visitor_data_group_dispose;
}

static void
cfa_visitor_data_group_init (CfaVisitorDataGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Visitors in tables"));
  add_row (self, _("Import"), _("From a file of comma-separated values; you look at it before anything is changed"), _("Import…"),
           G_CALLBACK (on_import), &self->import_row);
  self->export_button = add_row (self, _("Export"), NULL, _("Export…"), G_CALLBACK (on_export), &self->export_row);
}

/**
 * cfa_visitor_data_group_new:
 * Returns: (transfer floating): where visitors are imported and exported
 */
GtkWidget *
cfa_visitor_data_group_new (CfaSession *session)
{
  CfaVisitorDataGroup *self = g_object_new (CFA_TYPE_VISITOR_DATA_GROUP, NULL);

  self->session = g_object_ref (session);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Visitors in tables"));
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
