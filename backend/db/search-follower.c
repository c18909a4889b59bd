/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-follower.h"

#include "background.h"
#include "protocol/error.h"
#include "search-index.h"

/* So long the thread waits for more after the first new text: for hundreds together, one costs a seventh of what it does alone. */
#define DELAY G_USEC_PER_SEC
/* While more messages wait than can be stored they go first, for so long at most. */
#define PATIENCE (30 * G_USEC_PER_SEC)
/* How long a busy moment lasts. */
#define BUSY (G_USEC_PER_SEC / 5)
/* Texts in one transaction while others work, and while nobody does. */
#define SLICE 512
#define LARGE_SLICE 4096
#define RETRY (10 * G_USEC_PER_SEC)
/* How often, and after how long, a log is tried to be emptied that somebody reads. */
#define EMPTY_TRIES 50
#define EMPTY_PAUSE (G_USEC_PER_SEC / 20)

struct _CfdSearchFollower
{
  const CfdDbDriver *driver;
  char *database;
  GThread *thread; /* NULL until it is started */
  CfdConnection *index; /* the thread's */
  gboolean warned; /* the thread's */
  gint64 retry;    /* the thread's: so long it waits after an error */
  int state;      /* atomic: n_offered; 0 = it cannot be read now */
  int n_offered;  /* the thread's: how often it was there to be attached */
  GMutex mutex;
  GCond work, done;
  /* what follows is guarded; times are monotonic us */
  gint64 noted; /* the first commit that the thread does not know of; 0 = none */
  gint64 since; /* the oldest commit that it is bringing over; 0 = none */
  gint64 last;  /* the last commit */
  gint64 busy;  /* the last moment at which more calls waited than could be stored */
  guint asked, answered; /* who cannot wait for the delay */
  gboolean up_to_date; /* the last answer */
  guint forget_asked, forget_answered; /* who wants that words which were taken out are nowhere any more */
  gboolean forgotten;  /* the last answer */
  gboolean opened, doubted, stopping;
};

static void
close_index (CfdSearchFollower *self)
{
  g_atomic_int_set (&self->state, 0);
  g_clear_pointer (&self->index, cfd_connection_free);
}

/* Readers attach it, or once more. */
static void
offer (CfdSearchFollower *self)
{
  g_atomic_int_set (&self->state, ++self->n_offered);
}

static gboolean
open_index (CfdSearchFollower *self, GError **error)
{
  if (self->index != NULL)
    return TRUE;
  self->index = cfd_search_index_open (self->driver, self->database, error);
  if (self->index != NULL)
    offer (self);
  return self->index != NULL;
}

/* Something was met that made no sense, in the index or in the database. Returns: whether it was the index, which is made anew at the next turn. */
static gboolean
look_for_damage (CfdSearchFollower *self)
{
  if (cfd_search_index_is_whole (self->index))
    return FALSE;
  g_message ("db: the index for search is damaged and is made anew, which changes nothing else");
  close_index (self);
  cfd_search_index_remove (self->database);
  return TRUE;
}

static void
settle_doubt (CfdSearchFollower *self)
{
  gboolean doubted;

  g_mutex_lock (&self->mutex);
  doubted = self->doubted;
  self->doubted = FALSE;
  g_mutex_unlock (&self->mutex);
  if (doubted && self->index != NULL && !look_for_damage (self))
    offer (self);
}

static void
warn (CfdSearchFollower *self, const GError *error)
{
  if (!self->warned)
    g_warning ("db: new words cannot be indexed for search now, and will be later: %s", error->message);
  self->warned = TRUE;
}

static gboolean
advance (CfdSearchFollower *self, gint64 at_most, gboolean *behind)
{
  g_autoptr (GError) error = NULL;

  if (open_index (self, &error) && cfd_search_index_advance (self->index, at_most, behind, &error))
    {
      self->warned = FALSE;
      return TRUE;
    }
  self->retry = RETRY;
  if (self->index != NULL && self->driver->was_damaged (self->index->handle) && look_for_damage (self))
    self->retry = 0;
  else
    warn (self, error);
  return FALSE;
}

/* Guarded. */
static gboolean
is_urgent (CfdSearchFollower *self)
{
  return self->stopping || self->asked != self->answered || self->forget_asked != self->forget_answered;
}

/* Guarded. Waits until @end, or until somebody cannot wait. */
static void
pause_until (CfdSearchFollower *self, gint64 end)
{
  while (!is_urgent (self) && g_cond_wait_until (&self->work, &self->mutex, end))
    ;
}

