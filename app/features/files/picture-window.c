/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-window.h"

#include "picture-loader.h"

#include <glib/gi18n.h>

/* More than a screen shows is not decoded. */
#define PIXELS_MAX 4096
#define ROOM_SHARE 0.9

enum
{
  OPEN,
  SAVE,
  N_SIGNALS,
};

struct _CfaPictureWindow
{
  AdwWindow parent_instance;
  GtkPicture *picture;
  GtkStack *stack;
  GCancellable *cancellable;
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaPictureWindow, cfa_picture_window, ADW_TYPE_WINDOW)

static void
on_open (CfaPictureWindow *self)
{
  g_signal_emit (self, signals[OPEN], 0);
}

static void
on_save (CfaPictureWindow *self)
{
  g_signal_emit (self, signals[SAVE], 0);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaPictureWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPaintable) picture = cfa_picture_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_picture_set_paintable (self->picture, picture);
  gtk_stack_set_visible_child_name (self->stack, picture != NULL ? "picture" : "problem");
}

static void
cfa_picture_window_dispose (GObject *object)
{
  CfaPictureWindow *self = CFA_PICTURE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (cfa_picture_window_parent_class)->dispose (object);
}

static void
cfa_picture_window_finalize (GObject *object)
{
  g_clear_object (&CFA_PICTURE_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (cfa_picture_window_parent_class)->finalize (object);
}

static void
cfa_picture_window_class_init (CfaPictureWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_picture_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_picture_window_finalize;
  signals[OPEN] = g_signal_new ("open", CFA_TYPE_PICTURE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVE] = g_signal_new ("save", CFA_TYPE_PICTURE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_button (CfaPictureWindow *self, const char *icon, const char *what, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static void
cfa_picture_window_init (CfaPictureWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();
  GtkWidget *problem = gtk_label_new (_("This picture cannot be shown here. Save it to look at it with another program."));

  self->cancellable = g_cancellable_new ();
  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_picture_set_can_shrink (self->picture, TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->picture), TRUE);
  gtk_label_set_wrap (GTK_LABEL (problem), TRUE);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->picture), "picture");
  gtk_stack_add_named (self->stack, problem, "problem");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), make_button (self, "document-save-as-symbolic", _("Save as…"), G_CALLBACK (on_save)));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), make_button (self, "document-open-symbolic", _("Open with another program"), G_CALLBACK (on_open)));
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * cfa_picture_window_new:
 * @attachment: a picture whose content is on this computer
 */
GtkWidget *
cfa_picture_window_new (GtkWindow *parent, CfaAttachment *attachment)
{
  CfaPictureWindow *self = g_object_new (CFA_TYPE_PICTURE_WINDOW, NULL);
  g_autofree char *said = cfa_attachment_dup_description (attachment);
  int width, height;

  cfa_attachment_get_bounds (attachment, (int) (gtk_widget_get_width (GTK_WIDGET (parent)) * ROOM_SHARE),
                             (int) (gtk_widget_get_height (GTK_WIDGET (parent)) * ROOM_SHARE), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), MAX (width, 300), MAX (height, 200));
  gtk_window_set_title (GTK_WINDOW (self), cfa_attachment_get_name (attachment));
  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_picture_set_alternative_text (self->picture, said);
  cfa_attachment_get_bounds (attachment, PIXELS_MAX, PIXELS_MAX, &width, &height);
  cfa_picture_load_async (cfa_attachment_get_path (attachment), width, height, self->cancellable, on_loaded, g_object_ref (self));
  return GTK_WIDGET (self);
}
