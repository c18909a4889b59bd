/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reply-editor.h"

#include "macro-actions.h"
#include "placeholders.h"
#include "reply-preview.h"

#include "app/accessible-name.h"
#include "app/features/settings/change.h"
#include "app/features/settings/culprit.h"
#include "app/features/settings/editor-window.h"

#include "protocol/id.h"

#include <glib/gi18n.h>
#include <string.h>

struct _CfaReplyEditor
{
  GObject parent_instance;

  CfaSession *session;
  GtkWidget *from;  /* the page: what became of it is said there */
  CfRecord *record; /* as it was, or new with nothing but an id */
  CfRecord *begun;  /* as the fields showed it before anything was typed */
  gboolean is_new;
  GListModel *all;  /* of CfaReply, this one among them */
  guint look_source;

  CfaEditorWindow *window; /* (nullable): it owns this */
  AdwEntryRow *name; /* or shortcut */
  AdwEntryRow *title;
  AdwEntryRow *category;
  CfaMacroActions *actions; /* (nullable): of a macro */
  GtkSwitch *close;
  GtkSwitch *shared;
  GtkTextView *text;
  GtkTextView *note;
  GtkLabel *preview;
};

/* The way back from what was saved. */
typedef struct
{
  CfaSession *session;
  CfRecord *before; /* (nullable): NULL when it is new */
  CfRecord *after;
} Saved;

G_DEFINE_FINAL_TYPE (CfaReplyEditor, cfa_reply_editor, G_TYPE_OBJECT)

/* Somebody to try a text with. */
static const CfaPlaceholderValues nobody = { NULL, NULL, NULL, NULL, NULL };

static gboolean
is_canned (CfaReplyEditor *self)
{
  return self->record->parent.shape == &cf_canned_response_shape;
}

static char *
dup_text (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static char *
dup_or_null (char *text)
{
  if (*g_strstrip (text) != '\0')
    return text;
  g_free (text);
  return NULL;
}

static char *
dup_entry (AdwEntryRow *row)
{
  return dup_or_null (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
replace (char **slot, char *text)
{
  g_free (*slot);
  *slot = text;
}

/* Agents make what is for them alone, and are not asked. */
static gboolean
is_shared (CfaReplyEditor *self)
{
  return self->shared != NULL && gtk_switch_get_active (self->shared);
}

/* Returns: (transfer full): the record as it stands in the fields. */
static CfRecord *
read_fields (CfaReplyEditor *self)
{
  CfRecord *record = cf_struct_copy (self->record);
  const char *agent_id = cfa_session_get_agent_id (self->session);

  if (is_canned (self))
    {
      CfCannedResponse *canned = (CfCannedResponse *) record;
      g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));

      replace (&canned->shortcut, g_utf8_strdown (typed, -1));
      replace (&canned->title, dup_entry (self->title));
      replace (&canned->category, dup_entry (self->category));
      replace (&canned->text, dup_text (self->text));
      if (self->is_new)
        replace (&canned->owner_id, is_shared (self) ? NULL : g_strdup (agent_id));
    }
  else
    {
      CfMacro *macro = (CfMacro *) record;

      replace (&macro->name, g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)))));
      replace (&macro->text, dup_or_null (dup_text (self->text)));
      replace (&macro->note, dup_or_null (dup_text (self->note)));
      cfa_macro_actions_read (self->actions, macro);
      macro->close = gtk_switch_get_active (self->close);
      if (self->is_new)
        replace (&macro->owner_id, is_shared (self) ? NULL : g_strdup (agent_id));
    }
  return record;
}

static gboolean
is_shortcut (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isalnum (g_utf8_get_char (p)) && *p != '-' && *p != '_' && (p == text || !g_unichar_ismark (g_utf8_get_char (p))))
      return FALSE;
  return g_utf8_strlen (text, -1) <= CF_SHORTCUT_MAX;
}

static gboolean
is_taken (CfaReplyEditor *self, const char *shortcut)
{
  GListModel *all = cfa_session_get_canned (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (CfaReply) other = g_list_model_get_item (all, i);

      if (g_str_equal (cfa_reply_get_name (other), shortcut) && !g_str_equal (cfa_reply_get_id (other), self->record->id))
        return TRUE;
    }
  return FALSE;
}

