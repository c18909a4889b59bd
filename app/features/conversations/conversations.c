/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversations.h"

#include "conversation-list-private.h"
#include "conversation-private.h"

#include "app/cache/folder.h"

#include "protocol/records/saved-view.h"
#include "protocol/records/site.h"

struct _CfaConversations
{
  GObject parent_instance;
  char *agent_id;
  char *agent_name;
  GHashTable *by_id;      /* id -> Entry */
  GHashTable *by_visitor; /* visitor id -> GPtrArray of CfaConversation (not owned) */
  GHashTable *writes;     /* conversation id -> GPtrArray of CfaOutboxRow */
  GHashTable *online;     /* set of visitor ids */
  GHashTable *viewing;    /* conversation id -> GHashTable: agent id -> name: colleagues who look at it */
  GHashTable *counts;     /* folder -> CfaCount */
  GHashTable *lists;      /* folder -> CfaConversationList */
  CfaCache *cache;        /* (nullable): NULL once the session has ended */
  CfaDirectory *directory;
};

/* A conversation that is alive. */
typedef struct
{
  CfaConversations *owner;
  CfaConversation *conversation; /* not owned */
  char *id;
  char *visitor_id;
} Entry;

static guint counted_signal;

G_DEFINE_FINAL_TYPE (CfaConversations, cfa_conversations, G_TYPE_OBJECT)

static void
entry_free (Entry *entry)
{
  g_free (entry->id);
  g_free (entry->visitor_id);
  g_free (entry);
}

static GPtrArray *
of_visitor (CfaConversations *self, const char *visitor_id)
{
  return visitor_id != NULL ? g_hash_table_lookup (self->by_visitor, visitor_id) : NULL;
}

static void
leave_visitor (Entry *entry)
{
  GPtrArray *theirs = of_visitor (entry->owner, entry->visitor_id);

  if (theirs == NULL)
    return;
  g_ptr_array_remove (theirs, entry->conversation);
  if (theirs->len == 0)
    g_hash_table_remove (entry->owner->by_visitor, entry->visitor_id);
}

/* Nobody holds it any more. */
static void
on_gone (gpointer data, GObject *conversation)
{
  Entry *entry = data;

  leave_visitor (entry);
  g_hash_table_remove (entry->owner->by_id, entry->id);
}

static void
forget (Entry *entry)
{
  g_object_weak_unref (G_OBJECT (entry->conversation), on_gone, entry);
  on_gone (entry, NULL);
}

static void
show_viewers (CfaConversations *self, const char *id)
{
  CfaConversation *conversation = cfa_conversations_get (self, id);
  GHashTable *who = g_hash_table_lookup (self->viewing, id);
  g_autoptr (GPtrArray) names = g_ptr_array_new (), ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer agent_id, name;

  if (conversation == NULL)
    return;
  if (who != NULL)
    g_hash_table_iter_init (&iter, who);
  while (who != NULL && g_hash_table_iter_next (&iter, &agent_id, &name))
    {
      g_ptr_array_add (names, name);
      g_ptr_array_add (ids, agent_id);
    }
  g_ptr_array_add (names, NULL);
  g_ptr_array_add (ids, NULL);
  cfa_conversation_set_viewers (conversation, (const char *const *) names->pdata, (const char *const *) ids->pdata);
}

static void
hear_viewing (CfaConversations *self, const CfSignal *signal)
{
  const char *id = signal->conversation_id;
  GHashTable *who = id != NULL ? g_hash_table_lookup (self->viewing, id) : NULL;

  if (id == NULL || signal->actor_id == NULL || g_str_equal (signal->actor_id, self->agent_id))
    return;
  if (who == NULL && signal->active)
    {
      who = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (self->viewing, g_strdup (id), who);
    }
  if (signal->active)
    g_hash_table_insert (who, g_strdup (signal->actor_id), g_strdup (signal->actor_name != NULL ? signal->actor_name : ""));
  else if (who != NULL)
    g_hash_table_remove (who, signal->actor_id);
  show_viewers (self, id);
  if (who != NULL && g_hash_table_size (who) == 0)
    g_hash_table_remove (self->viewing, id);
}

