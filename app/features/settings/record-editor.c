/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-editor.h"

#include "app/features/session/reach.h"
#include "change.h"
#include "editor-window.h"

#include "protocol/methods/results.h"

#include <glib/gi18n.h>

struct _CfaRecordEditor
{
  GObject parent_instance;

  CfaRecordGroup *group; /* of the list in which it is, and where it is said what became of it */
  CfaSession *session;
  CfaRecordItem *item;   /* (nullable): none of a new one */
  CfRecord *saved;       /* as it was when the person began, or has taken over what somebody else did */
  CfRecord *wanted;      /* (nullable): while it is being saved */
  CfRecord *replaced;    /* (nullable): what it takes the place of then, be it somebody else's */
  const CfaRecordForm *kind;
  GObject *form;
  gboolean filling;

  CfaEditorWindow *window; /* (nullable): it owns this */
  GtkWidget *remove; /* (nullable): there is nothing to remove of a new one */
};

G_DEFINE_FINAL_TYPE (CfaRecordEditor, cfa_record_editor, G_TYPE_OBJECT)

static const char *
text_of (gconstpointer record, const char *field)
{
  return cf_field_at (char *, record, cf_shape_field (((const CfStruct *) record)->shape, field));
}

static gint64
version_of (gconstpointer record)
{
  return cf_field_at (gint64, record, cf_shape_field (((const CfStruct *) record)->shape, "version"));
}

static char *const *
sites_of (gconstpointer record)
{
  return cf_field_at (char **, record, cf_shape_field (((const CfStruct *) record)->shape, "sites"));
}

static void
fill (CfaRecordEditor *self)
{
  self->filling = TRUE;
  self->kind->fill (self->form, self->saved);
  self->filling = FALSE;
  cfa_record_editor_look (self);
}

static void
take_theirs (CfaRecordEditor *self)
{
  cf_struct_unref (self->saved);
  self->saved = cf_struct_ref ((gpointer) cfa_record_item_get (self->item));
  cfa_editor_window_set_torn (self->window, FALSE, NULL);
  fill (self);
}

static gboolean
is_changed (CfaRecordEditor *self)
{
  g_autoptr (CfRecord) record = self->kind->read (self->form, self->saved);

  return !cf_struct_equal (record, self->saved);
}

static void
on_item_changed (CfaRecordEditor *self)
{
  gconstpointer record = cfa_record_item_get (self->item);

  if (self->window == NULL || self->wanted != NULL)
    return;
  if (cfa_record_item_is_gone (self->item))
    {
      cfa_change_tell (GTK_WIDGET (self->group), _("Somebody has removed it meanwhile."));
      gtk_window_destroy (GTK_WINDOW (self->window));
    }
  else if (version_of (record) != version_of (self->saved))
    {
      if (is_changed (self))
        cfa_editor_window_set_torn (self->window, TRUE, text_of (record, "changed_by"));
      else
        take_theirs (self);
    }
}

/* What somebody else has done meanwhile was shown: who saves then wants it so. */
static gint64
present_version (CfaRecordEditor *self)
{
  return self->item != NULL ? version_of (cfa_record_item_get (self->item)) : 0;
}

static void
tell_saved (CfaRecordEditor *self)
{
  CfaChange change = { .item = self->item };

  change.done = g_strdup_printf (self->item != NULL ? _("Saved “%s”") : _("Added “%s”"), text_of (self->wanted, "name"));
  if (self->item != NULL)
    {
      change.undo_method = self->kind->save;
      change.undo_params = self->kind->params (self->replaced, present_version (self));
    }
  else
    {
      CfIdParams *params = cf_struct_new (&cf_id_params_shape);

      params->id = g_strdup (self->wanted->id);
      change.undo_method = self->kind->remove;
      change.undo_params = params;
    }
  cfa_change_offer_undo (GTK_WIDGET (self->group), self->session, &change);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaRecordEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (answer != NULL && self->session != NULL)
    tell_saved (self);
  g_clear_pointer (&self->wanted, cf_struct_unref);
  g_clear_pointer (&self->replaced, cf_struct_unref);
  if (self->window != NULL)
    cfa_editor_window_end (self->window, error);
}

static void
on_save (CfaRecordEditor *self)
{
  g_autoptr (CfStruct) params = NULL;

  self->wanted = self->kind->read (self->form, self->saved);
  if (self->item != NULL)
    self->replaced = cf_struct_ref ((gpointer) cfa_record_item_get (self->item));
  params = self->kind->params (self->wanted, present_version (self));
  cfa_session_call_async (self->session, self->kind->save, params, &cf_records_result_shape, NULL, on_saved, g_object_ref (self));
}

