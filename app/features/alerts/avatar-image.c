/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "avatar-image.h"

#define SIDE      96
#define FONT_SIZE 40
#define CHANNELS  4

/* As GNOME's palette has them: dark enough for white letters. */
static const char *const colours[] = { "#1a5fb4", "#26a269", "#c64600", "#813d9c", "#865e3c", "#a51d2d", "#306998", "#5e5c64" };

/* The first letters of the first and the last word; none for a name that begins with no letter, such as an emoji. */
static char *
initials (const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name, " \t\n", -1);
  GString *letters = g_string_new (NULL);
  const char *last = NULL;

  for (char **word = words; *word != NULL; word++)
    {
      if (!g_unichar_isalnum (g_utf8_get_char (*word)))
        continue;
      if (letters->len == 0)
        g_string_append_unichar (letters, g_unichar_toupper (g_utf8_get_char (*word)));
      else
        last = *word;
    }
  if (last != NULL)
    g_string_append_unichar (letters, g_unichar_toupper (g_utf8_get_char (last)));
  return g_string_free (letters, FALSE);
}

static void
draw_initials (cairo_t *cairo, const char *name, const char *id)
{
  g_autofree char *letters = initials (name);
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cairo);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans Bold");
  GdkRGBA colour;
  int width, height;

  gdk_rgba_parse (&colour, colours[g_str_hash (id) % G_N_ELEMENTS (colours)]);
  gdk_cairo_set_source_rgba (cairo, &colour);
  cairo_paint (cairo);
  pango_font_description_set_absolute_size (font, FONT_SIZE * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, letters[0] != '\0' ? letters : "?", -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_move_to (cairo, (SIDE - width) / 2.0, (SIDE - height) / 2.0);
  pango_cairo_show_layout (cairo, layout);
}

/* Its middle, where it is no square. */
static void
draw_photo (cairo_t *cairo, GdkTexture *photo)
{
  int width = gdk_texture_get_width (photo), height = gdk_texture_get_height (photo);
  double scale = SIDE / (double) MIN (width, height);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);

  gdk_texture_download (photo, cairo_image_surface_get_data (surface), (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  cairo_translate (cairo, (SIDE - width * scale) / 2, (SIDE - height * scale) / 2);
  cairo_scale (cairo, scale, scale);
  cairo_set_source_surface (cairo, surface, 0, 0);
  cairo_paint (cairo);
  cairo_surface_destroy (surface);
}

/* Cairo keeps a pixel as one number with its colours dimmed by its opacity; a notification has bytes in order, undimmed. */
static void
unpack (const guint32 *pixel, guint8 *bytes)
{
  guint alpha = *pixel >> 24;

  for (int channel = 0; channel < 3; channel++)
    {
      guint value = *pixel >> (16 - 8 * channel) & 0xff;

      bytes[channel] = alpha > 0 ? (guint8) (value * 255 / alpha) : 0;
    }
  bytes[3] = (guint8) alpha;
}

/**
 * cfa_avatar_image_new:
 * @name: valid UTF-8
 * @id: the same has always the same colour
 * @photo: (nullable): NULL: the initials stand for it
 *
 * Returns: (transfer floating): a disc, as the hint "image-data" (iiibiiay) of the Desktop Notifications Specification.
 */
GVariant *
cfa_avatar_image_new (const char *name, const char *id, GdkTexture *photo)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIDE, SIDE);
  cairo_t *cairo = cairo_create (surface);
  guint8 *bytes = g_malloc (SIDE * SIDE * CHANNELS);
  const guint8 *pixels;
  int stride;

  cairo_arc (cairo, SIDE / 2.0, SIDE / 2.0, SIDE / 2.0, 0, 2 * G_PI);
  cairo_clip (cairo);
  if (photo != NULL)
    draw_photo (cairo, photo);
  else
    draw_initials (cairo, name, id);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      unpack ((const guint32 *) (pixels + y * stride) + x, bytes + (y * SIDE + x) * CHANNELS);
  cairo_surface_destroy (surface);
  return g_variant_new ("(iiibii@ay)", SIDE, SIDE, SIDE * CHANNELS, TRUE, 8, CHANNELS,
                        g_variant_new_from_data (G_VARIANT_TYPE_BYTESTRING, bytes, SIDE * SIDE * CHANNELS, TRUE, g_free, bytes));
}
