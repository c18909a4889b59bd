/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records.h"

#include "protocol/methods/results.h"
#include "protocol/methods/search-params.h"
#include "protocol/records/agent.h"
#include "protocol/records/team-message.h"

#include <glib/gi18n-lib.h>

#define CALL_TIMEOUT_MS 30000

struct _CfaRecords
{
  GObject parent_instance;
  CfaCache *cache;   /* (nullable): none after the end */
  CfaSocket *socket; /* (nullable): only while live */
  GHashTable *lists;    /* CfShape -> CfaRecordList */
  GHashTable *presence; /* agent id -> CfPresenceState */
};

static guint delta_signal;

G_DEFINE_FINAL_TYPE (CfaRecords, cfa_records, G_TYPE_OBJECT)

/* A call on its way. */
typedef struct
{
  CfaRecords *self;
  GTask *task;
  gpointer answer;
} Call;

static void
call_free (Call *call)
{
  g_clear_pointer (&call->answer, cf_struct_unref);
  g_object_unref (call->self);
  g_object_unref (call->task);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

/* A list that waits for the disk. */
typedef struct
{
  CfaRecords *self;
  CfaRecordList *list;
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->self);
  g_object_unref (load->list);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Load) load = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = cfa_cache_array_finish (result, &error);

  if (records == NULL)
    g_message ("a list could not be read from the cache: %s", error->message);
  for (guint i = 0; records != NULL && i < records->len; i++)
    cfa_record_list_take (load->list, records->pdata[i]);
  cfa_record_list_complete (load->list);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = cfa_cache_delta_finish (result, &error);

  if (delta != NULL)
    g_signal_emit (call->self, delta_signal, 0, delta);
  else
    g_message ("an answer could not be kept: %s", error->message); /* the live stream brings it again */
  g_task_return_pointer (call->task, g_steal_pointer (&call->answer), cf_struct_unref);
}

/* What the person reads of a call that came to nothing; what the server says stays as it is. */
static void
return_problem (GTask *task, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    {
      g_task_return_new_error (task, G_IO_ERROR, error->code, "%s",
                               _("The connection was lost before the server answered. Look whether it was done, then try again."));
      g_error_free (error);
    }
  else
    g_task_return_error (task, error);
}

/*
 * What is kept of an answer. Messages that were found are not, those of channels neither: they would stand in the cache without those around them, and a conversation that is
 * read upward would end at them.
 */
static GPtrArray *
records_to_keep (const CfStruct *answer)
{
  const CfSearchResult *found = (const CfSearchResult *) answer;
  GPtrArray *kept;

  if (answer->shape == &cf_records_result_shape)
    return ((CfRecordsResult *) answer)->records != NULL ? g_ptr_array_ref (((CfRecordsResult *) answer)->records) : NULL;
  if (answer->shape != &cf_search_result_shape)
    return NULL;
  kept = cf_structs_new ();
  for (guint i = 0; found->records != NULL && i < found->records->len; i++)
    {
      CfRecord *record = found->records->pdata[i];

      if (record->parent.shape != &cf_message_shape && record->parent.shape != &cf_team_message_shape)
        g_ptr_array_add (kept, cf_struct_ref (record));
    }
  return kept;
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) kept = NULL;

  call->answer = cfa_socket_call_finish (CFA_SOCKET (source), result, NULL, &error);
  if (call->answer == NULL)
    {
      return_problem (call->task, error);
      return;
    }
  kept = records_to_keep (call->answer);
  if (kept == NULL || call->self->cache == NULL)
    g_task_return_pointer (call->task, g_steal_pointer (&call->answer), cf_struct_unref);
  else
    {
      CfaCache *cache = call->self->cache;

      cfa_cache_apply_answer_async (cache, kept, NULL, NULL, on_kept, g_steal_pointer (&call));
    }
}

static void
cfa_records_dispose (GObject *object)
{
  cfa_records_stop (CFA_RECORDS (object));
  G_OBJECT_CLASS (cfa_records_parent_class)->dispose (object);
}

static void
cfa_records_finalize (GObject *object)
{
  CfaRecords *self = CFA_RECORDS (object);

  g_hash_table_unref (self->lists);
  g_hash_table_unref (self->presence);
  G_OBJECT_CLASS (cfa_records_parent_class)->finalize (object);
}

