/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-import-dialog.h"

#include "app/accessible-name.h"

#include "protocol/records/attribute.h"
#include "protocol/records/site.h"

#include <glib/gi18n.h>
#include <string.h>

/* More is no list of people for one sitting. */
#define FILE_MAX ((goffset) 32 * 1024 * 1024)
#define SHOWN_MAX 100
#define CELL_CHARS 24

struct _CfaVisitorImportDialog
{
  AdwWindow parent_instance;

  CfaSession *session;
  GCancellable *reading;
  CfaVisitorTable *table; /* (nullable): until it is imported */
  guint n_rows;
  CfaVisitorImport *import; /* (nullable) */
  gboolean running;
  GPtrArray *sites; /* ids, as in the choice */
  GtkFileChooserNative *chooser; /* (nullable) */

  GtkButton *cancel_button;
  GtkWidget *action_button;
  GtkStack *stack;
  GtkLabel *summary_label;
  GtkLabel *fault_label;
  AdwComboRow *site_row;
  GtkGrid *grid;
  GtkLabel *progress_label;
  GtkProgressBar *progress_bar;
  GtkLabel *done_label;
  GtkWidget *problems_scrolled;
  AdwPreferencesGroup *problems_group;
  GtkWidget *save_button;
};

G_DEFINE_FINAL_TYPE (CfaVisitorImportDialog, cfa_visitor_import_dialog, ADW_TYPE_WINDOW)

/* What a thread reads. */
typedef struct
{
  GFile *file;
  char **attributes;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->file);
  g_strfreev (reading->attributes);
  g_free (reading);
}

