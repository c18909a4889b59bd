/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel-list.h"

/* docs/protocol.md, "Signals": who was not heard for so long has stopped. */
#define TYPING_SECONDS 6

struct _CfaChannelList
{
  GObject parent_instance;
  char *agent_id;
  CfaDirectory *directory;
  CfaRecordList *records;
  GHashTable *promised; /* id -> CfChannel that the server has not yet */
  GHashTable *known;    /* id -> CfaChannel */
  GHashTable *timers;   /* id -> GUINT_TO_POINTER of the source that ends the typing */
  GPtrArray *items;     /* of CfaChannel, in order */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CfaChannelList, cfa_channel_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* Whose typing a timer will end. */
typedef struct
{
  CfaChannelList *list;
  char *id;
} Typing;

static GType
get_item_type (GListModel *model)
{
  return CFA_TYPE_CHANNEL;
}

static guint
get_n_items (GListModel *model)
{
  return CFA_CHANNEL_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *items = CFA_CHANNEL_LIST (model)->items;

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gint64
last_moved (CfaChannel *channel)
{
  const CfChannel *record = cfa_channel_get_record (channel);

  return MAX (record->last_message_at, record->created_at);
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  CfaChannel *left = *(CfaChannel *const *) a, *right = *(CfaChannel *const *) b;
  gint64 left_time = last_moved (left), right_time = last_moved (right);

  if (left_time != right_time)
    return left_time > right_time ? -1 : 1;
  return g_strcmp0 (cfa_channel_get_id (left), cfa_channel_get_id (right));
}

static void
show (CfaChannelList *self, GPtrArray *into, CfChannel *record)
{
  CfaChannel *channel = g_hash_table_lookup (self->known, record->parent.id);

  if (channel == NULL)
    {
      channel = cfa_channel_new (self->agent_id, self->directory, record);
      g_hash_table_insert (self->known, g_strdup (record->parent.id), channel);
    }
  else if (cfa_channel_get_record (channel) != record)
    cfa_channel_set_record (channel, record);
  g_ptr_array_add (into, g_object_ref (channel));
}

/* They are few: the whole order is made anew, and told when it is another. */
static void
rebuild (CfaChannelList *self)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->items);
  gboolean same;
  GHashTableIter iter;
  gpointer promised;

  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->records)); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (G_LIST_MODEL (self->records), i);
      CfChannel *record = (CfChannel *) cfa_record_item_get (item);

      g_hash_table_remove (self->promised, record->parent.id);
      show (self, self->items, record);
    }
  g_hash_table_iter_init (&iter, self->promised);
  while (g_hash_table_iter_next (&iter, NULL, &promised))
    show (self, self->items, promised);
  g_ptr_array_sort (self->items, newest_first);
  same = before->len == self->items->len;
  for (guint i = 0; same && i < before->len; i++)
    same = before->pdata[i] == self->items->pdata[i];
  for (guint i = 0; i < before->len; i++)
    if (!g_ptr_array_find (self->items, before->pdata[i], NULL))
      g_hash_table_remove (self->known, cfa_channel_get_id (before->pdata[i]));
  if (!same)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before->len, self->items->len);
}

static void
watch_items (CfaChannelList *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (G_LIST_MODEL (self->records), i);

      g_signal_handlers_disconnect_by_func (item, rebuild, self);
      g_signal_connect_object (item, "changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
    }
  rebuild (self);
}

static void
touch_all (CfaChannelList *self)
{
  for (guint i = 0; i < self->items->len; i++)
    cfa_channel_touch (self->items->pdata[i]);
}

static void
stop_timer (gpointer source)
{
  g_source_remove (GPOINTER_TO_UINT (source));
}

static void
typing_free (gpointer data)
{
  Typing *typing = data;

  g_free (typing->id);
  g_free (typing);
}

static gboolean
on_typing_over (gpointer data)
{
  Typing *typing = data;
  CfaChannel *channel = cfa_channel_list_find (typing->list, typing->id);

  g_hash_table_steal (typing->list->timers, typing->id);
  if (channel != NULL)
    cfa_channel_set_typing (channel, NULL);
  return G_SOURCE_REMOVE;
}

