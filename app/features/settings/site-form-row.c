/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-form-row.h"

#include "app/accessible-name.h"
#include "app/features/visitors/attribute-row.h"
#include "field.h"
#include "ids-row.h"
#include "setting-rows.h"
#include "site-form.h"
#include "site-rules.h"

#include <glib/gi18n.h>

struct _CfaSiteFormRow
{
  AdwExpanderRow parent_instance;

  CfaSiteDraft *draft;
  char *id;
  gboolean updating;

  CfaField *label;
  CfaField *choices;
  GtkWidget *departments; /* CfaIdsRow */
  GtkWidget *required;
  GtkWidget *during; /* AdwComboRow: before the conversation, in it */
  GtkWidget *asked; /* AdwComboRow: a CfFormAsked */
  GtkWidget *shown; /* AdwComboRow: always, or what another field says */
  GPtrArray *conditions; /* of CfFormField with shown_when and shown_is: what its places after the first stand for */
  GtkWidget *up, *down;
};

G_DEFINE_FINAL_TYPE (CfaSiteFormRow, cfa_site_form_row, ADW_TYPE_EXPANDER_ROW)

static CfFormField *
field_in (CfaSiteFormRow *self, CfSiteForm *form)
{
  return (CfFormField *) cfa_site_form_find (form, self->id);
}

/* A row that is removed has no window for the toast any more, its group has. */
static void
save (CfaSiteFormRow *self, CfSiteForm *form, char *done)
{
  cfa_site_form_tidy (form);
  cfa_site_draft_set_form (self->draft, gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_GROUP), form, done);
}

static void
on_label (CfaSiteFormRow *self, const char *text)
{
  CfSiteForm *form = cfa_site_draft_dup_form (self->draft);
  CfFormField *field = field_in (self, form);

  g_free (field->label);
  field->label = g_strdup (text);
  save (self, form, g_strdup_printf (_("Visitors read “%s” now"), text));
}

static void
on_choices (CfaSiteFormRow *self, const char *text)
{
  CfSiteForm *form = cfa_site_draft_dup_form (self->draft);
  CfFormField *field = field_in (self, form);

  g_strfreev (field->choices);
  field->choices = cfa_attribute_row_choices (text);
  save (self, form, g_strdup_printf (_("“%s” has other choices now"), field->label));
}

static void
on_departments (CfaSiteFormRow *self)
{
  CfSiteForm *form;
  CfFormField *field;

  if (self->updating)
    return;
  form = cfa_site_draft_dup_form (self->draft);
  field = field_in (self, form);
  g_strfreev (field->departments);
  field->departments = cfa_ids_row_dup (CFA_IDS_ROW (self->departments));
  save (self, form, g_strdup_printf (_("“%s” offers other departments now"), field->label));
}

static void
on_sketch (CfaSiteFormRow *self, CfSite *site)
{
  CfFormField *field = field_in (self, site->form);

  if (field == NULL)
    return;
  cfa_field_sketch (self->label, &field->label);
  if (field->kind == CF_FORM_CHOICE && cfa_field_is_fine (self->choices))
    {
      g_autofree char *text = cfa_field_dup_text (self->choices);

      g_strfreev (field->choices);
      field->choices = cfa_attribute_row_choices (text);
    }
}

static void
on_required (CfaSiteFormRow *self)
{
  CfSiteForm *form;
  CfFormField *field;

  if (self->updating)
    return;
  form = cfa_site_draft_dup_form (self->draft);
  field = field_in (self, form);
  field->required = gtk_switch_get_active (GTK_SWITCH (self->required));
  save (self, form, g_strdup_printf (field->required ? _("“%s” must be answered now") : _("“%s” may be left empty now"), field->label));
}

