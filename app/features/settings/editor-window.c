/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor-window.h"

#include "change.h"

#include <glib/gi18n.h>

#define WIDTH  640
#define HEIGHT 720

struct _CfaEditorWindow
{
  AdwWindow parent_instance;

  gboolean busy;
  gboolean fine;    /* can be saved as it stands */
  gboolean changed; /* there is something to lose */
  gboolean torn;    /* somebody else has saved it since */

  GtkWidget *save_button;
  GtkWidget *spinner;
  AdwPreferencesPage *page;
  GtkWidget *torn_bar;
  GtkLabel *torn_label;
  GtkWidget *problem_bar;
  GtkLabel *problem_label;
};

enum
{
  SAVE,
  THEIRS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaEditorWindow, cfa_editor_window, ADW_TYPE_WINDOW)

static void
update (CfaEditorWindow *self)
{
  gtk_widget_set_sensitive (self->save_button, self->fine && !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), !self->busy);
  gtk_widget_set_visible (self->spinner, self->busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->busy);
}

/* @error: whether the words are of an attempt that came to nothing, and not only of what is missing still */
static void
show_problem (CfaEditorWindow *self, const char *words, gboolean error)
{
  gtk_label_set_label (self->problem_label, words != NULL ? words : "");
  gtk_widget_set_visible (self->problem_bar, words != NULL);
  if (error)
    gtk_widget_add_css_class (GTK_WIDGET (self->problem_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->problem_label), "error");
}

static void
on_save (CfaEditorWindow *self)
{
  if (!self->fine || self->busy)
    return;
  self->busy = TRUE;
  show_problem (self, NULL, FALSE);
  update (self);
  g_signal_emit (self, signals[SAVE], 0);
}

static void
on_theirs (CfaEditorWindow *self)
{
  g_signal_emit (self, signals[THEIRS], 0);
}

static void
on_answer (CfaEditorWindow *self, const char *answer)
{
  if (g_str_equal (answer, "discard"))
    gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
cfa_editor_window_close_request (GtkWindow *window)
{
  CfaEditorWindow *self = CFA_EDITOR_WINDOW (window);
  GtkWidget *dialog;

  if (!self->changed)
    return GTK_WINDOW_CLASS (cfa_editor_window_parent_class)->close_request (window);
  dialog = adw_message_dialog_new (window, _("Discard the changes?"), _("They have not been saved."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _("Keep editing"), "discard", _("Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

static gboolean
on_save_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  on_save (CFA_EDITOR_WINDOW (widget));
  return TRUE;
}

static void
cfa_editor_window_class_init (CfaEditorWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GTK_WINDOW_CLASS (klass)->close_request = cfa_editor_window_close_request;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, on_save_key, NULL);
  signals[SAVE] = g_signal_new ("save", CFA_TYPE_EDITOR_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[THEIRS] = g_signal_new ("theirs", CFA_TYPE_EDITOR_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* Returns: (transfer floating): a line of words across the window. */
static GtkWidget *
new_bar (GtkLabel **label)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  *label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (*label, TRUE);
  gtk_label_set_xalign (*label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (*label), TRUE);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (*label));
  gtk_widget_add_css_class (bar, "link-bar");
  gtk_widget_set_visible (bar, FALSE);
  return bar;
}

static GtkWidget *
new_header (CfaEditorWindow *self)
{
  GtkWidget *header = adw_header_bar_new (), *cancel = gtk_button_new_with_label (_("Cancel"));

  gtk_widget_add_css_class (header, "flat");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  self->save_button = gtk_button_new_with_label (_("Save"));
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  gtk_widget_set_tooltip_text (self->save_button, _("Save (Ctrl+S)"));
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (on_save), self, G_CONNECT_SWAPPED);
  self->spinner = gtk_spinner_new ();
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save_button);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->spinner);
  return header;
}

static void
cfa_editor_window_init (CfaEditorWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *theirs = gtk_button_new_with_label (_("Show theirs"));

  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->page), TRUE);
  self->torn_bar = new_bar (&self->torn_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (theirs), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("What you have changed here is lost"), -1);
  gtk_widget_set_tooltip_text (theirs, _("What you have changed here is lost"));
  gtk_widget_set_valign (theirs, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->torn_bar), theirs);
  self->problem_bar = new_bar (&self->problem_label);
  gtk_box_append (GTK_BOX (box), new_header (self));
  gtk_box_append (GTK_BOX (box), self->torn_bar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->page));
  gtk_box_append (GTK_BOX (box), self->problem_bar);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 290);
  g_signal_connect_object (theirs, "clicked", G_CALLBACK (on_theirs), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_editor_window_new:
 * @from: where the person asked for it: the window stays above that
 *
 * Returns: (transfer none): the window, which belongs to the toolkit; gtk_window_present() shows it
 */
CfaEditorWindow *
cfa_editor_window_new (GtkWidget *from, const char *title)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (from));
  CfaEditorWindow *self = g_object_new (CFA_TYPE_EDITOR_WINDOW, "title", title, "modal", TRUE, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  int width, height;

  gtk_window_get_default_size (parent, &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (width, WIDTH), MIN (height, HEIGHT));
  update (self);
  return self;
}

/* @group: (transfer floating): an AdwPreferencesGroup */
void
cfa_editor_window_add (CfaEditorWindow *self, GtkWidget *group)
{
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (group));
}

/**
 * cfa_editor_window_set_problem:
 * @problem: (nullable): why it cannot be saved yet
 */
void
cfa_editor_window_set_problem (CfaEditorWindow *self, const char *problem)
{
  self->fine = problem == NULL;
  show_problem (self, problem, FALSE);
  update (self);
}

void
cfa_editor_window_set_changed (CfaEditorWindow *self, gboolean changed)
{
  self->changed = changed;
}

/**
 * cfa_editor_window_set_torn:
 * @torn: whether somebody else has saved it since the person began
 * @who: (nullable): who that was
 */
void
cfa_editor_window_set_torn (CfaEditorWindow *self, gboolean torn, const char *who)
{
  g_autofree char *named = who != NULL ? g_strdup_printf (_("Meanwhile %s has changed this. Saving puts yours in its place."), who) : NULL;

  self->torn = torn;
  gtk_label_set_label (self->torn_label, named != NULL ? named : _("Meanwhile somebody has changed this. Saving puts yours in its place."));
  gtk_widget_set_visible (self->torn_bar, torn);
}

gboolean
cfa_editor_window_is_torn (CfaEditorWindow *self)
{
  return self->torn;
}

/**
 * cfa_editor_window_end:
 * @error: (nullable): why it was not saved; the window then stays, with all that is in it
 */
void
cfa_editor_window_end (CfaEditorWindow *self, const GError *error)
{
  g_autofree char *words = NULL;

  self->busy = FALSE;
  if (error == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  words = cfa_change_problem (error);
  show_problem (self, words, TRUE);
  update (self);
}