static const char *
canned_problem (CfaReplyEditor *self, const CfCannedResponse *canned)
{
  if (*canned->shortcut == '\0')
    return _("Give it a shortcut, such as “hello”.");
  if (!is_shortcut (canned->shortcut))
    return _("A shortcut has at most 32 letters, digits, - and _.");
  if (is_taken (self, canned->shortcut))
    return _("This shortcut is taken. Choose another one.");
  if (*canned->text == '\0')
    return _("Write the text.");
  return NULL;
}

static const char *
macro_problem (const CfMacro *macro)
{
  if (*macro->name == '\0')
    return _("Give it a name.");
  if (macro->text == NULL && macro->note == NULL && macro->add_tags == NULL && macro->remove_tags == NULL
      && macro->assign == CF_MACRO_ASSIGN_LEAVE && macro->department_id == NULL && !macro->close)
    return _("Say at least one thing that it does.");
  return NULL;
}

static char *
find_problem (CfaReplyEditor *self, const CfRecord *record, const char *text)
{
  const char *problem = is_canned (self) ? canned_problem (self, (const CfCannedResponse *) record) : macro_problem ((const CfMacro *) record);
  g_autoptr (GError) error = NULL;

  if (problem != NULL)
    return g_strdup (problem);
  if (!cf_struct_check (record, &error))
    return g_strdup (error->message);
  return NULL;
}

static gboolean
is_changed (CfaReplyEditor *self)
{
  g_autoptr (CfRecord) record = read_fields (self);

  return self->begun != NULL && !cf_struct_equal (record, self->begun);
}

static void
update (CfaReplyEditor *self)
{
  g_autoptr (CfRecord) record = read_fields (self);
  g_autofree char *text = dup_text (self->text);
  g_autofree char *problem = find_problem (self, record, text);
  CfaPlaceholderValues values = nobody;

  values.visitor_name = _("Ana Sousa");
  values.visitor_email = "ana@example.com";
  values.agent_name = cfa_session_get_agent_name (self->session);
  values.site_name = cfa_session_get_organisation_name (self->session);
  values.conversation_id = self->record->id;
  cfa_reply_preview_show (self->preview, text, &values);
  cfa_editor_window_set_problem (self->window, problem);
  cfa_editor_window_set_changed (self->window, is_changed (self));
}

static void
saved_free (gpointer data)
{
  Saved *saved = data;

  g_object_unref (saved->session);
  g_clear_pointer (&saved->before, cf_struct_unref);
  cf_struct_unref (saved->after);
  g_free (saved);
}

static void
save (CfaSession *session, const CfRecord *record)
{
  if (record->parent.shape == &cf_canned_response_shape)
    cfa_session_save_canned (session, (const CfCannedResponse *) record);
  else
    cfa_session_save_macro (session, (const CfMacro *) record);
}

static void
on_undo (gpointer data)
{
  Saved *saved = data;
  g_autoptr (CfaReply) reply = cfa_reply_new (saved->after);

  if (saved->before != NULL)
    save (saved->session, saved->before);
  else
    cfa_session_remove_reply (saved->session, reply);
}

/* Being used and being put elsewhere in the list is no change. */
static gboolean
says_the_same (const CfRecord *a, const CfRecord *b)
{
  g_autoptr (CfRecord) as_b = cf_struct_copy (a);

  as_b->rev = b->rev;
  if (a->parent.shape == &cf_canned_response_shape)
    ((CfCannedResponse *) as_b)->uses = ((const CfCannedResponse *) b)->uses;
  else
    ((CfMacro *) as_b)->uses = ((const CfMacro *) b)->uses;
  return cf_struct_equal (as_b, b);
}

/* Returns: (transfer full) (nullable): as it is now */
static CfaReply *
find_present (CfaReplyEditor *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->all); i++)
    {
      g_autoptr (CfaReply) reply = g_list_model_get_item (self->all, i);

      if (g_str_equal (cfa_reply_get_id (reply), self->record->id))
        return g_steal_pointer (&reply);
    }
  return NULL;
}