static void
on_shown (CfaSiteFormRow *self)
{
  guint place = adw_combo_row_get_selected (ADW_COMBO_ROW (self->shown));
  const CfFormField *condition = place > 0 && place <= self->conditions->len ? self->conditions->pdata[place - 1] : NULL;
  CfSiteForm *form;
  CfFormField *field;

  if (self->updating)
    return;
  form = cfa_site_draft_dup_form (self->draft);
  field = field_in (self, form);
  g_free (field->shown_when);
  g_free (field->shown_is);
  field->shown_when = condition != NULL ? g_strdup (condition->shown_when) : NULL;
  field->shown_is = condition != NULL ? g_strdup (condition->shown_is) : NULL;
  save (self, form, g_strdup_printf (condition != NULL ? _("“%s” is asked after some answers only") : _("“%s” is always asked now"), field->label));
}

static void
on_asked (CfaSiteFormRow *self)
{
  CfSiteForm *form;
  CfFormField *field;

  if (self->updating)
    return;
  form = cfa_site_draft_dup_form (self->draft);
  field = field_in (self, form);
  field->asked = adw_combo_row_get_selected (ADW_COMBO_ROW (self->asked));
  save (self, form,
        g_strdup_printf (field->asked == CF_FORM_OPEN ? _("“%s” is asked within the hours only") : field->asked == CF_FORM_CLOSED ? _("“%s” is asked outside the hours only")
                                                                                                                        : _("“%s” is asked at any time"), field->label));
}

static void
on_during (CfaSiteFormRow *self)
{
  CfSiteForm *form;
  CfFormField *field;

  if (self->updating)
    return;
  form = cfa_site_draft_dup_form (self->draft);
  field = field_in (self, form);
  field->during = adw_combo_row_get_selected (ADW_COMBO_ROW (self->during)) == 1;
  save (self, form, g_strdup_printf (field->during ? _("“%s” is asked in the conversation now") : _("“%s” is asked before the conversation now"), field->label));
}

/* The button keeps the focus, so that it can be pressed again. */
static void
move (CfaSiteFormRow *self, int by, GtkWidget *button)
{
  CfSiteForm *form = cfa_site_draft_dup_form (self->draft);
  char *done = g_strdup_printf (_("“%s” was moved"), field_in (self, form)->label);

  cfa_site_form_move (form, self->id, by);
  save (self, form, done);
  if (gtk_widget_get_sensitive (button))
    gtk_widget_grab_focus (button);
}

static void
on_up (CfaSiteFormRow *self)
{
  move (self, -1, self->up);
}

static void
on_down (CfaSiteFormRow *self)
{
  move (self, 1, self->down);
}

static void
on_remove (CfaSiteFormRow *self)
{
  CfSiteForm *form = cfa_site_draft_dup_form (self->draft);
  char *done = g_strdup_printf (_("“%s” is not asked any more"), field_in (self, form)->label);

  cfa_site_form_remove (form, self->id);
  save (self, form, done);
}

/* @read: the value as people read it */
static void
add_condition (CfaSiteFormRow *self, GtkStringList *words, const CfFormField *other, const char *value, const char *read)
{
  CfFormField *condition = cf_struct_new (&cf_form_field_shape);
  /* Translators: a question is shown only after this answer to another one: the question, then the answer */
  g_autofree char *line = g_strdup_printf (_("After “%s”: %s"), other->label, read);

  condition->shown_when = g_strdup (other->id);
  condition->shown_is = g_strdup (value);
  g_ptr_array_add (self->conditions, condition);
  gtk_string_list_append (words, line);
}

static void
add_answers (CfaSiteFormRow *self, GtkStringList *words, const CfFormField *other)
{
  static const char *const ticks[] = { CF_FORM_YES, CF_FORM_NO };

  for (guint i = 0; other->choices != NULL && other->choices[i] != NULL; i++)
    add_condition (self, words, other, other->choices[i], other->choices[i]);
  for (guint i = 0; other->offered != NULL && i < other->offered->len; i++)
    {
      const CfFormDepartment *department = other->offered->pdata[i];

      add_condition (self, words, other, department->id, department->name);
    }
  for (guint i = 0; other->kind == CF_FORM_CHECKBOX && i < G_N_ELEMENTS (ticks); i++)
    {
      g_autofree char *read = cfa_form_value_words (other->kind, ticks[i]);

      add_condition (self, words, other, ticks[i], read);
    }
}