static void
enter (CfaConversations *self, CfaConversation *conversation)
{
  const char *visitor_id = cfa_conversation_get_record (conversation)->visitor_id;
  Entry *entry = g_new0 (Entry, 1);
  GPtrArray *theirs;

  entry->owner = self;
  entry->conversation = conversation;
  entry->id = g_strdup (cfa_conversation_get_id (conversation));
  entry->visitor_id = g_strdup (visitor_id != NULL ? visitor_id : "");
  g_hash_table_insert (self->by_id, entry->id, entry);
  g_object_weak_ref (G_OBJECT (conversation), on_gone, entry);
  theirs = of_visitor (self, entry->visitor_id);
  if (theirs == NULL)
    {
      theirs = g_ptr_array_new ();
      g_hash_table_insert (self->by_visitor, g_strdup (entry->visitor_id), theirs);
    }
  g_ptr_array_add (theirs, conversation);
  cfa_conversation_set_online (conversation, g_hash_table_contains (self->online, entry->visitor_id));
  if (g_hash_table_contains (self->viewing, entry->id))
    show_viewers (self, entry->id);
}

/* A site that was renamed touches more conversations than the cache would tell of: those that are alive are looked through. */
static void
follow_site (CfaConversations *self, const CfSite *site)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    if (g_strcmp0 (cfa_conversation_get_record (((Entry *) entry)->conversation)->site_id, site->parent.id) == 0)
      cfa_conversation_set_site_name (((Entry *) entry)->conversation, site->parent.deleted ? NULL : site->name);
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
  g_autoptr (GList) entries = NULL;

  cfa_conversations_stop (self);
  g_hash_table_unref (self->lists);
  entries = g_hash_table_get_values (self->by_id);
  for (GList *l = entries; l != NULL; l = l->next)
    forget (l->data);
  g_hash_table_unref (self->by_visitor);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->writes);
  g_hash_table_unref (self->online);
  g_hash_table_unref (self->viewing);
  g_hash_table_unref (self->counts);
  g_object_unref (self->directory);
  g_free (self->agent_id);
  g_free (self->agent_name);
  G_OBJECT_CLASS (cfa_conversations_parent_class)->finalize (object);
}

static void
cfa_conversations_class_init (CfaConversationsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_conversations_finalize;
  counted_signal = g_signal_new ("counted", CFA_TYPE_CONVERSATIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_conversations_init (CfaConversations *self)
{
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) entry_free);
  self->by_visitor = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->writes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->online = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->viewing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->counts = cfa_counts_new ();
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->directory = cfa_directory_new ();
}

static CfaConversationList *
add_list (CfaConversations *self, const char *folder)
{
  CfaConversationList *list = cfa_conversation_list_new (folder, self->cache, self);

  g_hash_table_insert (self->lists, g_strdup (folder), list);
  return list;
}

static void
on_closed_older (CfaConversationList *list, GParamSpec *pspec, CfaConversationList *closed)
{
  cfa_conversation_list_set_has_older (list, cfa_conversation_list_get_has_older (closed));
}

/* What a view shows of closed conversations reaches back as far as Closed does, and further when that does. */
static void
reach_back (CfaConversations *self, CfaConversationList *list)
{
  CfaConversationList *closed = cfa_conversations_get_inbox (self, CFA_INBOX_CLOSED);

  on_closed_older (list, NULL, closed);
  g_signal_connect_object (closed, "notify::has-older", G_CALLBACK (on_closed_older), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "older-wanted", G_CALLBACK (cfa_conversation_list_load_older), closed, G_CONNECT_SWAPPED);
}

static gboolean
shows_closed (CfaConversations *self, const char *folder)
{
  const CfSavedView *view = (const CfSavedView *) cfa_directory_get (self->directory, &cf_saved_view_shape, cfa_folder_get_view (folder));

  return view != NULL && (view->status == CF_VIEW_STATUS_ANY || view->status == CF_VIEW_STATUS_CLOSED);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaConversations) self = data;
  g_autoptr (GError) error = NULL;
  GHashTable *counts = cfa_cache_counts_finish (result, &error);

  if (counts == NULL)
    {
      g_warning ("the folders cannot be counted: %s", error->message);
      return;
    }
  g_hash_table_unref (self->counts);
  self->counts = counts;
  g_signal_emit (self, counted_signal, 0);
}

