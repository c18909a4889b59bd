/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-list-private.h"

#include "conversation-private.h"
#include "param.h"
#include "sparse-rows.h"

#include "app/cache/folder.h"

/* Changes that lie within so many rows are told as one, so that a widget sees a row that moves; told so, it asks for all of them. */
#define TOGETHER_MAX 128

/* A slice that is ahead of what the list was told of is asked for again so often before the list begins anew. */
#define AHEAD_MAX 3
#define TRIES_MAX 5

struct _CfaConversationList
{
  GObject parent_instance;
  char *folder;
  CfaOrder order;
  CfaCache *cache; /* (nullable): NULL once the session has ended */
  CfaConversations *conversations; /* borrowed: the owner; (nullable): like the cache */
  CfaSparseRows *rows;
  gboolean begun; /* the rows are those of the order `places` */
  gint64 places;
  gboolean asking; /* a slice is under way */
  gboolean again;  /* and has no answer to what is asked now */
  guint ahead;
  gboolean loading;
  gboolean has_older;
  guint unread;
};

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_UNREAD,
  PROP_HAS_OLDER,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint older_wanted;

static void list_model_init (GListModelInterface *iface);
static void ask (CfaConversationList *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (CfaConversationList, cfa_conversation_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return CFA_TYPE_CONVERSATION;
}

static guint
get_n_items (GListModel *model)
{
  return cfa_sparse_rows_get_length (CFA_CONVERSATION_LIST (model)->rows);
}

static gpointer
get_item (GListModel *model, guint position)
{
  CfaConversationList *self = CFA_CONVERSATION_LIST (model);
  CfaConversation *conversation;

  if (position >= get_n_items (model))
    return NULL;
  cfa_sparse_rows_touch (self->rows, position);
  conversation = cfa_sparse_rows_peek (self->rows, position);
  if (conversation != NULL)
    return g_object_ref (conversation);
  conversation = cfa_conversation_new ();
  cfa_sparse_rows_put (self->rows, position, conversation);
  ask (self);
  return conversation;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
set_unread (CfaConversationList *self, guint unread)
{
  if (self->unread == unread)
    return;
  self->unread = unread;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNREAD]);
}

/*
 * Puts a row where it was found. One that was promised becomes it; one that lives elsewhere already takes the promised one's place.
 * Returns: whether there is another object now than was shown.
 */
static gboolean
take_row (CfaConversationList *self, guint position, CfaConversationRow *row)
{
  CfaConversation *there = cfa_sparse_rows_peek (self->rows, position);
  gboolean promised = there != NULL && cfa_conversation_get_loading (there);
  gboolean shown = there != NULL;
  g_autoptr (CfaConversation) conversation = cfa_conversations_take (self->conversations, row, promised ? there : NULL);

  if (conversation == there)
    return FALSE;
  cfa_sparse_rows_put (self->rows, position, conversation);
  return shown;
}

/* Tells of those that were replaced. */
static void
take_rows (CfaConversationList *self, CfaInboxSlice *slice)
{
  guint first = G_MAXUINT, last = 0;

  for (guint i = 0; i < slice->rows->len; i++)
    {
      guint position = slice->offset + i;

      if (!cfa_sparse_rows_is_known (self->rows, position)
          || !take_row (self, position, g_steal_pointer (&slice->rows->pdata[i])))
        continue;
      first = MIN (first, position);
      last = position;
    }
  if (first <= last)
    g_list_model_items_changed (G_LIST_MODEL (self), first, last - first + 1, last - first + 1);
}

/* The slice is of an order that the list does not follow: all that it shows is replaced. */
static void
begin_with (CfaConversationList *self, CfaInboxSlice *slice)
{
  guint before = cfa_sparse_rows_get_length (self->rows);

  cfa_sparse_rows_reset (self->rows, slice->count.n);
  for (guint i = 0; i < slice->rows->len; i++)
    cfa_sparse_rows_touch (self->rows, slice->offset + i);
  take_rows (self, slice);
  self->places = slice->places;
  self->begun = TRUE;
  if (before > 0 || slice->count.n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, slice->count.n);
  set_unread (self, slice->count.unread);
  cfa_conversation_list_set_loading (self, FALSE);
}

