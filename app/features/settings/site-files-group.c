/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-files-group.h"

#include "app/accessible-name.h"
#include "setting-rows.h"

#include <glib/gi18n.h>

/* A value that changes step by step is saved when it rests. */
#define REST_MS 700
#define MEGABYTE 1000000
#define MEGABYTES_MAX 1000

typedef enum
{
  KINDS_ALL,
  KINDS_PICTURES,
  KINDS_PAPERS,
  KINDS_OTHER, /* what was set by other means; choosing it changes nothing */
} Kinds;

/* What files a site takes from its visitors. */
struct _CfaSiteFilesGroup
{
  AdwPreferencesGroup parent_instance;

  CfaSiteDraft *draft;
  gboolean updating;
  guint rest; /* source */
  GtkWidget *take, *size, *kinds;
};

G_DEFINE_FINAL_TYPE (CfaSiteFilesGroup, cfa_site_files_group, ADW_TYPE_PREFERENCES_GROUP)

static const char *const pictures[] = { "image/*", NULL };
static const char *const papers[] = { "image/*", "application/pdf", NULL };

static CfSiteFiles *
dup_files (CfaSiteFilesGroup *self)
{
  const CfSite *site = cfa_site_draft_get (self->draft);

  return site->files != NULL ? cf_struct_copy (site->files) : cf_struct_new (&cf_site_files_shape);
}

static Kinds
kinds_of (const CfSiteFiles *files)
{
  const char *const *types = (const char *const *) files->types;

  if (types == NULL || types[0] == NULL)
    return KINDS_ALL;
  if (g_strv_equal (types, pictures))
    return KINDS_PICTURES;
  return g_strv_equal (types, papers) ? KINDS_PAPERS : KINDS_OTHER;
}

/* Takes @files and @done. */
static void
save (CfaSiteFilesGroup *self, CfSiteFiles *files, char *done)
{
  CfSiteConfigureParams *params = cf_struct_new (&cf_site_configure_params_shape);

  params->files = files;
  cf_struct_give (params, "files");
  cfa_site_draft_change (self->draft, GTK_WIDGET (self), params, done);
}

static void
on_take (CfaSiteFilesGroup *self)
{
  CfSiteFiles *files;

  if (self->updating)
    return;
  files = dup_files (self);
  files->off = !gtk_switch_get_active (GTK_SWITCH (self->take));
  save (self, files, g_strdup (files->off ? _("Visitors cannot send files now") : _("Visitors can send files now")));
}

static void
on_kinds (CfaSiteFilesGroup *self)
{
  Kinds kinds = adw_combo_row_get_selected (ADW_COMBO_ROW (self->kinds));
  CfSiteFiles *files;

  if (self->updating || kinds == KINDS_OTHER)
    return;
  files = dup_files (self);
  g_strfreev (files->types);
  files->types = kinds == KINDS_ALL ? NULL : g_strdupv ((char **) (kinds == KINDS_PICTURES ? pictures : papers));
  save (self, files, g_strdup (_("Visitors can send other kinds of files now")));
}

static gboolean
on_rest (gpointer data)
{
  CfaSiteFilesGroup *self = data;
  CfSiteFiles *files = dup_files (self);

  self->rest = 0;
  files->max_size = (gint64) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->size)) * MEGABYTE;
  save (self, files, g_strdup (_("Files may have another size now")));
  return G_SOURCE_REMOVE;
}

static void
on_size (CfaSiteFilesGroup *self)
{
  if (self->updating)
    return;
  g_clear_handle_id (&self->rest, g_source_remove);
  self->rest = g_timeout_add (REST_MS, on_rest, self);
}

static void
update (CfaSiteFilesGroup *self)
{
  g_autoptr (CfSiteFiles) files = dup_files (self);

  self->updating = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->take), !files->off);
  if (self->rest == 0)
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->size), (files->max_size + MEGABYTE - 1) / MEGABYTE);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->kinds), kinds_of (files));
  gtk_widget_set_sensitive (self->size, !files->off);
  gtk_widget_set_sensitive (self->kinds, !files->off);
  gtk_widget_set_sensitive (GTK_WIDGET (self), cfa_site_draft_may (self->draft));
  self->updating = FALSE;
}

static void
cfa_site_files_group_dispose (GObject *object)
{
  CfaSiteFilesGroup *self = CFA_SITE_FILES_GROUP (object);

  /* What was changed last is not lost with the window. */
  if (self->rest != 0)
    {
      g_clear_handle_id (&self->rest, g_source_remove);
      on_rest (self);
    }
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (cfa_site_files_group_parent_class)->dispose (object);
}

static void
cfa_site_files_group_class_init (CfaSiteFilesGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_files_group_dispose;
}

static void
cfa_site_files_group_init (CfaSiteFilesGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  const char *const kinds[] = { _("All that the server takes"), _("Pictures"), _("Pictures and PDF"), _("Others"), NULL };

  adw_preferences_group_set_title (group, _("Files from visitors"));
  adw_preferences_group_add (group, cfa_setting_switch (_("Visitors can send files"), NULL, &self->take));
  adw_preferences_group_add (group, cfa_setting_spin (_("Largest file, in megabytes"), _("0: as large as the server allows"), MEGABYTES_MAX, 1, &self->size));
  self->kinds = cfa_setting_choice (_("Kinds of files"), kinds);
  adw_preferences_group_add (group, self->kinds);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Files from visitors"));
  g_signal_connect_object (self->take, "notify::active", G_CALLBACK (on_take), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->size, "value-changed", G_CALLBACK (on_size), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->kinds, "notify::selected", G_CALLBACK (on_kinds), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_site_files_group_new:
 * Returns: (transfer floating): the group.
 */
GtkWidget *
cfa_site_files_group_new (CfaSiteDraft *draft)
{
  CfaSiteFilesGroup *self = g_object_new (CFA_TYPE_SITE_FILES_GROUP, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
