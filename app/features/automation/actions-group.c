/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "actions-group.h"

#include "app/accessible-name.h"
#include "app/features/settings/field.h"
#include "app/features/settings/ids-row.h"
#include "app/features/settings/setting-rows.h"

#include "protocol/records/agent.h"
#include "protocol/records/department.h"
#include "protocol/records/tag.h"

#include <glib/gi18n.h>

/* How it speaks, in the order of the row. */
typedef enum
{
  SAYS_NOTHING,
  SAYS_MESSAGE,
  SAYS_BUBBLE,
} Says;

/* Who speaks, in the order of the row; from here on agents. */
#define AUTHOR_SITE   0
#define AUTHOR_BOT    1
#define AUTHOR_AGENTS 2

struct _CfaActionsGroup
{
  AdwPreferencesGroup parent_instance;

  gboolean updating;
  GPtrArray *agents;      /* of ids, as in the row of who speaks */
  GPtrArray *departments; /* of ids, behind "any" */

  GtkWidget *says;
  GtkWidget *text_row;
  GtkTextBuffer *text; /* borrowed */
  GtkWidget *author;
  CfaField *bot;
  GtkWidget *open;
  GtkWidget *tags;
  GtkWidget *department;
  GtkWidget *notify;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CfaActionsGroup, cfa_actions_group, ADW_TYPE_PREFERENCES_GROUP)

static void
update (CfaActionsGroup *self)
{
  Says says = adw_combo_row_get_selected (ADW_COMBO_ROW (self->says));

  gtk_widget_set_visible (self->text_row, says != SAYS_NOTHING);
  gtk_widget_set_visible (self->author, says != SAYS_NOTHING);
  gtk_widget_set_visible (cfa_field_get_row (self->bot),
                          says != SAYS_NOTHING && adw_combo_row_get_selected (ADW_COMBO_ROW (self->author)) == AUTHOR_BOT);
}

static void
changed (CfaActionsGroup *self)
{
  if (self->updating)
    return;
  update (self);
  g_signal_emit (self, changed_signal, 0);
}

static char *
rule_bot (const char *text)
{
  return cfa_rule_length (text, CF_TRIGGER_NAME_MAX);
}

/* Returns: (transfer full) (nullable): what is to be said, without blanks around it; NULL for nothing */
static char *
dup_text (CfaActionsGroup *self)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (self->text, &start, &end);
  text = g_strstrip (gtk_text_buffer_get_text (self->text, &start, &end, FALSE));
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
cfa_actions_group_dispose (GObject *object)
{
  g_clear_object (&CFA_ACTIONS_GROUP (object)->bot);
  G_OBJECT_CLASS (cfa_actions_group_parent_class)->dispose (object);
}

static void
cfa_actions_group_finalize (GObject *object)
{
  CfaActionsGroup *self = CFA_ACTIONS_GROUP (object);

  g_ptr_array_unref (self->agents);
  g_ptr_array_unref (self->departments);
  G_OBJECT_CLASS (cfa_actions_group_parent_class)->finalize (object);
}

static void
cfa_actions_group_class_init (CfaActionsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_actions_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_actions_group_finalize;
  changed_signal = g_signal_new ("changed", CFA_TYPE_ACTIONS_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
make_text (CfaActionsGroup *self)
{
  GtkWidget *view = gtk_text_view_new (), *label = gtk_label_new (_("Words")), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Words"), -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (box, "trigger-words");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), view);
  self->text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  self->text_row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "title", _("Words"), "activatable", FALSE, "focusable", FALSE, "child", box, NULL);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
new_choice (CfaActionsGroup *self, const char *title, const char *const *words)
{
  GtkWidget *row = cfa_setting_choice (title, words);

  g_signal_connect_object (row, "notify::selected", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  return row;
}

static void
cfa_actions_group_init (CfaActionsGroup *self)
{
  const char *const says[] = { _("Nothing"), _("A message in the chat"), _("A bubble beside the button"), NULL };
  const char *const nobody[] = { _("As the site"), _("A bot"), NULL };
  const char *const anywhere[] = { _("Leave as it is"), NULL };

  self->agents = g_ptr_array_new_with_free_func (g_free);
  self->departments = g_ptr_array_new_with_free_func (g_free);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Then"));
  self->says = new_choice (self, _("It says"), says);
  make_text (self);
  self->author = new_choice (self, _("Who says it"), nobody);
  self->bot = cfa_field_new (g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("What the bot is called"), NULL), rule_bot, FALSE);
  self->department = new_choice (self, _("Give the conversation to"), anywhere);
  g_signal_connect_object (self->bot, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
}

/* The row offers one more of each. */
static void
offer (CfaSession *session, const CfShape *shape, GtkWidget *row, GPtrArray *ids)
{
  GListModel *model = G_LIST_MODEL (cfa_session_get_records (session, shape));
  GtkStringList *words = GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (row)));
  const CfField *name = cf_shape_field (shape, "name");

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (model, i);

      g_ptr_array_add (ids, g_strdup (cfa_record_item_get_id (item)));
      gtk_string_list_append (words, cf_field_at (char *, cfa_record_item_get (item), name));
    }
}

/**
 * cfa_actions_group_new:
 * Returns: (transfer floating): the group.
 */
