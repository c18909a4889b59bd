/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-alike.h"

#include "app/features/settings/change.h"
#include "visitor-words.h"

#include "protocol/methods/results.h"
#include "protocol/methods/visitor-params.h"

#include <glib/gi18n.h>

struct _CfaVisitorAlike
{
  AdwPreferencesGroup parent_instance;

  CfaSession *session; /* (nullable) */
  CfaVisitor *visitor; /* (nullable) */
  char *asked_for;     /* (nullable): id, address and number that the server was asked about */
  GPtrArray *alike;    /* of CfVisitor */
  GPtrArray *rows;
};

/* An answer that may come when the panel shows somebody else. */
typedef struct
{
  CfaVisitorAlike *self;
  char *asked_for;
} Question;

G_DEFINE_FINAL_TYPE (CfaVisitorAlike, cfa_visitor_alike, ADW_TYPE_PREFERENCES_GROUP)

static void
question_free (Question *question)
{
  g_object_unref (question->self);
  g_free (question->asked_for);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static CfVisitorMergeParams *
merge_params (const char *id, const char *into)
{
  CfVisitorMergeParams *params = cf_struct_new (&cf_visitor_merge_params_shape);

  params->id = g_strdup (id);
  params->into = g_strdup (into);
  return params;
}

static CfIdParams *
id_params (const char *id)
{
  CfIdParams *params = cf_struct_new (&cf_id_params_shape);

  params->id = g_strdup (id);
  return params;
}

static void
do_merge (CfaVisitorAlike *self, const CfVisitor *other)
{
  g_autofree char *title = cfa_visitor_known_as (other);
  CfaChange change = {
    .method = "visitor.merge", .params = merge_params (other->parent.id, cfa_visitor_get_id (self->visitor)),
    .undo_method = "visitor.unmerge", .undo_params = id_params (other->parent.id),
    .done = g_strdup_printf (_("Merged with %s"), title),
  };

  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, CfaVisitorAlike *self)
{
  const CfVisitor *other = g_object_get_data (G_OBJECT (dialog), "other");

  if (g_strcmp0 (response, "merge") == 0 && self->visitor != NULL)
    do_merge (self, other);
}

static void
on_merge (GtkWidget *button, CfaVisitorAlike *self)
{
  CfVisitor *other = g_object_get_data (G_OBJECT (button), "visitor");
  const CfVisitor *record = cfa_visitor_get (self->visitor);
  g_autofree char *title = cfa_visitor_known_as (other), *own = record != NULL ? cfa_visitor_known_as (record) : NULL;
  g_autofree char *heading = g_strdup_printf (_("Merge with %s?"), title);
  g_autofree char *lines = record != NULL ? cfa_visitor_merge_preview (record, other) : NULL;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  if (record == NULL)
    return;
  body = g_strdup_printf (_("Conversations of both are shown together under %s. Neither visitor sees anything of the other’s.%s%s"), own,
                          *lines != '\0' ? "\n\n" : "", lines);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "merge", _("_Merge"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "merge", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "merge");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "other", cf_struct_ref (other), cf_struct_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_separate (GtkWidget *button, CfaVisitorAlike *self)
{
  const CfVisitor *other = g_object_get_data (G_OBJECT (button), "visitor");
  g_autofree char *title = cfa_visitor_known_as (other);
  CfaChange change = {
    .method = "visitor.unmerge", .params = id_params (other->parent.id),
    .undo_method = "visitor.merge", .undo_params = merge_params (other->parent.id, cfa_visitor_get_id (self->visitor)),
    .done = g_strdup_printf (_("Separated from %s"), title),
  };

  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

static void
add_row (CfaVisitorAlike *self, CfVisitor *other, const char *subtitle, const char *action, GCallback callback)
{
  g_autofree char *title = cfa_visitor_known_as (other), *escaped = g_markup_escape_text (title, -1);
  g_autofree char *said = g_strdup_printf ("%s: %s", action, title);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", escaped, "subtitle", subtitle, NULL);
  GtkWidget *button = gtk_button_new_with_label (action);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_sensitive (button, cfa_change_allowed (self->session, CF_ROLE_AGENT));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  g_object_set_data_full (G_OBJECT (button), "visitor", cf_struct_ref (other), cf_struct_unref);
  g_signal_connect (button, "clicked", callback, self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
show (CfaVisitorAlike *self)
{
  const CfVisitor *record = cfa_visitor_get (self->visitor);
  GPtrArray *merged = cfa_visitor_get_merged (self->visitor);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; record != NULL && i < self->alike->len; i++)
    add_row (self, self->alike->pdata[i], cfa_visitor_alike_because (record, self->alike->pdata[i]), _("Merge…"), G_CALLBACK (on_merge));
  for (guint i = 0; i < merged->len; i++)
    add_row (self, merged->pdata[i], _("Shown together"), _("Separate"), G_CALLBACK (on_separate));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), self->alike->len > 0 ? _("Same person?") : _("Same person"));
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  CfaVisitorAlike *self = question->self;
  g_autoptr (CfRecordsResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, NULL);

  if (self->visitor == NULL || g_strcmp0 (question->asked_for, self->asked_for) != 0)
    return;
  g_ptr_array_set_size (self->alike, 0);
  for (guint i = 0; answer != NULL && answer->records != NULL && i < answer->records->len; i++)
    if (CF_RECORD (answer->records->pdata[i])->parent.shape == &cf_visitor_shape)
      g_ptr_array_add (self->alike, cf_struct_ref (answer->records->pdata[i]));
  if (answer == NULL)
    g_clear_pointer (&self->asked_for, g_free); /* another time */
  show (self);
}

/* Asked anew when what it depends on is another: who it is, an address, a number, who is merged. */
static void
update (CfaVisitorAlike *self)
{
  const CfVisitor *record = cfa_visitor_get (self->visitor);
  g_autoptr (CfIdParams) params = NULL;
  g_autofree char *about = NULL;
  Question *question;

  show (self);
  if (record == NULL || cfa_session_get_link (self->session) != CFA_LINK_LIVE)
    return;
  about = g_strdup_printf ("%s\n%s\n%s\n%u", record->parent.id, record->email != NULL ? record->email : "",
                           record->phone != NULL ? record->phone : "", cfa_visitor_get_merged (self->visitor)->len);
  if (g_strcmp0 (about, self->asked_for) == 0)
    return;
  g_free (self->asked_for);
  self->asked_for = g_steal_pointer (&about);
  params = id_params (record->parent.id);
  question = g_new (Question, 1);
  *question = (Question) { g_object_ref (self), g_strdup (self->asked_for) };
  cfa_session_call_async (self->session, "visitor.alike", params, &cf_records_result_shape, NULL, on_answered, question);
}

static void
cfa_visitor_alike_dispose (GObject *object)
{
  CfaVisitorAlike *self = CFA_VISITOR_ALIKE (object);

  cfa_visitor_alike_set (self, NULL, NULL);
  G_OBJECT_CLASS (cfa_visitor_alike_parent_class)->dispose (object);
}

static void
cfa_visitor_alike_finalize (GObject *object)
{
  CfaVisitorAlike *self = CFA_VISITOR_ALIKE (object);

  g_free (self->asked_for);
  g_ptr_array_unref (self->alike);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (cfa_visitor_alike_parent_class)->finalize (object);
}

static void
cfa_visitor_alike_class_init (CfaVisitorAlikeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_visitor_alike_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_visitor_alike_finalize;
}

static void
cfa_visitor_alike_init (CfaVisitorAlike *self)
{
  self->alike = cf_structs_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
cfa_visitor_alike_new (void)
{
  return g_object_new (CFA_TYPE_VISITOR_ALIKE, NULL);
}

/**
 * cfa_visitor_alike_set:
 * @visitor: (nullable): whom it looks for others like
 */
void
cfa_visitor_alike_set (CfaVisitorAlike *self, CfaSession *session, CfaVisitor *visitor)
{
  if (self->visitor == visitor)
    return;
  if (self->visitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->visitor, self);
      g_signal_handlers_disconnect_by_data (self->session, self);
    }
  g_set_object (&self->session, session);
  g_set_object (&self->visitor, visitor);
  g_clear_pointer (&self->asked_for, g_free);
  g_ptr_array_set_size (self->alike, 0);
  if (visitor == NULL)
    return;
  g_signal_connect_swapped (visitor, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (session, "notify::link", G_CALLBACK (update), self);
  update (self);
}
