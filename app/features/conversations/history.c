/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history.h"

#include "message-list-private.h"

#include "protocol/error.h"
#include "protocol/methods/conversation-params.h"
#include "protocol/records/team-message.h"

#include <glib/gi18n-lib.h>

#define CALL_TIMEOUT_MS 30000

/* The first page reaches back to the first unread message, with a few above it, but not further than this. */
#define FIRST_PAGE_MAX 400
#define ABOVE_UNREAD 15
/* More than a window shows, unless it is very large; what is above follows once these are painted. */
#define FIRST_PAGE_MIN 20

struct _CfaHistory
{
  GObject parent_instance;
  CfaCache *cache;
  CfaSocket *socket;
  GWeakRef list;
  const CfShape *shape; /* of messages, or of team messages */
  char *conversation_id;
  guint limit; /* of the page that is being read */
  gboolean busy;
  gboolean asked;  /* a person waits for older messages: say so when there are none to be had now */
  gboolean wanted; /* the server is to be asked when it is there */
};

/* A page of the server's on its way to the disk. */
typedef struct
{
  CfaHistory *self;
  CfRecordsResult *page;
} Fetched;

static guint delta_signal;

G_DEFINE_FINAL_TYPE (CfaHistory, cfa_history, G_TYPE_OBJECT)

static void
fetched_free (Fetched *fetched)
{
  g_object_unref (fetched->self);
  cf_struct_unref (fetched->page);
  g_free (fetched);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetched, fetched_free)

static void
finish (CfaHistory *self, const char *problem)
{
  g_autoptr (CfaMessageList) list = g_weak_ref_get (&self->list);

  self->busy = FALSE;
  if (list == NULL)
    return;
  cfa_message_list_set_error (list, problem);
  cfa_message_list_set_loading (list, FALSE);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Fetched) fetched = data;
  CfaHistory *self = fetched->self;
  g_autoptr (CfaMessageList) list = g_weak_ref_get (&self->list);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = cfa_cache_delta_finish (result, &error);
  g_autoptr (GPtrArray) messages = cf_structs_new ();
  g_autofree char *text = NULL;

  if (delta == NULL)
    {
      text = g_strdup_printf (_("Older messages could not be kept on this computer (%s)."), error->message);
      finish (self, text);
      return;
    }
  for (guint i = 0; fetched->page->records != NULL && i < fetched->page->records->len; i++)
    {
      CfRecord *record = fetched->page->records->pdata[i];

      if (record->parent.shape == self->shape && !record->deleted)
        g_ptr_array_add (messages, cf_struct_ref (record));
    }
  if (list != NULL)
    {
      cfa_message_list_add_page (list, messages);
      cfa_message_list_set_has_older (list, fetched->page->more);
    }
  g_signal_emit (self, delta_signal, 0, delta);
  finish (self, NULL);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaHistory) self = data;
  g_autoptr (CfaMessageList) list = g_weak_ref_get (&self->list);
  g_autoptr (GError) error = NULL;
  CfRecordsResult *page = cfa_socket_call_finish (CFA_SOCKET (source), result, NULL, &error);
  g_autofree char *text = NULL;
  Fetched *fetched;

  /* A channel that is still in the outbox: whatever will be said in it comes as it happens. */
  if (self->shape == &cf_team_message_shape && g_error_matches (error, CF_ERROR, CF_ERROR_NOT_FOUND))
    {
      if (list != NULL)
        cfa_message_list_set_has_older (list, FALSE);
      finish (self, NULL);
      return;
    }
  if (page == NULL)
    {
      text = g_strdup_printf (_("Older messages could not be loaded (%s). Try again."), error->message);
      finish (self, text);
      return;
    }
  fetched = g_new0 (Fetched, 1);
  fetched->self = g_object_ref (self);
  fetched->page = page;
  cfa_cache_apply_answer_async (self->cache, page->records, NULL, page->more ? NULL : self->conversation_id, on_kept, fetched);
}

