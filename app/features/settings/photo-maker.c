/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo-maker.h"

#include "protocol/methods/agent-params.h"

#include <glib/gi18n.h>
#include <string.h>

#define SIDE 256 /* pixels: the server keeps no more */
#define BYTES_MAX (32 * 1024 * 1024)
#define PIXELS_MAX 50000000 /* as of any picture that the server takes */
#define PIECE (64 * 1024)
#define WHITE 0xffffffff

typedef struct
{
  GFile *file;         /* (nullable): one of both */
  GdkTexture *texture; /* (nullable) */
} Wish;

/* How large it is decoded, so that a huge photograph takes no huge memory. */
typedef struct
{
  gboolean too_large;
} Size;

static void
wish_free (Wish *wish)
{
  g_clear_object (&wish->file);
  g_clear_object (&wish->texture);
  g_free (wish);
}

static void
on_size (GdkPixbufLoader *loader, int width, int height, Size *size)
{
  int side = MIN (width, height);

  size->too_large = (gint64) width * height > PIXELS_MAX;
  if (size->too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (side > 2 * SIDE)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) ((gint64) width * 2 * SIDE / side)), MAX (1, (int) ((gint64) height * 2 * SIDE / side)));
}

/* In pieces: whether there is a picture in it is known after the first one. */
static gboolean
feed (GdkPixbufLoader *loader, GInputStream *in, const Size *size, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  gssize n, sum = 0;

  while ((n = g_input_stream_read (in, piece, PIECE, cancellable, error)) > 0)
    {
      sum += n;
      if (size->too_large || sum > BYTES_MAX)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _("The picture is too large"));
          return FALSE;
        }
      if (!gdk_pixbuf_loader_write (loader, piece, n, error))
        return FALSE;
    }
  return n == 0;
}

/* Returns: (transfer full): the picture, upright; of an animation the first one */
static GdkPixbuf *
decode (GInputStream *in, GCancellable *cancellable, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  Size size = { FALSE };
  gboolean good;
  GdkPixbufFormat *format;
  GdkPixbuf *pixbuf;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), &size);
  good = feed (loader, in, &size, cancellable, error);
  good = gdk_pixbuf_loader_close (loader, good ? error : NULL) && good;
  g_signal_handlers_disconnect_by_data (loader, &size);
  format = gdk_pixbuf_loader_get_format (loader);
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (size.too_large)
    {
      g_clear_error (error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _("The picture is too large"));
      return NULL;
    }
  if (!good)
    return NULL;
  if (format == NULL || pixbuf == NULL || gdk_pixbuf_format_is_scalable (format))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("A drawing is no photo: choose a JPEG, PNG, WebP or GIF"));
      return NULL;
    }
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

/* The middle of it, on white where one could look through. */
static GdkPixbuf *
square (GdkPixbuf *picture)
{
  int width = gdk_pixbuf_get_width (picture), height = gdk_pixbuf_get_height (picture), side = MIN (width, height);
  g_autoptr (GdkPixbuf) middle = gdk_pixbuf_new_subpixbuf (picture, (width - side) / 2, (height - side) / 2, side, side);

  return gdk_pixbuf_composite_color_simple (middle, MIN (side, SIDE), MIN (side, SIDE), GDK_INTERP_BILINEAR, 255, 8, WHITE, WHITE);
}

/* As good as fits. Returns: (transfer full): base64 */
static char *
encode (GdkPixbuf *photo, GError **error)
{
  static const char *const qualities[] = { "90", "75", "50" };
  char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (qualities); i++)
    {
      g_autofree char *bytes = NULL;
      gsize length;

      g_clear_pointer (&text, g_free);
      if (!gdk_pixbuf_save_to_buffer (photo, &bytes, &length, "jpeg", error, "quality", qualities[i], NULL))
        return NULL;
      text = g_base64_encode ((const guint8 *) bytes, length);
      if (strlen (text) <= CF_PHOTO_TEXT_MAX)
        break;
    }
  return text;
}

static void
make (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Wish *wish = data;
  GError *error = NULL;
  g_autoptr (GBytes) png = wish->texture != NULL ? gdk_texture_save_to_png_bytes (wish->texture) : NULL;
  g_autoptr (GInputStream) in = png != NULL ? g_memory_input_stream_new_from_bytes (png) : G_INPUT_STREAM (g_file_read (wish->file, cancellable, &error));
  g_autoptr (GdkPixbuf) picture = in != NULL ? decode (in, cancellable, &error) : NULL;
  g_autoptr (GdkPixbuf) photo = picture != NULL ? square (picture) : NULL;
  char *text = photo != NULL ? encode (photo, &error) : NULL;

  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, error);
}

/**
 * cfa_photo_make_async:
 * @file: (nullable):
 * @texture: (nullable):
 *
 * On a thread of its own.
 */
void
cfa_photo_make_async (GFile *file, GdkTexture *texture, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Wish *wish = g_new0 (Wish, 1);

  wish->file = file != NULL ? g_object_ref (file) : NULL;
  wish->texture = texture != NULL ? g_object_ref (texture) : NULL;
  g_task_set_task_data (task, wish, (GDestroyNotify) wish_free);
  g_task_run_in_thread (task, make);
}

/**
 * cfa_photo_make_finish:
 * Returns: (transfer full): the picture in base64, square and small; NULL with an error that is written for people
 */
char *
cfa_photo_make_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
