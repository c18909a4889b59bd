/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversations.h"

#include "conversation-list-private.h"
#include "conversation-private.h"

#define N_INBOXES (CFA_INBOX_CLOSED + 1)

struct _CfaConversations
{
  GObject parent_instance;
  char *agent_id;
  char *agent_name;
  GHashTable *by_id;      /* id -> CfaConversation */
  GHashTable *by_visitor; /* visitor id -> GPtrArray of CfaConversation (not owned) */
  GHashTable *writes;     /* conversation id -> GPtrArray of CfaOutboxRow */
  GHashTable *online;     /* set of visitor ids */
  CfaConversationList *inboxes[N_INBOXES];
};

G_DEFINE_FINAL_TYPE (CfaConversations, cfa_conversations, G_TYPE_OBJECT)

static void
place (CfaConversations *self, CfaConversation **conversations, guint n)
{
  for (guint i = 0; i < N_INBOXES; i++)
    cfa_conversation_list_place (self->inboxes[i], conversations, n);
}

static GPtrArray *
of_visitor (CfaConversations *self, const char *visitor_id)
{
  return visitor_id != NULL ? g_hash_table_lookup (self->by_visitor, visitor_id) : NULL;
}

/* Returns: (transfer none): the object, made or brought up to date. */
static CfaConversation *
take_row (CfaConversations *self, CfaConversationRow *row)
{
  const char *visitor_id = row->record->visitor_id != NULL ? row->record->visitor_id : "";
  CfaConversation *conversation = g_hash_table_lookup (self->by_id, row->record->parent.id);
  GPtrArray *writes = g_hash_table_lookup (self->writes, row->record->parent.id), *others;

  if (conversation != NULL)
    {
      cfa_conversation_update (conversation, row, writes);
      return conversation;
    }
  conversation = cfa_conversation_new (row, self->agent_id, self->agent_name);
  cfa_conversation_set_online (conversation, g_hash_table_contains (self->online, visitor_id));
  if (writes != NULL)
    cfa_conversation_update (conversation, NULL, writes);
  g_hash_table_insert (self->by_id, g_strdup (cfa_conversation_get_id (conversation)), conversation);
  others = of_visitor (self, visitor_id);
  if (others == NULL)
    {
      others = g_ptr_array_new ();
      g_hash_table_insert (self->by_visitor, g_strdup (visitor_id), others);
    }
  g_ptr_array_add (others, conversation);
  return conversation;
}

static void
set_visitor_online (CfaConversations *self, const char *visitor_id, gboolean online)
{
  GPtrArray *theirs = of_visitor (self, visitor_id);

  if (online)
    g_hash_table_add (self->online, g_strdup (visitor_id));
  else
    g_hash_table_remove (self->online, visitor_id);
  for (guint i = 0; theirs != NULL && i < theirs->len; i++)
    {
      cfa_conversation_set_online (theirs->pdata[i], online);
      if (!online)
        cfa_conversation_set_peek (theirs->pdata[i], NULL);
    }
}

static void
hear_typing (CfaConversations *self, const CfSignal *signal)
{
  CfaConversation *conversation = signal->conversation_id != NULL ? cfa_conversations_get (self, signal->conversation_id) : NULL;

  if (conversation == NULL)
    return;
  if (signal->actor_kind == CF_AUTHOR_VISITOR)
    cfa_conversation_set_peek (conversation, !signal->active ? NULL : signal->text != NULL ? signal->text : "");
  else if (signal->actor_kind == CF_AUTHOR_AGENT && g_strcmp0 (signal->actor_id, self->agent_id) != 0)
    cfa_conversation_set_typing_name (conversation, signal->active ? signal->actor_name : NULL);
}

static void
cfa_conversations_finalize (GObject *object)
{
  CfaConversations *self = CFA_CONVERSATIONS (object);

  for (guint i = 0; i < N_INBOXES; i++)
    g_object_unref (self->inboxes[i]);
  g_hash_table_unref (self->by_visitor);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->writes);
  g_hash_table_unref (self->online);
  g_free (self->agent_id);
  g_free (self->agent_name);
  G_OBJECT_CLASS (cfa_conversations_parent_class)->finalize (object);
}

static void
cfa_conversations_class_init (CfaConversationsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_conversations_finalize;
}