static void
fetch (CfaHistory *self)
{
  g_autoptr (CfaMessageList) list = g_weak_ref_get (&self->list);
  g_autoptr (CfMessageListParams) params = cf_struct_new (&cf_message_list_params_shape);
  gint64 oldest;
  const char *id;

  if (list == NULL || self->socket == NULL)
    {
      self->wanted = TRUE;
      finish (self, self->asked ? _("Older messages are on the server. They appear when the connection is back.") : NULL);
      return;
    }
  self->wanted = FALSE;
  cfa_message_list_get_oldest (list, &oldest, &id);
  params->conversation_id = g_strdup (self->conversation_id);
  /* One revision can make two messages; asking from the one above brings both, the known one does no harm. */
  params->before = oldest < G_MAXINT64 ? oldest + 1 : 0;
  params->limit = CF_PAGE_DEFAULT;
  cfa_socket_call_async (self->socket, self->shape == &cf_team_message_shape ? "channel.messages" : "message.list", params, &cf_records_result_shape, CALL_TIMEOUT_MS,
                         on_fetched, g_object_ref (self));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaHistory) self = data;
  g_autoptr (CfaMessageList) list = g_weak_ref_get (&self->list);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaMessagesPage) page = cfa_cache_messages_finish (result, &error);
  g_autofree char *text = NULL;

  if (page == NULL)
    {
      text = g_strdup_printf (_("The messages kept on this computer cannot be read (%s)."), error->message);
      finish (self, text);
      return;
    }
  if (list != NULL)
    cfa_message_list_add_page (list, page->messages);
  if (page->messages->len == self->limit)
    finish (self, NULL);
  else if (!page->complete)
    fetch (self);
  else
    {
      if (list != NULL)
        cfa_message_list_set_has_older (list, FALSE);
      finish (self, NULL);
    }
}

static void
on_older_wanted (CfaHistory *self)
{
  self->asked = TRUE;
  self->limit = CF_PAGE_DEFAULT;
  cfa_history_load (self);
}

static void
cfa_history_finalize (GObject *object)
{
  CfaHistory *self = CFA_HISTORY (object);

  g_weak_ref_clear (&self->list);
  g_clear_object (&self->cache);
  g_clear_object (&self->socket);
  g_free (self->conversation_id);
  G_OBJECT_CLASS (cfa_history_parent_class)->finalize (object);
}

static void
cfa_history_class_init (CfaHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_history_finalize;
  delta_signal = g_signal_new ("delta", CFA_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cfa_history_init (CfaHistory *self)
{
  g_weak_ref_init (&self->list, NULL);
}

/**
 * cfa_history_new:
 * @list: filled as long as it lives; not kept alive
 * @shape: of messages, or of team messages
 * @unread: how many of its last messages shall be among the first that are read
 */
CfaHistory *
cfa_history_new (CfaCache *cache, CfaMessageList *list, const CfShape *shape, const char *conversation_id, guint unread)
{
  CfaHistory *self = g_object_new (CFA_TYPE_HISTORY, NULL);

  self->cache = g_object_ref (cache);
  self->shape = shape;
  self->conversation_id = g_strdup (conversation_id);
  self->limit = CLAMP (unread + ABOVE_UNREAD, FIRST_PAGE_MIN, FIRST_PAGE_MAX);
  g_weak_ref_set (&self->list, list);
  g_signal_connect_object (list, "older-wanted", G_CALLBACK (on_older_wanted), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * cfa_history_get_list:
 * Returns: (transfer full) (nullable): the list, while it lives.
 */
CfaMessageList *
cfa_history_get_list (CfaHistory *self)
{
  return g_weak_ref_get (&self->list);
}

/**
 * cfa_history_set_socket:
 * @socket: (nullable): NULL while the session is not live
 */
void
cfa_history_set_socket (CfaHistory *self, CfaSocket *socket)
{
  g_set_object (&self->socket, socket);
  if (socket != NULL && self->wanted && !self->busy)
    cfa_history_load (self);
}

/**
 * cfa_history_load:
 * Reads the page above the topmost message; of an empty list, the newest one.
 */
void
cfa_history_load (CfaHistory *self)
{
  g_autoptr (CfaMessageList) list = g_weak_ref_get (&self->list);
  gint64 position;
  const char *id;

  if (list == NULL || self->busy)
    return;
  self->busy = TRUE;
  cfa_message_list_set_loading (list, TRUE);
  cfa_message_list_get_oldest (list, &position, &id);
  cfa_cache_messages_async (self->cache, self->shape, self->conversation_id, position, id, self->limit, on_read, g_object_ref (self));
}
