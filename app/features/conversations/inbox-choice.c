/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox-choice.h"

struct _CfaInboxChoice
{
  GObject parent_instance;
  gboolean active;
  GHashTable *chosen;      /* set of CfaConversation */
  CfaConversation *anchor; /* (nullable): the one that was chosen last: from it a stretch reaches */
};

enum
{
  PROP_0,
  PROP_ACTIVE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (CfaInboxChoice, cfa_inbox_choice, G_TYPE_OBJECT)

static void
changed (CfaInboxChoice *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
add (CfaInboxChoice *self, CfaConversation *conversation)
{
  return conversation != NULL && !cfa_conversation_get_loading (conversation) && g_hash_table_add (self->chosen, g_object_ref (conversation));
}

static guint
position_of (GListModel *model, CfaConversation *conversation)
{
  for (guint i = 0; conversation != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (CfaConversation) each = g_list_model_get_item (model, i);

      if (each == conversation)
        return i;
    }
  return CFA_NOWHERE;
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, CFA_INBOX_CHOICE (object)->active);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  cfa_inbox_choice_set_active (CFA_INBOX_CHOICE (object), g_value_get_boolean (value));
}

static void
finalize (GObject *object)
{
  CfaInboxChoice *self = CFA_INBOX_CHOICE (object);

  g_hash_table_unref (self->chosen);
  g_clear_object (&self->anchor);
  G_OBJECT_CLASS (cfa_inbox_choice_parent_class)->finalize (object);
}

static void
cfa_inbox_choice_class_init (CfaInboxChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = get_property;
  G_OBJECT_CLASS (klass)->set_property = set_property;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  changed_signal = g_signal_new ("changed", CFA_TYPE_INBOX_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_inbox_choice_init (CfaInboxChoice *self)
{
  self->chosen = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

CfaInboxChoice *
cfa_inbox_choice_new (void)
{
  return g_object_new (CFA_TYPE_INBOX_CHOICE, NULL);
}

gboolean
cfa_inbox_choice_get_active (CfaInboxChoice *self)
{
  return self->active;
}

/**
 * cfa_inbox_choice_set_active:
 * Nothing is chosen in the beginning, nor in the end.
 */
void
cfa_inbox_choice_set_active (CfaInboxChoice *self, gboolean active)
{
  if (self->active == active)
    return;
  self->active = active;
  g_hash_table_remove_all (self->chosen);
  g_clear_object (&self->anchor);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
  changed (self);
}

gboolean
cfa_inbox_choice_has (CfaInboxChoice *self, CfaConversation *conversation)
{
  return g_hash_table_contains (self->chosen, conversation);
}

/**
 * cfa_inbox_choice_toggle:
 * Choosing one begins the choosing.
 */
void
cfa_inbox_choice_toggle (CfaInboxChoice *self, CfaConversation *conversation)
{
  cfa_inbox_choice_set_active (self, TRUE);
  if (!g_hash_table_remove (self->chosen, conversation))
    add (self, conversation);
  g_set_object (&self->anchor, conversation);
  changed (self);
}

/**
 * cfa_inbox_choice_reach:
 * @model: of CfaConversation
 * @position: up to where, from the one that was chosen last
 */
void
cfa_inbox_choice_reach (CfaInboxChoice *self, GListModel *model, guint position)
{
  g_autoptr (CfaConversation) last = g_list_model_get_item (model, position);
  guint from = position_of (model, self->anchor);

  if (last == NULL)
    return;
  if (from == CFA_NOWHERE)
    {
      cfa_inbox_choice_toggle (self, last);
      return;
    }
  for (guint i = MIN (from, position); i <= MAX (from, position); i++)
    {
      g_autoptr (CfaConversation) each = g_list_model_get_item (model, i);

      add (self, each);
    }
  changed (self);
}

/**
 * cfa_inbox_choice_add_all:
 * @model: of CfaConversation, all of which are loaded
 */
void
cfa_inbox_choice_add_all (CfaInboxChoice *self, GListModel *model)
{
  cfa_inbox_choice_set_active (self, TRUE);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (CfaConversation) each = g_list_model_get_item (model, i);

      add (self, each);
    }
  changed (self);
}

/**
 * cfa_inbox_choice_list:
 * Returns: (transfer full): of CfaConversation, in no order.
 */
GPtrArray *
cfa_inbox_choice_list (CfaInboxChoice *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer conversation;

  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &conversation, NULL))
    g_ptr_array_add (list, g_object_ref (conversation));
  return list;
}
