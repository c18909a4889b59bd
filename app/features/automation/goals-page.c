/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "goals-page.h"

#include "app/accessible-name.h"
#include "app/features/settings/change.h"
#include "app/features/settings/record-group.h"
#include "goal-editor.h"
#include "goal-row.h"
#include "numbers.h"
#include "period.h"

#include "protocol/methods/goal-params.h"
#include "protocol/methods/trigger-params.h"

#include <glib/gi18n.h>

struct _CfaGoalsPage
{
  AdwPreferencesPage parent_instance;

  CfaSession *session;
  GListModel *goals;
  GCancellable *asked; /* (nullable): while numbers are awaited */
  CfaLink link; /* as it was at the last look */

  AdwComboRow *period;
  CfaRecordGroup *group;
};

G_DEFINE_FINAL_TYPE (CfaGoalsPage, cfa_goals_page, ADW_TYPE_PREFERENCES_PAGE)

static void
on_add (CfaGoalsPage *self)
{
  cfa_goal_editor_open (self->group, self->session, NULL);
}

/* All sites, agents and triggers together. */
static void
add_up (GHashTable *numbers, const CfGoalNumber *number)
{
  CfGoalNumber *sum = g_hash_table_lookup (numbers, number->goal_id);

  if (sum == NULL)
    {
      sum = cf_struct_new (&cf_goal_number_shape);
      sum->goal_id = g_strdup (number->goal_id);
      g_hash_table_insert (numbers, sum->goal_id, sum);
    }
  sum->reached += number->reached;
  sum->with_conversation += number->with_conversation;
  sum->value += number->value;
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaGoalsPage) self = data;
  g_autoptr (CfGoalNumbersResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, NULL);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, cf_struct_unref);

  for (guint i = 0; answer != NULL && answer->goals != NULL && i < answer->goals->len; i++)
    add_up (numbers, answer->goals->pdata[i]);
  if (answer != NULL && self->goals != NULL)
    cfa_numbers_give (self->goals, numbers);
}

/* Offline the numbers of before stay. */
static void
count (CfaGoalsPage *self)
{
  g_autoptr (CfNumbersParams) params = cf_struct_new (&cf_numbers_params_shape);

  if (self->session == NULL || !cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR))
    return;
  if (self->asked != NULL)
    g_cancellable_cancel (self->asked);
  g_clear_object (&self->asked);
  self->asked = g_cancellable_new ();
  params->days = cfa_period_get_days (self->period);
  cfa_session_call_async (self->session, "goal.numbers", params, &cf_goal_numbers_result_shape, self->asked, on_counted, g_object_ref (self));
}

static void
update (CfaGoalsPage *self)
{
  CfaLink link = cfa_session_get_link (self->session);

  cfa_record_group_set_add (self->group, _("New goal…"), cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR));
  if (link == CFA_LINK_LIVE && self->link != link)
    count (self);
  self->link = link;
}

static void
update_period (CfaGoalsPage *self)
{
  gtk_widget_set_visible (gtk_widget_get_ancestor (GTK_WIDGET (self->period), ADW_TYPE_PREFERENCES_GROUP), g_list_model_get_n_items (self->goals) > 0);
}

static GtkWidget *
make_row (CfaRecordItem *item, gpointer data)
{
  return cfa_goal_row_new (CFA_GOALS_PAGE (data)->session, item);
}

static gboolean
matches (CfaRecordItem *item, const char *words)
{
  g_autofree char *name = g_utf8_casefold (((const CfGoal *) cfa_record_item_get (item))->name, -1);

  return strstr (name, words) != NULL;
}

static void
cfa_goals_page_dispose (GObject *object)
{
  CfaGoalsPage *self = CFA_GOALS_PAGE (object);

  if (self->asked != NULL)
    g_cancellable_cancel (self->asked);
  g_clear_object (&self->asked);
  g_clear_object (&self->goals);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_goals_page_parent_class)->dispose (object);
}

static void
cfa_goals_page_class_init (CfaGoalsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_RECORD_GROUP);
  G_OBJECT_CLASS (klass)->dispose = cfa_goals_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/automation/goals-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaGoalsPage, period);
  gtk_widget_class_bind_template_child (widget_class, CfaGoalsPage, group);
  gtk_widget_class_bind_template_callback (widget_class, count);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
}

static void
cfa_goals_page_init (CfaGoalsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cfa_period_fill (self->period);
  cfa_accessible_name_inside (gtk_widget_get_ancestor (GTK_WIDGET (self->period), ADW_TYPE_PREFERENCES_GROUP), GTK_TYPE_LIST_BOX, _("Numbers of"));
}

/**
 * cfa_goals_page_new:
 * Returns: (transfer floating): what visitors are wanted to do, and how often they did.
 */
GtkWidget *
cfa_goals_page_new (CfaSession *session)
{
  CfaGoalsPage *self = g_object_new (CFA_TYPE_GOALS_PAGE, NULL);

  self->session = g_object_ref (session);
  self->goals = g_object_ref (G_LIST_MODEL (cfa_session_get_records (session, &cf_goal_shape)));
  cfa_record_group_set_empty (self->group, _("No goals yet"),
                              _("A goal is a page that visitors reach, such as the one that thanks for an order, or an event that your page reports. "
                                "You will see how often it is reached, and how often after a conversation or a trigger."));
  cfa_record_group_fill (self->group, self->goals, make_row, self);
  cfa_record_group_search (self->group, matches);
  g_signal_connect_object (self->goals, "items-changed", G_CALLBACK (update_period), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update_period (self);
  update (self);
  return GTK_WIDGET (self);
}