static void
on_slice (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaConversationList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaInboxSlice) slice = cfa_cache_slice_finish (result, &error);

  self->asking = FALSE;
  if (self->cache == NULL)
    return;
  if (slice == NULL)
    {
      g_warning ("conversations cannot be read from the cache: %s", error->message);
      cfa_conversation_list_set_loading (self, FALSE);
      return;
    }
  if (self->again)
    {
      self->again = FALSE;
      ask (self);
      return;
    }
  g_debug ("%s: read %u rows from %u on, keeping %u of %u", self->folder, slice->rows->len, slice->offset,
           cfa_sparse_rows_count (self->rows), slice->count.n);
  self->ahead = self->begun && slice->places > self->places ? self->ahead + 1 : 0;
  if (!self->begun || self->ahead > AHEAD_MAX)
    begin_with (self, slice);
  else if (slice->places == self->places)
    take_rows (self, slice);
  ask (self);
}

/* One slice at a time; what was asked for last comes first, so that a quick scroll does not wait for all that it has passed. */
static void
ask (CfaConversationList *self)
{
  guint offset = 0, length = CFA_SPARSE_PAGE;

  if (self->asking || self->cache == NULL || (self->begun && !cfa_sparse_rows_wanted (self->rows, &offset, &length)))
    return;
  self->asking = TRUE;
  cfa_cache_slice_async (self->cache, self->folder, self->order, offset, length, on_slice, g_object_ref (self));
}

/* The row for a position that was just put in: the one that was taken out, or the object that lives, or what the cache has read. */
static void
settle (CfaConversationList *self, guint position, const char *id, CfaConversation *taken, GHashTable *rows)
{
  CfaConversation *alive = cfa_conversations_get (self->conversations, id);
  gpointer key, row;

  if (alive == NULL && taken != NULL)
    cfa_sparse_rows_put (self->rows, position, taken);
  if (alive != NULL)
    cfa_sparse_rows_put (self->rows, position, alive);
  else if (g_hash_table_steal_extended (rows, id, &key, &row))
    take_row (self, position, row);
}

/* A row that leaves and a row that comes; only a widget that is told of each, or of both at once, keeps its place. */
static void
move (CfaConversationList *self, const CfaMove *change, GHashTable *rows, gboolean tell)
{
  g_autoptr (CfaConversation) taken = NULL;

  if (change->from >= 0)
    taken = cfa_sparse_rows_remove (self->rows, change->from);
  if (change->from >= 0 && tell)
    g_list_model_items_changed (G_LIST_MODEL (self), change->from, 1, 0);
  if (change->to >= 0 && cfa_sparse_rows_insert (self->rows, change->to))
    settle (self, change->to, change->id, taken, rows);
  if (change->to >= 0 && tell)
    g_list_model_items_changed (G_LIST_MODEL (self), change->to, 0, 1);
}

static gboolean
is_mine (CfaConversationList *self, const CfaMove *change)
{
  return change->order == self->order && g_str_equal (change->folder, self->folder);
}

/* How many rows lie before and behind everything that @moves change. */
static void
bounds (CfaConversationList *self, const GArray *moves, guint *head, guint *tail)
{
  guint length = get_n_items (G_LIST_MODEL (self));

  *head = *tail = length;
  for (guint i = 0; i < moves->len; i++)
    {
      const CfaMove *change = &g_array_index (moves, CfaMove, i);

      if (!is_mine (self, change))
        continue;
      if (change->from >= 0)
        {
          length--;
          *head = MIN (*head, (guint) change->from);
          *tail = MIN (*tail, length - (guint) change->from);
        }
      if (change->to >= 0)
        {
          *head = MIN (*head, (guint) change->to);
          *tail = MIN (*tail, length - (guint) change->to);
          length++;
        }
    }
}

static void
move_all (CfaConversationList *self, const GArray *moves, GHashTable *rows)
{
  guint before = get_n_items (G_LIST_MODEL (self)), after, head, tail;
  gboolean together;

  bounds (self, moves, &head, &tail);
  together = before <= head + tail + TOGETHER_MAX;
  for (guint i = 0; i < moves->len; i++)
    {
      const CfaMove *change = &g_array_index (moves, CfaMove, i);

      if (is_mine (self, change))
        move (self, change, rows, !together);
    }
  after = get_n_items (G_LIST_MODEL (self));
  if (together && (before > head + tail || after > head + tail))
    g_list_model_items_changed (G_LIST_MODEL (self), head, before - head - tail, after - head - tail);
}