static void
cfa_records_class_init (CfaRecordsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_records_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_records_finalize;
  delta_signal = g_signal_new ("delta", CFA_TYPE_RECORDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cfa_records_init (CfaRecords *self)
{
  self->lists = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->presence = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

CfaRecords *
cfa_records_new (CfaCache *cache)
{
  CfaRecords *self = g_object_new (CFA_TYPE_RECORDS, NULL);

  self->cache = g_object_ref (cache);
  return self;
}

/**
 * cfa_records_set_socket:
 * @socket: (nullable): NULL while the session is not live
 */
void
cfa_records_set_socket (CfaRecords *self, CfaSocket *socket)
{
  g_set_object (&self->socket, socket);
}

/**
 * cfa_records_stop:
 * Lets go of cache and connection; the lists stay readable.
 */
void
cfa_records_stop (CfaRecords *self)
{
  g_clear_object (&self->cache);
  g_clear_object (&self->socket);
}

/**
 * cfa_records_get_list:
 * @shape: of a record of which a team has few
 *
 * Returns: (transfer none): the list, which fills itself from the cache and then follows.
 */
CfaRecordList *
cfa_records_get_list (CfaRecords *self, const CfShape *shape)
{
  CfaRecordList *list = g_hash_table_lookup (self->lists, shape);
  Load *load;

  if (list != NULL)
    return list;
  list = cfa_record_list_new (shape);
  g_hash_table_insert (self->lists, (gpointer) shape, list);
  if (self->cache == NULL)
    return list;
  load = g_new (Load, 1);
  load->self = g_object_ref (self);
  load->list = g_object_ref (list);
  cfa_cache_records_async (self->cache, shape, on_loaded, load);
  return list;
}

/**
 * cfa_records_follow:
 * @records: of CfRecord: what the cache has kept
 */
void
cfa_records_follow (CfaRecords *self, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      CfRecord *record = records->pdata[i];
      CfaRecordList *list = g_hash_table_lookup (self->lists, record->parent.shape);

      if (list != NULL)
        cfa_record_list_take (list, record);
    }
}

static void
touch_agent (CfaRecords *self, const char *agent_id)
{
  CfaRecordList *agents = g_hash_table_lookup (self->lists, &cf_agent_shape);
  CfaRecordItem *agent = agents != NULL ? cfa_record_list_find (agents, agent_id) : NULL;

  if (agent != NULL)
    cfa_record_item_touch (agent);
}

void
cfa_records_hear (CfaRecords *self, const CfSignal *signal)
{
  if (signal->kind != CF_SIGNAL_PRESENCE || signal->actor_kind != CF_AUTHOR_AGENT || signal->actor_id == NULL)
    return;
  g_hash_table_insert (self->presence, g_strdup (signal->actor_id), GINT_TO_POINTER (signal->state));
  touch_agent (self, signal->actor_id);
}

/**
 * cfa_records_silence:
 * The connection is gone: of nobody is it known whether they are there.
 */
void
cfa_records_silence (CfaRecords *self)
{
  g_autoptr (GList) known = g_hash_table_get_keys (self->presence);
  g_autoptr (GHashTable) before = g_steal_pointer (&self->presence);

  self->presence = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (GList *l = known; l != NULL; l = l->next)
    touch_agent (self, l->data);
}

/**
 * cfa_records_reset:
 * The cache was emptied.
 */
void
cfa_records_reset (CfaRecords *self)
{
  GHashTableIter iter;
  gpointer list;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    cfa_record_list_clear (list);
}

CfPresenceState
cfa_records_get_presence (CfaRecords *self, const char *agent_id)
{
  CfPresenceState state = GPOINTER_TO_INT (g_hash_table_lookup (self->presence, agent_id));

  return state != CF_PRESENCE_NONE ? state : CF_PRESENCE_OFFLINE;
}

/**
 * cfa_records_call:
 * @params: (nullable): a CfStruct
 * @result: the shape of what the method answers
 * @task: returns the answer, a CfStruct, when the cache has it
 */
void
cfa_records_call (CfaRecords *self, const char *method, gconstpointer params, const CfShape *result, GTask *task)
{
  Call *call;

  if (self->socket == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "%s",
                               _("Changes need a connection. Try again when ChatFlow is online."));
      return;
    }
  call = g_new0 (Call, 1);
  call->self = g_object_ref (self);
  call->task = g_object_ref (task);
  cfa_socket_call_async (self->socket, method, params, result, CALL_TIMEOUT_MS, on_called, call);
}
