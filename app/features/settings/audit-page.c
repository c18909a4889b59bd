/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit-page.h"

#include "app/accessible-name.h"
#include "change.h"
#include "csv-export.h"
#include "labels.h"

#include "protocol/methods/audit-params.h"
#include "protocol/methods/results.h"
#include "protocol/records/audit-entry.h"

#include <glib/gi18n.h>

struct _CfaAuditPage
{
  AdwPreferencesPage parent_instance;

  CfaSession *session;
  GPtrArray *people;  /* ids of agents, as in the choice; the first is NULL, for everybody */
  GPtrArray *rows;    /* not owned */
  GCancellable *wanted; /* (nullable): of the page that is being fetched */
  gint64 before;      /* rev of the last entry that is shown */

  AdwComboRow *person_row;
  AdwComboRow *action_row;
  GtkWidget *export_button;
  AdwPreferencesGroup *entries;
  GtkWidget *spinner;
  GtkWidget *more_button;
  GtkLabel *note;
};

static const CfaCsvSource pages = {
  "audit.export", &cf_audit_export_result_shape, G_STRUCT_OFFSET (CfAuditExportParams, before), G_STRUCT_OFFSET (CfAuditExportResult, more),
  G_STRUCT_OFFSET (CfAuditExportResult, next), G_STRUCT_OFFSET (CfAuditExportResult, csv),
};

G_DEFINE_FINAL_TYPE (CfaAuditPage, cfa_audit_page, ADW_TYPE_PREFERENCES_PAGE)

static void fetch (CfaAuditPage *self);

static void
set_busy (CfaAuditPage *self, gboolean busy)
{
  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
}

static void
set_note (CfaAuditPage *self, const char *words)
{
  gtk_label_set_label (self->note, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), words != NULL);
}

static const char *
chosen_person (CfaAuditPage *self)
{
  guint chosen = adw_combo_row_get_selected (self->person_row);

  return chosen < self->people->len ? self->people->pdata[chosen] : NULL;
}

static const char *
chosen_action (CfaAuditPage *self)
{
  guint chosen = adw_combo_row_get_selected (self->action_row);

  return chosen > 0 && chosen != GTK_INVALID_LIST_POSITION ? cfa_label_actions_at (chosen - 1) : NULL; /* the first is everything */
}

/* "Bruno Keller · Changed a department: Sales", below it when, and each change. */
static void
add_entry (CfaAuditPage *self, const CfAuditEntry *entry)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (entry->created_at / 1000);
  g_autofree char *when = time != NULL ? g_date_time_format (time, "%x %X") : g_strdup ("");
  g_autofree char *action = cfa_label_action (entry->action);
  const char *target = entry->target_name != NULL && *entry->target_name != '\0' ? entry->target_name : NULL;
  g_autofree char *title = target != NULL ? g_strdup_printf ("%s: %s", action, target) : g_strdup (action);
  g_autofree char *words = g_strdup_printf ("%s · %s%s%s", entry->actor_name != NULL && *entry->actor_name != '\0' ? entry->actor_name : _("Somebody"),
                                            when, entry->detail != NULL ? "\n" : "", entry->detail != NULL ? entry->detail : "");
  g_autofree char *escaped_title = g_markup_escape_text (title, -1), *escaped_words = g_markup_escape_text (words, -1);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", escaped_title, "subtitle", escaped_words, "subtitle-lines", 6, NULL);

  adw_preferences_group_add (self->entries, row);
  g_ptr_array_add (self->rows, row);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaAuditPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfAuditListResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->wanted);
  set_busy (self, FALSE);
  gtk_widget_set_visible (self->more_button, answer == NULL || answer->more);
  if (answer == NULL)
    {
      gtk_button_set_label (GTK_BUTTON (self->more_button), _("Try again"));
      set_note (self, error->message);
      return;
    }
  gtk_button_set_label (GTK_BUTTON (self->more_button), _("Show older"));
  for (guint i = 0; answer->entries != NULL && i < answer->entries->len; i++)
    {
      const CfAuditEntry *entry = answer->entries->pdata[i];

      add_entry (self, entry);
      self->before = entry->parent.rev;
    }
  cfa_accessible_name_inside (GTK_WIDGET (self->entries), GTK_TYPE_LIST_BOX, _("What was done"));
  set_note (self, self->rows->len == 0 ? _("Nothing of that kind was done yet.") : NULL);
}

