/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strength-row.h"

#include <glib/gi18n.h>

struct _CfaStrengthRow
{
  GtkListBoxRow parent_instance;

  CfaField *password;
  char *email; /* (nullable): whose password it will be */

  GtkWidget *bar;
  GtkWidget *words;
};

G_DEFINE_FINAL_TYPE (CfaStrengthRow, cfa_strength_row, GTK_TYPE_LIST_BOX_ROW)

static void
update (CfaStrengthRow *self)
{
  g_autofree char *text = cfa_field_dup_text (self->password);
  const char *advice;

  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->bar), cfa_password_strength (text, self->email, &advice));
  gtk_label_set_label (GTK_LABEL (self->words), advice);
}

static void
cfa_strength_row_dispose (GObject *object)
{
  CfaStrengthRow *self = CFA_STRENGTH_ROW (object);

  g_clear_object (&self->password);
  g_clear_pointer (&self->email, g_free);
  G_OBJECT_CLASS (cfa_strength_row_parent_class)->dispose (object);
}

static void
cfa_strength_row_class_init (CfaStrengthRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_strength_row_dispose;
}

static void
cfa_strength_row_init (CfaStrengthRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->bar = gtk_level_bar_new_for_interval (0, CFA_STRENGTH_STRONG);
  self->words = gtk_label_new (NULL);
  gtk_level_bar_set_mode (GTK_LEVEL_BAR (self->bar), GTK_LEVEL_BAR_MODE_DISCRETE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Strength of the password"), -1);
  g_object_set (self->words, "wrap", TRUE, "xalign", 0.0, "max-width-chars", 40, NULL);
  gtk_widget_add_css_class (self->words, "caption");
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), self->words);
  gtk_widget_add_css_class (box, "snippet-box");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

/**
 * cfa_strength_row_new:
 * Returns: (transfer floating): says how good the password is that stands in @password, while it is being typed.
 */
GtkWidget *
cfa_strength_row_new (CfaField *password)
{
  CfaStrengthRow *self = g_object_new (CFA_TYPE_STRENGTH_ROW, NULL);

  self->password = g_object_ref (password);
  g_signal_connect_object (password, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * cfa_strength_row_set_email:
 * @email: (nullable): whose password it will be
 */
void
cfa_strength_row_set_email (CfaStrengthRow *self, const char *email)
{
  g_free (self->email);
  self->email = g_strdup (email);
  update (self);
}
