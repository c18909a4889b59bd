/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upload-chip.h"

#include "app/css-class.h"

#include <glib/gi18n.h>

#define NAME_CHARS 22

enum
{
  REMOVED,
  RETRIED,
  N_SIGNALS,
};

struct _CfaUploadChip
{
  GtkBox parent_instance;
  CfaUpload *upload;
  GtkWidget *icon;
  GtkLabel *words;
  GtkProgressBar *progress;
  GtkWidget *retry;
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaUploadChip, cfa_upload_chip, GTK_TYPE_BOX)

static void
update (CfaUploadChip *self)
{
  CfaUploadState state = cfa_upload_get_state (self->upload);
  g_autofree char *words = cfa_upload_dup_words (self->upload);
  g_autofree char *said = g_strdup_printf ("%s, %s", cfa_upload_get_name (self->upload), words);
  gboolean failed = state == CFA_UPLOAD_FAILED;

  gtk_label_set_label (self->words, words);
  gtk_label_set_wrap (self->words, failed);
  gtk_label_set_ellipsize (self->words, failed ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), state == CFA_UPLOAD_SENDING || state == CFA_UPLOAD_CHECKING);
  gtk_progress_bar_set_fraction (self->progress, cfa_upload_get_fraction (self->upload));
  gtk_widget_set_visible (self->retry, cfa_upload_get_can_retry (self->upload));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), failed ? "dialog-warning-symbolic" : "mail-attachment-symbolic");
  cfa_css_class_set (GTK_WIDGET (self), "failed", failed);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

static void
on_remove (CfaUploadChip *self)
{
  g_autoptr (CfaUpload) upload = g_object_ref (self->upload);

  g_signal_emit (self, signals[REMOVED], 0, upload);
}

static void
on_retry (CfaUploadChip *self)
{
  g_signal_emit (self, signals[RETRIED], 0, self->upload);
}

static void
cfa_upload_chip_dispose (GObject *object)
{
  CfaUploadChip *self = CFA_UPLOAD_CHIP (object);

  if (self->upload != NULL)
    g_signal_handlers_disconnect_by_data (self->upload, self);
  g_clear_object (&self->upload);
  G_OBJECT_CLASS (cfa_upload_chip_parent_class)->dispose (object);
}

static void
cfa_upload_chip_class_init (CfaUploadChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_upload_chip_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[REMOVED] = g_signal_new ("removed", CFA_TYPE_UPLOAD_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CFA_TYPE_UPLOAD);
  signals[RETRIED] = g_signal_new ("retried", CFA_TYPE_UPLOAD_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CFA_TYPE_UPLOAD);
}

static GtkWidget *
make_button (CfaUploadChip *self, const char *icon, const char *what, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *said = g_strdup_printf ("%s: %s", what, cfa_upload_get_name (self->upload));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (self), button);
  return button;
}

static GtkLabel *
make_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
cfa_upload_chip_init (CfaUploadChip *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "upload-chip");
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->icon = gtk_image_new ();
  gtk_box_append (GTK_BOX (self), self->icon);
}

/**
 * cfa_upload_chip_new:
 * @upload: what it shows: name, how far it is or what is wrong
 *
 * Returns: (transfer floating): the chip
 */
GtkWidget *
cfa_upload_chip_new (CfaUpload *upload)
{
  CfaUploadChip *self = g_object_new (CFA_TYPE_UPLOAD_CHIP, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkLabel *name;

  self->upload = g_object_ref (upload);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self), box);
  name = make_label (box, "caption-heading");
  gtk_label_set_label (name, cfa_upload_get_name (upload));
  gtk_label_set_ellipsize (name, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (name, NAME_CHARS);
  gtk_widget_set_tooltip_text (GTK_WIDGET (name), cfa_upload_get_name (upload));
  self->words = make_label (box, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "numeric");
  gtk_label_set_max_width_chars (self->words, NAME_CHARS);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, cfa_upload_get_name (upload), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  self->retry = make_button (self, "view-refresh-symbolic", _("Try again"), G_CALLBACK (on_retry));
  make_button (self, "window-close-symbolic", _("Take it away"), G_CALLBACK (on_remove));
  g_signal_connect_swapped (upload, "changed", G_CALLBACK (update), self);
  update (self);
  return GTK_WIDGET (self);
}
