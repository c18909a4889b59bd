/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "typing.h"

#include "backend/card-mask.h"
#include "backend/db/lookup.h"
#include "room.h"

#define FLUSH_MS 100
#define HEARERS_MAX 4096
#define PENDING_MAX 1024

/* Who hears of typing there. */
typedef struct
{
  char *visitor_id; /* a conversation: its visitor and the staff */
  char *site_id;    /* of them, who sees this site */
  char **members;   /* a channel: these agents; neither: nobody, there is no such thing here */
} Hearers;

typedef struct
{
  CfdTyping *typing;
  char *conversation_id;
  CfConversation *conversation; /* what was found */
  CfChannel *channel;
} Lookup;

/* What becomes of the words that a site's visitors type: bits. */
typedef enum
{
  PEEK_OFF   = 1 << 0, /* the staff sees none of them */
  PEEK_CARDS = 1 << 1, /* numbers of payment cards too */
} Peek;

struct _CfdTyping
{
  CfdRoom *room;
  CfdDb *db;
  GHashTable *hearers; /* id of a conversation or channel -> Hearers */
  GHashTable *pending; /* "conversation actor" -> CfSignal */
  GHashTable *lookups; /* conversation ids that are being read */
  GHashTable *peeks;   /* site id -> Peek, of sites that were changed since somebody came */
  guint flush;
};

static char *
pending_key (const char *conversation_id, const char *actor_id)
{
  return g_strconcat (conversation_id, " ", actor_id, NULL);
}

static void
free_hearers (gpointer data)
{
  Hearers *hearers = data;

  g_free (hearers->visitor_id);
  g_free (hearers->site_id);
  g_strfreev (hearers->members);
  g_free (hearers);
}

/* @conversation, @members: (nullable) */
static void
remember (CfdTyping *self, const char *id, const CfConversation *conversation, char **members)
{
  Hearers *hearers = g_new0 (Hearers, 1);

  if (conversation != NULL)
    {
      hearers->visitor_id = g_strdup (conversation->visitor_id);
      hearers->site_id = g_strdup (conversation->site_id);
    }
  hearers->members = g_strdupv (members);
  /* Forgetting all is cheap: each is one read away. */
  if (g_hash_table_size (self->hearers) >= HEARERS_MAX)
    g_hash_table_remove_all (self->hearers);
  g_hash_table_replace (self->hearers, g_strdup (id), hearers);
}

static gboolean
find_hearers (CfdTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;

  return cfd_tx_lookup (tx, &cf_conversation_shape, lookup->conversation_id, &lookup->conversation, error)
         && (lookup->conversation != NULL || cfd_tx_lookup (tx, &cf_channel_shape, lookup->conversation_id, &lookup->channel, error));
}

static void
send_now (CfdTyping *self, CfSignal *signal, const Hearers *hearers)
{
  if (hearers->members != NULL)
    {
      if (signal->actor_kind == CF_AUTHOR_AGENT && g_strv_contains ((const char *const *) hearers->members, signal->actor_id))
        cfd_room_signal_agents (self->room, signal, hearers->members, signal->actor_id);
      return;
    }
  if (signal->actor_kind == CF_AUTHOR_VISITOR)
    {
      if (g_strcmp0 (hearers->visitor_id, signal->actor_id) == 0)
        cfd_room_signal_site (self->room, hearers->site_id, signal, NULL);
      return;
    }
  if (hearers->visitor_id == NULL || !cfd_room_agent_sees (self->room, signal->actor_id, hearers->site_id))
    return;
  cfd_room_signal_site (self->room, hearers->site_id, signal, signal->actor_id);
  cfd_room_signal_visitor (self->room, hearers->visitor_id, signal);
}

static gboolean
is_ours (CfdTyping *self, const CfRecord *record)
{
  return record != NULL && !record->deleted && g_strcmp0 (record->organisation_id, self->room->organisation_id) == 0;
}