static void
fetch (CfaAuditPage *self)
{
  g_autoptr (CfAuditListParams) params = cf_struct_new (&cf_audit_list_params_shape);

  if (self->wanted != NULL)
    g_cancellable_cancel (self->wanted);
  g_clear_object (&self->wanted);
  self->wanted = g_cancellable_new ();
  params->actor_id = g_strdup (chosen_person (self));
  params->action = g_strdup (chosen_action (self));
  params->before = self->before;
  params->limit = CF_PAGE_DEFAULT;
  gtk_widget_set_visible (self->more_button, FALSE);
  set_note (self, NULL);
  set_busy (self, TRUE);
  cfa_session_call_async (self->session, "audit.list", params, &cf_audit_list_result_shape, self->wanted, on_fetched, g_object_ref (self));
}

static void
on_filter (CfaAuditPage *self)
{
  if (self->session == NULL)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->entries, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  self->before = 0;
  fetch (self);
}

static void
on_export_ended (CfaAuditPage *self, const GError *error)
{
  g_autofree char *words = error != NULL ? g_strdup_printf (_("The log was not exported: %s"), error->message) : g_strdup (_("Exported the log"));

  gtk_widget_set_sensitive (self->export_button, TRUE);
  cfa_change_tell (GTK_WIDGET (self), words);
}

static void
export_into (CfaAuditPage *self, GFile *file)
{
  CfAuditExportParams *params = cf_struct_new (&cf_audit_export_params_shape);
  g_autoptr (CfaCsvExport) export = cfa_csv_export_new (self->session, &pages, params);

  params->actor_id = g_strdup (chosen_person (self));
  params->action = g_strdup (chosen_action (self));
  g_signal_connect_object (export, "ended", G_CALLBACK (on_export_ended), self, G_CONNECT_SWAPPED);
  cfa_csv_export_begin (export, file);
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, CfaAuditPage *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
  if (file == NULL)
    return;
  gtk_widget_set_sensitive (self->export_button, FALSE);
  export_into (self, file);
}

static void
on_export (CfaAuditPage *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Export the audit log"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                                              GTK_FILE_CHOOSER_ACTION_SAVE, _("Export"), NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "audit.csv");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
fill_filters (CfaAuditPage *self)
{
  GListModel *agents = G_LIST_MODEL (cfa_session_get_records (self->session, &cf_agent_shape));
  g_autoptr (GtkStringList) people = gtk_string_list_new (NULL), words = gtk_string_list_new (NULL);

  g_ptr_array_add (self->people, NULL);
  gtk_string_list_append (people, _("Everybody"));
  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (agents, i);

      g_ptr_array_add (self->people, g_strdup (cfa_record_item_get_id (item)));
      gtk_string_list_append (people, ((const CfAgent *) cfa_record_item_get (item))->name);
    }
  gtk_string_list_append (words, _("Everything"));
  for (guint i = 0; cfa_label_actions_at (i) != NULL; i++)
    {
      g_autofree char *label = cfa_label_action (cfa_label_actions_at (i));

      gtk_string_list_append (words, label);
    }
  adw_combo_row_set_model (self->person_row, G_LIST_MODEL (people));
  adw_combo_row_set_model (self->action_row, G_LIST_MODEL (words));
}

static void
cfa_audit_page_dispose (GObject *object)
{
  CfaAuditPage *self = CFA_AUDIT_PAGE (object);

  if (self->wanted != NULL)
    g_cancellable_cancel (self->wanted);
  g_clear_object (&self->wanted);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_audit_page_parent_class)->dispose (object);
}

static void
cfa_audit_page_finalize (GObject *object)
{
  CfaAuditPage *self = CFA_AUDIT_PAGE (object);

  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (cfa_audit_page_parent_class)->finalize (object);
}

static void
cfa_audit_page_class_init (CfaAuditPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_audit_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_audit_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/settings/audit-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaAuditPage, person_row);
  gtk_widget_class_bind_template_child (widget_class, CfaAuditPage, action_row);
  gtk_widget_class_bind_template_child (widget_class, CfaAuditPage, export_button);
  gtk_widget_class_bind_template_child (widget_class, CfaAuditPage, entries);
  gtk_widget_class_bind_template_child (widget_class, CfaAuditPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, CfaAuditPage, more_button);
  gtk_widget_class_bind_template_child (widget_class, CfaAuditPage, note);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  gtk_widget_class_bind_template_callback (widget_class, fetch);
}

static void
cfa_audit_page_init (CfaAuditPage *self)
{
  self->people = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("What to show"));
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_VIEW, _("Choices"));
}

/**
 * cfa_audit_page_new:
 * Returns: (transfer floating): who changed what, for admins.
 */
GtkWidget *
cfa_audit_page_new (CfaSession *session)
{
  CfaAuditPage *self = g_object_new (CFA_TYPE_AUDIT_PAGE, NULL);

  self->session = g_object_ref (session);
  fill_filters (self);
  fetch (self);
  g_signal_connect_object (self->person_row, "notify::selected", G_CALLBACK (on_filter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->action_row, "notify::selected", G_CALLBACK (on_filter), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
