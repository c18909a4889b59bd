/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-form-group.h"

#include "app/accessible-name.h"
#include "culprit.h"
#include "field.h"
#include "setting-rows.h"
#include "site-form.h"
#include "site-form-row.h"
#include "site-rules.h"

#include <glib/gi18n.h>

/* What visitors are asked before they write. */
struct _CfaSiteFormGroup
{
  AdwPreferencesGroup parent_instance;

  CfaSiteDraft *draft;
  gboolean updating;
  GtkWidget *on;
  CfaField *title, *hint;
  GtkWidget *add; /* GtkMenuButton */
  GPtrArray *rows; /* of CfaSiteFormRow, owned: they move */
};

G_DEFINE_FINAL_TYPE (CfaSiteFormGroup, cfa_site_form_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_switched (CfaSiteFormGroup *self)
{
  CfSiteForm *form;

  if (self->updating)
    return;
  form = cfa_site_draft_dup_form (self->draft);
  form->on = gtk_switch_get_active (GTK_SWITCH (self->on));
  /* What most begin with. */
  if (form->on && form->fields->len == 0)
    {
      cfa_site_form_add (form, CF_FORM_NAME);
      cfa_site_form_add (form, CF_FORM_EMAIL);
      ((CfFormField *) form->fields->pdata[1])->required = TRUE;
    }
  cfa_site_draft_set_form (self->draft, GTK_WIDGET (self), form,
                           g_strdup (form->on ? _("Visitors are asked before they write now") : _("Visitors write at once now")));
}

static void
on_title (CfaSiteFormGroup *self, const char *text)
{
  CfSiteForm *form = cfa_site_draft_dup_form (self->draft);

  g_free (form->title);
  form->title = *text != '\0' ? g_strdup (text) : NULL;
  cfa_site_draft_set_form (self->draft, GTK_WIDGET (self), form, g_strdup (_("The form has another title now")));
}

static void
on_hint (CfaSiteFormGroup *self, const char *text)
{
  CfSiteForm *form = cfa_site_draft_dup_form (self->draft);

  g_free (form->hint);
  form->hint = *text != '\0' ? g_strdup (text) : NULL;
  cfa_site_draft_set_form (self->draft, GTK_WIDGET (self), form, g_strdup (_("The form begins with other words now")));
}

static void
on_sketch (CfaSiteFormGroup *self, CfSite *site)
{
  cfa_field_sketch (self->title, &site->form->title);
  cfa_field_sketch (self->hint, &site->form->hint);
}

/* When the menu has gone, which gives the focus back to its button. */
static void
look_at_last (gpointer data)
{
  g_autoptr (CfaSiteFormGroup) self = data;

  if (self->rows != NULL && self->rows->len > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_child_focus (self->rows->pdata[self->rows->len - 1], GTK_DIR_TAB_FORWARD);
}

/* The new row is open: its words are what one looks at next. */
static void
on_add (GtkWidget *widget, const char *name, GVariant *kind)
{
  CfaSiteFormGroup *self = CFA_SITE_FORM_GROUP (widget);
  CfSiteForm *form = cfa_site_draft_dup_form (self->draft);

  cfa_site_form_add (form, g_variant_get_int32 (kind));
  cfa_site_draft_set_form (self->draft, widget, form, g_strdup_printf (_("Added: %s"), cfa_form_kind_name (g_variant_get_int32 (kind))));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->rows->pdata[self->rows->len - 1]), TRUE);
  g_idle_add_once (look_at_last, g_object_ref (self));
}

static void
update_menu (CfaSiteFormGroup *self, const CfSiteForm *form)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  static const CfFormKind kinds[] = { CF_FORM_NAME, CF_FORM_EMAIL, CF_FORM_PHONE, CF_FORM_TEXT, CF_FORM_CHOICE, CF_FORM_CHECKBOX, CF_FORM_DATE, CF_FORM_DEPARTMENT };
  g_autoptr (GPtrArray) departments = cfa_site_draft_dup_departments (self->draft, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (cfa_form_kind_name (kinds[i]), NULL);

      if (cfa_site_form_has (form, kinds[i]) || (kinds[i] == CF_FORM_DEPARTMENT && departments == NULL))
        continue;
      g_menu_item_set_action_and_target (item, "site-form.add", "i", (gint32) kinds[i]);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->add), G_MENU_MODEL (menu));
  gtk_widget_set_sensitive (self->add, form->fields->len < CF_FORM_FIELDS_MAX);
}