/* Guarded. Waits for a commit, then for those that follow it, and while many calls wait for them too. */
static void
wait_for_texts (CfdSearchFollower *self)
{
  while (!is_urgent (self) && self->noted == 0 && self->since == 0 && !self->doubted)
    g_cond_wait (&self->work, &self->mutex);
  if (self->noted == 0)
    return;
  pause_until (self, self->noted + DELAY);
  while (!is_urgent (self) && self->busy + BUSY > g_get_monotonic_time () && self->noted + PATIENCE > g_get_monotonic_time ())
    pause_until (self, self->busy + BUSY);
}

/* Brings everything over that was committed before the call, with pauses while others work. Returns: FALSE when it has to stop or to wait. */
static gboolean
catch_up (CfdSearchFollower *self)
{
  gboolean behind = TRUE, ok = TRUE, quiet, stopping = FALSE;

  while (ok && behind && !stopping)
    {
      gint64 start = g_get_monotonic_time ();

      g_mutex_lock (&self->mutex);
      quiet = self->last + BUSY < start;
      g_mutex_unlock (&self->mutex);
      ok = advance (self, quiet ? LARGE_SLICE : SLICE, &behind);
      g_mutex_lock (&self->mutex);
      if (ok && behind && !quiet)
        pause_until (self, 2 * g_get_monotonic_time () - start);
      stopping = self->stopping;
      g_mutex_unlock (&self->mutex);
    }
  return ok && !behind;
}

static gboolean
is_stopping (CfdSearchFollower *self)
{
  gboolean stopping;

  g_mutex_lock (&self->mutex);
  stopping = self->stopping;
  g_mutex_unlock (&self->mutex);
  return stopping;
}

/* Everything that was taken out is nowhere any more: neither in the index nor in its log. */
static gboolean
forget (CfdSearchFollower *self)
{
  g_autoptr (GError) error = NULL;
  gboolean begin = TRUE, more = TRUE, empty = FALSE;

  for (; more && !is_stopping (self); begin = FALSE)
    if (!cfd_search_index_forget (self->index, begin, &more, &error))
      {
        warn (self, error);
        return FALSE;
      }
  for (guint i = 0; !empty && i < EMPTY_TRIES && !is_stopping (self); i++)
    {
      empty = cfd_search_index_empty_log (self->index);
      if (!empty)
        g_usleep (EMPTY_PAUSE);
    }
  return !more && empty;
}

static void
take_turn (CfdSearchFollower *self)
{
  guint asked = self->asked, forget_asked = self->forget_asked;
  gboolean wanted = forget_asked != self->forget_answered, forgotten = FALSE;
  gboolean ok;

  if (self->noted != 0 && self->since == 0)
    self->since = self->noted;
  self->noted = 0;
  g_mutex_unlock (&self->mutex);
  settle_doubt (self);
  ok = catch_up (self);
  if (ok && wanted)
    forgotten = forget (self);
  g_mutex_lock (&self->mutex);
  if (ok)
    self->since = 0;
  self->up_to_date = ok;
  self->answered = asked;
  self->forget_answered = forget_asked;
  self->forgotten = forgotten;
  g_cond_broadcast (&self->done);
  if (!ok && !self->stopping)
    pause_until (self, g_get_monotonic_time () + self->retry);
}

static gpointer
run (gpointer data)
{
  CfdSearchFollower *self = data;

  g_autoptr (GError) error = NULL;

  cfd_background_enter (); /* messages go first */
  if (!open_index (self, &error))
    warn (self, error);
  g_mutex_lock (&self->mutex);
  self->opened = TRUE;
  g_cond_broadcast (&self->done);
  while (!self->stopping)
    {
      take_turn (self);
      wait_for_texts (self);
    }
  g_mutex_unlock (&self->mutex);
  close_index (self);
  return NULL;
}

/**
 * cfd_search_follower_new:
 * @database: as for cfd_db_open()
 *
 * Returns: (transfer full): one that has not started: nobody can search.
 */
CfdSearchFollower *
cfd_search_follower_new (const CfdDbDriver *driver, const char *database)
{
  CfdSearchFollower *self = g_new0 (CfdSearchFollower, 1);

  self->driver = driver;
  self->database = g_strdup (database);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->work);
  g_cond_init (&self->done);
  return self;
}

