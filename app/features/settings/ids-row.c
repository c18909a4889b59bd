/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ids-row.h"

#include "app/features/session/reach.h"
#include "protocol/records/site.h"

#include <glib/gi18n.h>

struct _CfaIdsRow
{
  AdwExpanderRow parent_instance;

  char *none;        /* what is said while nothing is checked */
  const char *missing; /* what is said of an id that is not among them */
  GPtrArray *checks; /* of GtkCheckButton, not owned; each knows its "id", its "name" and its "row" */
  gboolean updating;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CfaIdsRow, cfa_ids_row, ADW_TYPE_EXPANDER_ROW)

static void
update (CfaIdsRow *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *escaped = NULL;

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", (const char *) g_object_get_data (self->checks->pdata[i], "name"));
  escaped = g_markup_escape_text (names->len > 0 ? names->str : self->none, -1);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), escaped);
}

static void
on_toggled (CfaIdsRow *self)
{
  if (self->updating)
    return;
  update (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
call (CfaIdsRow *self, GtkWidget *check, const char *name)
{
  g_autofree char *escaped = g_markup_escape_text (name, -1), *said = g_strdup_printf ("%s: %s", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), name);

  adw_preferences_row_set_title (g_object_get_data (G_OBJECT (check), "row"), escaped);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  g_object_set_data_full (G_OBJECT (check), "name", g_strdup (name), g_free);
}

static void
add (CfaIdsRow *self, const char *id, const char *name)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "activatable-widget", check, NULL);

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (check), "id", g_strdup (id), g_free);
  g_object_set_data (G_OBJECT (check), "row", row);
  call (self, check, name);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->checks, check);
}

/* Returns: (nullable): the box of that id */
static GtkCheckButton *
find (CfaIdsRow *self, const char *id)
{
  for (guint i = 0; i < self->checks->len; i++)
    if (g_strcmp0 (g_object_get_data (self->checks->pdata[i], "id"), id) == 0)
      return self->checks->pdata[i];
  return NULL;
}

static void
cfa_ids_row_finalize (GObject *object)
{
  CfaIdsRow *self = CFA_IDS_ROW (object);

  g_ptr_array_unref (self->checks);
  g_free (self->none);
  G_OBJECT_CLASS (cfa_ids_row_parent_class)->finalize (object);
}

static void
cfa_ids_row_class_init (CfaIdsRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_ids_row_finalize;
  changed_signal = g_signal_new ("changed", CFA_TYPE_IDS_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_ids_row_init (CfaIdsRow *self)
{
  self->checks = g_ptr_array_new ();
  self->missing = _("No longer there");
}

/**
 * cfa_ids_row_new:
 * @among: the shape of what can be chosen, which has a name
 * @none: what is said while nothing is chosen
 *
 * Returns: (transfer floating): the row; it is hidden where there is nothing to choose from
 */
GtkWidget *
cfa_ids_row_new (CfaSession *session, const CfShape *among, const char *title, const char *none)
{
  GtkWidget *row = cfa_ids_row_new_empty (title, none);
  GListModel *model = G_LIST_MODEL (cfa_session_get_records (session, among));
  const CfField *name = cf_shape_field (among, "name");

  if (among == &cf_site_shape && cfa_reach_get_sites (session) != NULL)
    CFA_IDS_ROW (row)->missing = _("A site that you don’t serve");
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (model, i);

      cfa_ids_row_add (CFA_IDS_ROW (row), cfa_record_item_get_id (item), cf_field_at (char *, cfa_record_item_get (item), name));
    }
  return row;
}

/**
 * cfa_ids_row_new_empty:
 * Returns: (transfer floating): a row that is hidden until there is something to choose from.
 */
GtkWidget *
cfa_ids_row_new_empty (const char *title, const char *none)
{
  CfaIdsRow *self = g_object_new (CFA_TYPE_IDS_ROW, "title", title, "visible", FALSE, NULL);

  self->none = g_strdup (none);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * cfa_ids_row_add:
 * What can be chosen besides; or what that one is called now.
 */
void
cfa_ids_row_add (CfaIdsRow *self, const char *id, const char *name)
{
  GtkCheckButton *check = find (self, id);

  if (check == NULL)
    add (self, id, name);
  else if (g_strcmp0 (g_object_get_data (G_OBJECT (check), "name"), name) != 0)
    call (self, GTK_WIDGET (check), name);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  update (self);
}

/**
 * cfa_ids_row_set:
 * @ids: (nullable): what is chosen; what is no longer there can be taken out
 */
void
cfa_ids_row_set (CfaIdsRow *self, char *const *ids)
{
  self->updating = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (self->checks->pdata[i], FALSE);
  for (guint n = 0; ids != NULL && ids[n] != NULL; n++)
    {
      if (find (self, ids[n]) == NULL)
        add (self, ids[n], self->missing);
      gtk_check_button_set_active (find (self, ids[n]), TRUE);
    }
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), self->checks->len > 0);
  update (self);
}

/**
 * cfa_ids_row_dup:
 * Returns: (transfer full) (nullable): what is chosen; NULL for nothing
 */
char **
cfa_ids_row_dup (CfaIdsRow *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  gboolean some = FALSE;

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      {
        g_strv_builder_add (ids, g_object_get_data (self->checks->pdata[i], "id"));
        some = TRUE;
      }
  return some ? g_strv_builder_end (ids) : NULL;
}