static gboolean
same_order (CfaSiteFormGroup *self, const CfSiteForm *form)
{
  if (self->rows->len != form->fields->len)
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    if (!g_str_equal (cfa_site_form_row_get_id (self->rows->pdata[i]), ((const CfFormField *) form->fields->pdata[i])->id))
      return FALSE;
  return TRUE;
}

/* Returns: (transfer full): the row that there is, so that it stays open and keeps what is being typed; else a new one. */
static GtkWidget *
take_row (CfaSiteFormGroup *self, const char *id)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (cfa_site_form_row_get_id (self->rows->pdata[i]), id))
      return g_object_ref (self->rows->pdata[i]);
  return g_object_ref_sink (cfa_site_form_row_new (self->draft, id));
}

static void
update_rows (CfaSiteFormGroup *self, const CfSiteForm *form)
{
  GPtrArray *rows;

  if (same_order (self, form))
    return;
  rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < form->fields->len; i++)
    g_ptr_array_add (rows, take_row (self, ((const CfFormField *) form->fields->pdata[i])->id));
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), rows->pdata[i]);
  g_ptr_array_unref (self->rows);
  self->rows = rows;
}

static void
update (CfaSiteFormGroup *self)
{
  g_autoptr (CfSiteForm) form = cfa_site_draft_dup_form (self->draft);
  const char *site_id = cfa_site_draft_get (self->draft)->parent.id;
  gboolean begun = form->on || form->fields->len > 0;

  self->updating = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->on), form->on);
  cfa_field_set_value (self->title, form->title);
  cfa_field_set_value (self->hint, form->hint);
  cfa_culprit_ask (cfa_site_draft_get_session (self->draft), site_id, self->title);
  cfa_culprit_ask (cfa_site_draft_get_session (self->draft), site_id, self->hint);
  gtk_widget_set_visible (cfa_field_get_row (self->title), begun);
  gtk_widget_set_visible (cfa_field_get_row (self->hint), begun);
  update_menu (self, form);
  update_rows (self, form);
  gtk_widget_set_sensitive (GTK_WIDGET (self), cfa_site_draft_may (self->draft));
  self->updating = FALSE;
}

static void
cfa_site_form_group_dispose (GObject *object)
{
  CfaSiteFormGroup *self = CFA_SITE_FORM_GROUP (object);

  g_clear_object (&self->title);
  g_clear_object (&self->hint);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (cfa_site_form_group_parent_class)->dispose (object);
}

static void
cfa_site_form_group_class_init (CfaSiteFormGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_form_group_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "site-form.add", "i", on_add);
}

static CfaField *
add_field (CfaSiteFormGroup *self, const char *title, CfaRule rule, GCallback callback)
{
  CfaField *field = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", title, NULL), rule, TRUE);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), cfa_field_get_row (field));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), cfa_field_get_note (field));
  g_signal_connect_object (field, "apply", callback, self, G_CONNECT_SWAPPED);
  return field;
}

static void
cfa_site_form_group_init (CfaSiteFormGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  g_autofree char *about = g_strdup_printf ("%s\n%s", _("Names and addresses become the visitor’s, as they say them; the other answers stand beside the conversation."),
                                            _("In the conversation: one question at a time, after their first message, unless the answer is known"));

  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  adw_preferences_group_set_title (group, _("Form before a conversation"));
  adw_preferences_group_set_description (group, about);
  self->add = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->add), _("Add a question"));
  cfa_accessible_name_inside (self->add, GTK_TYPE_MENU_BUTTON, _("Add a question"));
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->add, "flat");
  adw_preferences_group_set_header_suffix (group, self->add);
  adw_preferences_group_add (group, cfa_setting_switch (_("Ask visitors before they write"), _("Otherwise they write at once"), &self->on));
  self->title = add_field (self, _("Title (may be empty)"), cfa_rule_title, G_CALLBACK (on_title));
  self->hint = add_field (self, _("Words above the questions (empty: the greeting)"), cfa_rule_form_hint, G_CALLBACK (on_hint));
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Form before a conversation"));
  g_signal_connect_object (self->on, "notify::active", G_CALLBACK (on_switched), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_site_form_group_new:
 * Returns: (transfer floating): the group.
 */
GtkWidget *
cfa_site_form_group_new (CfaSiteDraft *draft)
{
  CfaSiteFormGroup *self = g_object_new (CFA_TYPE_SITE_FORM_GROUP, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (self->title, "changed", G_CALLBACK (cfa_site_draft_sketched), draft, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->hint, "changed", G_CALLBACK (cfa_site_draft_sketched), draft, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "sketch", G_CALLBACK (on_sketch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