static void
read_table (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (reading->file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, cancellable, &error);
  g_autofree char *text = NULL;
  CfaVisitorTable *table;
  gsize length;

  if (info != NULL && g_file_info_get_size (info) > FILE_MAX)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _("The file is larger than %d MB. Split it, and import one after the other."),
                               (int) (FILE_MAX / 1024 / 1024));
      return;
    }
  if (info == NULL || !g_file_load_contents (reading->file, cancellable, &text, &length, NULL, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  table = cfa_visitor_table_new (text, length, reading->attributes, &error);
  if (table != NULL)
    g_task_return_pointer (task, table, (GDestroyNotify) cfa_visitor_table_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static GtkWidget *
new_cell (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CELL_CHARS);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static const char *
words_of (CfaColumnUse use)
{
  switch (use)
    {
    case CFA_COLUMN_TAKEN: return C_("column", "Imported");
    case CFA_COLUMN_PASSED_OVER: return C_("column", "Passed over");
    case CFA_COLUMN_UNKNOWN: return C_("column", "Not understood");
    }
  g_return_val_if_reached ("");
}

/* The names, what becomes of each, and the first rows. */
static void
fill_grid (CfaVisitorImportDialog *self)
{
  for (guint i = 0; i < self->table->columns->len; i++)
    {
      const CfaVisitorColumn *column = self->table->columns->pdata[i];
      const char *dim = column->use == CFA_COLUMN_TAKEN ? NULL : "dim-label";

      gtk_grid_attach (self->grid, new_cell (column->name, "heading"), i, 0, 1, 1);
      gtk_grid_attach (self->grid, new_cell (words_of (column->use), column->use == CFA_COLUMN_UNKNOWN ? "error" : "dim-label"), i, 1, 1, 1);
      for (guint j = 0; j < self->table->first->len; j++)
        {
          const GPtrArray *row = self->table->first->pdata[j];

          gtk_grid_attach (self->grid, new_cell (i < row->len ? row->pdata[i] : "", dim), i, 2 + j, 1, 1);
        }
    }
}

static void
show_preview (CfaVisitorImportDialog *self)
{
  g_autofree char *fault = cfa_visitor_table_dup_fault (self->table);
  g_autofree char *lines = g_strdup_printf (ngettext ("%u line. It becomes a visitor, or changes the one with its id or email address.",
                                                      "%u lines. Each becomes a visitor, or changes the one with its id or email address.", self->n_rows),
                                            self->n_rows);
  g_autofree char *words = g_strconcat (lines, self->table->converted ? " " : NULL,
                                        _("The file is not UTF-8: look whether accents are right below."), NULL);

  gtk_label_set_label (self->summary_label, words);
  gtk_label_set_label (self->fault_label, fault != NULL ? fault : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault_label), fault != NULL);
  gtk_widget_set_sensitive (self->action_button, fault == NULL && self->sites->len > 0);
  fill_grid (self);
  gtk_stack_set_visible_child_name (self->stack, "preview");
}

static void
show_end (CfaVisitorImportDialog *self, const char *words)
{
  self->running = FALSE;
  gtk_label_set_label (self->done_label, words);
  gtk_button_set_label (self->cancel_button, _("Close"));
  gtk_widget_set_visible (self->action_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_widget_grab_focus (GTK_WIDGET (self->cancel_button));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaVisitorImportDialog) self = CFA_VISITOR_IMPORT_DIALOG (source);
  g_autoptr (GError) error = NULL;

  self->table = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->table != NULL)
    {
      self->n_rows = self->table->n_rows;
      show_preview (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *words = g_strdup_printf (_("The file could not be read: %s"), error->message);

      gtk_widget_set_visible (self->problems_scrolled, FALSE);
      show_end (self, words);
    }
}

static void
on_progress (CfaVisitorImportDialog *self)
{
  guint done = cfa_visitor_import_get_done (self->import);
  g_autofree char *words = g_strdup_printf (_("%u of %u lines"), done, self->n_rows);

  gtk_label_set_label (self->progress_label, words);
  gtk_progress_bar_set_fraction (self->progress_bar, self->n_rows > 0 ? (double) done / self->n_rows : 0);
}

static void
list_problems (CfaVisitorImportDialog *self, const GPtrArray *problems)
{
  for (guint i = 0; i < problems->len && i < SHOWN_MAX; i++)
    {
      const CfImportProblem *problem = problems->pdata[i];
      g_autofree char *title = g_strdup_printf (_("Line %u"), (guint) problem->line);
      GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle", problem->message, NULL);

      adw_preferences_group_add (self->problems_group, row);
    }
  if (problems->len > SHOWN_MAX)
    {
      g_autofree char *words = g_strdup_printf (_("And %u more, which the saved list has"), problems->len - SHOWN_MAX);

      adw_preferences_group_add (self->problems_group, g_object_new (ADW_TYPE_ACTION_ROW, "title", words, NULL));
    }
  cfa_accessible_name_inside (GTK_WIDGET (self->problems_group), GTK_TYPE_LIST_BOX, _("Left out"));
  gtk_widget_set_visible (self->problems_scrolled, problems->len > 0);
}

static void
on_ended (CfaVisitorImportDialog *self, const GError *error)
{
  const CfVisitorImportResult *result = cfa_visitor_import_get_result (self->import);
  g_autofree char *counts = g_strdup_printf (_("New: %u · changed: %u · as before: %u · left out: %u"), (guint) result->added, (guint) result->changed,
                                             (guint) result->same, result->problems->len);
  g_autofree char *why = error == NULL ? NULL
                         : g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                           ? g_strdup (_("It was stopped. What was taken until then stays; importing the file again makes nobody twice."))
                           : g_strdup_printf (_("It did not come to its end: %s. Importing the file again makes nobody twice."), error->message);
  g_autofree char *words = g_strconcat (counts, why != NULL ? "\n" : NULL, why, NULL);

  list_problems (self, result->problems);
  show_end (self, words);
}

static void
on_import (CfaVisitorImportDialog *self)
{
  const char *site_id = g_ptr_array_index (self->sites, adw_combo_row_get_selected (self->site_row));

  self->import = cfa_visitor_import_new (self->session, g_steal_pointer (&self->table), site_id);
  self->running = TRUE;
  g_signal_connect_object (self->import, "changed", G_CALLBACK (on_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
  gtk_widget_set_sensitive (self->action_button, FALSE);
  gtk_button_set_label (self->cancel_button, _("Stop"));
  gtk_widget_grab_focus (GTK_WIDGET (self->cancel_button));
  on_progress (self);
  gtk_stack_set_visible_child_name (self->stack, "running");
  cfa_visitor_import_begin (self->import);
}

static void
on_cancel (CfaVisitorImportDialog *self)
{
  if (self->running)
    cfa_visitor_import_stop (self->import);
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* Who closes the window while it runs stops it. */
static gboolean
on_close (CfaVisitorImportDialog *self)
{
  if (self->running)
    cfa_visitor_import_stop (self->import);
  return FALSE;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaVisitorImportDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    gtk_button_set_label (GTK_BUTTON (self->save_button), _("Saved"));
  else
    {
      g_autofree char *words = g_strdup_printf (_("The list was not saved: %s"), error->message);

      gtk_label_set_label (self->done_label, words);
    }
}

static void
on_save_chosen (CfaVisitorImportDialog *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;
  g_autofree char *list = cfa_visitor_import_dup_list (self->import);
  g_autoptr (GBytes) bytes = g_bytes_new (list, strlen (list));

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, on_saved, g_object_ref (self));
}

static void
on_save (CfaVisitorImportDialog *self)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Save the list"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "left-out.csv");
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_save_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
cfa_visitor_import_dialog_dispose (GObject *object)
{
  CfaVisitorImportDialog *self = CFA_VISITOR_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->chooser);
  g_clear_object (&self->import);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_visitor_import_dialog_parent_class)->dispose (object);
}

static void
cfa_visitor_import_dialog_finalize (GObject *object)
{
  CfaVisitorImportDialog *self = CFA_VISITOR_IMPORT_DIALOG (object);

  g_object_unref (self->reading);
  g_ptr_array_unref (self->sites);
  g_clear_pointer (&self->table, cfa_visitor_table_free);
  G_OBJECT_CLASS (cfa_visitor_import_dialog_parent_class)->finalize (object);
}

static void
cfa_visitor_import_dialog_class_init (CfaVisitorImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_visitor_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_visitor_import_dialog_finalize;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/visitors/visitor-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorImportDialog, action_button);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorImportDialog, summary_label);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorImportDialog, fault_label);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorImportDialog, site_row);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorImportDialog, grid);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorImportDialog, progress_label);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorImportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorImportDialog, done_label);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorImportDialog, problems_scrolled);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorImportDialog, problems_group);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorImportDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_import);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
cfa_visitor_import_dialog_init (CfaVisitorImportDialog *self)
{
  self->reading = g_cancellable_new ();
  self->sites = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "close-request", G_CALLBACK (on_close), NULL);
}

