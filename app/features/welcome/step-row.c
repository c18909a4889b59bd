/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step-row.h"

#include "app/css-class.h"

#include <glib/gi18n.h>

struct _CfaStepRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *mark;
  GtkWidget *number;
  GtkWidget *title;
  GtkWidget *more; /* what is to be done */
};

G_DEFINE_FINAL_TYPE (CfaStepRow, cfa_step_row, ADW_TYPE_PREFERENCES_ROW)

static void
cfa_step_row_class_init (CfaStepRowClass *klass)
{
}

static GtkWidget *
new_text (const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  g_object_set (label, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (label, class);
  return label;
}

static void
cfa_step_row_init (CfaStepRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->mark = gtk_stack_new ();
  self->number = gtk_label_new (NULL);
  self->title = new_text ("heading");
  self->more = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_stack_add_named (GTK_STACK (self->mark), self->number, "number");
  gtk_stack_add_named (GTK_STACK (self->mark), gtk_image_new_from_icon_name ("object-select-symbolic"), "done");
  gtk_widget_set_valign (self->mark, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->mark, "step-mark");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), self->title);
  gtk_box_append (GTK_BOX (words), self->more);
  gtk_box_append (GTK_BOX (box), self->mark);
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_add_css_class (box, "step");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

/**
 * cfa_step_row_new:
 * @text: what is to be done, and why
 *
 * Returns: (transfer floating): one of several steps.
 */
GtkWidget *
cfa_step_row_new (guint number, const char *title, const char *text)
{
  CfaStepRow *self = g_object_new (CFA_TYPE_STEP_ROW, "title", title, NULL);
  g_autofree char *digits = g_strdup_printf ("%'u", number);
  GtkWidget *label = new_text ("body");

  gtk_label_set_label (GTK_LABEL (self->number), digits);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (GTK_LABEL (label), text);
  cfa_step_row_add (self, label);
  cfa_step_row_set_state (self, CFA_STEP_LATER);
  return GTK_WIDGET (self);
}

/**
 * cfa_step_row_add:
 * @child: something to do it with
 */
void
cfa_step_row_add (CfaStepRow *self, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (self->more), child);
}

void
cfa_step_row_set_state (CfaStepRow *self, CfaStepState state)
{
  /* Translators: the first is what was to be done */
  g_autofree char *done = g_strdup_printf (_("%s: done"), gtk_label_get_label (GTK_LABEL (self->title)));

  gtk_stack_set_visible_child_name (GTK_STACK (self->mark), state == CFA_STEP_DONE ? "done" : "number");
  gtk_widget_set_visible (self->more, state == CFA_STEP_NOW);
  cfa_css_class_set (GTK_WIDGET (self), "done", state == CFA_STEP_DONE);
  cfa_css_class_set (GTK_WIDGET (self), "now", state == CFA_STEP_NOW);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  state == CFA_STEP_DONE ? done : gtk_label_get_label (GTK_LABEL (self->title)), -1);
}
