/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-private.h"

#include "app/features/search/search-hit.h"

/* Hits of each kind that are shown; who wants others says more. */
#define FROM_CACHE_MAX 12
#define FROM_SERVER_MAX 25

/* What the server is asked, in three calls. */
typedef struct
{
  guint under_way;
  GPtrArray *hits; /* of CfaSearchHit: visitors, then messages and what was said among the team */
  guint n_visitors;
  GError *error;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_ptr_array_unref (asked->hits);
  g_clear_error (&asked->error);
  g_free (asked);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (CfSearchResult) found = cfa_cache_search_finish (result, &error);

  if (found == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, cfa_search_hits_new (found, cfa_session_get_directory (self), FALSE), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * cfa_session_search_async:
 * Looks in what is kept on this computer; offline too.
 */
void
cfa_session_search_async (CfaSession *self, const CfaSearchTerms *terms, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->cache == NULL || (terms->params->text == NULL && !terms->filtered))
    g_task_return_pointer (task, g_ptr_array_new_with_free_func (g_object_unref), (GDestroyNotify) g_ptr_array_unref);
  else
    cfa_cache_search_async (self->cache, terms->params, terms->people, FROM_CACHE_MAX, cancellable, on_found, g_object_ref (task));
}

/**
 * cfa_session_search_finish:
 * Returns: (transfer full): an array of CfaSearchHit: conversations, visitors, messages.
 */
GPtrArray *
cfa_session_search_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
answered (GTask *task)
{
  Asked *asked = g_task_get_task_data (task);

  if (--asked->under_way > 0)
    return;
  if (asked->error != NULL && asked->hits->len == 0)
    g_task_return_error (task, g_steal_pointer (&asked->error));
  else
    g_task_return_pointer (task, g_ptr_array_ref (asked->hits), (GDestroyNotify) g_ptr_array_unref);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaSession *self = CFA_SESSION (source);
  Asked *asked = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfSearchResult) answer = cfa_session_call_finish (self, result, &error);
  g_autoptr (GPtrArray) hits = answer != NULL ? cfa_search_hits_new (answer, cfa_session_get_directory (self), TRUE) : NULL;

  if (answer == NULL && asked->error == NULL)
    asked->error = g_steal_pointer (&error);
  for (guint i = 0; hits != NULL && i < hits->len; i++)
    {
      gboolean visitor = ((CfaSearchHit *) hits->pdata[i])->kind == CFA_HIT_VISITOR;

      g_ptr_array_insert (asked->hits, visitor ? (int) asked->n_visitors : -1, g_object_ref (hits->pdata[i]));
      asked->n_visitors += visitor;
    }
  answered (task);
}

static void
ask (CfaSession *self, const char *method, gpointer params, GTask *task)
{
  ((Asked *) g_task_get_task_data (task))->under_way++;
  cfa_session_call_async (self, method, params, &cf_search_result_shape, g_task_get_cancellable (task), on_answered, g_object_ref (task));
}

/**
 * cfa_session_search_server_async:
 * @terms: with a word: without one the server has nothing to go by
 *
 * Looks in all that the server has.
 */
void
cfa_session_search_server_async (CfaSession *self, const CfaSearchTerms *terms, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (CfSearchMessagesParams) messages = cf_struct_copy (terms->params);
  g_autoptr (CfSearchVisitorsParams) visitors = cf_struct_new (&cf_search_visitors_params_shape);
  g_autoptr (CfSearchTeamParams) team = cf_struct_new (&cf_search_team_params_shape);
  Asked *asked = g_new0 (Asked, 1);

  asked->hits = g_ptr_array_new_with_free_func (g_object_unref);
  asked->under_way = 1; /* until all are asked */
  g_task_set_task_data (task, asked, asked_free);
  messages->limit = FROM_SERVER_MAX;
  ask (self, "search.messages", messages, task);
  if (terms->people)
    {
      visitors->text = g_strdup (terms->params->text);
      visitors->site_id = g_strdup (terms->params->site_id);
      visitors->limit = FROM_CACHE_MAX;
      ask (self, "search.visitors", visitors, task);
    }
  if (terms->people && terms->params->site_id == NULL)
    {
      team->text = g_strdup (terms->params->text);
      team->limit = FROM_CACHE_MAX;
      ask (self, "search.team", team, task);
    }
  answered (task);
}

/**
 * cfa_session_search_server_finish:
 * Returns: (transfer full): an array of CfaSearchHit: visitors, messages.
 */
GPtrArray *
cfa_session_search_server_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