static void
cfa_channel_list_finalize (GObject *object)
{
  CfaChannelList *self = CFA_CHANNEL_LIST (object);

  g_hash_table_unref (self->timers);
  g_hash_table_unref (self->promised);
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->items);
  g_object_unref (self->directory);
  g_object_unref (self->records);
  g_free (self->agent_id);
  G_OBJECT_CLASS (cfa_channel_list_parent_class)->finalize (object);
}

static void
cfa_channel_list_class_init (CfaChannelListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_channel_list_finalize;
}

static void
cfa_channel_list_init (CfaChannelList *self)
{
  self->promised = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cf_struct_unref);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->timers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stop_timer);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * cfa_channel_list_new:
 * @agent_id: who is signed in
 * @records: the channels that the cache has
 */
CfaChannelList *
cfa_channel_list_new (const char *agent_id, CfaDirectory *directory, CfaRecordList *records)
{
  CfaChannelList *self = g_object_new (CFA_TYPE_CHANNEL_LIST, NULL);

  self->agent_id = g_strdup (agent_id);
  self->directory = g_object_ref (directory);
  self->records = g_object_ref (records);
  g_signal_connect_object (records, "items-changed", G_CALLBACK (watch_items), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (directory, "changed", G_CALLBACK (touch_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (directory, "presence-changed", G_CALLBACK (touch_all), self, G_CONNECT_SWAPPED);
  watch_items (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (records)));
  return self;
}

/**
 * cfa_channel_list_find:
 * Returns: (transfer none) (nullable): the channel, while the agent is in it.
 */
CfaChannel *
cfa_channel_list_find (CfaChannelList *self, const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->known, id) : NULL;
}

/**
 * cfa_channel_list_promise:
 * @record: a channel that is being made; it is shown until the server has it, or has refused it
 */
void
cfa_channel_list_promise (CfaChannelList *self, CfChannel *record)
{
  if (cfa_channel_list_find (self, record->parent.id) != NULL)
    return;
  g_hash_table_insert (self->promised, g_strdup (record->parent.id), cf_struct_ref (record));
  rebuild (self);
}

/**
 * cfa_channel_list_withdraw:
 * Nothing waits to be told of that channel any more: if the server has not made it, there is none.
 */
void
cfa_channel_list_withdraw (CfaChannelList *self, const char *id)
{
  if (g_hash_table_remove (self->promised, id))
    rebuild (self);
}

/**
 * cfa_channel_list_count:
 * @unread: channel id -> GUINT_TO_POINTER of how many messages; those that are missing have none
 */
void
cfa_channel_list_count (CfaChannelList *self, GHashTable *unread)
{
  for (guint i = 0; i < self->items->len; i++)
    cfa_channel_set_unread (self->items->pdata[i],
                            GPOINTER_TO_UINT (g_hash_table_lookup (unread, cfa_channel_get_id (self->items->pdata[i]))));
}

void
cfa_channel_list_hear (CfaChannelList *self, const CfSignal *signal)
{
  CfaChannel *channel = signal->kind == CF_SIGNAL_TYPING ? cfa_channel_list_find (self, signal->conversation_id) : NULL;
  Typing *typing;

  if (channel == NULL || g_strcmp0 (signal->actor_id, self->agent_id) == 0)
    return;
  g_hash_table_remove (self->timers, signal->conversation_id);
  cfa_channel_set_typing (channel, signal->active ? signal->actor_name : NULL);
  if (!signal->active)
    return;
  typing = g_new0 (Typing, 1);
  typing->list = self;
  typing->id = g_strdup (signal->conversation_id);
  g_hash_table_insert (self->timers, g_strdup (typing->id),
                       GUINT_TO_POINTER (g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, TYPING_SECONDS, on_typing_over, typing, typing_free)));
}

/**
 * cfa_channel_list_silence:
 * The connection is gone: nobody is known to type.
 */
void
cfa_channel_list_silence (CfaChannelList *self)
{
  g_hash_table_remove_all (self->timers);
  for (guint i = 0; i < self->items->len; i++)
    cfa_channel_set_typing (self->items->pdata[i], NULL);
}
