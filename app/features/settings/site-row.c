/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-row.h"

#include "app/accessible-name.h"
#include "change.h"
#include "culprit.h"
#include "field.h"

#include "protocol/methods/site-params.h"
#include "protocol/records/site.h"

#include <glib/gi18n.h>

struct _CfaSiteRow
{
  AdwExpanderRow parent_instance;

  CfaSession *session;
  CfaRecordItem *item;
  gboolean updating;

  GtkWidget *snippet;
  GtkWidget *key_row;
  CfaField *name;
  CfaField *greeting;
  CfaField *origin; /* to add one */
  GtkWidget *color_row;
  GtkWidget *color_button;
  GPtrArray *origins; /* of rows, not owned */
};

G_DEFINE_FINAL_TYPE (CfaSiteRow, cfa_site_row, ADW_TYPE_EXPANDER_ROW)

static const CfSite *
record (CfaSiteRow *self)
{
  return cfa_record_item_get (self->item);
}

/* @field is the one that @params changes; what it was makes the way back. */
static void
run (CfaSiteRow *self, CfSiteUpdateParams *params, const char *field, char *done)
{
  CfSiteUpdateParams *undo = cf_struct_new (&cf_site_update_params_shape);
  CfaChange change = {
    .method = "site.update", .params = params, .undo_method = "site.update", .undo_params = undo, .done = done, .item = self->item,
  };

  params->id = g_strdup (record (self)->parent.id);
  undo->id = g_strdup (params->id);
  undo->name = g_strdup (record (self)->name);
  undo->origins = g_strdupv (record (self)->origins);
  undo->color = g_strdup (record (self)->color);
  undo->greeting = g_strdup (record (self)->greeting);
  cf_struct_give (params, field);
  cf_struct_give (undo, field);
  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

static void
on_name (CfaSiteRow *self, const char *text)
{
  CfSiteUpdateParams *params = cf_struct_new (&cf_site_update_params_shape);

  params->name = g_strdup (text);
  run (self, params, "name", g_strdup_printf (_("The site is called “%s” now"), text));
}

static void
on_greeting (CfaSiteRow *self, const char *text)
{
  CfSiteUpdateParams *params = cf_struct_new (&cf_site_update_params_shape);

  params->greeting = g_strdup (text);
  run (self, params, "greeting", g_strdup_printf (_("Visitors of “%s” are greeted with other words now"), record (self)->name));
}

static void
on_color (CfaSiteRow *self)
{
  CfSiteUpdateParams *params;
  GdkRGBA color;

  if (self->updating)
    return;
  params = cf_struct_new (&cf_site_update_params_shape);
  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (self->color_button), &color);
  params->color = g_strdup_printf ("#%02x%02x%02x", (int) (color.red * 255 + 0.5), (int) (color.green * 255 + 0.5), (int) (color.blue * 255 + 0.5));
  run (self, params, "color", g_strdup_printf (_("The widget of “%s” has another colour now"), record (self)->name));
}

static void
on_origin (CfaSiteRow *self, const char *text)
{
  CfSiteUpdateParams *params = cf_struct_new (&cf_site_update_params_shape);
  g_autoptr (GStrvBuilder) origins = g_strv_builder_new ();

  if (record (self)->origins != NULL)
    g_strv_builder_addv (origins, (const char **) record (self)->origins);
  g_strv_builder_add (origins, text);
  params->origins = g_strv_builder_end (origins);
  run (self, params, "origins", g_strdup_printf (_("The widget answers on %s now"), text));
  cfa_field_clear (self->origin);
}

static void
on_origin_removed (CfaSiteRow *self, GtkWidget *button)
{
  const char *origin = g_object_get_data (G_OBJECT (button), "origin");
  CfSiteUpdateParams *params = cf_struct_new (&cf_site_update_params_shape);
  g_autoptr (GStrvBuilder) origins = g_strv_builder_new ();

  for (char **p = record (self)->origins; p != NULL && *p != NULL; p++)
    if (!g_str_equal (*p, origin))
      g_strv_builder_add (origins, *p);
  params->origins = g_strv_builder_end (origins);
  run (self, params, "origins", g_strdup_printf (_("The widget does not answer on %s any more"), origin));
}

static char *
snippet_of (CfaSiteRow *self)
{
  return g_strdup_printf ("<script src=\"%s/widget.js\" data-site=\"%s\" async></script>", cfa_session_get_server (self->session),
                          record (self)->key);
}

static void
on_copy (CfaSiteRow *self)
{
  g_autofree char *snippet = snippet_of (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), snippet);
  cfa_change_tell (GTK_WIDGET (self), _("Copied. Put it into every page, before </body>."));
}

static void
add_origin (CfaSiteRow *self, const char *origin, gboolean may)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *escaped = g_markup_escape_text (origin, -1);
  g_autofree char *name = g_strdup_printf (_("Remove %s"), origin);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", escaped, "subtitle", _("Visitors on this address can write"), NULL);

  g_object_set (button, "valign", GTK_ALIGN_CENTER, "tooltip-text", name, "sensitive", may, NULL);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "origin", g_strdup (origin), g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->origins, row);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_origin_removed), self, G_CONNECT_SWAPPED);
}

static void
update_origins (CfaSiteRow *self, gboolean may)
{
  for (guint i = 0; i < self->origins->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->origins->pdata[i]);
  g_ptr_array_set_size (self->origins, 0);
  for (char **p = record (self)->origins; p != NULL && *p != NULL; p++)
    add_origin (self, *p, may);
}

