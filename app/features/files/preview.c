/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview.h"

/* Narrower than this it does not get, whatever the room. */
#define WIDTH_MIN 48

struct _CfaPreview
{
  GtkWidget parent_instance;
  int width, height;
  GdkPaintable *picture; /* (nullable): not there yet */
};

G_DEFINE_FINAL_TYPE (CfaPreview, cfa_preview, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
cfa_preview_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cfa_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                     int *natural_baseline)
{
  CfaPreview *self = CFA_PREVIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN (WIDTH_MIN, self->width);
      *natural = self->width;
    }
  else if (for_size >= 0 && for_size < self->width)
    *minimum = *natural = MAX (1, self->height * for_size / self->width);
  else
    *minimum = *natural = self->height;
}

static void
cfa_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CfaPreview *self = CFA_PREVIEW (widget);
  double width = MIN (gtk_widget_get_width (widget), self->width), height = width * self->height / self->width;
  double left = (gtk_widget_get_width (widget) - width) / 2, top = (gtk_widget_get_height (widget) - height) / 2;

  if (self->picture == NULL)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) left, (float) top));
  gdk_paintable_snapshot (self->picture, snapshot, width, height);
  gtk_snapshot_restore (snapshot);
}

static void
cfa_preview_dispose (GObject *object)
{
  g_clear_object (&CFA_PREVIEW (object)->picture);
  G_OBJECT_CLASS (cfa_preview_parent_class)->dispose (object);
}

static void
cfa_preview_class_init (CfaPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_preview_dispose;
  widget_class->get_request_mode = cfa_preview_get_request_mode;
  widget_class->measure = cfa_preview_measure;
  widget_class->snapshot = cfa_preview_snapshot;
  gtk_widget_class_set_css_name (widget_class, "preview");
}

static void
cfa_preview_init (CfaPreview *self)
{
}

/**
 * cfa_preview_new:
 * @width: and @height: as it is shown where there is room; a narrower place gets it smaller
 *
 * Returns: (transfer floating): the empty place
 */
GtkWidget *
cfa_preview_new (int width, int height)
{
  CfaPreview *self = g_object_new (CFA_TYPE_PREVIEW, NULL);

  self->width = MAX (1, width);
  self->height = MAX (1, height);
  return GTK_WIDGET (self);
}

/**
 * cfa_preview_set_picture:
 * @picture: (nullable): what stands in the place from now on
 */
void
cfa_preview_set_picture (CfaPreview *self, GdkPaintable *picture)
{
  g_set_object (&self->picture, picture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
