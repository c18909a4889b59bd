/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent-list-row.h"

#include "app/features/conversations/choice-popover.h"
#include "app/features/conversations/tag-text.h"
#include "change.h"

#include "protocol/methods/agent-params.h"
#include "protocol/records/site.h"
#include "protocol/records/tag.h"

#include <glib/gi18n.h>

/**
 * Kind:
 * One list of an agent's, and how it is told. Texts are to be translated.
 */
typedef struct
{
  const char *title, *one, *none, *done;
  const char *method;
  const CfShape *params; /* an "id", and the whole list */
  gsize params_list, agent_list; /* where it is in these, and in a CfAgent */
  const CfShape *among;
  gsize name; /* where it is in these */
} Kind;

struct _CfaAgentListRow
{
  AdwActionRow parent_instance;

  const Kind *kind;
  CfaSession *session;
  CfaRecordItem *item;
  GtkWidget *button;
  GtkWidget *popover;
};

static const Kind skills = {
  N_("Skills"), N_("Skill"), N_("Tags of conversations that are given to them first"), N_("The skills of %s were changed"),
  "agent.skills", &cf_agent_skills_params_shape, G_STRUCT_OFFSET (CfAgentSkillsParams, skills), G_STRUCT_OFFSET (CfAgent, skills), &cf_tag_shape,
  G_STRUCT_OFFSET (CfTag, name),
};

static const Kind sites = {
  N_("Sites"), N_("Site"), N_("All sites: they see what happens on any of them"), N_("The sites of %s were changed"),
  "agent.sites", &cf_agent_sites_params_shape, G_STRUCT_OFFSET (CfAgentSitesParams, sites), G_STRUCT_OFFSET (CfAgent, sites), &cf_site_shape,
  G_STRUCT_OFFSET (CfSite, name),
};

G_DEFINE_FINAL_TYPE (CfaAgentListRow, cfa_agent_list_row, ADW_TYPE_ACTION_ROW)

static const CfAgent *
record (CfaAgentListRow *self)
{
  return cfa_record_item_get (self->item);
}

/* Returns: (nullable): ids */
static char **
list_of (CfaAgentListRow *self)
{
  return G_STRUCT_MEMBER (char **, record (self), self->kind->agent_list);
}

static GListModel *
among (CfaAgentListRow *self)
{
  return G_LIST_MODEL (cfa_session_get_records (self->session, self->kind->among));
}

static const char *
name_of (CfaAgentListRow *self, CfaRecordItem *item)
{
  return G_STRUCT_MEMBER (char *, cfa_record_item_get (item), self->kind->name);
}

static gboolean
has (CfaAgentListRow *self, const char *id)
{
  return list_of (self) != NULL && g_strv_contains ((const char *const *) list_of (self), id);
}

/* Returns: (transfer full): the list, with one more or one less */
static char **
toggled (CfaAgentListRow *self, const char *id)
{
  GPtrArray *list = g_ptr_array_new ();

  for (char **one = list_of (self); one != NULL && *one != NULL; one++)
    if (!g_str_equal (*one, id))
      g_ptr_array_add (list, g_strdup (*one));
  if (!has (self, id))
    g_ptr_array_add (list, g_strdup (id));
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (list, FALSE);
}

/* @list: (transfer full) */
static gpointer
params_of (CfaAgentListRow *self, char **list)
{
  gpointer params = cf_struct_new (self->kind->params);

  /* both of these begin alike */
  ((CfAgentSkillsParams *) params)->id = g_strdup (record (self)->parent.id);
  G_STRUCT_MEMBER (char **, params, self->kind->params_list) = list;
  return params;
}

static void
on_chosen (CfaAgentListRow *self, const char *id)
{
  char **before = list_of (self) != NULL ? g_strdupv (list_of (self)) : g_new0 (char *, 1);
  g_auto (GStrv) parts = g_strsplit (_(self->kind->done), "%s", 2);
  CfaChange change = {
    .method = self->kind->method, .params = params_of (self, toggled (self, id)), .undo_method = self->kind->method,
    .undo_params = params_of (self, before), .done = g_strjoinv (record (self)->name, parts), .item = self->item,
  };

  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

static void
on_choose (CfaAgentListRow *self)
{
  CfaDirectory *directory = cfa_session_get_directory (self->session);

  cfa_choice_popover_clear (CFA_CHOICE_POPOVER (self->popover));
  for (guint i = 0; i < g_list_model_get_n_items (among (self)); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (among (self), i);
      const char *id = cfa_record_item_get_id (item), *name = name_of (self, item);
      const char *const ids[] = { id, NULL };
      g_autofree char *markup = self->kind->among == &cf_tag_shape ? cfa_tag_markup (directory, ids, 1) : g_markup_escape_text (name, -1);

      cfa_choice_popover_add (CFA_CHOICE_POPOVER (self->popover), NULL, id, markup, name, has (self, id));
    }
  cfa_choice_popover_open (CFA_CHOICE_POPOVER (self->popover));
}

/* Returns: (transfer full): "A, B": those that are still there */
static char *
names (CfaAgentListRow *self)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (among (self)); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (among (self), i);

      if (has (self, cfa_record_item_get_id (item)))
        g_ptr_array_add (list, (char *) name_of (self, item));
    }
  g_ptr_array_add (list, NULL);
  return g_strjoinv (", ", (char **) list->pdata);
}

static void
update (CfaAgentListRow *self)
{
  g_autofree char *known = NULL, *words = NULL;

  if (cfa_record_item_is_gone (self->item))
    return;
  known = names (self);
  words = g_markup_escape_text (*known != '\0' ? known : _(self->kind->none), -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  gtk_widget_set_sensitive (GTK_WIDGET (self), cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR) && g_list_model_get_n_items (among (self)) > 0);
}

static void
cfa_agent_list_row_dispose (GObject *object)
{
  CfaAgentListRow *self = CFA_AGENT_LIST_ROW (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (cfa_agent_list_row_parent_class)->dispose (object);
}

static void
cfa_agent_list_row_class_init (CfaAgentListRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_agent_list_row_dispose;
}

static void
cfa_agent_list_row_init (CfaAgentListRow *self)
{
  self->button = gtk_button_new_with_label (_("Choose…"));
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->button);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_choose), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
new_row (CfaSession *session, CfaRecordItem *item, const Kind *kind)
{
  CfaAgentListRow *self = g_object_new (CFA_TYPE_AGENT_LIST_ROW, "title", _(kind->title), NULL);

  self->kind = kind;
  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  self->popover = cfa_choice_popover_new (_(kind->one), NULL);
  gtk_widget_set_parent (self->popover, self->button);
  g_signal_connect_object (self->popover, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (among (self), "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * cfa_agent_list_row_new_skills:
 * @item: of a CfAgent
 *
 * Returns: (transfer floating): of which conversations they know most
 */
GtkWidget *
cfa_agent_list_row_new_skills (CfaSession *session, CfaRecordItem *item)
{
  return new_row (session, item, &skills);
}

/**
 * cfa_agent_list_row_new_sites:
 * @item: of a CfAgent
 *
 * Returns: (transfer floating): whose conversations are given to them
 */
GtkWidget *
cfa_agent_list_row_new_sites (CfaSession *session, CfaRecordItem *item)
{
  return new_row (session, item, &sites);
}
