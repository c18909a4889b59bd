/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "triggers-page.h"

#include "app/accessible-name.h"
#include "app/features/settings/change.h"
#include "app/features/settings/record-group.h"
#include "numbers.h"
#include "period.h"
#include "trigger-editor.h"
#include "trigger-row.h"
#include "trigger-templates.h"

#include "protocol/methods/results.h"
#include "protocol/methods/trigger-params.h"

#include <glib/gi18n.h>

struct _CfaTriggersPage
{
  AdwPreferencesPage parent_instance;

  CfaSession *session;
  GtkSortListModel *sorted;
  GPtrArray *order; /* (nullable): of ids, as the person wants them while the server has not said so yet */
  guint ordering;   /* calls on their way */
  GCancellable *asked; /* (nullable): while numbers are awaited */
  CfaLink link; /* as it was at the last look */

  AdwComboRow *period;
  CfaRecordGroup *group;
  AdwExpanderRow *templates;
};

G_DEFINE_FINAL_TYPE (CfaTriggersPage, cfa_triggers_page, ADW_TYPE_PREFERENCES_PAGE)

static gint64
place_of (CfaTriggersPage *self, CfaRecordItem *item)
{
  guint place;

  if (self->order != NULL && g_ptr_array_find_with_equal_func (self->order, cfa_record_item_get_id (item), g_str_equal, &place))
    return place;
  return ((const CfTrigger *) cfa_record_item_get (item))->place;
}

static int
by_place (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 left = place_of (data, (gpointer) a), right = place_of (data, (gpointer) b);

  return (left > right) - (left < right);
}

/* The rows that change places are made anew: the one that has the keyboard gives it to its successor. */
static void
sort (CfaTriggersPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *before = focus != NULL ? gtk_widget_get_ancestor (focus, CFA_TYPE_TRIGGER_ROW) : NULL, *after;
  g_autoptr (CfaRecordItem) item = before != NULL ? g_object_ref (cfa_trigger_row_get_item (CFA_TRIGGER_ROW (before))) : NULL;

  gtk_sorter_changed (gtk_sort_list_model_get_sorter (self->sorted), GTK_SORTER_CHANGE_DIFFERENT);
  after = item != NULL ? cfa_record_group_find (self->group, item) : NULL;
  if (after != NULL && after != before)
    gtk_widget_grab_focus (after);
}

static void
on_ordered (GObject *asker, const CfRecordsResult *answer)
{
  CfaTriggersPage *self = CFA_TRIGGERS_PAGE (asker);

  self->ordering--;
  if (self->ordering > 0)
    return;
  g_clear_pointer (&self->order, g_ptr_array_unref);
  sort (self);
}

static GPtrArray *
dup_order (CfaTriggersPage *self)
{
  GPtrArray *order = g_ptr_array_new_with_free_func (g_free);
  GListModel *model = G_LIST_MODEL (self->sorted);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (model, i);

      g_ptr_array_add (order, g_strdup (cfa_record_item_get_id (item)));
    }
  return order;
}

static CfTriggerReorderParams *
params_of (const GPtrArray *order)
{
  CfTriggerReorderParams *params = cf_struct_new (&cf_trigger_reorder_params_shape);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < order->len; i++)
    g_strv_builder_add (ids, order->pdata[i]);
  params->ids = g_strv_builder_end (ids);
  return params;
}

static void
on_moved (GtkWidget *row, const char *id, const char *onto)
{
  CfaTriggersPage *self = CFA_TRIGGERS_PAGE (gtk_widget_get_ancestor (row, CFA_TYPE_TRIGGERS_PAGE));
  g_autoptr (GPtrArray) before = dup_order (self);
  GPtrArray *order = dup_order (self);
  CfaChange change = { .method = "trigger.reorder", .undo_method = "trigger.reorder", .ended = on_ordered, .asker = G_OBJECT (self) };
  guint from, to;

  if (!cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR) || !g_ptr_array_find_with_equal_func (order, id, g_str_equal, &from)
      || !g_ptr_array_find_with_equal_func (order, onto, g_str_equal, &to))
    {
      g_ptr_array_unref (order);
      return;
    }
  g_ptr_array_insert (order, to, g_ptr_array_steal_index (order, from));
  change.params = params_of (order);
  change.undo_params = params_of (before);
  change.done = g_strdup (_("The triggers have another order now"));
  g_clear_pointer (&self->order, g_ptr_array_unref);
  self->order = order;
  self->ordering++;
  sort (self);
  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

static void
on_add (CfaTriggersPage *self)
{
  g_autoptr (CfTrigger) trigger = cfa_trigger_template_new (CFA_TRIGGER_TEMPLATES);

  cfa_trigger_editor_open (self->group, self->session, NULL, trigger);
}

static void
on_template (CfaTriggersPage *self, GtkWidget *row)
{
  g_autoptr (CfTrigger) trigger = cfa_trigger_template_new (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "template")));

  cfa_trigger_editor_open (self->group, self->session, NULL, trigger);
}

static void
add_templates (CfaTriggersPage *self)
{
  for (guint i = 0; i < CFA_TRIGGER_TEMPLATES; i++)
    {
      GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", cfa_trigger_template_name (i), "subtitle", cfa_trigger_template_about (i),
                                     "activatable", TRUE, NULL);

      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      g_object_set_data (G_OBJECT (row), "template", GUINT_TO_POINTER (i));
      g_signal_connect_object (row, "activated", G_CALLBACK (on_template), self, G_CONNECT_SWAPPED);
      adw_expander_row_add_row (self->templates, row);
    }
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaTriggersPage) self = data;
  g_autoptr (CfTriggerNumbersResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, NULL);
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; answer != NULL && answer->triggers != NULL && i < answer->triggers->len; i++)
    g_hash_table_insert (numbers, ((CfTriggerNumber *) answer->triggers->pdata[i])->trigger_id, answer->triggers->pdata[i]);
  if (answer != NULL && self->sorted != NULL)
    cfa_numbers_give (G_LIST_MODEL (self->sorted), numbers);
}