/* What the fields above can say. */
static void
update_conditions (CfaSiteFormRow *self, const CfSiteForm *form, const CfFormField *field)
{
  const char *const first[] = { _("Always"), NULL };
  g_autoptr (GtkStringList) words = gtk_string_list_new (first);
  guint selected = 0;

  g_ptr_array_set_size (self->conditions, 0);
  for (guint i = 0; i < form->fields->len && form->fields->pdata[i] != field; i++)
    {
      const CfFormField *other = form->fields->pdata[i];

      if (!other->during || field->during)
        add_answers (self, words, other);
    }
  for (guint i = 0; field->shown_when != NULL && i < self->conditions->len; i++)
    {
      const CfFormField *condition = self->conditions->pdata[i];

      if (g_strcmp0 (condition->shown_when, field->shown_when) == 0 && g_strcmp0 (condition->shown_is, field->shown_is) == 0)
        selected = i + 1;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->shown), G_LIST_MODEL (words));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->shown), selected);
  gtk_widget_set_visible (self->shown, self->conditions->len > 0);
}

static void
update_title (CfaSiteFormRow *self, const CfFormField *field)
{
  g_autofree char *title = g_markup_escape_text (field->label, -1);
  g_autoptr (GString) about = g_string_new (cfa_form_kind_name (field->kind));

  g_string_append_printf (about, " · %s", field->required ? _("Required") : _("Optional"));
  if (field->during)
    g_string_append_printf (about, " · %s", _("In the conversation"));
  if (field->shown_when != NULL)
    g_string_append_printf (about, " · %s", _("After some answers"));
  if (field->asked != CF_FORM_ALWAYS)
    g_string_append_printf (about, " · %s", field->asked == CF_FORM_OPEN ? _("Within the hours") : _("Outside the hours"));
  if (field->kind == CF_FORM_DEPARTMENT && field->offered == NULL)
    g_string_append_printf (about, " · %s", _("Not asked: none of its departments is there"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), about->str);
}

/* What was chosen and is not there any more stands among them, so that it can be taken out. */
static void
update_departments (CfaSiteFormRow *self, const CfFormField *field)
{
  g_autoptr (GPtrArray) all = cfa_site_draft_dup_departments (self->draft, NULL);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const CfFormDepartment *department = all->pdata[i];

      cfa_ids_row_add (CFA_IDS_ROW (self->departments), department->id, department->name);
    }
  cfa_ids_row_set (CFA_IDS_ROW (self->departments), field->departments);
}

static void
name_button (GtkWidget *button, const char *format, const CfFormField *field)
{
  g_autofree char *name = g_strdup_printf (format, field->label);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update (CfaSiteFormRow *self)
{
  g_autoptr (CfSiteForm) form = cfa_site_draft_dup_form (self->draft);
  const CfFormField *field = field_in (self, form);
  g_autofree char *choices = field != NULL && field->choices != NULL ? g_strjoinv (", ", field->choices) : g_strdup ("");

  if (field == NULL)
    return;
  self->updating = TRUE;
  update_title (self, field);
  cfa_field_set_value (self->label, field->label);
  cfa_field_set_value (self->choices, choices);
  gtk_widget_set_visible (cfa_field_get_row (self->choices), field->kind == CF_FORM_CHOICE);
  if (field->kind == CF_FORM_DEPARTMENT)
    update_departments (self, field);
  gtk_switch_set_active (GTK_SWITCH (self->required), field->required);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->during), field->during ? 1 : 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->asked), field->asked);
  update_conditions (self, form, field);
  gtk_widget_set_sensitive (self->up, form->fields->pdata[0] != field);
  gtk_widget_set_sensitive (self->down, form->fields->pdata[form->fields->len - 1] != field);
  name_button (self->up, _("Move “%s” up"), field);
  name_button (self->down, _("Move “%s” down"), field);
  self->updating = FALSE;
}

