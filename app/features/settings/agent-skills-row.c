/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent-skills-row.h"

#include "app/features/conversations/choice-popover.h"
#include "app/features/conversations/tag-text.h"
#include "change.h"

#include "protocol/methods/agent-params.h"
#include "protocol/records/tag.h"

#include <glib/gi18n.h>

struct _CfaAgentSkillsRow
{
  AdwActionRow parent_instance;

  CfaSession *session;
  CfaRecordItem *item;
  GtkWidget *button;
  GtkWidget *popover;
};

G_DEFINE_FINAL_TYPE (CfaAgentSkillsRow, cfa_agent_skills_row, ADW_TYPE_ACTION_ROW)

static const CfAgent *
record (CfaAgentSkillsRow *self)
{
  return cfa_record_item_get (self->item);
}

static gboolean
has_skill (CfaAgentSkillsRow *self, const char *tag_id)
{
  return record (self)->skills != NULL && g_strv_contains ((const char *const *) record (self)->skills, tag_id);
}

/* Returns: (transfer full): the skills, with one more or one less */
static char **
toggled (CfaAgentSkillsRow *self, const char *tag_id)
{
  GPtrArray *list = g_ptr_array_new ();

  for (char **skill = record (self)->skills; skill != NULL && *skill != NULL; skill++)
    if (!g_str_equal (*skill, tag_id))
      g_ptr_array_add (list, g_strdup (*skill));
  if (!has_skill (self, tag_id))
    g_ptr_array_add (list, g_strdup (tag_id));
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (list, FALSE);
}

/* @skills: (transfer full) */
static CfAgentSkillsParams *
params_of (CfaAgentSkillsRow *self, char **skills)
{
  CfAgentSkillsParams *params = cf_struct_new (&cf_agent_skills_params_shape);

  params->id = g_strdup (record (self)->parent.id);
  params->skills = skills;
  return params;
}

static void
on_chosen (CfaAgentSkillsRow *self, const char *tag_id)
{
  char **before = record (self)->skills != NULL ? g_strdupv (record (self)->skills) : g_new0 (char *, 1);
  CfaChange change = {
    .method = "agent.skills", .params = params_of (self, toggled (self, tag_id)), .undo_method = "agent.skills",
    .undo_params = params_of (self, before), .done = g_strdup_printf (_("The skills of %s were changed"), record (self)->name), .item = self->item,
  };

  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

static void
on_choose (CfaAgentSkillsRow *self)
{
  GListModel *tags = G_LIST_MODEL (cfa_session_get_records (self->session, &cf_tag_shape));

  cfa_choice_popover_clear (CFA_CHOICE_POPOVER (self->popover));
  for (guint i = 0; i < g_list_model_get_n_items (tags); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (tags, i);
      const CfTag *tag = cfa_record_item_get (item);
      const char *const ids[] = { tag->parent.id, NULL };
      g_autofree char *markup = cfa_tag_markup (cfa_session_get_directory (self->session), ids, 1);

      cfa_choice_popover_add (CFA_CHOICE_POPOVER (self->popover), tag->parent.id, markup, tag->name, has_skill (self, tag->parent.id));
    }
  cfa_choice_popover_open (CFA_CHOICE_POPOVER (self->popover));
}

static void
update (CfaAgentSkillsRow *self)
{
  GListModel *tags = G_LIST_MODEL (cfa_session_get_records (self->session, &cf_tag_shape));
  g_autofree char *names = NULL, *words = NULL;

  if (cfa_record_item_is_gone (self->item))
    return;
  names = cfa_tag_names (cfa_session_get_directory (self->session), (const char *const *) record (self)->skills);
  words = g_markup_escape_text (*names != '\0' ? names : _("Tags of conversations that are given to them first"), -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  gtk_widget_set_sensitive (GTK_WIDGET (self),
                            cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR) && g_list_model_get_n_items (tags) > 0);
}

static void
cfa_agent_skills_row_dispose (GObject *object)
{
  CfaAgentSkillsRow *self = CFA_AGENT_SKILLS_ROW (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (cfa_agent_skills_row_parent_class)->dispose (object);
}

static void
cfa_agent_skills_row_class_init (CfaAgentSkillsRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_agent_skills_row_dispose;
}

static void
cfa_agent_skills_row_init (CfaAgentSkillsRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Skills"));
  self->button = gtk_button_new_with_label (_("Choose…"));
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->button);
  self->popover = cfa_choice_popover_new (_("Skill"), NULL);
  gtk_widget_set_parent (self->popover, self->button);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_choose), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_agent_skills_row_new:
 * @item: of a CfAgent
 *
 * Returns: (transfer floating): of which conversations they know most
 */
GtkWidget *
cfa_agent_skills_row_new (CfaSession *session, CfaRecordItem *item)
{
  CfaAgentSkillsRow *self = g_object_new (CFA_TYPE_AGENT_SKILLS_ROW, NULL);

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cfa_session_get_records (session, &cf_tag_shape), "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
