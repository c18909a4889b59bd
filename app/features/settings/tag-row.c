/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tag-row.h"

#include "app/accessible-name.h"
#include "change.h"
#include "culprit.h"
#include "field.h"

#include "protocol/methods/tag-params.h"
#include "protocol/records/tag.h"

#include <glib/gi18n.h>

struct _CfaTagRow
{
  AdwExpanderRow parent_instance;

  CfaSession *session;
  CfaRecordItem *item;
  gboolean updating;

  CfaField *name;
  GtkWidget *swatch;
  GtkWidget *color_row;
  GtkWidget *color_button;
  GtkWidget *remove_row;
};

G_DEFINE_FINAL_TYPE (CfaTagRow, cfa_tag_row, ADW_TYPE_EXPANDER_ROW)

static void
run (CfaTagRow *self, CfTagUpdateParams *params, CfTagUpdateParams *undo, char *done)
{
  CfaChange change = {
    .method = "tag.update", .params = params, .undo_method = "tag.update", .undo_params = undo, .done = done, .item = self->item,
  };

  params->id = g_strdup (cfa_record_item_get_id (self->item));
  undo->id = g_strdup (params->id);
  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

static void
on_name (CfaTagRow *self, const char *text)
{
  const CfTag *tag = cfa_record_item_get (self->item);
  CfTagUpdateParams *params = cf_struct_new (&cf_tag_update_params_shape), *undo = cf_struct_new (&cf_tag_update_params_shape);

  params->name = g_strdup (text);
  undo->name = g_strdup (tag->name);
  cf_struct_give (params, "name");
  cf_struct_give (undo, "name");
  run (self, params, undo, g_strdup_printf (_("The tag is called “%s” now"), text));
}

static void
on_color (CfaTagRow *self)
{
  const CfTag *tag = cfa_record_item_get (self->item);
  CfTagUpdateParams *params, *undo;
  GdkRGBA color;

  if (self->updating)
    return;
  params = cf_struct_new (&cf_tag_update_params_shape);
  undo = cf_struct_new (&cf_tag_update_params_shape);
  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (self->color_button), &color);
  params->color = g_strdup_printf ("#%02x%02x%02x", (int) (color.red * 255 + 0.5), (int) (color.green * 255 + 0.5), (int) (color.blue * 255 + 0.5));
  undo->color = g_strdup (tag->color);
  cf_struct_give (params, "color");
  cf_struct_give (undo, "color");
  run (self, params, undo, g_strdup_printf (_("“%s” has another colour now"), tag->name));
}

static void
on_remove (CfaTagRow *self)
{
  const CfTag *tag = cfa_record_item_get (self->item);
  g_autofree char *done = g_strdup_printf (_("Removed the tag “%s”"), tag->name);

  cfa_change_remove (GTK_WIDGET (self), self->session, "tag.remove", tag->parent.id, done);
}

static void
draw_swatch (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  CfaTagRow *self = data;
  const CfTag *tag = cfa_record_item_get (self->item);
  GdkRGBA color;

  if (tag->color == NULL || !gdk_rgba_parse (&color, tag->color))
    gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &color);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_arc (cr, width / 2.0, height / 2.0, MIN (width, height) / 2.0 - 1, 0, 2 * G_PI);
  if (tag->color != NULL && *tag->color != '\0')
    cairo_fill (cr);
  else
    cairo_stroke (cr);
}

static void
update (CfaTagRow *self)
{
  const CfTag *tag = cfa_record_item_get (self->item);
  gboolean may = cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR);
  g_autofree char *escaped = NULL;
  GdkRGBA color = { 0.5, 0.5, 0.5, 1 };

  if (cfa_record_item_is_gone (self->item))
    return;
  self->updating = TRUE;
  escaped = g_markup_escape_text (tag->name, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), escaped);
  cfa_field_set_value (self->name, tag->name);
  cfa_culprit_ask (self->session, tag->parent.id, self->name);
  if (tag->color != NULL && *tag->color != '\0')
    gdk_rgba_parse (&color, tag->color);
  gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (self->color_button), &color);
  gtk_widget_queue_draw (self->swatch);
  gtk_widget_set_sensitive (cfa_field_get_row (self->name), may);
  gtk_widget_set_sensitive (self->color_row, may);
  gtk_widget_set_sensitive (self->remove_row, may);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, tag->name);
  self->updating = FALSE;
}

static void
cfa_tag_row_dispose (GObject *object)
{
  CfaTagRow *self = CFA_TAG_ROW (object);

  g_clear_object (&self->name);
  g_clear_object (&self->session);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (cfa_tag_row_parent_class)->dispose (object);
}

static void
cfa_tag_row_class_init (CfaTagRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_tag_row_dispose;
}

static void
cfa_tag_row_init (CfaTagRow *self)
{
  GtkWidget *remove = gtk_button_new_with_label (_("Remove"));

  self->swatch = gtk_drawing_area_new ();
  g_object_set (self->swatch, "content-width", 16, "content-height", 16, "valign", GTK_ALIGN_CENTER, "accessible-role",
                GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->swatch), draw_swatch, self, NULL);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), self->swatch);
  self->name = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Name"), NULL), cfa_rule_tag, TRUE);
  self->color_button = gtk_color_button_new ();
  gtk_color_button_set_title (GTK_COLOR_BUTTON (self->color_button), _("Colour of the tag"));
  gtk_widget_set_valign (self->color_button, GTK_ALIGN_CENTER);
  cfa_accessible_name_inside (self->color_button, GTK_TYPE_BUTTON, _("Colour"));
  self->color_row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Colour"), "activatable-widget", self->color_button, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->color_row), self->color_button);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  self->remove_row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Remove this tag"), "subtitle",
                                   _("It disappears from all conversations that have it"), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->remove_row), remove);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), cfa_field_get_row (self->name));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), cfa_field_get_note (self->name));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->color_row);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->remove_row);
  g_signal_connect_object (self->name, "apply", G_CALLBACK (on_name), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->color_button, "color-set", G_CALLBACK (on_color), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_tag_row_new:
 * Returns: (transfer floating): the row of a CfTag.
 */
GtkWidget *
cfa_tag_row_new (CfaSession *session, CfaRecordItem *item)
{
  CfaTagRow *self = g_object_new (CFA_TYPE_TAG_ROW, NULL);

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