/* The cache answers in the order of the calls, so what a change tells is never older than what is here. */
static void
follow_counts (CfaConversations *self, GHashTable *counts)
{
  GHashTableIter iter;
  gpointer folder, count;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &folder, &count))
    g_hash_table_insert (self->counts, g_strdup (folder), g_memdup2 (count, sizeof (CfaCount)));
  if (g_hash_table_size (counts) > 0)
    g_signal_emit (self, counted_signal, 0);
}

/**
 * cfa_conversations_new:
 * @cache: what the inboxes read from, once cfa_conversations_begin() was called
 */
CfaConversations *
cfa_conversations_new (const char *agent_id, const char *agent_name, CfaCache *cache)
{
  CfaConversations *self = g_object_new (CFA_TYPE_CONVERSATIONS, NULL);

  self->agent_id = g_strdup (agent_id);
  self->agent_name = g_strdup (agent_name);
  self->cache = g_object_ref (cache);
  for (guint i = 0; i < CFA_N_INBOXES; i++)
    add_list (self, cfa_folder_of_inbox (i));
  return self;
}

/**
 * cfa_conversations_get:
 * Returns: (transfer none) (nullable): the conversation with that id, if somebody holds it.
 */
CfaConversation *
cfa_conversations_get (CfaConversations *self, const char *id)
{
  Entry *entry = g_hash_table_lookup (self->by_id, id);

  return entry != NULL ? entry->conversation : NULL;
}

/**
 * cfa_conversations_take:
 * @row: (transfer full): how the cache has it now
 * @promised: (nullable): one that is loading and becomes the conversation, if none of that id is alive
 *
 * Returns: (transfer full): the one object of that id, made or brought up to date.
 */
CfaConversation *
cfa_conversations_take (CfaConversations *self, CfaConversationRow *row, CfaConversation *promised)
{
  GPtrArray *writes = g_hash_table_lookup (self->writes, row->record->parent.id);
  CfaConversation *conversation = cfa_conversations_get (self, row->record->parent.id);

  if (conversation != NULL)
    {
      g_object_ref (conversation);
      cfa_conversation_update (conversation, row, writes);
      return conversation;
    }
  conversation = promised != NULL ? g_object_ref (promised) : cfa_conversation_new ();
  cfa_conversation_arrive (conversation, row, self->agent_id, self->agent_name, self->directory);
  if (writes != NULL)
    cfa_conversation_update (conversation, NULL, writes);
  enter (self, conversation);
  return conversation;
}

CfaConversationList *
cfa_conversations_get_inbox (CfaConversations *self, CfaInbox inbox)
{
  return g_hash_table_lookup (self->lists, cfa_folder_of_inbox (inbox));
}

/**
 * cfa_conversations_get_folder:
 * Returns: (transfer none) (nullable): the list of any folder; it is made when first asked for. NULL once the session has ended.
 */
CfaConversationList *
cfa_conversations_get_folder (CfaConversations *self, const char *folder)
{
  CfaConversationList *list = g_hash_table_lookup (self->lists, folder);

  if (list != NULL || self->cache == NULL)
    return list;
  list = add_list (self, folder);
  if (shows_closed (self, folder))
    reach_back (self, list);
  cfa_conversation_list_begin (list);
  return list;
}

/**
 * cfa_conversations_get_count:
 * Returns: how much there is in a folder.
 */
CfaCount
cfa_conversations_get_count (CfaConversations *self, const char *folder)
{
  const CfaCount *count = g_hash_table_lookup (self->counts, folder);

  return count != NULL ? *count : (CfaCount) { 0, 0 };
}

/**
 * cfa_conversations_get_directory:
 * Returns: (transfer none): who and what is called how.
 */
CfaDirectory *
cfa_conversations_get_directory (CfaConversations *self)
{
  return self->directory;
}

/**
 * cfa_conversations_begin:
 * Reads the inboxes from the cache.
 */
