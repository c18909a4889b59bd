/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-look.h"

#include "app/accessible-name.h"
#include "app/css-class.h"
#include "culprit.h"
#include "field.h"
#include "setting-rows.h"
#include "site-rules.h"

#include <glib/gi18n.h>

#define DEFAULT_COLOR "#1f5eff"
#define WAIT_MS       700 /* a number is being turned */

struct _CfaSiteLook
{
  AdwPreferencesGroup parent_instance;

  CfaSiteDraft *draft;
  gboolean updating;
  guint turning;

  GtkWidget *color, *color_row;
  GtkWidget *scheme, *side;
  GtkWidget *offset_x, *offset_y, *bubble_delay;
  GtkWidget *photos, *branding;
  CfaField *title, *greeting, *launcher, *bubble;
};

G_DEFINE_FINAL_TYPE (CfaSiteLook, cfa_site_look, ADW_TYPE_PREFERENCES_GROUP)

static char *
hex_of (GtkWidget *button)
{
  GdkRGBA color;

  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (button), &color);
  return g_strdup_printf ("#%02x%02x%02x", (int) (color.red * 255 + 0.5), (int) (color.green * 255 + 0.5), (int) (color.blue * 255 + 0.5));
}

static void
set_text (char **into, const char *text)
{
  g_free (*into);
  *into = *text != '\0' ? g_strdup (text) : NULL;
}

/* What the controls show that are not texts. */
static void
read_controls (CfaSiteLook *self, CfSiteAppearance *appearance)
{
  appearance->scheme = adw_combo_row_get_selected (ADW_COMBO_ROW (self->scheme));
  appearance->side = adw_combo_row_get_selected (ADW_COMBO_ROW (self->side));
  appearance->offset_x = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->offset_x));
  appearance->offset_y = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->offset_y));
  appearance->bubble_delay = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->bubble_delay));
  appearance->photos_off = !gtk_switch_get_active (GTK_SWITCH (self->photos));
  appearance->branding_off = !gtk_switch_get_active (GTK_SWITCH (self->branding));
}

static char *
done_words (CfaSiteLook *self)
{
  return g_strdup_printf (_("The looks of “%s” were changed"), cfa_site_draft_get (self->draft)->name);
}

static void
save_controls (CfaSiteLook *self)
{
  CfSiteAppearance *appearance = cfa_site_draft_dup_appearance (self->draft);

  g_clear_handle_id (&self->turning, g_source_remove);
  read_controls (self, appearance);
  cfa_site_draft_set_appearance (self->draft, GTK_WIDGET (self), appearance, done_words (self));
}

static void
on_control (CfaSiteLook *self)
{
  if (!self->updating)
    save_controls (self);
}

static gboolean
turned (gpointer data)
{
  CfaSiteLook *self = data;

  self->turning = 0;
  save_controls (self);
  return G_SOURCE_REMOVE;
}

/* Each step of a number would be a change of its own. */
static void
on_turn (CfaSiteLook *self)
{
  if (self->updating)
    return;
  g_clear_handle_id (&self->turning, g_source_remove);
  self->turning = g_timeout_add (WAIT_MS, turned, self);
  cfa_site_draft_sketched (self->draft);
}

static void
on_sketch (CfaSiteLook *self, CfSite *site)
{
  CfSiteAppearance *appearance = site->appearance;

  if (self->turning != 0)
    read_controls (self, appearance);
  cfa_field_sketch (self->title, &appearance->title);
  cfa_field_sketch (self->launcher, &appearance->launcher_text);
  cfa_field_sketch (self->bubble, &appearance->bubble_text);
  cfa_field_sketch (self->greeting, &site->greeting);
}

static void
on_title (CfaSiteLook *self, const char *text)
{
  CfSiteAppearance *appearance = cfa_site_draft_dup_appearance (self->draft);

  set_text (&appearance->title, text);
  cfa_site_draft_set_appearance (self->draft, GTK_WIDGET (self), appearance, done_words (self));
}

static void
on_launcher (CfaSiteLook *self, const char *text)
{
  CfSiteAppearance *appearance = cfa_site_draft_dup_appearance (self->draft);

  set_text (&appearance->launcher_text, text);
  cfa_site_draft_set_appearance (self->draft, GTK_WIDGET (self), appearance, done_words (self));
}