/* Offline the numbers of before stay. */
static void
count (CfaTriggersPage *self)
{
  g_autoptr (CfNumbersParams) params = cf_struct_new (&cf_numbers_params_shape);

  if (self->session == NULL || !cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR))
    return;
  if (self->asked != NULL)
    g_cancellable_cancel (self->asked);
  g_clear_object (&self->asked);
  self->asked = g_cancellable_new ();
  params->days = cfa_period_get_days (self->period);
  cfa_session_call_async (self->session, "trigger.numbers", params, &cf_trigger_numbers_result_shape, self->asked, on_counted, g_object_ref (self));
}

static void
update (CfaTriggersPage *self)
{
  gboolean may = cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR);
  CfaLink link = cfa_session_get_link (self->session);

  cfa_record_group_set_add (self->group, _("New trigger…"), may);
  gtk_widget_set_sensitive (GTK_WIDGET (self->templates), may);
  if (link == CFA_LINK_LIVE && self->link != link)
    count (self);
  self->link = link;
}

/* Who has none yet begins with one of these. */
static void
open_templates (CfaTriggersPage *self)
{
  GListModel *all = gtk_sort_list_model_get_model (self->sorted);

  gtk_widget_set_visible (GTK_WIDGET (self->period), g_list_model_get_n_items (all) > 0);
  if (cfa_record_list_get_loaded (CFA_RECORD_LIST (all)) && g_list_model_get_n_items (all) == 0)
    adw_expander_row_set_expanded (self->templates, TRUE);
}

static GtkWidget *
make_row (CfaRecordItem *item, gpointer data)
{
  return cfa_trigger_row_new (CFA_TRIGGERS_PAGE (data)->session, item, on_moved);
}

static gboolean
matches (CfaRecordItem *item, const char *words)
{
  g_autofree char *name = g_utf8_casefold (((const CfTrigger *) cfa_record_item_get (item))->name, -1);

  return strstr (name, words) != NULL;
}

static void
watch_items (CfaTriggersPage *self, guint position, guint removed, guint added, GListModel *items)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (items, i);

      g_signal_connect_object (item, "changed", G_CALLBACK (sort), self, G_CONNECT_SWAPPED);
    }
}

static void
cfa_triggers_page_dispose (GObject *object)
{
  CfaTriggersPage *self = CFA_TRIGGERS_PAGE (object);

  if (self->sorted != NULL)
    gtk_custom_sorter_set_sort_func (GTK_CUSTOM_SORTER (gtk_sort_list_model_get_sorter (self->sorted)), NULL, NULL, NULL);
  if (self->asked != NULL)
    g_cancellable_cancel (self->asked);
  g_clear_object (&self->asked);
  g_clear_object (&self->sorted);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_triggers_page_parent_class)->dispose (object);
}

static void
cfa_triggers_page_finalize (GObject *object)
{
  g_clear_pointer (&CFA_TRIGGERS_PAGE (object)->order, g_ptr_array_unref);
  G_OBJECT_CLASS (cfa_triggers_page_parent_class)->finalize (object);
}

static void
cfa_triggers_page_class_init (CfaTriggersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_RECORD_GROUP);
  G_OBJECT_CLASS (klass)->dispose = cfa_triggers_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_triggers_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/automation/triggers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaTriggersPage, period);
  gtk_widget_class_bind_template_child (widget_class, CfaTriggersPage, group);
  gtk_widget_class_bind_template_child (widget_class, CfaTriggersPage, templates);
  gtk_widget_class_bind_template_callback (widget_class, count);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
}

static void
cfa_triggers_page_init (CfaTriggersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cfa_period_fill (self->period);
  cfa_accessible_name_inside (gtk_widget_get_ancestor (GTK_WIDGET (self->period), ADW_TYPE_PREFERENCES_GROUP), GTK_TYPE_LIST_BOX, _("Begin with a template"));
  add_templates (self);
}

/**
 * cfa_triggers_page_new:
 * Returns: (transfer floating): what the sites do by themselves when a visitor does something, in the order in which it is tried.
 */
GtkWidget *
cfa_triggers_page_new (CfaSession *session)
{
  CfaTriggersPage *self = g_object_new (CFA_TYPE_TRIGGERS_PAGE, NULL);
  GListModel *all = G_LIST_MODEL (cfa_session_get_records (session, &cf_trigger_shape));

  self->session = g_object_ref (session);
  self->sorted = gtk_sort_list_model_new (g_object_ref (all), GTK_SORTER (gtk_custom_sorter_new (by_place, self, NULL)));
  watch_items (self, 0, 0, g_list_model_get_n_items (all), all);
  g_signal_connect_object (all, "items-changed", G_CALLBACK (watch_items), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (all, "items-changed", G_CALLBACK (open_templates), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (all, "notify", G_CALLBACK (open_templates), self, G_CONNECT_SWAPPED);
  cfa_record_group_set_empty (self->group, _("No triggers yet"),
                              _("A trigger speaks first: it invites visitors who stay longer than 30 s on your prices page, or who are about to leave. "
                                "Begin with a template below."));
  cfa_record_group_fill (self->group, G_LIST_MODEL (self->sorted), make_row, self);
  cfa_record_group_search (self->group, matches);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  open_templates (self);
  update (self);
  return GTK_WIDGET (self);
}