static void
update_titles (CfaSiteRow *self)
{
  g_autofree char *name = g_markup_escape_text (record (self)->name, -1);
  g_autofree char *origins = record (self)->origins != NULL ? g_strjoinv (", ", record (self)->origins) : NULL;
  g_autofree char *escaped = origins != NULL ? g_markup_escape_text (origins, -1) : NULL;
  g_autofree char *snippet = snippet_of (self);
  g_autofree char *key = g_markup_escape_text (record (self)->key != NULL ? record (self)->key : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), escaped != NULL && *escaped != '\0' ? escaped
                                                          : _("No address yet: the widget answers nowhere"));
  gtk_label_set_label (GTK_LABEL (self->snippet), snippet);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->key_row), key);
}

static void
update (CfaSiteRow *self)
{
  gboolean may = cfa_change_allowed (self->session, CF_ROLE_ADMIN);
  GdkRGBA color;

  if (cfa_record_item_is_gone (self->item))
    return;
  self->updating = TRUE;
  update_titles (self);
  cfa_field_set_value (self->name, record (self)->name);
  cfa_field_set_value (self->greeting, record (self)->greeting);
  cfa_culprit_ask (self->session, record (self)->parent.id, self->name);
  cfa_culprit_ask (self->session, record (self)->parent.id, self->greeting);
  if (record (self)->color == NULL || !gdk_rgba_parse (&color, record (self)->color))
    gdk_rgba_parse (&color, "#3584e4");
  gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (self->color_button), &color);
  update_origins (self, may);
  gtk_widget_set_sensitive (cfa_field_get_row (self->name), may);
  gtk_widget_set_sensitive (cfa_field_get_row (self->greeting), may);
  gtk_widget_set_sensitive (cfa_field_get_row (self->origin), may);
  gtk_widget_set_sensitive (self->color_row, may);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, record (self)->name);
  self->updating = FALSE;
}

static void
cfa_site_row_dispose (GObject *object)
{
  CfaSiteRow *self = CFA_SITE_ROW (object);

  g_clear_object (&self->name);
  g_clear_object (&self->greeting);
  g_clear_object (&self->origin);
  g_clear_object (&self->session);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (cfa_site_row_parent_class)->dispose (object);
}

static void
cfa_site_row_finalize (GObject *object)
{
  g_ptr_array_unref (CFA_SITE_ROW (object)->origins);
  G_OBJECT_CLASS (cfa_site_row_parent_class)->finalize (object);
}

static void
cfa_site_row_class_init (CfaSiteRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_site_row_finalize;
}

static GtkWidget *
new_snippet_row (CfaSiteRow *self)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_("Put this line into every page of the site, before </body>:"));
  GtkWidget *copy = gtk_button_new_with_label (_("Copy"));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  self->snippet = gtk_label_new (NULL);
  g_object_set (self->snippet, "selectable", TRUE, "wrap", TRUE, "wrap-mode", PANGO_WRAP_CHAR, "xalign", 0.0, "attributes", attributes, NULL);
  gtk_widget_set_direction (self->snippet, GTK_TEXT_DIR_LTR); /* code */
  gtk_widget_add_css_class (self->snippet, "snippet");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->snippet), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Snippet"), -1);
  gtk_widget_set_halign (copy, GTK_ALIGN_END);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (on_copy), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->snippet);
  gtk_box_append (GTK_BOX (box), copy);
  gtk_widget_add_css_class (box, "snippet-box");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
make_fields (CfaSiteRow *self)
{
  self->name = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Name"), NULL), cfa_rule_name, TRUE);
  self->greeting = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Greeting"), NULL), cfa_rule_greeting, TRUE);
  self->origin = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Add an address, such as https://shop.example"), NULL),
                                cfa_rule_origin, TRUE);
  self->color_button = gtk_color_button_new ();
  gtk_color_button_set_title (GTK_COLOR_BUTTON (self->color_button), _("Colour of the widget"));
  gtk_widget_set_valign (self->color_button, GTK_ALIGN_CENTER);
  cfa_accessible_name_inside (self->color_button, GTK_TYPE_BUTTON, _("Colour"));
  self->color_row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Colour"), "subtitle", _("Of the button and the head of the widget"),
                                  "activatable-widget", self->color_button, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->color_row), self->color_button);
  self->key_row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Key"), NULL);
}

static void
cfa_site_row_init (CfaSiteRow *self)
{
  GtkWidget *rows[9];

  self->origins = g_ptr_array_new ();
  rows[0] = new_snippet_row (self);
  make_fields (self);
  rows[1] = self->key_row;
  rows[2] = cfa_field_get_row (self->name);
  rows[3] = cfa_field_get_note (self->name);
  rows[4] = cfa_field_get_row (self->greeting);
  rows[5] = cfa_field_get_note (self->greeting);
  rows[6] = self->color_row;
  rows[7] = cfa_field_get_row (self->origin);
  rows[8] = cfa_field_get_note (self->origin);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self), rows[i]);
  g_signal_connect_object (self->name, "apply", G_CALLBACK (on_name), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->greeting, "apply", G_CALLBACK (on_greeting), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->origin, "apply", G_CALLBACK (on_origin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->color_button, "color-set", G_CALLBACK (on_color), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_site_row_new:
 * Returns: (transfer floating): the row of a CfSite.
 */
GtkWidget *
cfa_site_row_new (CfaSession *session, CfaRecordItem *item)
{
  CfaSiteRow *self = g_object_new (CFA_TYPE_SITE_ROW, NULL);

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
