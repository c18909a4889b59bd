/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-install.h"

#include "app/accessible-name.h"
#include "change.h"
#include "culprit.h"
#include "field.h"
#include "snippet.h"

#include <glib/gi18n.h>

/* What the site is called, and the line that brings the widget into its pages. */
struct _CfaSiteInstall
{
  AdwPreferencesGroup parent_instance;

  CfaSiteDraft *draft;
  CfaField *name;
  GtkWidget *snippet;
  GtkWidget *key_row;
};

G_DEFINE_FINAL_TYPE (CfaSiteInstall, cfa_site_install, ADW_TYPE_PREFERENCES_GROUP)

static void
on_name (CfaSiteInstall *self, const char *text)
{
  const CfSite *site = cfa_site_draft_get (self->draft);
  CfSiteUpdateParams *params = cf_struct_new (&cf_site_update_params_shape), *undo = cf_struct_new (&cf_site_update_params_shape);
  CfaChange change = {
    .method = "site.update", .params = params, .undo_method = "site.update", .undo_params = undo,
    .done = g_strdup_printf (_("The site is called “%s” now"), text), .item = cfa_site_draft_get_item (self->draft),
  };

  params->id = g_strdup (site->parent.id);
  params->name = g_strdup (text);
  cf_struct_give (params, "name");
  undo->id = g_strdup (site->parent.id);
  undo->name = g_strdup (site->name);
  cf_struct_give (undo, "name");
  cfa_change_run (GTK_WIDGET (self), cfa_site_draft_get_session (self->draft), &change);
}

static void
on_sketch (CfaSiteInstall *self, CfSite *site)
{
  cfa_field_sketch (self->name, &site->name);
}

static char *
snippet_of (CfaSiteInstall *self)
{
  return cfa_snippet_new (cfa_session_get_server (cfa_site_draft_get_session (self->draft)), cfa_site_draft_get (self->draft)->key);
}

static void
on_copy (CfaSiteInstall *self)
{
  g_autofree char *snippet = snippet_of (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), snippet);
  cfa_change_tell (GTK_WIDGET (self), _("Copied. Put it into every page, before </body>."));
}

static void
update (CfaSiteInstall *self)
{
  const CfSite *site = cfa_site_draft_get (self->draft);
  g_autofree char *snippet = snippet_of (self), *key = g_markup_escape_text (site->key != NULL ? site->key : "", -1);

  gtk_label_set_label (GTK_LABEL (self->snippet), snippet);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->key_row), key);
  cfa_field_set_value (self->name, site->name);
  cfa_culprit_ask (cfa_site_draft_get_session (self->draft), site->parent.id, self->name);
  gtk_widget_set_sensitive (cfa_field_get_row (self->name), cfa_site_draft_may (self->draft));
}

static void
cfa_site_install_dispose (GObject *object)
{
  CfaSiteInstall *self = CFA_SITE_INSTALL (object);

  g_clear_object (&self->name);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (cfa_site_install_parent_class)->dispose (object);
}

static void
cfa_site_install_class_init (CfaSiteInstallClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_install_dispose;
}

static GtkWidget *
new_snippet_row (CfaSiteInstall *self)
{
  GtkWidget *row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "title", _("Snippet"), NULL), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_("Put this line into every page of the site, before </body>:"));
  GtkWidget *copy = gtk_button_new_with_label (_("Copy"));

  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  self->snippet = cfa_snippet_new_label ();
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
cfa_site_install_init (CfaSiteInstall *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  adw_preferences_group_set_title (group, _("Installation"));
  adw_preferences_group_add (group, new_snippet_row (self));
  self->key_row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Key"), NULL);
  self->name = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Name"), NULL), cfa_rule_name, TRUE);
  adw_preferences_group_add (group, self->key_row);
  adw_preferences_group_add (group, cfa_field_get_row (self->name));
  adw_preferences_group_add (group, cfa_field_get_note (self->name));
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Installation"));
  g_signal_connect_object (self->name, "apply", G_CALLBACK (on_name), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_site_install_new:
 * Returns: (transfer floating): the group.
 */
GtkWidget *
cfa_site_install_new (CfaSiteDraft *draft)
{
  CfaSiteInstall *self = g_object_new (CFA_TYPE_SITE_INSTALL, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (self->name, "changed", G_CALLBACK (cfa_site_draft_sketched), draft, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "sketch", G_CALLBACK (on_sketch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
