/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-view.h"

#include "picture-loader.h"
#include "picture-window.h"
#include "preview.h"

#include <glib/gi18n.h>

#define PREVIEW_WIDTH 320
#define PREVIEW_HEIGHT 240
/* Larger pictures come when they are asked for. */
#define UNASKED_MAX (8 * 1024 * 1024)
#define NAME_CHARS 30

/* What is done as soon as the content is here. */
typedef enum
{
  THEN_NOTHING,
  THEN_OPEN,
  THEN_SAVE,
  THEN_SHOW,
} Then;

struct _CfaFileView
{
  GtkBox parent_instance;
  CfaSession *session;
  CfaAttachment *attachment;
  Then then;
  gboolean built;          /* what it is, is known */
  GCancellable *loading;   /* (nullable): the preview is being decoded */
  GtkWidget *picture;      /* (nullable): of a picture: the button around the preview */
  GtkWidget *preview;
  GtkWidget *row;          /* icon, words and buttons */
  GtkLabel *name;
  GtkLabel *words;
  GtkProgressBar *progress;
  GtkWidget *open, *save, *stop;
  GtkFileChooserNative *dialog;
};

G_DEFINE_FINAL_TYPE (CfaFileView, cfa_file_view, GTK_TYPE_BOX)

static GtkWindow *
window_of (CfaFileView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaFileView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (g_file_copy_finish (G_FILE (source), result, &error))
    return;
  words = g_strdup_printf (_("It could not be saved: %s"), error->message);
  gtk_label_set_label (self->words, words);
  gtk_widget_set_visible (self->row, TRUE);
}

static void
on_save_chosen (GtkNativeDialog *dialog, int response, CfaFileView *self)
{
  g_autoptr (GFile) target = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autoptr (GFile) source = g_file_new_for_path (cfa_attachment_get_path (self->attachment));

  if (target != NULL)
    g_file_copy_async (source, target, G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT, NULL, NULL, NULL, on_copied, g_object_ref (self));
}

static void
save (CfaFileView *self)
{
  g_autofree char *name = g_path_get_basename (cfa_attachment_get_path (self->attachment));

  g_clear_object (&self->dialog);
  self->dialog = gtk_file_chooser_native_new (_("Save file"), window_of (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->dialog), name);
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (on_save_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->dialog));
}

static void on_open (CfaFileView *self);
static void on_save (CfaFileView *self);

static void
show_large (CfaFileView *self)
{
  GtkWidget *window = cfa_picture_window_new (window_of (self), self->attachment);

  g_signal_connect_object (window, "open", G_CALLBACK (on_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "save", G_CALLBACK (on_save), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

/* What was asked for, once the content is here. */
static void
do_then (CfaFileView *self)
{
  g_autofree char *uri = NULL;
  Then then = self->then;

  if (then == THEN_NOTHING || cfa_attachment_get_state (self->attachment) != CFA_ATTACHMENT_HERE || window_of (self) == NULL)
    return;
  self->then = THEN_NOTHING;
  if (then == THEN_SAVE)
    save (self);
  else if (then == THEN_SHOW)
    show_large (self);
  else
    {
      uri = g_filename_to_uri (cfa_attachment_get_path (self->attachment), NULL, NULL);
      gtk_show_uri (window_of (self), uri, GDK_CURRENT_TIME);
    }
}

static void
want (CfaFileView *self, Then then)
{
  self->then = then;
  cfa_session_fetch_attachment (self->session, self->attachment);
  do_then (self);
}

static void
on_open (CfaFileView *self)
{
  want (self, THEN_OPEN);
}

static void
on_save (CfaFileView *self)
{
  want (self, THEN_SAVE);
}

static void
on_show (CfaFileView *self)
{
  want (self, THEN_SHOW);
}

static void
on_stop (CfaFileView *self)
{
  self->then = THEN_NOTHING;
  g_cancellable_cancel (cfa_attachment_get_cancellable (self->attachment));
}

static void
on_decoded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaFileView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPaintable) picture = cfa_picture_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->preview == NULL)
    return;
  cfa_preview_set_picture (CFA_PREVIEW (self->preview), picture);
  /* What cannot be decoded here can still be saved. */
  gtk_widget_set_visible (self->picture, picture != NULL);
  gtk_widget_set_visible (self->row, picture == NULL);
}

static void
decode (CfaFileView *self)
{
  int width, height, scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (self->preview == NULL || self->loading != NULL || cfa_attachment_get_state (self->attachment) != CFA_ATTACHMENT_HERE)
    return;
  self->loading = g_cancellable_new ();
  cfa_attachment_get_bounds (self->attachment, PREVIEW_WIDTH * scale, PREVIEW_HEIGHT * scale, &width, &height);
  cfa_picture_load_async (cfa_attachment_get_path (self->attachment), width, height, self->loading, on_decoded, g_object_ref (self));
}