static void
on_bubble (CfaSiteLook *self, const char *text)
{
  CfSiteAppearance *appearance = cfa_site_draft_dup_appearance (self->draft);

  set_text (&appearance->bubble_text, text);
  cfa_site_draft_set_appearance (self->draft, GTK_WIDGET (self), appearance, done_words (self));
}

static void
on_greeting (CfaSiteLook *self, const char *text)
{
  CfSiteConfigureParams *params = cf_struct_new (&cf_site_configure_params_shape);

  params->greeting = g_strdup (text);
  cf_struct_give (params, "greeting");
  cfa_site_draft_change (self->draft, GTK_WIDGET (self), params,
                         g_strdup_printf (_("Visitors of “%s” are greeted with other words now"), cfa_site_draft_get (self->draft)->name));
}

static void
on_color (CfaSiteLook *self)
{
  CfSiteConfigureParams *params;

  if (self->updating)
    return;
  params = cf_struct_new (&cf_site_configure_params_shape);
  params->color = hex_of (self->color);
  cf_struct_give (params, "color");
  cfa_site_draft_change (self->draft, GTK_WIDGET (self), params,
                         g_strdup_printf (_("The widget of “%s” has another colour now"), cfa_site_draft_get (self->draft)->name));
}

static void
update_color (CfaSiteLook *self)
{
  const char *color = cfa_site_draft_get (self->draft)->color;
  g_autofree char *note = NULL;
  gboolean weak;
  GdkRGBA rgba;

  if (color == NULL || *color == '\0' || !gdk_rgba_parse (&rgba, color))
    {
      color = DEFAULT_COLOR;
      gdk_rgba_parse (&rgba, color);
    }
  gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (self->color), &rgba);
  note = cfa_color_note (color, &weak);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->color_row), note);
  cfa_css_class_set (self->color_row, "warning", weak);
}

static void
update_field (CfaSiteLook *self, CfaField *field, const char *value)
{
  cfa_field_set_value (field, value);
  cfa_culprit_ask (cfa_site_draft_get_session (self->draft), cfa_site_draft_get (self->draft)->parent.id, field);
}

static void
update (CfaSiteLook *self)
{
  g_autoptr (CfSiteAppearance) appearance = cfa_site_draft_dup_appearance (self->draft);

  self->updating = TRUE;
  update_color (self);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->scheme), appearance->scheme);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->side), appearance->side);
  if (self->turning == 0)
    {
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->offset_x), appearance->offset_x);
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->offset_y), appearance->offset_y);
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->bubble_delay), appearance->bubble_delay);
    }
  gtk_switch_set_active (GTK_SWITCH (self->photos), !appearance->photos_off);
  gtk_switch_set_active (GTK_SWITCH (self->branding), !appearance->branding_off);
  update_field (self, self->title, appearance->title);
  update_field (self, self->launcher, appearance->launcher_text);
  update_field (self, self->bubble, appearance->bubble_text);
  update_field (self, self->greeting, cfa_site_draft_get (self->draft)->greeting);
  gtk_widget_set_sensitive (GTK_WIDGET (self), cfa_site_draft_may (self->draft));
  self->updating = FALSE;
}

static CfaField *
add_field (CfaSiteLook *self, const char *title, CfaRule rule, GCallback apply)
{
  CfaField *field = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", title, NULL), rule, TRUE);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), cfa_field_get_row (field));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), cfa_field_get_note (field));
  g_signal_connect_object (field, "apply", apply, self, G_CONNECT_SWAPPED);
  return field;
}

static void
add_color (CfaSiteLook *self)
{
  self->color = gtk_color_button_new ();
  gtk_color_button_set_title (GTK_COLOR_BUTTON (self->color), _("Colour of the widget"));
  gtk_widget_set_valign (self->color, GTK_ALIGN_CENTER);
  cfa_accessible_name_inside (self->color, GTK_TYPE_BUTTON, _("Colour"));
  self->color_row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Colour"), "activatable-widget", self->color, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->color_row), self->color);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->color_row);
  g_signal_connect_object (self->color, "color-set", G_CALLBACK (on_color), self, G_CONNECT_SWAPPED);
}

