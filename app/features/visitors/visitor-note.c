/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-note.h"

#include "visitor-change.h"

#include <glib/gi18n.h>

#define LINES_HEIGHT 72

struct _CfaVisitorNote
{
  AdwPreferencesGroup parent_instance;

  CfaSession *session; /* (nullable) */
  CfaVisitor *visitor; /* (nullable) */
  char *value;  /* as it was when it was last shown */
  GtkTextView *text;
  GtkWidget *problem;
};

G_DEFINE_FINAL_TYPE (CfaVisitorNote, cfa_visitor_note, ADW_TYPE_PREFERENCES_GROUP)

static char *
dup_text (CfaVisitorNote *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strchomp (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* What somebody else has written waits while this person is still at theirs; what is typed here is then the last word. */
static void
update (CfaVisitorNote *self)
{
  const CfVisitor *record = cfa_visitor_get (self->visitor);
  const char *value = record != NULL && record->note != NULL ? record->note : "";
  g_autofree char *text = dup_text (self);
  gboolean dirty = g_strcmp0 (text, self->value) != 0;

  gtk_widget_set_sensitive (GTK_WIDGET (self), record != NULL);
  gtk_widget_set_visible (self->problem, dirty && g_strcmp0 (value, self->value) != 0 && g_strcmp0 (value, text) != 0);
  if (gtk_widget_get_visible (self->problem))
    {
      g_autofree char *words = g_strdup_printf (_("Meanwhile somebody has changed it to “%s”."), value);

      gtk_label_set_label (GTK_LABEL (self->problem), words);
      return;
    }
  g_free (self->value);
  self->value = g_strdup (value);
  if (g_strcmp0 (text, value) != 0 && !dirty)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), value, -1);
}

static void
cfa_visitor_note_dispose (GObject *object)
{
  CfaVisitorNote *self = CFA_VISITOR_NOTE (object);

  cfa_visitor_note_set (self, NULL, NULL);
  g_clear_pointer (&self->value, g_free);
  G_OBJECT_CLASS (cfa_visitor_note_parent_class)->dispose (object);
}

static void
cfa_visitor_note_class_init (CfaVisitorNoteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_visitor_note_dispose;
}

static void
cfa_visitor_note_init (CfaVisitorNote *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Notes"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("Only the team sees them."));
  self->value = g_strdup ("");
  self->text = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->text, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->text, FALSE);
  gtk_text_view_set_left_margin (self->text, 12);
  gtk_text_view_set_right_margin (self->text, 12);
  gtk_text_view_set_top_margin (self->text, 9);
  gtk_text_view_set_bottom_margin (self->text, 9);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Notes about the visitor"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), LINES_HEIGHT);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 3 * LINES_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->text));
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_add_css_class (scrolled, "visitor-note");
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "caption");
  gtk_widget_set_margin_top (self->problem, 6);
  gtk_widget_set_visible (self->problem, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), scrolled);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->problem);
  g_signal_connect_object (focus, "leave", G_CALLBACK (cfa_visitor_note_save), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->text), focus);
}

GtkWidget *
cfa_visitor_note_new (void)
{
  return g_object_new (CFA_TYPE_VISITOR_NOTE, NULL);
}

/**
 * cfa_visitor_note_set:
 * @visitor: (nullable): whose notes it shows, and follows; what was typed for another one is saved
 */
void
cfa_visitor_note_set (CfaVisitorNote *self, CfaSession *session, CfaVisitor *visitor)
{
  if (self->visitor == visitor)
    return;
  cfa_visitor_note_save (self);
  if (self->visitor != NULL)
    g_signal_handlers_disconnect_by_data (self->visitor, self);
  g_set_object (&self->session, session);
  g_set_object (&self->visitor, visitor);
  if (visitor == NULL)
    return;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), "", -1);
  g_free (self->value);
  self->value = g_strdup ("");
  g_signal_connect_swapped (visitor, "changed", G_CALLBACK (update), self);
  update (self);
}

/**
 * cfa_visitor_note_save:
 * Keeps what was typed; when the person goes elsewhere that happens by itself.
 */
void
cfa_visitor_note_save (CfaVisitorNote *self)
{
  g_autofree char *text = dup_text (self), *cut = NULL;

  if (self->visitor == NULL || cfa_visitor_get (self->visitor) == NULL || g_strcmp0 (text, self->value) == 0)
    return;
  cut = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), CF_VISITOR_NOTE_MAX));
  g_free (self->value);
  self->value = g_strdup (text);
  cfa_visitor_change_text (GTK_WIDGET (self), self->session, self->visitor, "note", cut, g_strdup (_("The notes were saved")));
}
