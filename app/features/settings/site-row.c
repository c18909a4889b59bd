/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-row.h"

#include "protocol/records/site.h"
#include "site-window.h"

#include <glib/gi18n.h>

struct _CfaSiteRow
{
  AdwActionRow parent_instance;

  CfaSession *session;
  CfaRecordItem *item;
};

G_DEFINE_FINAL_TYPE (CfaSiteRow, cfa_site_row, ADW_TYPE_ACTION_ROW)

static void
on_activated (CfaSiteRow *self)
{
  cfa_site_window_open (GTK_WIDGET (self), self->session, self->item);
}

static void
update (CfaSiteRow *self)
{
  const CfSite *site = cfa_record_item_get (self->item);
  g_autofree char *name = NULL, *origins = NULL, *escaped = NULL;

  if (cfa_record_item_is_gone (self->item))
    return;
  name = g_markup_escape_text (site->name, -1);
  origins = site->origins != NULL ? g_strjoinv (", ", site->origins) : g_strdup ("");
  escaped = g_markup_escape_text (origins, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), *escaped != '\0' ? escaped : _("No address yet: the widget answers nowhere"));
}

static void
cfa_site_row_dispose (GObject *object)
{
  CfaSiteRow *self = CFA_SITE_ROW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (cfa_site_row_parent_class)->dispose (object);
}

static void
cfa_site_row_class_init (CfaSiteRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_row_dispose;
}

static void
cfa_site_row_init (CfaSiteRow *self)
{
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  g_signal_connect (self, "activated", G_CALLBACK (on_activated), NULL);
}

/**
 * cfa_site_row_new:
 * Returns: (transfer floating): the row of a CfSite, which opens its settings.
 */
GtkWidget *
cfa_site_row_new (CfaSession *session, CfaRecordItem *item)
{
  CfaSiteRow *self = g_object_new (CFA_TYPE_SITE_ROW, NULL);

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
