/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tags-page.h"

#include "change.h"
#include "form-dialog.h"
#include "record-group.h"
#include "tag-row.h"

#include "protocol/id.h"
#include "protocol/methods/results.h"
#include "protocol/methods/tag-params.h"
#include "protocol/records/tag.h"

#include <glib/gi18n.h>

struct _CfaTagsPage
{
  AdwPreferencesPage parent_instance;

  CfaSession *session;
  CfaRecordGroup *group;
};

G_DEFINE_FINAL_TYPE (CfaTagsPage, cfa_tags_page, ADW_TYPE_PREFERENCES_PAGE)

/* Told apart at a glance, in light and dark; a new tag gets the next. */
static const char *const colors[] = { "#3584e4", "#2ec27e", "#e5a50a", "#e66100", "#c01c28", "#9141ac", "#986a44", "#5e5c64" };

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaFormDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  cfa_form_dialog_end (dialog, error);
}

static void
on_submitted (CfaFormDialog *dialog, CfaTagsPage *self)
{
  CfTagAddParams *params = g_object_get_data (G_OBJECT (dialog), "params");

  g_free (params->name);
  params->name = cfa_field_dup_text (g_object_get_data (G_OBJECT (dialog), "name"));
  cfa_session_call_async (self->session, "tag.add", params, &cf_records_result_shape, NULL, on_added, g_object_ref (dialog));
}

static void
on_add (CfaTagsPage *self)
{
  CfaFormDialog *dialog = cfa_form_dialog_new (GTK_WIDGET (self), _("New tag"), _("Add"),
                                               _("A word or two that say what conversations are about."));
  CfTagAddParams *params = cf_struct_new (&cf_tag_add_params_shape);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (cfa_session_get_records (self->session, &cf_tag_shape)));

  params->id = cf_id_new (); /* made once: sent again it makes no second */
  params->color = g_strdup (colors[n % G_N_ELEMENTS (colors)]);
  g_object_set_data_full (G_OBJECT (dialog), "params", params, cf_struct_unref);
  g_object_set_data (G_OBJECT (dialog), "name", cfa_form_dialog_add_field (dialog, _("Name"), cfa_rule_tag, FALSE));
  g_signal_connect_object (dialog, "submitted", G_CALLBACK (on_submitted), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
update (CfaTagsPage *self)
{
  cfa_record_group_set_add (self->group, _("New tag…"), cfa_change_allowed (self->session, CF_ROLE_AGENT));
}

static GtkWidget *
make_row (CfaRecordItem *item, gpointer data)
{
  return cfa_tag_row_new (CFA_TAGS_PAGE (data)->session, item);
}

static gboolean
matches (CfaRecordItem *item, const char *words)
{
  g_autofree char *name = g_utf8_casefold (((const CfTag *) cfa_record_item_get (item))->name, -1);

  return strstr (name, words) != NULL;
}

static void
cfa_tags_page_dispose (GObject *object)
{
  g_clear_object (&CFA_TAGS_PAGE (object)->session);
  G_OBJECT_CLASS (cfa_tags_page_parent_class)->dispose (object);
}

static void
cfa_tags_page_class_init (CfaTagsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_RECORD_GROUP);
  G_OBJECT_CLASS (klass)->dispose = cfa_tags_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/settings/tags-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaTagsPage, group);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
}

static void
cfa_tags_page_init (CfaTagsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_tags_page_new:
 * Returns: (transfer floating): the team's tags.
 */
GtkWidget *
cfa_tags_page_new (CfaSession *session)
{
  CfaTagsPage *self = g_object_new (CFA_TYPE_TAGS_PAGE, NULL);

  self->session = g_object_ref (session);
  cfa_record_group_set_empty (self->group, _("No tags yet"),
                              _("Tags say what conversations are about: “refund”, “bug”, “order”. Add one, and everybody can use it."));
  cfa_record_group_fill (self->group, G_LIST_MODEL (cfa_session_get_records (session, &cf_tag_shape)), make_row, self);
  cfa_record_group_search (self->group, matches);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
