/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upload-bar.h"

#include "upload-chip.h"

#include <glib/gi18n.h>

#define HEIGHT_MAX 150

struct _CfaUploadBar
{
  GtkBox parent_instance;
  CfaUploadList *list;
  GtkWidget *chips;
  GtkWidget *wait; /* says that the message goes as soon as all are up */
};

static guint retried_signal;

G_DEFINE_FINAL_TYPE (CfaUploadBar, cfa_upload_bar, GTK_TYPE_BOX)

static void
update (CfaUploadBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->list != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0);
  gtk_widget_set_visible (self->wait, self->list != NULL && cfa_upload_list_get_awaited (self->list));
}

static void
on_removed (CfaUploadBar *self, CfaUpload *upload)
{
  if (self->list != NULL)
    cfa_upload_list_remove (self->list, upload);
}

static void
on_retried (CfaUploadBar *self, CfaUpload *upload)
{
  g_signal_emit (self, retried_signal, 0, upload);
}

static void
on_not_yet (CfaUploadBar *self)
{
  if (self->list != NULL)
    cfa_upload_list_set_awaited (self->list, FALSE);
}

static GtkWidget *
make_chip (gpointer item, gpointer data)
{
  CfaUploadBar *self = data;
  GtkWidget *child = gtk_flow_box_child_new (), *chip = cfa_upload_chip_new (item);

  g_signal_connect_object (chip, "removed", G_CALLBACK (on_removed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chip, "retried", G_CALLBACK (on_retried), self, G_CONNECT_SWAPPED);
  gtk_widget_set_focusable (child, FALSE); /* its buttons take the focus */
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), chip);
  return child;
}

static void
cfa_upload_bar_dispose (GObject *object)
{
  cfa_upload_bar_set_list (CFA_UPLOAD_BAR (object), NULL);
  G_OBJECT_CLASS (cfa_upload_bar_parent_class)->dispose (object);
}

static void
cfa_upload_bar_class_init (CfaUploadBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_upload_bar_dispose;
  retried_signal = g_signal_new ("retried", CFA_TYPE_UPLOAD_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CFA_TYPE_UPLOAD);
}

static GtkWidget *
make_wait (CfaUploadBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_label_new (_("Goes out as soon as the files are up")), *stop = gtk_button_new_with_label (_("Not yet"));

  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_add_css_class (words, "caption");
  gtk_widget_add_css_class (stop, "flat");
  gtk_widget_add_css_class (stop, "caption");
  g_signal_connect_swapped (stop, "clicked", G_CALLBACK (on_not_yet), self);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), stop);
  return box;
}

static void
cfa_upload_bar_init (CfaUploadBar *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "upload-bar");
  self->chips = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->chips), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->chips), 4);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->chips), 6);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->chips), 6);
  gtk_widget_set_valign (self->chips, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chips), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Attached files"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), self->chips);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroll), HEIGHT_MAX);
  gtk_box_append (GTK_BOX (self), scroll);
  self->wait = make_wait (self);
  gtk_box_append (GTK_BOX (self), self->wait);
  update (self);
}

/**
 * cfa_upload_bar_new:
 * Returns: (transfer floating): an empty, hidden bar
 */
GtkWidget *
cfa_upload_bar_new (void)
{
  return g_object_new (CFA_TYPE_UPLOAD_BAR, NULL);
}

/**
 * cfa_upload_bar_set_list:
 * @list: (nullable): whose files are shown from now on
 */
void
cfa_upload_bar_set_list (CfaUploadBar *self, CfaUploadList *list)
{
  if (self->list == list)
    return;
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_set_object (&self->list, list);
  gtk_flow_box_bind_model (GTK_FLOW_BOX (self->chips), G_LIST_MODEL (list), make_chip, self, NULL);
  if (list != NULL)
    g_signal_connect_swapped (list, "changed", G_CALLBACK (update), self);
  update (self);
}