static void
on_remove (CfaRecordEditor *self)
{
  GtkWidget *row = cfa_record_group_find (self->group, self->item);
  g_auto (GStrv) parts = g_strsplit (_(self->kind->removed), "%s", 2);
  g_autofree char *done = g_strjoinv (text_of (self->saved, "name"), parts);

  if (row == NULL)
    return;
  cfa_change_remove (row, self->session, self->kind->remove, self->saved->id, done);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
cfa_record_editor_dispose (GObject *object)
{
  CfaRecordEditor *self = CFA_RECORD_EDITOR (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->form);
  g_clear_object (&self->group);
  g_clear_object (&self->session);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (cfa_record_editor_parent_class)->dispose (object);
}

static void
cfa_record_editor_finalize (GObject *object)
{
  CfaRecordEditor *self = CFA_RECORD_EDITOR (object);

  g_clear_pointer (&self->saved, cf_struct_unref);
  g_clear_pointer (&self->wanted, cf_struct_unref);
  g_clear_pointer (&self->replaced, cf_struct_unref);
  G_OBJECT_CLASS (cfa_record_editor_parent_class)->finalize (object);
}

static void
cfa_record_editor_class_init (CfaRecordEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_record_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_record_editor_finalize;
}

static void
cfa_record_editor_init (CfaRecordEditor *self)
{
}

static GtkWidget *
new_remove (CfaRecordEditor *self)
{
  GtkWidget *group = adw_preferences_group_new (), *button = gtk_button_new_with_label (_(self->kind->remove_label));

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "destructive-action");
  gtk_widget_add_css_class (button, "pill");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  self->remove = button;
  return group;
}

/**
 * cfa_record_editor_new:
 * @group: the list of such records: the window stays above it, and what became of it is said there
 * @item: (nullable): what is changed; NULL for a new one
 * @saved: (transfer full): as it is, or what a new one begins with
 * @form: (transfer full): what the functions of @kind know
 *
 * Returns: (transfer none): the editor, which belongs to its window; cfa_record_editor_present() shows that
 */
CfaRecordEditor *
cfa_record_editor_new (CfaRecordGroup *group, CfaSession *session, CfaRecordItem *item, gpointer saved, const CfaRecordForm *kind, GObject *form)
{
  CfaRecordEditor *self = g_object_new (CFA_TYPE_RECORD_EDITOR, NULL);

  self->group = g_object_ref (group);
  self->session = g_object_ref (session);
  g_set_object (&self->item, item);
  self->saved = saved;
  self->kind = kind;
  self->form = form;
  g_set_weak_pointer (&self->window, cfa_editor_window_new (GTK_WIDGET (group), item != NULL ? _(kind->change_title) : _(kind->new_title)));
  g_object_set_data_full (G_OBJECT (self->window), "editor", self, g_object_unref);
  g_signal_connect_object (self->window, "save", G_CALLBACK (on_save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "theirs", G_CALLBACK (take_theirs), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify", G_CALLBACK (cfa_record_editor_look), self, G_CONNECT_SWAPPED);
  cfa_reach_follow (session, G_CALLBACK (cfa_record_editor_look), self);
  if (item != NULL)
    g_signal_connect_object (item, "changed", G_CALLBACK (on_item_changed), self, G_CONNECT_SWAPPED);
  return self;
}

void
cfa_record_editor_add (CfaRecordEditor *self, GtkWidget *group)
{
  cfa_editor_window_add (self->window, group);
}

/* What the server would refuse whatever was written. Returns: (nullable) (transfer full): why */
static char *
find_refusal (CfaRecordEditor *self, gconstpointer record)
{
  if (!cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR))
    return g_strdup (_("You are offline. Changes need a connection."));
  if (self->item != NULL && !cfa_reach_has (self->session, sites_of (self->saved)))
    return g_strdup (_("It can be changed by who serves all of its sites."));
  if (!cfa_reach_has (self->session, sites_of (record)))
    return g_strdup (_("Choose the sites: you don’t serve all of them."));
  return NULL;
}

/**
 * cfa_record_editor_look:
 * To be called whenever the person has changed something.
 */
void
cfa_record_editor_look (CfaRecordEditor *self)
{
  g_autoptr (CfRecord) record = NULL;
  g_autofree char *problem = NULL;

  if (self->filling || self->window == NULL)
    return;
  record = self->kind->read (self->form, self->saved);
  problem = self->kind->problem (self->form, record);
  if (problem == NULL)
    problem = find_refusal (self, record);
  if (self->remove != NULL)
    gtk_widget_set_sensitive (self->remove, cfa_reach_has (self->session, sites_of (self->saved)));
  cfa_editor_window_set_problem (self->window, problem);
  cfa_editor_window_set_changed (self->window, self->item == NULL || !cf_struct_equal (record, self->saved));
  if (self->kind->follow != NULL)
    self->kind->follow (self->form, record);
}

/* All groups were added. */
void
cfa_record_editor_present (CfaRecordEditor *self)
{
  if (self->item != NULL)
    cfa_record_editor_add (self, new_remove (self));
  fill (self);
  gtk_window_present (GTK_WINDOW (self->window));
}
