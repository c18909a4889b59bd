/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "choice-popover.h"

#include <glib/gi18n.h>

#define WIDTH 280
#define HEIGHT 260

struct _CfaChoicePopover
{
  GtkPopover parent_instance;

  GtkEditable *search;
  GtkListBox *list;
  GtkEditable *note; /* (nullable) */
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (CfaChoicePopover, cfa_choice_popover, GTK_TYPE_POPOVER)

static gboolean
fits (GtkListBoxRow *row, gpointer data)
{
  CfaChoicePopover *self = data;
  const char *words = g_object_get_data (G_OBJECT (row), "words");

  return g_str_match_string (gtk_editable_get_text (self->search), words, TRUE);
}

static void
on_search_changed (CfaChoicePopover *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static void
choose (CfaChoicePopover *self, GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "id"));
  g_autofree char *note = g_strdup (self->note != NULL ? gtk_editable_get_text (self->note) : "");

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, chosen_signal, 0, id, note);
}

/* Enter in a field takes what stands first. */
static void
on_entered (CfaChoicePopover *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      {
        choose (self, row);
        return;
      }
}

static void
cfa_choice_popover_class_init (CfaChoicePopoverClass *klass)
{
  chosen_signal = g_signal_new ("chosen", CFA_TYPE_CHOICE_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
cfa_choice_popover_init (CfaChoicePopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *nothing = gtk_label_new (_("Nothing fits"));

  self->search = GTK_EDITABLE (gtk_search_entry_new ());
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_set_margin_top (nothing, 18);
  gtk_widget_set_margin_bottom (nothing, 18);
  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_list_box_set_placeholder (self->list, nothing);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (self->list, fits, self, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "choices");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_size_request (box, WIDTH, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect_swapped (self->search, "changed", G_CALLBACK (on_search_changed), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_entered), self);
  /* The field keeps Escape for itself. */
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_popover_popdown), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (choose), self);
}

/**
 * cfa_choice_popover_new:
 * @title: what is chosen
 * @note_hint: (nullable): what the field below the list asks for; NULL = there is none
 *
 * Returns: (transfer floating): the popover, to be given a parent
 */
GtkWidget *
cfa_choice_popover_new (const char *title, const char *note_hint)
{
  CfaChoicePopover *self = g_object_new (CFA_TYPE_CHOICE_POPOVER, NULL);

  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self->list));
  g_object_set (self->search, "placeholder-text", title, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  if (note_hint == NULL)
    return GTK_WIDGET (self);
  self->note = GTK_EDITABLE (gtk_entry_new ());
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->note), note_hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->note), GTK_ACCESSIBLE_PROPERTY_LABEL, note_hint, -1);
  g_signal_connect_swapped (self->note, "activate", G_CALLBACK (on_entered), self);
  gtk_box_append (GTK_BOX (gtk_popover_get_child (GTK_POPOVER (self))), GTK_WIDGET (self->note));
  return GTK_WIDGET (self);
}

void
cfa_choice_popover_clear (CfaChoicePopover *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

/**
 * cfa_choice_popover_add:
 * @picture: (nullable) (transfer floating): what stands before it
 * @id: what "chosen" says
 * @markup: what is shown
 * @words: what is searched, and said to screen readers
 * @checked: whether it is so already
 */
void
cfa_choice_popover_add (CfaChoicePopover *self, GtkWidget *picture, const char *id, const char *markup, const char *words, gboolean checked)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9), *label = gtk_label_new (NULL);
  g_autofree char *said = g_strdup_printf (checked ? _("%s, chosen") : "%s", words);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  if (picture != NULL)
    gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), label);
  if (checked)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (row), "words", g_strdup (words), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  gtk_list_box_append (self->list, row);
}

/**
 * cfa_choice_popover_open:
 * Shows it with empty fields and the focus in the first.
 */
void
cfa_choice_popover_open (CfaChoicePopover *self)
{
  gtk_editable_set_text (self->search, "");
  if (self->note != NULL)
    gtk_editable_set_text (self->note, "");
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