static void
name_button (GtkWidget *button, const char *what, const char *name)
{
  g_autofree char *said = g_strdup_printf ("%s: %s", what, name);

  gtk_widget_set_tooltip_text (button, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

static GtkWidget *
add_button (CfaFileView *self, const char *icon, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (self->row), button);
  return button;
}

static void
make_picture (CfaFileView *self)
{
  g_autofree char *said = cfa_attachment_dup_description (self->attachment);
  int width, height;

  cfa_attachment_get_bounds (self->attachment, PREVIEW_WIDTH, PREVIEW_HEIGHT, &width, &height);
  self->preview = cfa_preview_new (width, height);
  self->picture = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->picture), self->preview);
  gtk_widget_set_overflow (self->picture, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_halign (self->picture, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->picture, "flat");
  gtk_widget_add_css_class (self->picture, "picture");
  gtk_widget_set_tooltip_text (self->picture, cfa_attachment_get_name (self->attachment));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  g_signal_connect_swapped (self->picture, "clicked", G_CALLBACK (on_show), self);
  gtk_box_prepend (GTK_BOX (self), self->picture);
}

/* A picture in sight is fetched unasked; everything else waits until somebody wants it. */
static void
fetch_unasked (CfaFileView *self)
{
  if (self->picture != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) && cfa_attachment_get_state (self->attachment) == CFA_ATTACHMENT_REMOTE
      && cfa_attachment_get_record (self->attachment)->size <= UNASKED_MAX && !g_cancellable_is_cancelled (cfa_attachment_get_cancellable (self->attachment)))
    cfa_session_fetch_attachment (self->session, self->attachment);
}

static void
update (CfaFileView *self)
{
  CfaAttachmentState state = cfa_attachment_get_state (self->attachment);
  const char *name = cfa_attachment_get_name (self->attachment);
  g_autofree char *words = cfa_attachment_dup_words (self->attachment), *said = cfa_attachment_dup_description (self->attachment);
  gboolean loading = state == CFA_ATTACHMENT_LOADING;

  if (!self->built && cfa_attachment_get_record (self->attachment) != NULL)
    {
      self->built = TRUE;
      if (cfa_attachment_is_picture (self->attachment))
        make_picture (self);
      name_button (self->open, _("Open"), name);
      name_button (self->save, _("Save as…"), name);
      name_button (self->stop, _("Stop"), name);
    }
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->words, words);
  gtk_progress_bar_set_fraction (self->progress, cfa_attachment_get_fraction (self->attachment));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), loading);
  gtk_widget_set_visible (self->stop, loading);
  gtk_widget_set_visible (self->open, !loading);
  gtk_widget_set_visible (self->save, !loading);
  gtk_widget_set_sensitive (self->open, self->built);
  gtk_widget_set_sensitive (self->save, self->built);
  /* Of a picture only what is wrong needs words. */
  gtk_widget_set_visible (self->row, self->picture == NULL || state == CFA_ATTACHMENT_FAILED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  decode (self);
  fetch_unasked (self);
  do_then (self);
}

static void
cfa_file_view_dispose (GObject *object)
{
  CfaFileView *self = CFA_FILE_VIEW (object);

  if (self->attachment != NULL)
    g_signal_handlers_disconnect_by_data (self->attachment, self);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  if (self->dialog != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->dialog));
  self->preview = NULL;
  g_clear_object (&self->loading);
  g_clear_object (&self->dialog);
  g_clear_object (&self->attachment);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_file_view_parent_class)->dispose (object);
}

static void
cfa_file_view_class_init (CfaFileViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_file_view_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkLabel *
make_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), NAME_CHARS);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
cfa_file_view_init (CfaFileView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "file");
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_box_append (GTK_BOX (self->row), gtk_image_new_from_icon_name ("text-x-generic-symbolic"));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->row), box);
  self->name = make_label (box, "name");
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_MIDDLE);
  self->words = make_label (box, "size");
  gtk_label_set_wrap (self->words, TRUE);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  self->open = add_button (self, "document-open-symbolic", G_CALLBACK (on_open));
  self->save = add_button (self, "document-save-as-symbolic", G_CALLBACK (on_save));
  self->stop = add_button (self, "process-stop-symbolic", G_CALLBACK (on_stop));
  gtk_box_append (GTK_BOX (self), self->row);
  g_signal_connect (self, "map", G_CALLBACK (fetch_unasked), NULL);
}

/**
 * cfa_file_view_new:
 * @id: of a file that a message has brought
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
cfa_file_view_new (CfaSession *session, const char *id)
{
  CfaFileView *self = g_object_new (CFA_TYPE_FILE_VIEW, NULL);

  self->session = g_object_ref (session);
  self->attachment = cfa_session_open_attachment (session, id);
  g_signal_connect_swapped (self->attachment, "changed", G_CALLBACK (update), self);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * cfa_file_view_get_attachment:
 * Returns: (transfer none): what it shows
 */
CfaAttachment *
cfa_file_view_get_attachment (CfaFileView *self)
{
  return self->attachment;
}
