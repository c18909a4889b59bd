/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-dialog.h"

#include "saved-views.h"

#include "app/accessible-name.h"
#include "app/features/session/reach.h"
#include "app/features/settings/form-dialog.h"

#include "protocol/id.h"
#include "protocol/methods/results.h"
#include "protocol/methods/saved-view-params.h"
#include "protocol/records/department.h"
#include "protocol/records/site.h"
#include "protocol/records/tag.h"

#include <glib/gi18n.h>

#define MINUTE_MS G_GINT64_CONSTANT (60000)

/* The first in each list is "whatever it is". */
static const gint64 waits[] = { 0, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, 60 * MINUTE_MS, 240 * MINUTE_MS, 1440 * MINUTE_MS };

/* A row with a list of things to choose from; ids[0] stands for any. */
typedef struct
{
  GtkWidget *row;
  GPtrArray *ids; /* of char *, nullable */
} Choice;

typedef struct
{
  CfaSession *session;
  CfaFormDialog *dialog;
  CfSavedView *view; /* (nullable): the one that is changed */
  char *id;          /* of the one that is made: the same for each try */
  CfaField *name;
  GtkWidget *status, *waiting, *mood, *shared;
  Choice assignee, department, site, tag;
  gint64 other_wait; /* one that is not in the list, as it was */
} Form;

static void
choice_clear (Choice *choice)
{
  g_ptr_array_unref (choice->ids);
}

static void
form_free (Form *form)
{
  g_object_unref (form->session);
  g_clear_pointer (&form->view, cf_struct_unref);
  g_free (form->id);
  choice_clear (&form->assignee);
  choice_clear (&form->department);
  choice_clear (&form->site);
  choice_clear (&form->tag);
  g_free (form);
}

static GtkWidget *
add_combo (Form *form, const char *title, const char *const *words)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);
  GtkWidget *row = g_object_new (ADW_TYPE_COMBO_ROW, "title", title, "model", list, NULL);

  cfa_form_dialog_add (form->dialog, row);
  cfa_accessible_name_inside (row, GTK_TYPE_LIST_VIEW, title);
  return row;
}

static guint
selected (GtkWidget *row)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (row));
}

static void
choice_append (Choice *choice, const char *id, const char *name)
{
  GtkStringList *list = GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (choice->row)));

  g_ptr_array_add (choice->ids, g_strdup (id));
  gtk_string_list_append (list, name);
}

/* Fills it with all of @shape; what @id names and is not there any more stays chosen until another is. */
static void
choice_fill (Form *form, Choice *choice, const CfShape *shape, const char *id)
{
  CfaDirectory *directory = cfa_session_get_directory (form->session);
  g_autoptr (GPtrArray) records = cfa_directory_list (directory, shape);
  guint position = 0;

  for (guint i = 0; i < records->len; i++)
    {
      const char *each = ((CfRecord *) records->pdata[i])->id;

      if (g_strcmp0 (each, id) == 0)
        position = choice->ids->len;
      choice_append (choice, each, cfa_directory_get_name (directory, each));
    }
  if (id != NULL && position == 0)
    {
      position = choice->ids->len;
      choice_append (choice, id, shape == &cf_site_shape && cfa_reach_get_sites (form->session) != NULL ? _("A site that you don’t serve") : _("Removed meanwhile"));
    }
  if (position > 0)
    adw_combo_row_set_selected (ADW_COMBO_ROW (choice->row), position);
}

static void
choice_init (Form *form, Choice *choice, const char *title, const char *any)
{
  const char *const words[] = { any, NULL };

  choice->row = add_combo (form, title, words);
  choice->ids = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (choice->ids, NULL);
}

static char *
choice_dup (const Choice *choice)
{
  return g_strdup (choice->ids->pdata[selected (choice->row)]);
}

