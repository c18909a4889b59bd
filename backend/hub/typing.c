/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "typing.h"

#include "room.h"

#define FLUSH_MS 100
#define OWNERS_MAX 4096
#define PENDING_MAX 1024

typedef struct
{
  CfdTyping *typing;
  char *conversation_id;
  CfConversation *conversation; /* what was found */
} Lookup;

struct _CfdTyping
{
  CfdRoom *room;
  CfdDb *db;
  GHashTable *owners;  /* conversation id -> visitor id, "" = no such conversation here */
  GHashTable *pending; /* "conversation actor" -> CfSignal */
  GHashTable *lookups; /* conversation ids that are being read */
  GHashTable *peeks;   /* site id -> whether what visitors type is kept from the staff, of sites that were changed since somebody came */
  guint flush;
};

static char *
pending_key (const char *conversation_id, const char *actor_id)
{
  return g_strconcat (conversation_id, " ", actor_id, NULL);
}

static void
remember (CfdTyping *self, const char *conversation_id, const char *visitor_id)
{
  /* Forgetting all is cheap: each is one read away. */
  if (g_hash_table_size (self->owners) >= OWNERS_MAX)
    g_hash_table_remove_all (self->owners);
  g_hash_table_replace (self->owners, g_strdup (conversation_id), g_strdup (visitor_id != NULL ? visitor_id : ""));
}

static gboolean
find_conversation (CfdTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  g_autoptr (GError) problem = NULL;

  lookup->conversation = cfd_tx_get (tx, &problem, &cf_conversation_shape, lookup->conversation_id);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return TRUE;
}

static void
send_now (CfdTyping *self, CfSignal *signal, const char *owner)
{
  if (signal->actor_kind == CF_AUTHOR_VISITOR)
    {
      if (g_strcmp0 (owner, signal->actor_id) == 0)
        cfd_room_signal_staff (self->room, signal, NULL);
      return;
    }
  if (owner[0] == '\0')
    return;
  cfd_room_signal_staff (self->room, signal, signal->actor_id);
  cfd_room_signal_visitor (self->room, owner, signal);
}

static void
found_conversation (gpointer data, const GError *error)
{
  Lookup *lookup = data;
  CfdTyping *self = lookup->typing;
  const CfConversation *conversation = lookup->conversation;
  gboolean ours = conversation != NULL && !conversation->parent.deleted
                  && g_strcmp0 (conversation->parent.organisation_id, self->room->organisation_id) == 0;

  if (error == NULL)
    remember (self, lookup->conversation_id, ours ? conversation->visitor_id : NULL);
  g_hash_table_remove (self->lookups, lookup->conversation_id);
  cf_struct_unref (lookup->conversation);
  g_free (lookup->conversation_id);
  g_free (lookup);
}

static void
look_up (CfdTyping *self, const char *conversation_id)
{
  Lookup *lookup;

  if (!g_hash_table_add (self->lookups, g_strdup (conversation_id)))
    return;
  lookup = g_new0 (Lookup, 1);
  lookup->typing = self;
  lookup->conversation_id = g_strdup (conversation_id);
  cfd_db_submit (self->db, CFD_DB_READ, find_conversation, found_conversation, lookup);
}

/* What waits for a lookup stays for the next round; what was looked up in vain is dropped. */
static gboolean
flush (gpointer data)
{
  CfdTyping *self = data;
  GHashTableIter iter;
  gpointer signal;

  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, NULL, &signal))
    {
      const char *conversation_id = ((CfSignal *) signal)->conversation_id;
      const char *owner = g_hash_table_lookup (self->owners, conversation_id);

      if (owner == NULL && g_hash_table_contains (self->lookups, conversation_id))
        continue;
      if (owner != NULL)
        send_now (self, signal, owner);
      g_hash_table_iter_remove (&iter);
    }
  if (g_hash_table_size (self->pending) > 0)
    return G_SOURCE_CONTINUE;
  self->flush = 0;
  return G_SOURCE_REMOVE;
}

CfdTyping *
cfd_typing_new (CfdRoom *room, CfdDb *db)
{
  CfdTyping *self = g_new0 (CfdTyping, 1);

  self->room = room;
  self->db = db;
  self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cf_struct_unref);
  self->peeks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->lookups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/* Whether the words of @caller stay with them: an agent's always do. */
static gboolean
keeps_words (CfdTyping *self, const CfdCaller *caller)
{
  gpointer off;

  if (cfd_caller_is_staff (caller))
    return TRUE;
  if (caller->site_id != NULL && g_hash_table_lookup_extended (self->peeks, caller->site_id, NULL, &off))
    return GPOINTER_TO_INT (off);
  return caller->peek_off;
}

/**
 * cfd_typing_set:
 * What @caller says of their typing. Goes nowhere when the conversation is not theirs. An agent's words are never passed on,
 * nor are a visitor's where the site has switched that off.
 */
void
cfd_typing_set (CfdTyping *self, const CfdCaller *caller, const CfTypingParams *params)
{
  gboolean staff = cfd_caller_is_staff (caller);
  const char *owner = g_hash_table_lookup (self->owners, params->conversation_id);
  g_autoptr (CfSignal) signal = NULL;

  if (g_hash_table_size (self->pending) >= PENDING_MAX || caller->secret_hash != NULL || caller->id == NULL)
    return;
  signal = cf_struct_new (&cf_signal_shape);
  signal->kind = CF_SIGNAL_TYPING;
  signal->conversation_id = g_strdup (params->conversation_id);
  signal->actor_kind = staff ? CF_AUTHOR_AGENT : CF_AUTHOR_VISITOR;
  signal->actor_id = g_strdup (caller->id);
  signal->actor_name = g_strdup (caller->name);
  signal->active = params->active;
  signal->text = keeps_words (self, caller) || !params->active ? NULL : g_strdup (params->text);
  /* The first goes out at once, what follows shortly after it is gathered. */
  if (self->flush == 0 && owner != NULL)
    send_now (self, signal, owner);
  else
    g_hash_table_replace (self->pending, pending_key (params->conversation_id, caller->id), g_steal_pointer (&signal));
  if (owner == NULL)
    look_up (self, params->conversation_id);
  if (self->flush == 0)
    self->flush = g_timeout_add (FLUSH_MS, flush, self);
}

/**
 * cfd_typing_stop:
 * @actor_id: (nullable): who has just written in the conversation: what they were typing is out
 */
void
cfd_typing_stop (CfdTyping *self, const char *conversation_id, const char *actor_id)
{
  g_autofree char *key = NULL;

  if (actor_id == NULL)
    return;
  key = pending_key (conversation_id, actor_id);
  g_hash_table_remove (self->pending, key);
}

/**
 * cfd_typing_conversation:
 * A conversation has changed: remember whose it is, so that a signal in it needs no read.
 */
void
cfd_typing_conversation (CfdTyping *self, const CfConversation *conversation)
{
  remember (self, conversation->parent.id, conversation->parent.deleted ? NULL : conversation->visitor_id);
}

/* A site has changed: what it says of peeking counts for those too who came before. */
void
cfd_typing_site (CfdTyping *self, const CfSite *site)
{
  g_hash_table_replace (self->peeks, g_strdup (site->parent.id), GINT_TO_POINTER (site->peek_off));
}

void
cfd_typing_free (CfdTyping *self)
{
  g_clear_handle_id (&self->flush, g_source_remove);
  g_hash_table_unref (self->owners);
  g_hash_table_unref (self->pending);
  g_hash_table_unref (self->lookups);
  g_hash_table_unref (self->peeks);
  g_free (self);
}