static void
cfa_conversations_init (CfaConversations *self)
{
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->by_visitor = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->writes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->online = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < N_INBOXES; i++)
    self->inboxes[i] = cfa_conversation_list_new (i);
}

CfaConversations *
cfa_conversations_new (const char *agent_id, const char *agent_name)
{
  CfaConversations *self = g_object_new (CFA_TYPE_CONVERSATIONS, NULL);

  self->agent_id = g_strdup (agent_id);
  self->agent_name = g_strdup (agent_name);
  return self;
}

/**
 * cfa_conversations_get:
 * Returns: (transfer none) (nullable): the conversation with that id.
 */
CfaConversation *
cfa_conversations_get (CfaConversations *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

CfaConversationList *
cfa_conversations_get_inbox (CfaConversations *self, CfaInbox inbox)
{
  return self->inboxes[inbox];
}

/**
 * cfa_conversations_take_rows:
 * @rows: of CfaConversationRow; emptied
 *
 * However many they are, each inbox tells of them once.
 */
void
cfa_conversations_take_rows (CfaConversations *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) touched = g_ptr_array_new ();

  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (touched, take_row (self, rows->pdata[i]));
  g_ptr_array_set_size (rows, 0);
  place (self, (CfaConversation **) touched->pdata, touched->len);
}

/**
 * cfa_conversations_set_writes:
 * @writes: (nullable): CfaOutboxRow of that conversation in order: what was done here and not yet answered
 *
 * @now: FALSE when cfa_conversations_take_rows() follows with what has changed by the same act, so that both are shown at once
 */
void
cfa_conversations_set_writes (CfaConversations *self, const char *id, GPtrArray *writes, gboolean now)
{
  CfaConversation *conversation = now ? cfa_conversations_get (self, id) : NULL;

  if (writes != NULL && writes->len > 0)
    g_hash_table_insert (self->writes, g_strdup (id), g_ptr_array_ref (writes));
  else
    g_hash_table_remove (self->writes, id);
  if (conversation == NULL)
    return;
  cfa_conversation_update (conversation, NULL, writes);
  place (self, &conversation, 1);
}

void
cfa_conversations_remove (CfaConversations *self, const char *id)
{
  CfaConversation *conversation = cfa_conversations_get (self, id);
  GPtrArray *others;

  if (conversation == NULL)
    return;
  for (guint i = 0; i < N_INBOXES; i++)
    cfa_conversation_list_remove (self->inboxes[i], conversation);
  others = of_visitor (self, cfa_conversation_get_record (conversation)->visitor_id);
  if (others != NULL)
    g_ptr_array_remove (others, conversation);
  g_hash_table_remove (self->by_id, id);
}

/**
 * cfa_conversations_clear:
 * Forgets them all: the cache was emptied.
 */
void
cfa_conversations_clear (CfaConversations *self)
{
  g_autoptr (GList) ids = g_hash_table_get_keys (self->by_id);

  for (GList *id = ids; id != NULL; id = id->next)
    cfa_conversations_remove (self, id->data);
}

void
cfa_conversations_set_loading (CfaConversations *self, gboolean loading)
{
  for (guint i = 0; i < N_INBOXES; i++)
    cfa_conversation_list_set_loading (self->inboxes[i], loading);
}

/**
 * cfa_conversations_hear:
 * Who types where, and which visitors are there.
 */
void
cfa_conversations_hear (CfaConversations *self, const CfSignal *signal)
{
  if (signal->kind == CF_SIGNAL_TYPING)
    hear_typing (self, signal);
  else if (signal->kind == CF_SIGNAL_PRESENCE && signal->actor_kind == CF_AUTHOR_VISITOR && signal->actor_id != NULL)
    set_visitor_online (self, signal->actor_id, signal->state != CF_PRESENCE_OFFLINE);
}

/**
 * cfa_conversations_silence:
 * Forgets who is there and who types: after a reconnect the server tells anew.
 */
void
cfa_conversations_silence (CfaConversations *self)
{
  g_autoptr (GList) conversations = g_hash_table_get_values (self->by_id);

  g_hash_table_remove_all (self->online);
  for (GList *l = conversations; l != NULL; l = l->next)
    {
      cfa_conversation_set_online (l->data, FALSE);
      cfa_conversation_set_peek (l->data, NULL);
      cfa_conversation_set_typing_name (l->data, NULL);
    }
}