static void
on_save (CfaReplyEditor *self)
{
  g_autoptr (CfRecord) record = read_fields (self);
  g_autoptr (CfaReply) reply = cfa_reply_new (record);
  g_autoptr (CfaReply) replaced = self->is_new ? NULL : find_present (self); /* somebody else's words, perhaps */
  g_autofree char *words = g_strdup_printf (self->is_new ? _("Added “%s”") : _("Saved “%s”"), cfa_reply_get_name (reply));
  Saved *saved = g_new0 (Saved, 1);

  saved->session = g_object_ref (self->session);
  saved->before = self->is_new ? NULL : cf_struct_ref (replaced != NULL ? (gpointer) cfa_reply_get_record (replaced) : self->record);
  saved->after = cf_struct_ref (record);
  g_clear_object (&self->all); /* what comes of it is no news */
  save (self->session, record);
  cfa_change_tell_undo (self->from, words, on_undo, saved, saved_free);
  cfa_editor_window_end (self->window, NULL);
}

static void
on_culprit (GObject *object, const char *who)
{
  CfaReplyEditor *self = CFA_REPLY_EDITOR (object);

  if (self->window != NULL)
    cfa_editor_window_set_torn (self->window, TRUE, who);
}

/* In a window of its own: all fields are filled from the beginning. */
static void
show_present (CfaReplyEditor *self)
{
  g_autoptr (CfaReply) present = find_present (self);
  GtkWindow *window = GTK_WINDOW (self->window);

  if (present != NULL)
    cfa_reply_editor_present (self->session, self->record->parent.shape, present, self->from);
  gtk_window_destroy (window);
}

/* One that has changed leaves the list and comes back: looked at when it has settled. */
static gboolean
look (gpointer data)
{
  CfaReplyEditor *self = data;
  g_autoptr (CfaReply) present = NULL;

  self->look_source = 0;
  if (self->window == NULL || self->all == NULL)
    return G_SOURCE_REMOVE;
  present = find_present (self);
  if (present == NULL)
    {
      cfa_change_tell (self->from, _("Somebody has removed it meanwhile."));
      gtk_window_destroy (GTK_WINDOW (self->window));
    }
  else if (!says_the_same (self->record, cfa_reply_get_record (present)))
    {
      if (!is_changed (self))
        show_present (self);
      else
        {
          cfa_editor_window_set_torn (self->window, TRUE, NULL);
          cfa_culprit_find (self->session, self->record->id, on_culprit, G_OBJECT (self));
        }
    }
  return G_SOURCE_REMOVE;
}

static void
on_list_changed (CfaReplyEditor *self)
{
  if (self->look_source == 0 && self->all != NULL)
    self->look_source = g_idle_add (look, self);
}

static void
cfa_reply_editor_dispose (GObject *object)
{
  CfaReplyEditor *self = CFA_REPLY_EDITOR (object);

  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->all);
  g_clear_object (&self->from);
  g_clear_object (&self->actions);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_reply_editor_parent_class)->dispose (object);
}

static void
cfa_reply_editor_finalize (GObject *object)
{
  CfaReplyEditor *self = CFA_REPLY_EDITOR (object);

  g_clear_pointer (&self->record, cf_struct_unref);
  g_clear_pointer (&self->begun, cf_struct_unref);
  G_OBJECT_CLASS (cfa_reply_editor_parent_class)->finalize (object);
}

static void
cfa_reply_editor_class_init (CfaReplyEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_reply_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_reply_editor_finalize;
}

static void
cfa_reply_editor_init (CfaReplyEditor *self)
{
}

static AdwEntryRow *
add_entry (CfaReplyEditor *self, AdwPreferencesGroup *group, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  return ADW_ENTRY_ROW (row);
}

static GtkSwitch *
add_switch (CfaReplyEditor *self, AdwPreferencesGroup *group, const char *title, gboolean on)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_switch_set_active (GTK_SWITCH (button), on);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  g_signal_connect_object (button, "notify::active", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  return GTK_SWITCH (button);
}

static GtkTextView *
add_text (CfaReplyEditor *self, const char *title, const char *text)
{
  GtkWidget *group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", title, NULL);
  GtkWidget *view = gtk_text_view_new (), *scrolled = gtk_scrolled_window_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  g_object_set (view, "top-margin", 9, "bottom-margin", 9, "left-margin", 12, "right-margin", 12, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text != NULL ? text : "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 90);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN); /* its corners are round */
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), scrolled);
  cfa_editor_window_add (self->window, group);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return GTK_TEXT_VIEW (view);
}

