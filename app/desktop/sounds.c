/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sounds.h"

#include "service-thread.h"

#include <canberra.h>
#include <math.h>

#define RESOURCES "/org/chatflow/ChatFlow/sounds/"

/* Where the ear hears half as loud; sound servers use the same curve. */
#define DECIBELS_PER_DECADE 60.0

struct _CfaSounds
{
  GObject parent_instance;

  CfaServiceThread *thread;
  struct Player *player;
};

/* What lives on the thread: opening a sound server waits for it. */
typedef struct Player
{
  GWeakRef owner; /* CfaSounds */
  ca_context *context; /* (nullable) */
  GHashTable *unpacked; /* event -> path */
  char *name;
  char *id;
} Player;

typedef struct
{
  char *event;
  char *file; /* (nullable) */
  guint volume;
} Order;

typedef struct
{
  CfaSounds *owner;
  guint signal;
  char *words;
} Word;

enum
{
  SIGNAL_UNAVAILABLE,
  SIGNAL_UNPLAYABLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaSounds, cfa_sounds, G_TYPE_OBJECT)

static gboolean
say (gpointer data)
{
  Word *word = data;

  g_signal_emit (word->owner, signals[word->signal], 0, word->words);
  return G_SOURCE_REMOVE;
}

static void
word_free (gpointer data)
{
  Word *word = data;

  g_object_unref (word->owner);
  g_free (word->words);
  g_free (word);
}

static void
tell (GWeakRef *owner, guint signal, const char *words)
{
  CfaSounds *sounds = g_weak_ref_get (owner);
  Word *word;

  if (sounds == NULL)
    return;
  word = g_new0 (Word, 1);
  word->owner = sounds;
  word->signal = signal;
  word->words = g_strdup (words);
  g_idle_add_full (G_PRIORITY_DEFAULT, say, word, word_free);
}

/* Of all drivers, those that make a sound; a context is never asked for two. */
static int
open_context (Player *player)
{
  static const char *const drivers[] = { "pulse", "alsa" };
  int result = CA_ERROR_NODRIVER;

  for (guint i = 0; i < G_N_ELEMENTS (drivers); i++)
    {
      if ((result = ca_context_create (&player->context)) != CA_SUCCESS)
        return result;
      ca_context_set_driver (player->context, drivers[i]);
      ca_context_change_props (player->context, CA_PROP_APPLICATION_NAME, player->name, CA_PROP_APPLICATION_ID, player->id,
                               CA_PROP_APPLICATION_ICON_NAME, player->id, NULL);
      if ((result = ca_context_open (player->context)) == CA_SUCCESS)
        return result;
      g_clear_pointer (&player->context, ca_context_destroy);
    }
  return result;
}

/* Sound servers read files, so that what is compiled in is laid beside the session's other passing things. */
static const char *
unpack (Player *player, const char *event)
{
  const char *there = g_hash_table_lookup (player->unpacked, event);
  g_autofree char *resource = g_strconcat (RESOURCES, event, ".wav", NULL), *file = g_strconcat (event, ".wav", NULL);
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "chatflow", "sounds", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (there != NULL)
    return there;
  bytes = g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (bytes == NULL || g_mkdir_with_parents (folder, 0700) != 0
      || !g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error))
    {
      g_message ("the sound “%s” can't be played: %s", event, error != NULL ? error->message : folder);
      return NULL;
    }
  g_hash_table_insert (player->unpacked, g_strdup (event), g_steal_pointer (&path));
  return g_hash_table_lookup (player->unpacked, event);
}

static void
playing_free (GWeakRef *playing)
{
  g_weak_ref_clear (playing);
  g_free (playing);
}

static gboolean
is_about_the_file (int result)
{
  return result == CA_ERROR_NOTFOUND || result == CA_ERROR_CORRUPT || result == CA_ERROR_TOOBIG || result == CA_ERROR_NOTSUPPORTED
         || result == CA_ERROR_ACCESS || result == CA_ERROR_SYSTEM;
}

/* On a thread of libcanberra's own. */
static void
on_played (ca_context *context, uint32_t id, int result, void *data)
{
  if (result != CA_SUCCESS && result != CA_ERROR_CANCELED && result != CA_ERROR_DESTROYED)
    tell (data, SIGNAL_UNAVAILABLE, ca_strerror (result));
  playing_free (data);
}