static void
add_assignee (Form *form, const CfSavedView *from)
{
  choice_init (form, &form->assignee, _("Assigned to"), _("Anybody or nobody"));
  choice_append (&form->assignee, NULL, _("Whoever looks"));
  choice_append (&form->assignee, NULL, _("Nobody"));
  choice_fill (form, &form->assignee, &cf_agent_shape, from->assignee_id);
  if (from->assignee != CF_VIEW_ASSIGNEE_AGENT)
    adw_combo_row_set_selected (ADW_COMBO_ROW (form->assignee.row), from->assignee);
}

static void
add_waiting (Form *form, const CfSavedView *from)
{
  const char *const words[] = { _("However long"), _("2 minutes or longer"), _("5 minutes or longer"), _("10 minutes or longer"),
                                _("Half an hour or longer"), _("An hour or longer"), _("4 hours or longer"), _("A day or longer"), NULL };
  guint position = 0;

  form->waiting = add_combo (form, _("Waiting for an answer"), words);
  while (position < G_N_ELEMENTS (waits) && waits[position] != from->waiting_over)
    position++;
  if (position == G_N_ELEMENTS (waits))
    {
      g_autofree char *other = g_strdup_printf (ngettext ("%u minute or longer", "%u minutes or longer", (guint) (from->waiting_over / MINUTE_MS)),
                                                (guint) (from->waiting_over / MINUTE_MS));

      form->other_wait = from->waiting_over;
      gtk_string_list_append (GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (form->waiting))), other);
    }
  adw_combo_row_set_selected (ADW_COMBO_ROW (form->waiting), position);
}

static void
add_rows (Form *form, const CfSavedView *from)
{
  const char *const statuses[] = { _("Any"), C_ ("status", "Open"), _("Snoozed"), _("Closed"), NULL };
  const char *const moods[] = { _("Any"), C_ ("mood", "Pleased"), C_ ("mood", "Neither"), C_ ("mood", "Unhappy"), NULL };

  form->name = cfa_form_dialog_add_field (form->dialog, _("Name"), cfa_rule_name, FALSE);
  if (from->name != NULL)
    cfa_field_set_value (form->name, from->name);
  form->status = add_combo (form, _("Status"), statuses);
  adw_combo_row_set_selected (ADW_COMBO_ROW (form->status), from->status);
  add_assignee (form, from);
  choice_init (form, &form->department, _("Department"), _("Any"));
  choice_fill (form, &form->department, &cf_department_shape, from->department_id);
  choice_init (form, &form->site, _("Site"), _("Any"));
  choice_fill (form, &form->site, &cf_site_shape, from->site_id);
  choice_init (form, &form->tag, _("Tag"), _("Any"));
  choice_fill (form, &form->tag, &cf_tag_shape, from->tag_id);
  add_waiting (form, from);
  form->mood = add_combo (form, _("The visitor sounds"), moods);
  adw_combo_row_set_selected (ADW_COMBO_ROW (form->mood), from->mood);
}

/* Only who leads the team arranges what everybody sees; whose a view is never changes. */
static void
add_shared (Form *form)
{
  GtkWidget *row, *toggle;

  if (cfa_session_get_role (form->session) < CF_ROLE_SUPERVISOR)
    return;
  toggle = gtk_switch_new ();
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Share with the team"), "subtitle", _("Everybody sees it in their list"),
                      "activatable-widget", toggle, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  form->shared = toggle;
  cfa_form_dialog_add (form->dialog, row);
}

/* What was chosen, as the fields of a view. */
static CfSavedView *
read_form (Form *form)
{
  CfSavedView *view = cf_struct_new (&cf_saved_view_shape);
  guint who = selected (form->assignee.row), wait = selected (form->waiting);

  view->name = cfa_field_dup_text (form->name);
  view->status = selected (form->status);
  view->assignee = MIN (who, CF_VIEW_ASSIGNEE_AGENT);
  view->assignee_id = choice_dup (&form->assignee);
  view->department_id = choice_dup (&form->department);
  view->site_id = choice_dup (&form->site);
  view->tag_id = choice_dup (&form->tag);
  view->waiting_over = wait < G_N_ELEMENTS (waits) ? waits[wait] : form->other_wait;
  view->mood = selected (form->mood);
  return view;
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaFormDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  cfa_form_dialog_end (dialog, answer == NULL ? error : NULL);
}