/* A conversation that somebody looks for. */
typedef struct
{
  CfaConversation *conversation;
  guint tries;
} Quest;

static void locate (GTask *task);

static void
quest_free (Quest *quest)
{
  g_object_unref (quest->conversation);
  g_free (quest);
}

static void
on_spot (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaConversationList *self = g_task_get_source_object (task);
  Quest *quest = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 places;
  int position = cfa_cache_spot_finish (result, &places, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (places != self->places && quest->tries < TRIES_MAX)
    locate (g_steal_pointer (&task)); /* the order has changed meanwhile */
  else if (places != self->places)
    g_task_return_int (task, -1);
  else
    g_task_return_int (task, position);
}

/* @task: (transfer full): */
static void
locate (GTask *task)
{
  CfaConversationList *self = g_task_get_source_object (task);
  Quest *quest = g_task_get_task_data (task);
  const char *id = cfa_conversation_get_id (quest->conversation);

  quest->tries++;
  if (self->cache != NULL && id != NULL)
    {
      cfa_cache_spot_async (self->cache, self->folder, self->order, id, on_spot, task);
      return;
    }
  g_task_return_int (task, -1);
  g_object_unref (task);
}

static void
cfa_conversation_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CfaConversationList *self = CFA_CONVERSATION_LIST (object);

  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_UNREAD:
      g_value_set_uint (value, self->unread);
      break;
    case PROP_HAS_OLDER:
      g_value_set_boolean (value, self->has_older);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cfa_conversation_list_finalize (GObject *object)
{
  CfaConversationList *self = CFA_CONVERSATION_LIST (object);

  cfa_conversation_list_stop (self);
  cfa_sparse_rows_free (self->rows);
  g_free (self->folder);
  G_OBJECT_CLASS (cfa_conversation_list_parent_class)->finalize (object);
}

static void
cfa_conversation_list_class_init (CfaConversationListClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = cfa_conversation_list_get_property;
  G_OBJECT_CLASS (klass)->finalize = cfa_conversation_list_finalize;
  props[PROP_LOADING] = cfa_param_boolean ("loading", TRUE);
  props[PROP_UNREAD] = cfa_param_uint ("unread");
  props[PROP_HAS_OLDER] = cfa_param_boolean ("has-older", FALSE);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  older_wanted = g_signal_new ("older-wanted", CFA_TYPE_CONVERSATION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_conversation_list_init (CfaConversationList *self)
{
  self->rows = cfa_sparse_rows_new ();
  self->loading = TRUE;
}

/**
 * cfa_conversation_list_new:
 * @conversations: whose objects it shows; outlives it
 */
CfaConversationList *
cfa_conversation_list_new (const char *folder, CfaCache *cache, CfaConversations *conversations)
{
  CfaConversationList *self = g_object_new (CFA_TYPE_CONVERSATION_LIST, NULL);

  self->folder = g_strdup (folder);
  self->cache = g_object_ref (cache);
  self->conversations = conversations;
  self->has_older = g_str_equal (folder, cfa_folder_of_inbox (CFA_INBOX_CLOSED));
  cfa_cache_watch (cache, folder, self->order);
  return self;
}

/**
 * cfa_conversation_list_begin:
 * Reads how long the inbox is and its first page; what is shown stays until then.
 */
void
cfa_conversation_list_begin (CfaConversationList *self)
{
  self->begun = FALSE;
  self->again = self->asking;
  ask (self);
}

/**
 * cfa_conversation_list_clear:
 * The cache was emptied: shows nothing until it has read anew.
 */
void
cfa_conversation_list_clear (CfaConversationList *self)
{
  guint before = cfa_sparse_rows_get_length (self->rows);

  cfa_sparse_rows_reset (self->rows, 0);
  if (before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
  set_unread (self, 0);
  cfa_conversation_list_begin (self);
}

/**
 * cfa_conversation_list_follow:
 * @delta: what has changed in the cache
 * @rows: id -> CfaConversationRow: the touched ones that are no objects yet; taken out when they become some
 *
 * Changes what lies between the first and the last row that differs.
 */
void
cfa_conversation_list_follow (CfaConversationList *self, const CfaDelta *delta, GHashTable *rows)
{
  const CfaCount *count;

  if (!self->begun)
    return;
  if (delta->moves->len > 0 && delta->places > self->places + 1)
    {
      cfa_conversation_list_begin (self); /* it was not told of what came before */
      return;
    }
  if (delta->moves->len > 0 && delta->places == self->places + 1)
    {
      self->places = delta->places;
      move_all (self, delta->moves, rows);
      ask (self);
    }
  count = g_hash_table_lookup (delta->counts, self->folder);
  if (count != NULL)
    set_unread (self, count->unread);
}

/**
 * cfa_conversation_list_stop:
 * Lets go of the cache; what is here stays.
 */
void
cfa_conversation_list_stop (CfaConversationList *self)
{
  if (self->cache != NULL)
    cfa_cache_unwatch (self->cache, self->folder, self->order);
  g_clear_object (&self->cache);
  self->conversations = NULL;
  self->begun = FALSE;
}

/**
 * cfa_conversation_list_count_kept:
 * Returns: how many of its rows are objects.
 */
guint
cfa_conversation_list_count_kept (CfaConversationList *self)
{
  return cfa_sparse_rows_count (self->rows);
}

void
cfa_conversation_list_set_loading (CfaConversationList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

void
cfa_conversation_list_set_has_older (CfaConversationList *self, gboolean has_older)
{
  if (self->has_older == has_older)
    return;
  self->has_older = has_older;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HAS_OLDER]);
}

/**
 * cfa_conversation_list_get_folder:
 * Returns: (transfer none): the key of its folder.
 */
const char *
cfa_conversation_list_get_folder (CfaConversationList *self)
{
  return self->folder;
}

CfaOrder
cfa_conversation_list_get_order (CfaConversationList *self)
{
  return self->order;
}

/**
 * cfa_conversation_list_set_order:
 * Begins anew in another order; what is shown stays until it has been read.
 */
void
cfa_conversation_list_set_order (CfaConversationList *self, CfaOrder order)
{
  if (self->order == order || self->cache == NULL)
    return;
  cfa_cache_unwatch (self->cache, self->folder, self->order);
  self->order = order;
  cfa_cache_watch (self->cache, self->folder, order);
  cfa_conversation_list_begin (self);
}

/**
 * cfa_conversation_list_get_loading:
 * Returns: TRUE until the cache has answered.
 */
gboolean
cfa_conversation_list_get_loading (CfaConversationList *self)
{
  return self->loading;
}

/**
 * cfa_conversation_list_get_unread:
 * Returns: how many of its open conversations have unread messages.
 */
guint
cfa_conversation_list_get_unread (CfaConversationList *self)
{
  return self->unread;
}

/**
 * cfa_conversation_list_get_has_older:
 * Returns: whether the server may have more than is here; only ever of CFA_INBOX_CLOSED.
 */
gboolean
cfa_conversation_list_get_has_older (CfaConversationList *self)
{
  return self->has_older;
}

/**
 * cfa_conversation_list_load_older:
 * Asks for the next page; what arrives takes its place like any change.
 */
void
cfa_conversation_list_load_older (CfaConversationList *self)
{
  if (self->has_older && !self->loading)
    g_signal_emit (self, older_wanted, 0);
}

/**
 * cfa_conversation_list_find:
 * Returns: the position, when it lies in a part that is loaded; else CFA_NOWHERE.
 */
guint
cfa_conversation_list_find (CfaConversationList *self, CfaConversation *conversation)
{
  guint position;

  return cfa_sparse_rows_find (self->rows, conversation, &position) ? position : CFA_NOWHERE;
}

/**
 * cfa_conversation_list_locate_async:
 * Finds the position of any conversation, also in a part that is not loaded.
 */
void
cfa_conversation_list_locate_async (CfaConversationList *self, CfaConversation *conversation, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Quest *quest = g_new0 (Quest, 1);

  quest->conversation = g_object_ref (conversation);
  g_task_set_task_data (task, quest, (GDestroyNotify) quest_free);
  locate (g_steal_pointer (&task));
}

/**
 * cfa_conversation_list_locate_finish:
 * Returns: the position now; CFA_NOWHERE when it is not in this inbox, or with @error.
 */
guint
cfa_conversation_list_locate_finish (CfaConversationList *self, GAsyncResult *result, GError **error)
{
  gssize position = g_task_propagate_int (G_TASK (result), error);

  return position < 0 ? CFA_NOWHERE : (guint) position;
}
