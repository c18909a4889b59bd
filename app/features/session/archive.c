/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive.h"

#include "app/cache/folder.h"

#include "app/features/conversations/conversation-list-private.h"
#include "app/features/conversations/conversation-private.h"

#include "protocol/methods/conversation-params.h"

#define CALL_TIMEOUT_MS 30000

struct _CfaArchive
{
  GObject parent_instance;
  CfaCache *cache;
  CfaConversationList *closed;
  CfaSocket *socket; /* (nullable): only while live */
  gint64 cursor;     /* last_position of the last conversation that the server has listed; 0 = none yet */
};

static guint delta_signal;

G_DEFINE_FINAL_TYPE (CfaArchive, cfa_archive, G_TYPE_OBJECT)

static void load_older (CfaArchive *self);

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaArchive) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = cfa_cache_delta_finish (result, &error);

  if (delta != NULL)
    g_signal_emit (self, delta_signal, 0, delta);
  else
    g_message ("an answer could not be kept: %s", error->message);
}

static void
on_conversation (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaArchive) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfRecordsResult) answer = cfa_socket_call_finish (CFA_SOCKET (source), result, NULL, &error);

  if (answer != NULL)
    cfa_cache_apply_answer_async (self->cache, answer->records, NULL, NULL, on_kept, g_object_ref (self));
  else
    g_message ("a conversation could not be completed: %s", error->message);
}

static void
take_cursor (CfaArchive *self, GPtrArray *records)
{
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      CfConversation *record = records->pdata[i];

      if (record->parent.parent.shape == &cf_conversation_shape && record->parent.id != NULL
          && (self->cursor == 0 || record->last_position < self->cursor))
        self->cursor = record->last_position;
    }
}

/* Whether it has brought one that was not here. */
static gboolean
is_news (const CfaDelta *delta)
{
  for (guint i = 0; i < delta->moves->len; i++)
    {
      const CfaMove *move = &g_array_index (delta->moves, CfaMove, i);

      if (g_str_equal (move->folder, cfa_folder_of_inbox (CFA_INBOX_CLOSED)) && move->from < 0)
        return TRUE;
    }
  return FALSE;
}

static void
on_older_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaArchive) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = cfa_cache_delta_finish (result, &error);

  cfa_conversation_list_set_loading (self->closed, FALSE);
  if (delta == NULL)
    {
      g_message ("an answer could not be kept: %s", error->message);
      return;
    }
  g_signal_emit (self, delta_signal, 0, delta);
  /* The first pages may hold only what the first copy has brought. */
  if (!is_news (delta) && cfa_conversation_list_get_has_older (self->closed))
    load_older (self);
}

static void
on_older (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaArchive) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfRecordsResult) answer = cfa_socket_call_finish (CFA_SOCKET (source), result, NULL, &error);
  gint64 before = self->cursor;

  if (answer == NULL)
    {
      cfa_conversation_list_set_loading (self->closed, FALSE);
      g_message ("older conversations could not be loaded: %s", error->message);
      return;
    }
  take_cursor (self, answer->records);
  cfa_conversation_list_set_has_older (self->closed, answer->more && self->cursor != before);
  cfa_cache_apply_answer_async (self->cache, answer->records, NULL, NULL, on_older_kept, g_object_ref (self));
}

static void
load_older (CfaArchive *self)
{
  g_autoptr (CfConversationListParams) params = NULL;

  if (self->socket == NULL)
    return;
  cfa_conversation_list_set_loading (self->closed, TRUE);
  params = cf_struct_new (&cf_conversation_list_params_shape);
  params->status = CF_CONVERSATION_FILTER_CLOSED;
  params->before = self->cursor;
  params->limit = CF_PAGE_MAX;
  cfa_socket_call_async (self->socket, "conversation.list", params, &cf_records_result_shape, CALL_TIMEOUT_MS,
                         on_older, g_object_ref (self));
}

static void
cfa_archive_dispose (GObject *object)
{
  CfaArchive *self = CFA_ARCHIVE (object);

  g_clear_object (&self->cache);
  g_clear_object (&self->closed);
  g_clear_object (&self->socket);
  G_OBJECT_CLASS (cfa_archive_parent_class)->dispose (object);
}

static void
cfa_archive_class_init (CfaArchiveClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_archive_dispose;
  delta_signal = g_signal_new ("delta", CFA_TYPE_ARCHIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cfa_archive_init (CfaArchive *self)
{
}

CfaArchive *
cfa_archive_new (CfaCache *cache, CfaConversations *conversations)
{
  CfaArchive *self = g_object_new (CFA_TYPE_ARCHIVE, NULL);

  self->cache = g_object_ref (cache);
  self->closed = g_object_ref (cfa_conversations_get_inbox (conversations, CFA_INBOX_CLOSED));
  g_signal_connect_object (self->closed, "older-wanted", G_CALLBACK (load_older), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * cfa_archive_set_socket:
 * @socket: (nullable): NULL while the session is not live
 */
void
cfa_archive_set_socket (CfaArchive *self, CfaSocket *socket)
{
  g_set_object (&self->socket, socket);
}

/**
 * cfa_archive_reset:
 * The cache was emptied: what the server has listed is not here any more.
 */
void
cfa_archive_reset (CfaArchive *self)
{
  self->cursor = 0;
  cfa_conversation_list_set_has_older (self->closed, TRUE);
}

/**
 * cfa_archive_complete:
 * Asks for the visitor of a conversation that came in without.
 */
void
cfa_archive_complete (CfaArchive *self, CfaConversation *conversation)
{
  g_autoptr (CfIdParams) params = NULL;

  if (self->socket == NULL || cfa_conversation_knows_visitor (conversation))
    return;
  params = cf_struct_new (&cf_id_params_shape);
  params->id = g_strdup (cfa_conversation_get_id (conversation));
  cfa_socket_call_async (self->socket, "conversation.get", params, &cf_records_result_shape, CALL_TIMEOUT_MS,
                         on_conversation, g_object_ref (self));
}