void
cfa_conversations_begin (CfaConversations *self)
{
  GHashTableIter iter;
  gpointer list;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    cfa_conversation_list_begin (list);
  cfa_cache_counts_async (self->cache, on_counted, g_object_ref (self));
}

/**
 * cfa_conversations_clear:
 * Begins anew: the cache was emptied. Of those that somebody still holds, the ones that come back are the same objects.
 */
void
cfa_conversations_clear (CfaConversations *self)
{
  GHashTableIter iter;
  gpointer list;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    cfa_conversation_list_clear (list);
  g_hash_table_remove_all (self->counts);
  cfa_directory_clear (self->directory);
  g_signal_emit (self, counted_signal, 0);
}

/**
 * cfa_conversations_stop:
 * Lets go of the cache; what is here stays.
 */
void
cfa_conversations_stop (CfaConversations *self)
{
  GHashTableIter iter;
  gpointer list;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    cfa_conversation_list_stop (list);
  g_clear_object (&self->cache);
}

/**
 * cfa_conversations_follow:
 * @delta: what has changed in the cache; its rows are taken
 *
 * However many they are, each inbox changes once for those that lie close together.
 */
void
cfa_conversations_follow (CfaConversations *self, CfaDelta *delta)
{
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) cfa_conversation_row_free);
  g_autoptr (GPtrArray) alive = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer list;

  cfa_directory_follow (self->directory, delta->records);
  for (guint i = 0; i < delta->records->len; i++)
    if (((CfRecord *) delta->records->pdata[i])->parent.shape == &cf_site_shape)
      follow_site (self, delta->records->pdata[i]);
  for (guint i = 0; i < delta->conversations->len; i++)
    {
      CfaConversationRow *row = g_steal_pointer (&delta->conversations->pdata[i]);

      if (cfa_conversations_get (self, row->record->parent.id) != NULL)
        g_ptr_array_add (alive, cfa_conversations_take (self, row, NULL));
      else
        g_hash_table_insert (rows, row->record->parent.id, row);
    }
  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    cfa_conversation_list_follow (list, delta, rows);
  follow_counts (self, delta->counts);
  for (guint i = 0; i < delta->removed->len; i++)
    {
      Entry *entry = g_hash_table_lookup (self->by_id, delta->removed->pdata[i]);

      if (entry != NULL)
        forget (entry);
    }
}

/**
 * cfa_conversations_set_writes:
 * @writes: (nullable): CfaOutboxRow of that conversation in order: what was done here and not yet answered
 * @now: FALSE when cfa_conversations_follow() follows with what has changed by the same act, so that both are shown at once
 */
void
cfa_conversations_set_writes (CfaConversations *self, const char *id, GPtrArray *writes, gboolean now)
{
  CfaConversation *conversation = now ? cfa_conversations_get (self, id) : NULL;

  if (writes != NULL && writes->len > 0)
    g_hash_table_insert (self->writes, g_strdup (id), g_ptr_array_ref (writes));
  else
    g_hash_table_remove (self->writes, id);
  if (conversation != NULL)
    cfa_conversation_update (conversation, NULL, writes);
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
  else if (signal->kind == CF_SIGNAL_VIEWING)
    hear_viewing (self, signal);
  else if (signal->kind == CF_SIGNAL_PRESENCE && signal->actor_kind == CF_AUTHOR_AGENT && signal->actor_id != NULL)
    cfa_directory_set_presence (self->directory, signal->actor_id, signal->state);
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
  g_autoptr (GList) entries = g_hash_table_get_values (self->by_id);

  g_hash_table_remove_all (self->online);
  g_hash_table_remove_all (self->viewing);
  cfa_directory_forget_presence (self->directory);
  for (GList *l = entries; l != NULL; l = l->next)
    {
      CfaConversation *conversation = ((Entry *) l->data)->conversation;

      cfa_conversation_set_online (conversation, FALSE);
      cfa_conversation_set_peek (conversation, NULL);
      cfa_conversation_set_typing_name (conversation, NULL);
      cfa_conversation_set_viewers (conversation, NULL, NULL);
    }
}