static void
add_canned_fields (CfaReplyEditor *self, AdwPreferencesGroup *group)
{
  const CfCannedResponse *canned = (const CfCannedResponse *) self->record;

  self->name = add_entry (self, group, _("Shortcut"), canned->shortcut);
  self->title = add_entry (self, group, _("Title"), canned->title);
  self->category = add_entry (self, group, _("Category"), canned->category);
}

static void
add_macro_fields (CfaReplyEditor *self, AdwPreferencesGroup *group)
{
  const CfMacro *macro = (const CfMacro *) self->record;

  self->name = add_entry (self, group, _("Name"), macro->name);
  self->actions = cfa_macro_actions_new (self->session, group, macro);
  g_signal_connect_object (self->actions, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->close = add_switch (self, group, _("Close the conversation"), macro->close);
}

static void
add_texts (CfaReplyEditor *self)
{
  if (is_canned (self))
    self->text = add_text (self, _("Text"), ((const CfCannedResponse *) self->record)->text);
  else
    {
      self->text = add_text (self, _("Answer"), ((const CfMacro *) self->record)->text);
      self->note = add_text (self, _("Note for the team"), ((const CfMacro *) self->record)->note);
    }
}

static void
add_preview (CfaReplyEditor *self)
{
  GtkWidget *group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("Preview"), "description",
                                   _("{visitor.name|there}, {visitor.email}, {agent.name}, {site.name} and {conversation.id} are filled in; "
                                     "what stands behind | is for those who have no name. What is underlined could not be."), NULL);

  self->preview = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->preview, TRUE);
  gtk_label_set_wrap_mode (self->preview, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->preview, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->preview));
  cfa_editor_window_add (self->window, group);
}

static void
build (CfaReplyEditor *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (is_canned (self))
    add_canned_fields (self, ADW_PREFERENCES_GROUP (group));
  else
    add_macro_fields (self, ADW_PREFERENCES_GROUP (group));
  if (self->is_new && cfa_session_get_role (self->session) != CF_ROLE_AGENT)
    self->shared = add_switch (self, ADW_PREFERENCES_GROUP (group), _("For the whole team"), TRUE);
  cfa_accessible_name_inside (group, GTK_TYPE_LIST_BOX, gtk_window_get_title (GTK_WINDOW (self->window)));
  cfa_editor_window_add (self->window, group);
  add_texts (self);
  add_preview (self);
}

/**
 * cfa_reply_editor_present:
 * @shape: of a canned response or a macro
 * @reply: (nullable): what to change; NULL begins a new one
 * @from: the page from which it was asked for: the window stands above it, and what became of it is said there
 */
void
cfa_reply_editor_present (CfaSession *session, const CfShape *shape, CfaReply *reply, GtkWidget *from)
{
  CfaReplyEditor *self = g_object_new (CFA_TYPE_REPLY_EDITOR, NULL);
  gboolean canned = shape == &cf_canned_response_shape;

  self->session = g_object_ref (session);
  self->from = g_object_ref (from);
  self->is_new = reply == NULL;
  self->record = reply != NULL ? cf_struct_ref (cfa_reply_get_record (reply)) : cf_struct_new (shape);
  if (reply == NULL)
    self->record->id = cf_id_new ();
  g_set_weak_pointer (&self->window, cfa_editor_window_new (from, canned ? _("Canned response") : _("Macro")));
  g_object_set_data_full (G_OBJECT (self->window), "editor", self, g_object_unref);
  build (self);
  self->begun = read_fields (self);
  update (self);
  g_signal_connect_object (self->window, "save", G_CALLBACK (on_save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "theirs", G_CALLBACK (show_present), self, G_CONNECT_SWAPPED);
  if (reply != NULL)
    {
      self->all = g_object_ref (canned ? cfa_session_get_canned (session) : cfa_session_get_macros (session));
      g_signal_connect_object (self->all, "items-changed", G_CALLBACK (on_list_changed), self, G_CONNECT_SWAPPED);
    }
  gtk_window_present (GTK_WINDOW (self->window));
}
