/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "attention.h"

#include "write.h"

#include "app/features/conversations/conversation-private.h"

#define DRAFT_MS  200
#define READ_MS   250
#define TYPING_US G_USEC_PER_SEC

struct _CfaAttention
{
  CfaCache *cache;
  CfaSender *sender;
  CfaSocket *socket; /* (nullable): only while live */
  GHashTable *drafts; /* id -> CfaConversation whose drafts are not yet given to the cache */
  guint draft_timer;
  GHashTable *reads; /* id -> CfaConversation that was just looked at */
  guint read_timer;
  char *typing_in;    /* (nullable): conversation id */
  gint64 typing_sent; /* monotonic */
  char *viewing;      /* (nullable): conversation id */
};

static void
flush_drafts (CfaAttention *self)
{
  GHashTableIter iter;
  gpointer id, conversation;

  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, &id, &conversation))
    for (int note = 0; note < 2; note++)
      cfa_cache_set_draft (self->cache, id, cfa_conversation_get_draft (conversation, note), note);
  g_hash_table_remove_all (self->drafts);
}

static gboolean
on_draft_timer (gpointer data)
{
  CfaAttention *self = data;

  self->draft_timer = 0;
  flush_drafts (self);
  return G_SOURCE_REMOVE;
}

static void
flush_reads (CfaAttention *self)
{
  GHashTableIter iter;
  gpointer id, conversation;

  g_hash_table_iter_init (&iter, self->reads);
  while (g_hash_table_iter_next (&iter, &id, &conversation))
    {
      g_autoptr (CfaOutboxRow) row = NULL;

      if (cfa_conversation_get_unread (conversation) == 0)
        continue;
      row = cfa_write_new_read ("conversation.read", id, cfa_conversation_get_record (conversation)->last_position);
      cfa_sender_add (self->sender, row);
    }
  g_hash_table_remove_all (self->reads);
}

static gboolean
on_read_timer (gpointer data)
{
  CfaAttention *self = data;

  self->read_timer = 0;
  flush_reads (self);
  return G_SOURCE_REMOVE;
}

static void
send_viewing (CfaAttention *self)
{
  g_autoptr (CfViewingParams) params = cf_struct_new (&cf_viewing_params_shape);

  params->conversation_id = g_strdup (self->viewing != NULL ? self->viewing : "");
  cfa_socket_notify (self->socket, "signal.viewing", params);
}

CfaAttention *
cfa_attention_new (CfaCache *cache, CfaSender *sender)
{
  CfaAttention *self = g_new0 (CfaAttention, 1);

  self->cache = g_object_ref (cache);
  self->sender = g_object_ref (sender);
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->reads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return self;
}

/**
 * cfa_attention_free:
 * Gives to the cache what was not given yet.
 */
void
cfa_attention_free (CfaAttention *self)
{
  g_clear_handle_id (&self->draft_timer, g_source_remove);
  g_clear_handle_id (&self->read_timer, g_source_remove);
  flush_drafts (self);
  flush_reads (self);
  g_object_unref (self->cache);
  g_object_unref (self->sender);
  g_clear_object (&self->socket);
  g_hash_table_unref (self->drafts);
  g_hash_table_unref (self->reads);
  g_free (self->typing_in);
  g_free (self->viewing);
  g_free (self);
}

/**
 * cfa_attention_set_socket:
 * @socket: (nullable): NULL while the session is not live
 */
void
cfa_attention_set_socket (CfaAttention *self, CfaSocket *socket)
{
  if (!g_set_object (&self->socket, socket) || socket == NULL || self->viewing == NULL)
    return;
  send_viewing (self);
}

/**
 * cfa_attention_draft:
 * @text: (nullable): what stands in the composer; on its way to the disk within 200 ms
 * @note: whether it is a staff note
 */
void
cfa_attention_draft (CfaAttention *self, CfaConversation *conversation, const char *text, gboolean note)
{
  const char *draft = cfa_conversation_get_draft (conversation, note);

  if (g_strcmp0 (draft != NULL ? draft : "", text != NULL ? text : "") == 0)
    return;
  cfa_conversation_set_draft (conversation, text, note);
  g_hash_table_insert (self->drafts, g_strdup (cfa_conversation_get_id (conversation)), g_object_ref (conversation));
  if (self->draft_timer == 0)
    self->draft_timer = g_timeout_add (DRAFT_MS, on_draft_timer, self);
}

/**
 * cfa_attention_sent:
 * @note: whether that was a staff note
 *
 * What stood in the composer is in the outbox now, which has taken the draft along; the other draft stays.
 */
void
cfa_attention_sent (CfaAttention *self, CfaConversation *conversation, gboolean note)
{
  cfa_conversation_set_draft (conversation, NULL, note);
  g_clear_pointer (&self->typing_in, g_free);
}

void
cfa_attention_read (CfaAttention *self, CfaConversation *conversation)
{
  g_hash_table_insert (self->reads, g_strdup (cfa_conversation_get_id (conversation)), g_object_ref (conversation));
  if (self->read_timer == 0)
    self->read_timer = g_timeout_add (READ_MS, on_read_timer, self);
}

/**
 * cfa_attention_typing:
 * @id: of a conversation or channel
 *
 * Tells the others at most once a second; docs/protocol.md, "Signals".
 */
void
cfa_attention_typing (CfaAttention *self, const char *id, gboolean active)
{
  gboolean same = g_strcmp0 (self->typing_in, id) == 0;
  g_autoptr (CfTypingParams) params = NULL;

  if (self->socket == NULL || (active && same && g_get_monotonic_time () - self->typing_sent < TYPING_US) || (!active && !same))
    return;
  params = cf_struct_new (&cf_typing_params_shape);
  params->conversation_id = g_strdup (id);
  params->active = active;
  g_free (self->typing_in);
  self->typing_in = active ? g_strdup (id) : NULL;
  self->typing_sent = g_get_monotonic_time ();
  cfa_socket_notify (self->socket, "signal.typing", params);
}

/**
 * cfa_attention_viewing:
 * @id: (nullable): of the conversation that is before the person's eyes; said again after a reconnect
 */
void
cfa_attention_viewing (CfaAttention *self, const char *id)
{
  if (g_strcmp0 (self->viewing, id) == 0)
    return;
  g_free (self->viewing);
  self->viewing = g_strdup (id);
  if (self->socket != NULL)
    send_viewing (self);
}
