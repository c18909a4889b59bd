/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-fields.h"

#include "app/accessible-name.h"
#include "app/features/settings/field.h"
#include "visitor-change.h"

#include "protocol/records/agent.h"

#include <glib/gi18n.h>

static const struct
{
  const char *field, *title, *changed, *cleared;
  CfaRule rule;
} kinds[] = {
  { "name", N_("Name"), N_("The name is “%s” now"), N_("The name is empty now"), cfa_rule_person },
  { "email", N_("Email"), N_("The email address is “%s” now"), N_("The email address is empty now"), cfa_rule_address },
  { "phone", N_("Phone"), N_("The phone number is “%s” now"), N_("The phone number is empty now"), cfa_rule_phone },
  { "company", N_("Company"), N_("The company is “%s” now"), N_("The company is empty now"), cfa_rule_person },
};

struct _CfaVisitorFields
{
  AdwPreferencesGroup parent_instance;

  CfaSession *session; /* (nullable) */
  CfaVisitor *visitor; /* (nullable) */
  CfaField *fields[G_N_ELEMENTS (kinds)];
};

G_DEFINE_FINAL_TYPE (CfaVisitorFields, cfa_visitor_fields, ADW_TYPE_PREFERENCES_GROUP)

/* Who has changed the visitor last, when it was not this agent. */
static const char *
culprit (CfaVisitorFields *self, const CfVisitor *record)
{
  CfaRecordItem *item = record->edited_by != NULL && g_strcmp0 (record->edited_by, cfa_session_get_agent_id (self->session)) != 0
                          ? cfa_record_list_find (cfa_session_get_records (self->session, &cf_agent_shape), record->edited_by) : NULL;

  return item != NULL && !cfa_record_item_is_gone (item) ? ((const CfAgent *) cfa_record_item_get (item))->name : NULL;
}

static void
update (CfaVisitorFields *self)
{
  const CfVisitor *record = cfa_visitor_get (self->visitor);

  gtk_widget_set_sensitive (GTK_WIDGET (self), record != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      cfa_field_set_value (self->fields[i], record != NULL ? cf_field_at (char *, record, cf_shape_field (&cf_visitor_shape, kinds[i].field)) : NULL);
      if (record != NULL && cfa_field_is_torn (self->fields[i]))
        cfa_field_set_who (self->fields[i], culprit (self, record));
    }
}

static void
on_apply (CfaVisitorFields *self, const char *text, CfaField *field)
{
  guint i = 0;

  while (self->fields[i] != field)
    i++;
  if (self->visitor == NULL || cfa_visitor_get (self->visitor) == NULL)
    return;
  cfa_visitor_change_text (GTK_WIDGET (self), self->session, self->visitor, kinds[i].field, text,
                           *text != '\0' ? g_strdup_printf (_(kinds[i].changed), text) : g_strdup (_(kinds[i].cleared)));
}

static void
cfa_visitor_fields_dispose (GObject *object)
{
  CfaVisitorFields *self = CFA_VISITOR_FIELDS (object);

  cfa_visitor_fields_set (self, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_clear_object (&self->fields[i]);
  G_OBJECT_CLASS (cfa_visitor_fields_parent_class)->dispose (object);
}

static void
cfa_visitor_fields_class_init (CfaVisitorFieldsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_visitor_fields_dispose;
}

static void
cfa_visitor_fields_init (CfaVisitorFields *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GtkEventController *focus = gtk_event_controller_focus_new ();
      GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _(kinds[i].title), NULL);

      self->fields[i] = cfa_field_new (row, kinds[i].rule, TRUE);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), cfa_field_get_note (self->fields[i]));
      g_signal_connect_object (focus, "leave", G_CALLBACK (cfa_field_apply), self->fields[i], G_CONNECT_SWAPPED);
      gtk_widget_add_controller (row, focus);
      if (kinds[i].rule == cfa_rule_phone)
        cfa_field_set_digits (self->fields[i]);
      g_signal_connect_object (self->fields[i], "apply", G_CALLBACK (on_apply), self, G_CONNECT_SWAPPED);
    }
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Who the visitor is"));
}

GtkWidget *
cfa_visitor_fields_new (void)
{
  return g_object_new (CFA_TYPE_VISITOR_FIELDS, NULL);
}

/**
 * cfa_visitor_fields_set:
 * @visitor: (nullable): whom it shows, and follows; what was typed for another one is saved
 */
void
cfa_visitor_fields_set (CfaVisitorFields *self, CfaSession *session, CfaVisitor *visitor)
{
  if (self->visitor == visitor)
    return;
  for (guint i = 0; self->visitor != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      cfa_field_apply (self->fields[i]);
      cfa_field_reset (self->fields[i]);
    }
  if (self->visitor != NULL)
    g_signal_handlers_disconnect_by_data (self->visitor, self);
  g_set_object (&self->session, session);
  g_set_object (&self->visitor, visitor);
  if (visitor == NULL)
    return;
  g_signal_connect_swapped (visitor, "changed", G_CALLBACK (update), self);
  update (self);
}