static void
add_choices (CfaSiteLook *self)
{
  const char *const schemes[] = { _("As their system"), _("Light"), _("Dark"), NULL };
  const char *const sides[] = { _("At the right"), _("At the left"), NULL };

  self->scheme = cfa_setting_choice (_("Light or dark"), schemes);
  self->side = cfa_setting_choice (_("Side of the page"), sides);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->scheme);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->side);
  g_signal_connect_object (self->scheme, "notify::selected", G_CALLBACK (on_control), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->side, "notify::selected", G_CALLBACK (on_control), self, G_CONNECT_SWAPPED);
}

static void
add_number (CfaSiteLook *self, GtkWidget *row, GtkWidget *control)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_signal_connect_object (control, "value-changed", G_CALLBACK (on_turn), self, G_CONNECT_SWAPPED);
}

static void
add_switch (CfaSiteLook *self, GtkWidget *row, GtkWidget *control)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_signal_connect_object (control, "notify::active", G_CALLBACK (on_control), self, G_CONNECT_SWAPPED);
}

/* The window closes while a number is still being turned. */
static void
cfa_site_look_unmap (GtkWidget *widget)
{
  CfaSiteLook *self = CFA_SITE_LOOK (widget);

  if (self->turning != 0)
    save_controls (self);
  GTK_WIDGET_CLASS (cfa_site_look_parent_class)->unmap (widget);
}

static void
cfa_site_look_dispose (GObject *object)
{
  CfaSiteLook *self = CFA_SITE_LOOK (object);

  g_clear_handle_id (&self->turning, g_source_remove);
  g_clear_object (&self->title);
  g_clear_object (&self->greeting);
  g_clear_object (&self->launcher);
  g_clear_object (&self->bubble);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (cfa_site_look_parent_class)->dispose (object);
}

static void
cfa_site_look_class_init (CfaSiteLookClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_look_dispose;
  GTK_WIDGET_CLASS (klass)->unmap = cfa_site_look_unmap;
}

static void
cfa_site_look_init (CfaSiteLook *self)
{
  GtkWidget *row;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Appearance"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("Pages with the widget show it within seconds, also those that are open."));
  add_color (self);
  add_choices (self);
  self->title = add_field (self, _("Title (empty: the name of the site)"), cfa_rule_title, G_CALLBACK (on_title));
  self->greeting = add_field (self, _("Greeting"), cfa_rule_greeting, G_CALLBACK (on_greeting));
  self->launcher = add_field (self, _("Text of the button (empty: a picture alone)"), cfa_rule_launcher, G_CALLBACK (on_launcher));
  self->bubble = add_field (self, _("Invitation above the button (empty: none)"), cfa_rule_bubble, G_CALLBACK (on_bubble));
  row = cfa_setting_spin (_("Invite after"), _("Seconds; once in a visit"), CF_BUBBLE_DELAY_MAX, 1, &self->bubble_delay);
  add_number (self, row, self->bubble_delay);
  row = cfa_setting_spin (_("Away from the side"), _("Pixels"), CF_OFFSET_MAX, 4, &self->offset_x);
  add_number (self, row, self->offset_x);
  row = cfa_setting_spin (_("Away from the bottom"), _("Pixels"), CF_OFFSET_MAX, 4, &self->offset_y);
  add_number (self, row, self->offset_y);
  row = cfa_setting_switch (_("Show agents' pictures"), NULL, &self->photos);
  add_switch (self, row, self->photos);
  row = cfa_setting_switch (_("Show “ChatFlow” at the bottom"), NULL, &self->branding);
  add_switch (self, row, self->branding);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Appearance"));
}

/**
 * cfa_site_look_new:
 * Returns: (transfer floating): the group.
 */
GtkWidget *
cfa_site_look_new (CfaSiteDraft *draft)
{
  CfaSiteLook *self = g_object_new (CFA_TYPE_SITE_LOOK, NULL);

  CfaField *const fields[] = { self->title, self->greeting, self->launcher, self->bubble };

  self->draft = g_object_ref (draft);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_signal_connect_object (fields[i], "changed", G_CALLBACK (cfa_site_draft_sketched), draft, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "sketch", G_CALLBACK (on_sketch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
