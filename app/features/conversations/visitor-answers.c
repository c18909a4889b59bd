/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-answers.h"

#include "app/accessible-name.h"
#include "app/features/settings/site-form.h"

#include <glib/gi18n.h>

/* What the visitor has answered to the questions of the site, before the conversation began and in it. */
struct _CfaVisitorAnswers
{
  AdwPreferencesGroup parent_instance;

  CfFormAnswers *shown; /* (nullable) */
  GPtrArray *rows; /* not owned */
};

G_DEFINE_FINAL_TYPE (CfaVisitorAnswers, cfa_visitor_answers, ADW_TYPE_PREFERENCES_GROUP)

static void
add_row (CfaVisitorAnswers *self, const CfFormAnswer *answer)
{
  g_autofree char *words = cfa_form_value_words (answer->kind, answer->value);
  g_autofree char *value = g_markup_escape_text (words, -1), *label = g_markup_escape_text (answer->label, -1);
  g_autofree char *said = g_strdup_printf ("%s: %s", answer->label, words);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", label, "subtitle", value, NULL);

  gtk_widget_add_css_class (row, "answer");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
cfa_visitor_answers_dispose (GObject *object)
{
  CfaVisitorAnswers *self = CFA_VISITOR_ANSWERS (object);

  g_clear_pointer (&self->shown, cf_struct_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (cfa_visitor_answers_parent_class)->dispose (object);
}

static void
cfa_visitor_answers_class_init (CfaVisitorAnswersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_visitor_answers_dispose;
}

static void
cfa_visitor_answers_init (CfaVisitorAnswers *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Answers"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Answers"));
}

/**
 * cfa_visitor_answers_set:
 * @conversation: (nullable): whose answers are shown, and whether it began while nobody was there; without any of it the group is not there
 */
void
cfa_visitor_answers_set (CfaVisitorAnswers *self, CfaConversation *conversation)
{
  const CfFormAnswers *answers = conversation != NULL ? cfa_conversation_get_answers (conversation) : NULL;
  guint n = answers != NULL && answers->list != NULL ? answers->list->len : 0;

  gboolean away = conversation != NULL && cfa_conversation_get_away (conversation);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), n > 0 ? _("Answers") : _("Left outside the hours"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), n > 0 && away ? _("Left outside the hours") : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0 || away);
  if (cf_struct_equal (answers, self->shown))
    return;
  g_clear_pointer (&self->shown, cf_struct_unref);
  self->shown = answers != NULL ? cf_struct_ref ((gpointer) answers) : NULL;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < n; i++)
    add_row (self, answers->list->pdata[i]);
}