static void
on_submitted (CfaFormDialog *dialog, Form *form)
{
  g_autoptr (CfSavedView) view = read_form (form);
  g_autoptr (CfStruct) params = NULL;

  if (form->view != NULL)
    params = cfa_view_update_params (form->view->parent.id, view);
  else
    {
      CfViewAddParams *add = cfa_view_add_params (form->id, view);

      add->shared = form->shared != NULL && gtk_switch_get_active (GTK_SWITCH (form->shared));
      add->place = cfa_view_next_place (cfa_session_get_directory (form->session), add->shared);
      params = (CfStruct *) add;
    }
  cfa_session_call_async (form->session, form->view != NULL ? "view.update" : "view.add", params, &cf_records_result_shape, NULL,
                          on_answered, g_object_ref (dialog));
}

static void
open_dialog (GtkWidget *parent, CfaSession *session, CfSavedView *view, const CfSavedView *from)
{
  Form *form = g_new0 (Form, 1);

  form->session = g_object_ref (session);
  form->view = view;
  form->id = cf_id_new ();
  form->dialog = cfa_form_dialog_new (parent, view != NULL ? _("Change the view") : _("New view"), view != NULL ? _("Save") : _("Save this view"),
                                      _("Shows the conversations for which all of this is true."));
  add_rows (form, from);
  if (view == NULL)
    add_shared (form);
  g_object_set_data_full (G_OBJECT (form->dialog), "form", form, (GDestroyNotify) form_free);
  g_signal_connect (form->dialog, "submitted", G_CALLBACK (on_submitted), form);
  gtk_window_present (GTK_WINDOW (form->dialog));
  gtk_widget_grab_focus (cfa_field_get_row (form->name));
}

/* What the person looks at is what they begin with. */
static void
begin_with (CfSavedView *from, const char *folder)
{
  CfaInbox inbox;

  from->status = CF_VIEW_STATUS_OPEN;
  from->department_id = g_strdup (cfa_folder_get_department (folder));
  from->site_id = g_strdup (cfa_folder_get_site (folder));
  if (!cfa_folder_is_inbox (folder, &inbox))
    return;
  if (inbox == CFA_INBOX_MINE)
    from->assignee = CF_VIEW_ASSIGNEE_ME;
  else if (inbox == CFA_INBOX_UNASSIGNED)
    from->assignee = CF_VIEW_ASSIGNEE_NONE;
  else if (inbox == CFA_INBOX_SNOOZED)
    from->status = CF_VIEW_STATUS_SNOOZED;
  else if (inbox == CFA_INBOX_CLOSED)
    from->status = CF_VIEW_STATUS_CLOSED;
}

/**
 * cfa_view_dialog_make:
 * @parent: a widget of the window above which it opens
 * @folder: what is shown now: the filters begin with it
 */
void
cfa_view_dialog_make (GtkWidget *parent, CfaSession *session, const char *folder)
{
  g_autoptr (CfSavedView) from = NULL;
  const CfRecord *view = cfa_directory_get (cfa_session_get_directory (session), &cf_saved_view_shape, cfa_folder_get_view (folder));

  if (view != NULL)
    {
      from = cf_struct_copy (view);
      g_clear_pointer (&from->name, g_free);
    }
  else
    {
      from = cf_struct_new (&cf_saved_view_shape);
      begin_with (from, folder);
    }
  open_dialog (parent, session, NULL, from);
}

/**
 * cfa_view_dialog_change:
 * @id: of a view that this agent may change
 */
void
cfa_view_dialog_change (GtkWidget *parent, CfaSession *session, const char *id)
{
  const CfRecord *view = cfa_directory_get (cfa_session_get_directory (session), &cf_saved_view_shape, id);

  if (view != NULL)
    open_dialog (parent, session, cf_struct_copy (view), (const CfSavedView *) view);
}