static void
cfa_site_form_row_dispose (GObject *object)
{
  CfaSiteFormRow *self = CFA_SITE_FORM_ROW (object);

  g_clear_object (&self->label);
  g_clear_object (&self->choices);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->conditions, g_ptr_array_unref);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (cfa_site_form_row_parent_class)->dispose (object);
}

static void
cfa_site_form_row_class_init (CfaSiteFormRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_form_row_dispose;
}

static char *
rule_choices (const char *text)
{
  g_auto (GStrv) choices = cfa_attribute_row_choices (text);

  return cfa_rule_form_choices ((const char *const *) choices);
}

static GtkWidget *
add_mover (GtkWidget *row, const char *icon, GCallback callback, CfaSiteFormRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
add (CfaSiteFormRow *self, GtkWidget *row)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
add_field (CfaSiteFormRow *self, CfaField *field, GCallback callback)
{
  add (self, cfa_field_get_row (field));
  add (self, cfa_field_get_note (field));
  g_signal_connect_object (field, "apply", callback, self, G_CONNECT_SWAPPED);
}

static void
cfa_site_form_row_init (CfaSiteFormRow *self)
{
  GtkWidget *place = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Place"), NULL);
  const char *const during[] = { _("Before the conversation"), _("In the conversation"), NULL };
  const char *const asked[] = { _("At any time"), _("Within the hours"), _("Outside the hours"), NULL };
  GtkWidget *remove = gtk_button_new_with_label (_("Remove"));
  GtkWidget *remove_row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Remove this question"), "subtitle", _("What was answered before stays"), NULL);

  self->conditions = cf_structs_new ();
  self->label = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Question"), NULL), cfa_rule_form_label, TRUE);
  self->choices = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Choices, with commas between"), NULL), rule_choices, TRUE);
  add_field (self, self->label, G_CALLBACK (on_label));
  add_field (self, self->choices, G_CALLBACK (on_choices));
  self->departments = cfa_ids_row_new_empty (_("Departments"), _("All that serve the site"));
  add (self, self->departments);
  add (self, cfa_setting_switch (_("Must be answered"), NULL, &self->required));
  /* Translators: the title of a choice: the visitor is asked before the conversation, or in it */
  self->during = cfa_setting_choice (C_("form", "Ask"), during);
  add (self, self->during);
  /* Translators: at what time a question is asked */
  self->asked = cfa_setting_choice (_("When"), asked);
  add (self, self->asked);
  self->shown = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Asked"), NULL);
  cfa_accessible_name_inside (self->shown, GTK_TYPE_LIST_VIEW, _("Asked"));
  add (self, self->shown);
  self->up = add_mover (place, "go-up-symbolic", G_CALLBACK (on_up), self);
  self->down = add_mover (place, "go-down-symbolic", G_CALLBACK (on_down), self);
  add (self, place);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (remove_row), remove);
  add (self, remove_row);
  g_signal_connect_object (self->departments, "changed", G_CALLBACK (on_departments), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->required, "notify::active", G_CALLBACK (on_required), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->during, "notify::selected", G_CALLBACK (on_during), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->asked, "notify::selected", G_CALLBACK (on_asked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "notify::selected", G_CALLBACK (on_shown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_site_form_row_new:
 * @id: of a field of the draft's form
 *
 * Returns: (transfer floating): its row.
 */
GtkWidget *
cfa_site_form_row_new (CfaSiteDraft *draft, const char *id)
{
  CfaSiteFormRow *self = g_object_new (CFA_TYPE_SITE_FORM_ROW, NULL);

  self->draft = g_object_ref (draft);
  self->id = g_strdup (id);
  g_signal_connect_object (self->label, "changed", G_CALLBACK (cfa_site_draft_sketched), draft, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choices, "changed", G_CALLBACK (cfa_site_draft_sketched), draft, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "sketch", G_CALLBACK (on_sketch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
  return GTK_WIDGET (self);
}

const char *
cfa_site_form_row_get_id (CfaSiteFormRow *self)
{
  return self->id;
}