static int
play (Player *player, const Order *order, const char *path)
{
  /* Independent of the person's language. */
  char volume[G_ASCII_DTOSTR_BUF_SIZE];
  ca_proplist *properties;
  g_autoptr (CfaSounds) owner = g_weak_ref_get (&player->owner);
  GWeakRef *playing = g_new0 (GWeakRef, 1);
  int result;

  g_weak_ref_init (playing, owner);
  g_ascii_formatd (volume, sizeof volume, "%.2f", DECIBELS_PER_DECADE * log10 (order->volume / 100.0));
  ca_proplist_create (&properties);
  /* Not as an event: what the desktop's theme has for one of that name would be played instead of the file. */
  ca_proplist_sets (properties, CA_PROP_MEDIA_NAME, order->event);
  ca_proplist_sets (properties, CA_PROP_MEDIA_FILENAME, path);
  ca_proplist_sets (properties, CA_PROP_MEDIA_ROLE, "event");
  ca_proplist_sets (properties, CA_PROP_CANBERRA_VOLUME, volume);
  ca_proplist_sets (properties, CA_PROP_CANBERRA_CACHE_CONTROL, "never");
  result = ca_context_play_full (player->context, 0, properties, on_played, playing);
  ca_proplist_destroy (properties);
  if (result != CA_SUCCESS)
    playing_free (playing);
  return result;
}

/* A server that was started anew since the last sound is opened anew. */
static int
play_through (Player *player, const Order *order, const char *path)
{
  gboolean fresh = player->context == NULL;
  int result = fresh ? open_context (player) : CA_SUCCESS;

  if (result == CA_SUCCESS)
    result = play (player, order, path);
  if (result == CA_SUCCESS || is_about_the_file (result) || fresh)
    return result;
  g_clear_pointer (&player->context, ca_context_destroy);
  return play_through (player, order, path);
}

static void
do_play (gpointer data, gpointer owner)
{
  Order *order = data;
  Player *player = owner;
  const char *path = order->file != NULL ? order->file : unpack (player, order->event);
  int result = path != NULL ? play_through (player, order, path) : CA_SUCCESS;

  if (result != CA_SUCCESS && is_about_the_file (result) && order->file != NULL)
    {
      tell (&player->owner, SIGNAL_UNPLAYABLE, order->file);
      path = unpack (player, order->event); /* better another sound than a visitor who is not heard */
      result = path != NULL ? play_through (player, order, path) : CA_SUCCESS;
    }
  if (result != CA_SUCCESS)
    tell (&player->owner, SIGNAL_UNAVAILABLE, ca_strerror (result));
  g_free (order->event);
  g_free (order->file);
  g_free (order);
}

static void
do_end (gpointer data, gpointer owner)
{
  Player *player = owner;

  g_clear_pointer (&player->context, ca_context_destroy);
  g_hash_table_unref (player->unpacked);
  g_weak_ref_clear (&player->owner);
  g_free (player->name);
  g_free (player->id);
  g_free (player);
}

static void
cfa_sounds_dispose (GObject *object)
{
  CfaSounds *self = CFA_SOUNDS (object);

  if (self->thread != NULL)
    {
      cfa_service_thread_do (self->thread, do_end, NULL, self->player);
      g_clear_pointer (&self->thread, cfa_service_thread_stop);
    }
  G_OBJECT_CLASS (cfa_sounds_parent_class)->dispose (object);
}

static void
cfa_sounds_class_init (CfaSoundsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_sounds_dispose;
  signals[SIGNAL_UNAVAILABLE] = g_signal_new ("unavailable", CFA_TYPE_SOUNDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_UNPLAYABLE] = g_signal_new ("unplayable", CFA_TYPE_SOUNDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cfa_sounds_init (CfaSounds *self)
{
}

/**
 * cfa_sounds_new:
 * @name: of the program, as people know it
 * @id: the name of its desktop file and of its icon
 */
CfaSounds *
cfa_sounds_new (const char *name, const char *id)
{
  CfaSounds *self = g_object_new (CFA_TYPE_SOUNDS, NULL);
  Player *player = g_new0 (Player, 1);

  g_weak_ref_init (&player->owner, self);
  player->unpacked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  player->name = g_strdup (name);
  player->id = g_strdup (id);
  self->player = player;
  self->thread = cfa_service_thread_new ("sounds");
  return self;
}

/**
 * cfa_sounds_play:
 * @event: names the sound that comes with the client
 * @file: (nullable): an absolute path of a WAV or Ogg Vorbis file to play instead
 * @volume: percent; 0 plays nothing
 */
void
cfa_sounds_play (CfaSounds *self, const char *event, const char *file, guint volume)
{
  Order *order;

  if (volume == 0)
    return;
  order = g_new0 (Order, 1);
  order->event = g_strdup (event);
  order->file = g_strdup (file);
  order->volume = MIN (volume, 100);
  cfa_service_thread_do (self->thread, do_play, order, self->player);
}
