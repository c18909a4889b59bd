/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-addresses.h"

#include "app/accessible-name.h"
#include "field.h"
#include "setting-rows.h"

#include <glib/gi18n.h>

/* On which pages the widget answers. */
struct _CfaSiteAddresses
{
  AdwPreferencesGroup parent_instance;

  CfaSiteDraft *draft;
  CfaField *origin; /* to add one */
  char **shown;
  GPtrArray *rows; /* not owned */
};

G_DEFINE_FINAL_TYPE (CfaSiteAddresses, cfa_site_addresses, ADW_TYPE_PREFERENCES_GROUP)

static void
save (CfaSiteAddresses *self, GStrvBuilder *origins, char *done)
{
  CfSiteConfigureParams *params = cf_struct_new (&cf_site_configure_params_shape);

  params->origins = g_strv_builder_end (origins);
  cf_struct_give (params, "origins");
  cfa_site_draft_change (self->draft, GTK_WIDGET (self), params, done);
}

static void
on_add (CfaSiteAddresses *self, const char *text)
{
  g_autoptr (GStrvBuilder) origins = g_strv_builder_new ();
  const CfSite *site = cfa_site_draft_get (self->draft);

  if (site->origins != NULL)
    g_strv_builder_addv (origins, (const char **) site->origins);
  if (site->origins == NULL || !g_strv_contains ((const char *const *) site->origins, text))
    g_strv_builder_add (origins, text);
  save (self, origins, g_strdup_printf (_("The widget answers on %s now"), text));
  cfa_field_clear (self->origin);
}

static void
on_remove (CfaSiteAddresses *self, GtkWidget *button)
{
  const char *origin = g_object_get_data (G_OBJECT (button), "origin");
  g_autoptr (GStrvBuilder) origins = g_strv_builder_new ();

  for (char **p = cfa_site_draft_get (self->draft)->origins; p != NULL && *p != NULL; p++)
    if (!g_str_equal (*p, origin))
      g_strv_builder_add (origins, *p);
  save (self, origins, g_strdup_printf (_("The widget does not answer on %s any more"), origin));
}

static const char *
detail_of (const char *origin)
{
  if (g_str_equal (origin, "*"))
    return _("Visitors on every site of the world can write");
  return strstr (origin, "://*.") != NULL ? _("Visitors on all its subdomains can write") : _("Visitors on this address can write");
}

static void
add_row (CfaSiteAddresses *self, const char *origin)
{
  g_autofree char *escaped = g_markup_escape_text (origin, -1), *name = g_strdup_printf (_("Remove %s"), origin);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", escaped, "subtitle", detail_of (origin), NULL);
  GtkWidget *button = cfa_setting_remove (name);

  g_object_set_data_full (G_OBJECT (button), "origin", g_strdup (origin), g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
}

static void
update (CfaSiteAddresses *self)
{
  static const char *const none[] = { NULL };
  char **origins = cfa_site_draft_get (self->draft)->origins;
  const char *const *wanted = origins != NULL ? (const char *const *) origins : none;

  gtk_widget_set_sensitive (GTK_WIDGET (self), cfa_site_draft_may (self->draft));
  if (self->shown != NULL && g_strv_equal ((const char *const *) self->shown, wanted))
    return;
  g_strfreev (self->shown);
  self->shown = g_strdupv ((char **) wanted);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (; *wanted != NULL; wanted++)
    add_row (self, *wanted);
}

static void
cfa_site_addresses_dispose (GObject *object)
{
  CfaSiteAddresses *self = CFA_SITE_ADDRESSES (object);

  g_clear_object (&self->origin);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->shown, g_strfreev);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (cfa_site_addresses_parent_class)->dispose (object);
}

static void
cfa_site_addresses_class_init (CfaSiteAddressesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_addresses_dispose;
}

static void
cfa_site_addresses_init (CfaSiteAddresses *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (group, _("Allowed addresses"));
  adw_preferences_group_set_description (group, _("The widget answers on these alone. A star in front stands for any subdomain."));
  self->origin = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Add an address, such as https://shop.example"), NULL),
                                cfa_rule_origin, TRUE);
  adw_preferences_group_add (group, cfa_field_get_row (self->origin));
  adw_preferences_group_add (group, cfa_field_get_note (self->origin));
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Allowed addresses"));
  g_signal_connect_object (self->origin, "apply", G_CALLBACK (on_add), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_site_addresses_new:
 * Returns: (transfer floating): the group.
 */
GtkWidget *
cfa_site_addresses_new (CfaSiteDraft *draft)
{
  CfaSiteAddresses *self = g_object_new (CFA_TYPE_SITE_ADDRESSES, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