static void
fill_sites (CfaVisitorImportDialog *self)
{
  GListModel *sites = G_LIST_MODEL (cfa_session_get_records (self->session, &cf_site_shape));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (sites); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (sites, i);

      g_ptr_array_add (self->sites, g_strdup (cfa_record_item_get_id (item)));
      gtk_string_list_append (names, ((const CfSite *) cfa_record_item_get (item))->name);
    }
  adw_combo_row_set_model (self->site_row, G_LIST_MODEL (names));
  cfa_accessible_name_inside (GTK_WIDGET (self->site_row), GTK_TYPE_LIST_VIEW, _("Site of those who are new"));
  cfa_accessible_name_inside (gtk_widget_get_ancestor (GTK_WIDGET (self->site_row), ADW_TYPE_PREFERENCES_GROUP), GTK_TYPE_LIST_BOX,
                              _("Site of those who are new"));
}

static char **
dup_attributes (CfaSession *session)
{
  GListModel *attributes = G_LIST_MODEL (cfa_session_get_records (session, &cf_attribute_shape));
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (attributes); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (attributes, i);

      g_ptr_array_add (names, g_strdup (((const CfAttribute *) cfa_record_item_get (item))->name));
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

/**
 * cfa_visitor_import_dialog_new:
 * @file: with visitors; it is read on a thread
 *
 * Returns: (transfer none): the dialog, to be presented
 */
CfaVisitorImportDialog *
cfa_visitor_import_dialog_new (GtkWindow *parent, CfaSession *session, GFile *file)
{
  CfaVisitorImportDialog *self = g_object_new (CFA_TYPE_VISITOR_IMPORT_DIALOG, "transient-for", parent, NULL);
  g_autoptr (GTask) task = g_task_new (self, self->reading, on_read, NULL);
  Reading *reading = g_new0 (Reading, 1);

  self->session = g_object_ref (session);
  fill_sites (self);
  reading->file = g_object_ref (file);
  reading->attributes = dup_attributes (session);
  g_task_set_task_data (task, reading, reading_free);
  g_object_ref (self); /* on_read() gives it back */
  g_task_run_in_thread (task, read_table);
  return self;
}