GtkWidget *
cfa_actions_group_new (CfaSession *session)
{
  CfaActionsGroup *self = g_object_new (CFA_TYPE_ACTIONS_GROUP, NULL);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  GtkWidget *open_row = cfa_setting_switch (_("Open the chat"), _("On the visitor’s page, without being asked"), &self->open);

  offer (session, &cf_agent_shape, self->author, self->agents);
  offer (session, &cf_department_shape, self->department, self->departments);
  self->tags = cfa_ids_row_new (session, &cf_tag_shape, _("Tags for the visitor"), _("None"));
  self->notify = cfa_ids_row_new (session, &cf_agent_shape, _("Call these colleagues"), _("Nobody"));
  adw_preferences_group_add (group, self->says);
  adw_preferences_group_add (group, self->text_row);
  adw_preferences_group_add (group, self->author);
  adw_preferences_group_add (group, cfa_field_get_row (self->bot));
  adw_preferences_group_add (group, cfa_field_get_note (self->bot));
  adw_preferences_group_add (group, open_row);
  adw_preferences_group_add (group, self->tags);
  adw_preferences_group_add (group, self->department);
  adw_preferences_group_add (group, self->notify);
  gtk_widget_set_visible (self->department, self->departments->len > 0);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Then"));
  g_signal_connect_object (self->open, "notify::active", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tags, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notify, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/* Who is no longer there does not speak any more. */
static guint
place_of (const GPtrArray *ids, const char *id, guint first, guint otherwise)
{
  guint place;

  return id != NULL && g_ptr_array_find_with_equal_func ((GPtrArray *) ids, id, g_str_equal, &place) ? first + place : otherwise;
}

/**
 * cfa_actions_group_set:
 * @wanted: (nullable): NULL for none
 */
void
cfa_actions_group_set (CfaActionsGroup *self, const CfTriggerActions *wanted)
{
  g_autoptr (CfTriggerActions) actions = wanted != NULL ? cf_struct_copy (wanted) : cf_struct_new (&cf_trigger_actions_shape);
  const char *text = actions->message != NULL ? actions->message : actions->bubble;
  gboolean speaks = actions->message != NULL || !cf_trigger_actions_check (actions, NULL); /* what does nothing yet begins with words */

  self->updating = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->says), actions->bubble != NULL ? SAYS_BUBBLE : speaks ? SAYS_MESSAGE : SAYS_NOTHING);
  gtk_text_buffer_set_text (self->text, text != NULL ? text : "", -1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->author), place_of (self->agents, actions->agent_id, AUTHOR_AGENTS,
                                                                      actions->author_name != NULL ? AUTHOR_BOT : AUTHOR_SITE));
  cfa_field_reset (self->bot);
  cfa_field_set_value (self->bot, actions->author_name);
  gtk_switch_set_active (GTK_SWITCH (self->open), actions->open);
  cfa_ids_row_set (CFA_IDS_ROW (self->tags), actions->tags);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->department), place_of (self->departments, actions->department_id, 1, 0));
  cfa_ids_row_set (CFA_IDS_ROW (self->notify), actions->notify);
  self->updating = FALSE;
  update (self);
}

static void
write_author (CfaActionsGroup *self, CfTriggerActions *actions)
{
  guint author = adw_combo_row_get_selected (ADW_COMBO_ROW (self->author));
  g_autofree char *bot = cfa_field_dup_text (self->bot);

  if (author == AUTHOR_BOT && *bot != '\0')
    actions->author_name = g_steal_pointer (&bot);
  else if (author >= AUTHOR_AGENTS && author - AUTHOR_AGENTS < self->agents->len)
    actions->agent_id = g_strdup (self->agents->pdata[author - AUTHOR_AGENTS]);
}

/**
 * cfa_actions_group_dup:
 * Returns: (transfer full): as they stand, be they complete or not
 */
CfTriggerActions *
cfa_actions_group_dup (CfaActionsGroup *self)
{
  CfTriggerActions *actions = cf_struct_new (&cf_trigger_actions_shape);
  Says says = adw_combo_row_get_selected (ADW_COMBO_ROW (self->says));
  guint department = adw_combo_row_get_selected (ADW_COMBO_ROW (self->department));

  if (says == SAYS_MESSAGE)
    actions->message = dup_text (self);
  else if (says == SAYS_BUBBLE)
    actions->bubble = dup_text (self);
  if (says != SAYS_NOTHING)
    write_author (self, actions);
  actions->open = gtk_switch_get_active (GTK_SWITCH (self->open));
  actions->tags = cfa_ids_row_dup (CFA_IDS_ROW (self->tags));
  if (department > 0 && department - 1 < self->departments->len)
    actions->department_id = g_strdup (self->departments->pdata[department - 1]);
  actions->notify = cfa_ids_row_dup (CFA_IDS_ROW (self->notify));
  return actions;
}

/**
 * cfa_actions_group_is_wordless:
 * Returns: whether it is to say something, and nobody has written what.
 */
gboolean
cfa_actions_group_is_wordless (CfaActionsGroup *self)
{
  g_autofree char *text = dup_text (self);

  return adw_combo_row_get_selected (ADW_COMBO_ROW (self->says)) != SAYS_NOTHING && text == NULL;
}
