/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reply-editor.h"

#include "macro-actions.h"
#include "placeholders.h"
#include "reply-preview.h"

#include "app/accessible-name.h"

#include "protocol/id.h"

#include <glib/gi18n.h>
#include <string.h>

struct _CfaReplyEditor
{
  AdwWindow parent_instance;

  CfaSession *session;
  CfRecord *record; /* as it was, or new with nothing but an id */
  gboolean is_new;

  AdwEntryRow *name; /* or shortcut */
  AdwEntryRow *title;
  AdwEntryRow *category;
  CfaMacroActions *actions; /* (nullable): of a macro */
  GtkSwitch *close;
  GtkSwitch *shared;
  GtkTextView *text;
  GtkTextView *note;
  GtkLabel *preview;
  GtkLabel *problem;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (CfaReplyEditor, cfa_reply_editor, ADW_TYPE_WINDOW)

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
        replace (&canned->owner_id, gtk_switch_get_active (self->shared) ? NULL : g_strdup (agent_id));
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
        replace (&macro->owner_id, gtk_switch_get_active (self->shared) ? NULL : g_strdup (agent_id));
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
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_sensitive (self->save, problem == NULL);
}

static void
on_save (CfaReplyEditor *self)
{
  g_autoptr (CfRecord) record = read_fields (self);

  if (is_canned (self))
    cfa_session_save_canned (self->session, (const CfCannedResponse *) record);
  else
    cfa_session_save_macro (self->session, (const CfMacro *) record);
  gtk_window_close (GTK_WINDOW (self));
}

static void
cfa_reply_editor_finalize (GObject *object)
{
  CfaReplyEditor *self = CFA_REPLY_EDITOR (object);

  g_clear_object (&self->actions);
  g_clear_object (&self->session);
  g_clear_pointer (&self->record, cf_struct_unref);
  G_OBJECT_CLASS (cfa_reply_editor_parent_class)->finalize (object);
}

static void
cfa_reply_editor_class_init (CfaReplyEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_reply_editor_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
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
  g_signal_connect_swapped (row, "changed", G_CALLBACK (update), self);
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
  g_signal_connect_swapped (button, "notify::active", G_CALLBACK (update), self);
  adw_preferences_group_add (group, row);
  return GTK_SWITCH (button);
}

static GtkTextView *
add_text (CfaReplyEditor *self, GtkBox *box, const char *title, const char *text)
{
  GtkWidget *label = gtk_label_new (title), *view = gtk_text_view_new (), *scrolled = gtk_scrolled_window_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  g_object_set (view, "top-margin", 9, "bottom-margin", 9, "left-margin", 12, "right-margin", 12, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text != NULL ? text : "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 90);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_box_append (box, label);
  gtk_box_append (box, scrolled);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return GTK_TEXT_VIEW (view);
}

static void
add_canned_fields (CfaReplyEditor *self, AdwPreferencesGroup *group, GtkBox *box)
{
  const CfCannedResponse *canned = (const CfCannedResponse *) self->record;

  self->name = add_entry (self, group, _("Shortcut"), canned->shortcut);
  self->title = add_entry (self, group, _("Title"), canned->title);
  self->category = add_entry (self, group, _("Category"), canned->category);
  self->text = add_text (self, box, _("Text"), canned->text);
}

static void
add_macro_fields (CfaReplyEditor *self, AdwPreferencesGroup *group, GtkBox *box)
{
  const CfMacro *macro = (const CfMacro *) self->record;

  self->name = add_entry (self, group, _("Name"), macro->name);
  self->actions = cfa_macro_actions_new (self->session, group, macro);
  g_signal_connect_object (self->actions, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->close = add_switch (self, group, _("Close the conversation"), macro->close);
  self->text = add_text (self, box, _("Answer"), macro->text);
  self->note = add_text (self, box, _("Note for the team"), macro->note);
}

static void
add_preview (CfaReplyEditor *self, GtkBox *box)
{
  GtkWidget *hint = gtk_label_new (_("{visitor.name|there}, {visitor.email}, {agent.name}, {site.name} and {conversation.id} are filled in; "
                                     "what stands behind | is for those who have no name. What is underlined could not be."));
  GtkWidget *heading = gtk_label_new (_("Preview"));

  self->preview = GTK_LABEL (gtk_label_new (NULL));
  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "amber");
  for (guint i = 0; i < 4; i++)
    {
      GtkWidget *label = (GtkWidget *[]) { hint, heading, GTK_WIDGET (self->preview), GTK_WIDGET (self->problem) }[i];

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (box, label);
    }
}

static GtkWidget *
make_header (CfaReplyEditor *self)
{
  GtkWidget *header = adw_header_bar_new (), *cancel = gtk_button_new_with_label (_("Cancel"));

  self->save = gtk_button_new_with_label (_("Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (on_save), self);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  return header;
}

static void
build (CfaReplyEditor *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new (), *group = adw_preferences_group_new ();

  gtk_box_append (GTK_BOX (outer), make_header (self));
  gtk_box_append (GTK_BOX (box), group);
  if (is_canned (self))
    add_canned_fields (self, ADW_PREFERENCES_GROUP (group), GTK_BOX (box));
  else
    add_macro_fields (self, ADW_PREFERENCES_GROUP (group), GTK_BOX (box));
  if (self->is_new && cfa_session_get_role (self->session) != CF_ROLE_AGENT)
    self->shared = add_switch (self, ADW_PREFERENCES_GROUP (group), _("For the whole team"), TRUE);
  cfa_accessible_name_inside (group, GTK_TYPE_LIST_BOX, gtk_window_get_title (GTK_WINDOW (self)));
  add_preview (self, GTK_BOX (box));
  g_object_set (box, "margin-top", 18, "margin-bottom", 18, "margin-start", 18, "margin-end", 18, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (outer), scrolled);
  adw_window_set_content (ADW_WINDOW (self), outer);
}

/**
 * cfa_reply_editor_new:
 * @shape: of a canned response or a macro
 * @reply: (nullable): what to change; NULL begins a new one
 * @parent: (nullable): the window before which it stands
 */
GtkWidget *
cfa_reply_editor_new (CfaSession *session, const CfShape *shape, CfaReply *reply, GtkWindow *parent)
{
  CfaReplyEditor *self = g_object_new (CFA_TYPE_REPLY_EDITOR, "modal", TRUE, "transient-for", parent, "default-width", 480,
                                       "default-height", 640, NULL);

  self->session = g_object_ref (session);
  self->is_new = reply == NULL;
  if (reply == NULL)
    {
      self->record = cf_struct_new (shape);
      self->record->id = cf_id_new ();
    }
  else
    self->record = cf_struct_ref (cfa_reply_get_canned (reply) != NULL ? (gpointer) cfa_reply_get_canned (reply)
                                                                      : (gpointer) cfa_reply_get_macro (reply));
  gtk_window_set_title (GTK_WINDOW (self), shape == &cf_canned_response_shape ? _("Canned response") : _("Macro"));
  build (self);
  update (self);
  return GTK_WIDGET (self);
}