static void
found_hearers (gpointer data, const GError *error)
{
  Lookup *lookup = data;
  CfdTyping *self = lookup->typing;

  /* What was published meanwhile is newer than what was read. */
  if (error == NULL && !g_hash_table_contains (self->hearers, lookup->conversation_id))
    remember (self, lookup->conversation_id,
              is_ours (self, CF_RECORD (lookup->conversation)) ? lookup->conversation : NULL,
              is_ours (self, CF_RECORD (lookup->channel)) ? lookup->channel->members : NULL);
  g_hash_table_remove (self->lookups, lookup->conversation_id);
  cf_struct_unref (lookup->conversation);
  cf_struct_unref (lookup->channel);
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
  cfd_db_submit (self->db, CFD_DB_READ, find_hearers, found_hearers, lookup);
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
      const Hearers *hearers = g_hash_table_lookup (self->hearers, conversation_id);

      if (hearers == NULL && g_hash_table_contains (self->lookups, conversation_id))
        continue;
      if (hearers != NULL)
        send_now (self, signal, hearers);
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
  self->hearers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_hearers);
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cf_struct_unref);
  self->peeks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->lookups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/* What the staff may see of @words: nothing of an agent's, nor where the site has switched that off; and numbers of payment cards only where it keeps
 * them. */
static char *
peek (CfdTyping *self, const CfdCaller *caller, const char *words)
{
  guint how = (caller->peek_off ? PEEK_OFF : 0) | (caller->cards_kept ? PEEK_CARDS : 0);
  gpointer changed;
  char *masked;

  if (cfd_caller_is_staff (caller))
    return NULL;
  if (caller->site_id != NULL && g_hash_table_lookup_extended (self->peeks, caller->site_id, NULL, &changed))
    how = GPOINTER_TO_UINT (changed);
  if ((how & PEEK_OFF) != 0)
    return NULL;
  masked = (how & PEEK_CARDS) == 0 ? cfd_card_mask (words) : NULL;
  return masked != NULL ? masked : g_strdup (words);
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
  const Hearers *hearers = g_hash_table_lookup (self->hearers, params->conversation_id);
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
  signal->text = params->active ? peek (self, caller, params->text) : NULL;
  /* The first goes out at once, what follows shortly after it is gathered. */
  if (self->flush == 0 && hearers != NULL)
    send_now (self, signal, hearers);
  else
    g_hash_table_replace (self->pending, pending_key (params->conversation_id, caller->id), g_steal_pointer (&signal));
  if (hearers == NULL)
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
 * cfd_typing_find_site:
 * @site_id: (out) (transfer none) (nullable): of that conversation; NULL when there is none
 *
 * Returns: whether it is known; if not, it is being read, and known the next time.
 */
gboolean
cfd_typing_find_site (CfdTyping *self, const char *conversation_id, const char **site_id)
{
  const Hearers *hearers = g_hash_table_lookup (self->hearers, conversation_id);

  *site_id = hearers != NULL ? hearers->site_id : NULL;
  if (hearers == NULL)
    look_up (self, conversation_id);
  return hearers != NULL;
}

/**
 * cfd_typing_conversation:
 * A conversation has changed: remember whose it is, so that a signal in it needs no read.
 */
void
cfd_typing_conversation (CfdTyping *self, const CfConversation *conversation)
{
  remember (self, conversation->parent.id, conversation->parent.deleted ? NULL : conversation, NULL);
}

/**
 * cfd_typing_channel:
 * A channel has changed: remember who is in it, so that nobody who has left hears another signal.
 */
void
cfd_typing_channel (CfdTyping *self, const CfChannel *channel)
{
  remember (self, channel->parent.id, NULL, channel->parent.deleted ? NULL : channel->members);
}

/* A site has changed: what it says of peeking counts for those too who came before. */
void
cfd_typing_site (CfdTyping *self, const CfSite *site)
{
  guint how = (site->peek_off ? PEEK_OFF : 0) | (site->privacy != NULL && site->privacy->cards_kept ? PEEK_CARDS : 0);

  g_hash_table_replace (self->peeks, g_strdup (site->parent.id), GUINT_TO_POINTER (how));
}

void
cfd_typing_free (CfdTyping *self)
{
  g_clear_handle_id (&self->flush, g_source_remove);
  g_hash_table_unref (self->hearers);
  g_hash_table_unref (self->pending);
  g_hash_table_unref (self->lookups);
  g_hash_table_unref (self->peeks);
  g_free (self);
}
