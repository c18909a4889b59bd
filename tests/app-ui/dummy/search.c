/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dummy.h"

#include "search/query.h"

/* The server answers a moment later. */
#define SERVER_MS 300

static CfSearchHit *
mark (const CfSearchMessagesParams *params, const char *id, const char *text)
{
  CfSearchQuery *query = cf_search_query_new (params->text);
  CfSearchHit *hit = cf_search_query_mark (query, id, text);

  cf_search_query_free (query);
  return hit;
}

static gboolean
fits (const CfaConversation *conversation, const CfSearchMessagesParams *params)
{
  return (params->tag_id == NULL || (conversation->tags != NULL && g_strv_contains ((const char *const *) conversation->tags, params->tag_id)))
         && (params->assignee_id == NULL || g_strcmp0 (params->assignee_id, conversation->assignee_id) == 0)
         && (!params->unassigned || conversation->assignee_id == NULL)
         && (params->status != CF_SEARCH_STATUS_OPEN || conversation->status == CF_CONVERSATION_OPEN)
         && (params->status != CF_SEARCH_STATUS_CLOSED || conversation->status == CF_CONVERSATION_CLOSED)
         && (params->status != CF_SEARCH_STATUS_SNOOZED || conversation->snoozed_until > 0);
}

static CfaSearchHit *
new_hit (CfaHitKind kind, CfaConversation *conversation, const char *id, const char *text, gint64 time, CfSearchHit *found)
{
  CfaSearchHit *hit = cfa_search_hit_new (kind, id, conversation->title, text, conversation->site_name);
  gboolean title = found != NULL && kind != CFA_HIT_MESSAGE && g_strcmp0 (found->snippet, conversation->title) == 0;

  hit->time = time;
  hit->conversation_id = g_strdup (conversation->id);
  if (title)
    hit->title_marks = g_ptr_array_ref (found->marks);
  else if (found != NULL)
    {
      g_free (hit->text);
      hit->text = g_strdup (found->snippet);
      hit->text_marks = g_ptr_array_ref (found->marks);
    }
  g_clear_pointer (&found, cf_struct_unref);
  return hit;
}

static void
find_people (GPtrArray *all, const CfaSearchTerms *terms, CfaHitKind kind, GPtrArray *hits)
{
  for (guint i = 0; i < all->len; i++)
    {
      CfaConversation *conversation = all->pdata[i];
      CfSearchHit *found = terms->params->text != NULL ? mark (terms->params, conversation->id, conversation->title) : NULL;

      if (found == NULL && terms->params->text != NULL)
        found = mark (terms->params, conversation->id, conversation->email);
      if (!fits (conversation, terms->params) || (found == NULL && terms->params->text != NULL))
        continue;
      g_ptr_array_add (hits, new_hit (kind, conversation, conversation->id, kind == CFA_HIT_VISITOR ? conversation->email : conversation->preview,
                                      kind == CFA_HIT_VISITOR ? 0 : conversation->last_message_at, found));
    }
}

static void
find_messages (GPtrArray *all, const CfaSearchTerms *terms, GPtrArray *hits)
{
  for (guint i = 0; i < all->len; i++)
    {
      CfaConversation *conversation = all->pdata[i];

      for (guint j = conversation->messages->len; j > 0 && hits->len < 40 && fits (conversation, terms->params); j--)
        {
          CfaMessage *message = conversation->messages->pdata[j - 1];
          CfSearchHit *found = mark (terms->params, message->id, message->text);

          if (found != NULL)
            g_ptr_array_add (hits, new_hit (CFA_HIT_MESSAGE, conversation, message->id, NULL, message->created_at, found));
        }
    }
}

static void
find_among_colleagues (CfaSession *session, const CfaSearchTerms *terms, GPtrArray *hits)
{
  CfSearchQuery *query = cf_search_query_new (terms->params->text);

  dummy_team_chat_find (session, query, hits);
  cf_search_query_free (query);
}

void
cfa_session_search_async (CfaSession *self, const CfaSearchTerms *terms, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  GPtrArray *all = dummy_session_get_all (self), *hits = g_ptr_array_new_with_free_func (g_object_unref);

  if (!terms->by_author)
    find_people (all, terms, CFA_HIT_CONVERSATION, hits);
  if (terms->people && terms->params->text != NULL)
    find_people (all, terms, CFA_HIT_VISITOR, hits);
  if (terms->params->text != NULL)
    find_messages (all, terms, hits);
  if (terms->people && terms->params->text != NULL)
    find_among_colleagues (self, terms, hits);
  g_task_return_pointer (task, hits, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
cfa_session_search_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* One that is known here too, which must not be shown twice, and one that is not. */
static gboolean
answer (gpointer data)
{
  g_autoptr (GTask) task = data;
  CfSearchMessagesParams *params = g_task_get_task_data (task);
  const CfaSearchTerms terms = { .params = params };
  CfaSession *self = g_task_get_source_object (task);
  GPtrArray *all = dummy_session_get_all (self), *hits = g_ptr_array_new_with_free_func (g_object_unref);
  CfaConversation *conversation = all->len > 9 ? all->pdata[9] : NULL;
  g_autofree char *text = g_strdup_printf ("Two years ago: %s <b>&</b> the invoice of it", params->text);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (dummy_wants ("server-fails"))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "it did not answer in time");
      return G_SOURCE_REMOVE;
    }
  find_messages (all, &terms, hits);
  g_ptr_array_set_size (hits, MIN (hits->len, 1));
  if (conversation != NULL && !g_str_has_prefix (params->text, "zzz"))
    g_ptr_array_add (hits, new_hit (CFA_HIT_MESSAGE, conversation, "far", NULL, conversation->created_at - 63072000000, mark (params, "far", text)));
  else
    g_ptr_array_set_size (hits, 0);
  for (guint i = 0; i < hits->len; i++)
    ((CfaSearchHit *) hits->pdata[i])->from_server = TRUE;
  g_task_return_pointer (task, hits, (GDestroyNotify) g_ptr_array_unref);
  return G_SOURCE_REMOVE;
}

void
cfa_session_search_server_async (CfaSession *self, const CfaSearchTerms *terms, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_task_data (task, cf_struct_ref (terms->params), cf_struct_unref);
  g_timeout_add (SERVER_MS, answer, task);
}

GPtrArray *
cfa_session_search_server_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Who waits longest after @after, then the longest of all. */
void
cfa_session_next_waiting_async (CfaSession *self, CfaConversation *after, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  GPtrArray *all = dummy_session_get_all (self);
  gint64 since = after != NULL ? after->waiting_since : 0;
  CfaConversation *next = NULL, *first = NULL;

  for (guint i = 0; i < all->len; i++)
    {
      CfaConversation *one = all->pdata[i];
      gboolean mine = one->assignee_id == NULL || g_str_equal (one->assignee_id, DUMMY_AGENT_ID);

      if (one == after || one->waiting_since == 0 || !mine || one->status != CF_CONVERSATION_OPEN || one->snoozed_until > 0)
        continue;
      if (first == NULL || one->waiting_since < first->waiting_since)
        first = one;
      if (one->waiting_since > since && (next == NULL || one->waiting_since < next->waiting_since))
        next = one;
    }
  next = next != NULL ? next : first;
  g_task_return_pointer (task, next != NULL ? g_object_ref (next) : NULL, g_object_unref);
}

CfaConversation *
cfa_session_next_waiting_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