/**
 * cfd_search_follower_start:
 * Starts the thread, and waits until there is an index, or there can be none now. It need not know all texts yet.
 */
void
cfd_search_follower_start (CfdSearchFollower *self)
{
  g_assert (self->thread == NULL);
  self->since = g_get_monotonic_time ();
  self->thread = g_thread_new ("db-search", run, self);
  g_mutex_lock (&self->mutex);
  while (!self->opened)
    g_cond_wait (&self->done, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

/**
 * cfd_search_follower_note:
 * @busy: whether many calls wait
 *
 * After a commit; from any thread.
 */
void
cfd_search_follower_note (CfdSearchFollower *self, gboolean busy)
{
  g_mutex_lock (&self->mutex);
  self->last = g_get_monotonic_time ();
  if (busy)
    self->busy = self->last;
  if (self->noted == 0)
    {
      self->noted = self->last;
      g_cond_signal (&self->work);
    }
  g_mutex_unlock (&self->mutex);
}

/**
 * cfd_search_follower_lend:
 * @reading: a connection to the database, on its thread, not in a transaction
 *
 * From now on it can search, if anybody can.
 */
void
cfd_search_follower_lend (CfdSearchFollower *self, CfdConnection *reading)
{
  guint state = g_atomic_int_get (&self->state);

  if (reading->index == state)
    return;
  if (reading->searches)
    cfd_search_index_detach (reading);
  reading->searches = state != 0 && cfd_search_index_attach (reading, self->database, NULL);
  reading->index = reading->searches ? state : 0;
}

/**
 * cfd_search_follower_doubt:
 * @reading: has met damage, in the database or in the index; not in a transaction
 *
 * Nobody else shall stumble over it: until the index was looked at, this connection cannot search.
 */
void
cfd_search_follower_doubt (CfdSearchFollower *self, CfdConnection *reading)
{
  if (!reading->searches)
    return;
  cfd_search_index_detach (reading);
  reading->searches = FALSE;
  g_mutex_lock (&self->mutex);
  self->doubted = TRUE;
  g_cond_signal (&self->work);
  g_mutex_unlock (&self->mutex);
}

/**
 * cfd_search_follower_wait:
 * Waits until everything that was committed before can be found.
 */
gboolean
cfd_search_follower_wait (CfdSearchFollower *self, GError **error)
{
  gboolean up_to_date;
  guint number;

  g_assert (self->thread != NULL);
  g_mutex_lock (&self->mutex);
  number = ++self->asked;
  g_cond_signal (&self->work);
  while ((gint) (self->answered - number) < 0)
    g_cond_wait (&self->done, &self->mutex);
  up_to_date = self->up_to_date;
  g_mutex_unlock (&self->mutex);
  if (!up_to_date)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "the words of some texts cannot be indexed now");
  return up_to_date;
}

/**
 * cfd_search_follower_forget:
 * Waits until the words that were taken out by everything that was committed before are in no file of the index any more, which may take a while for
 * a large one. On a thread that can wait.
 */
gboolean
cfd_search_follower_forget (CfdSearchFollower *self, GError **error)
{
  gboolean forgotten;
  guint number;

  g_assert (self->thread != NULL);
  g_mutex_lock (&self->mutex);
  number = ++self->forget_asked;
  g_cond_signal (&self->work);
  while ((gint) (self->forget_answered - number) < 0)
    g_cond_wait (&self->done, &self->mutex);
  forgotten = self->forgotten;
  g_mutex_unlock (&self->mutex);
  if (!forgotten)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "the index for search cannot forget words now");
  return forgotten;
}

/**
 * cfd_search_follower_get_lag:
 * Returns: the age in microseconds of the oldest commit that is not in the index; 0 when there is none.
 */
gint64
cfd_search_follower_get_lag (CfdSearchFollower *self)
{
  gint64 oldest;

  g_mutex_lock (&self->mutex);
  oldest = self->since != 0 ? self->since : self->noted;
  g_mutex_unlock (&self->mutex);
  return oldest != 0 ? g_get_monotonic_time () - oldest : 0;
}

/**
 * cfd_search_follower_stop:
 * Ends the thread; what it has not brought over it does the next time. No connection may be lent any more.
 */
void
cfd_search_follower_stop (CfdSearchFollower *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_signal (&self->work);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->thread, g_thread_join);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->work);
  g_cond_clear (&self->done);
  g_free (self->database);
  g_free (self);
}
