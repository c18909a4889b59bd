/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "due-timer.h"

#include "backend/log.h"
#include "protocol/error.h"
#include "protocol/id.h"

/* The clock may be set: it is looked at again within this time, however long there is to wait. */
#define LOOK_MS 5000
/* After a commit that failed. */
#define RETRY_MS 5000
/* Done together, so that they can share commits. */
#define AT_ONCE 64

struct _CfdDueTimer
{
  CfdDb *db;
  const CfdDueKind *kind;
  gint64 next;  /* when the next one is due, ms UTC; 0 = none is known of */
  guint source;
  guint under_way; /* calls on database threads */
  gboolean failed; /* one of them did */
  gboolean stopped;
};

typedef struct
{
  CfdDueTimer *timer;
  GPtrArray *due; /* ids */
  gint64 next;
} Look;

typedef struct
{
  CfdDueTimer *timer;
  char *id;
  char *why; /* (nullable): it can never be done */
} Deed;

static void look (CfdDueTimer *self);
static void arm (CfdDueTimer *self, gint64 at_least_ms);

static gboolean
fire (gpointer data)
{
  CfdDueTimer *self = data;

  self->source = 0;
  if (self->next != 0 && self->next <= cf_now ())
    look (self);
  else
    arm (self, 0);
  return G_SOURCE_REMOVE;
}

/* Nothing is armed while calls are under way: their end looks again. */
static void
arm (CfdDueTimer *self, gint64 at_least_ms)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->next == 0 || self->stopped || self->under_way > 0)
    return;
  self->source = g_timeout_add (CLAMP (self->next - cf_now (), at_least_ms, LOOK_MS), fire, self);
}

static gboolean
act (CfdTx *tx, gpointer data, GError **error)
{
  const Deed *deed = data;
  const CfdDueKind *kind = deed->timer->kind;

  return deed->why != NULL ? kind->refuse (tx, deed->id, deed->why, error) : kind->act (tx, deed->id, error);
}

static void
deed_free (Deed *deed)
{
  g_free (deed->id);
  g_free (deed->why);
  g_free (deed);
}

/* Whether it is not a matter of time: the same again would be refused again. */
static gboolean
is_final (const GError *error)
{
  return error->domain == CF_ERROR && error->code != CF_ERROR_UNAVAILABLE && error->code != CF_ERROR_INTERNAL
         && error->code != CF_ERROR_RATE_LIMITED;
}

static void acted (gpointer data, const GError *error);

static void
submit (CfdDueTimer *self, Deed *deed)
{
  self->under_way++;
  cfd_db_submit (self->db, CFD_DB_WRITE, act, acted, deed);
}

static void
acted (gpointer data, const GError *error)
{
  Deed *deed = data;
  CfdDueTimer *self = deed->timer;

  self->under_way--;
  if (error != NULL && self->kind->refuse != NULL && deed->why == NULL && is_final (error) && !self->stopped)
    {
      deed->why = g_strdup (error->message);
      submit (self, deed);
      return;
    }
  deed_free (deed);
  self->failed = self->failed || error != NULL;
  if (error != NULL)
    cfd_log (G_LOG_LEVEL_WARNING, self->kind->room, self->kind->late, "error", error->message, NULL);
  if (self->under_way > 0)
    return;
  if (!self->failed)
    look (self);
  else
    {
      self->next = cf_now ();
      arm (self, RETRY_MS);
    }
}

static gboolean
find (CfdTx *tx, gpointer data, GError **error)
{
  Look *found = data;

  g_clear_pointer (&found->due, g_ptr_array_unref);
  found->due = found->timer->kind->due (tx, cfd_tx_now (tx), AT_ONCE, error);
  found->next = found->due != NULL ? found->timer->kind->next (tx, error) : -1;
  return found->next >= 0;
}

static void
act_on_all (CfdDueTimer *self, const GPtrArray *ids)
{
  self->failed = FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      Deed *deed = g_new0 (Deed, 1);

      deed->timer = self;
      deed->id = g_strdup (ids->pdata[i]);
      submit (self, deed);
    }
}

static void
found (gpointer data, const GError *error)
{
  Look *result = data;
  CfdDueTimer *self = result->timer;

  self->under_way--;
  if (error != NULL)
    {
      cfd_log (G_LOG_LEVEL_WARNING, self->kind->room, self->kind->unread, "error", error->message, NULL);
      self->next = cf_now ();
      arm (self, RETRY_MS);
    }
  else if (result->due->len > 0 && !self->stopped)
    act_on_all (self, result->due);
  else
    {
      /* What was put off while this was read stands in `next` already. */
      if (result->next != 0 && (self->next == 0 || result->next < self->next))
        self->next = result->next;
      arm (self, 0);
    }
  g_clear_pointer (&result->due, g_ptr_array_unref);
  g_free (result);
}

static void
look (CfdDueTimer *self)
{
  Look *result;

  if (self->stopped)
    return;
  result = g_new0 (Look, 1);
  result->timer = self;
  self->next = 0;
  self->under_way++;
  cfd_db_submit (self->db, CFD_DB_READ, find, found, result);
}

/**
 * cfd_due_timer_new:
 * @kind: outlives the timer
 *
 * Begins with those whose time came while no server ran.
 */
CfdDueTimer *
cfd_due_timer_new (CfdDb *db, const CfdDueKind *kind)
{
  CfdDueTimer *self = g_new0 (CfdDueTimer, 1);

  self->db = db;
  self->kind = kind;
  look (self);
  return self;
}

/**
 * cfd_due_timer_note:
 * @changes: what has been committed: what is due next may be among it
 */
void
cfd_due_timer_note (CfdDueTimer *self, const CfdChangeset *changes)
{
  for (guint i = 0; i < changes->records->len; i++)
    {
      gint64 when = self->kind->when (changes->records->pdata[i]);

      if (when == 0 || (self->next != 0 && self->next <= when))
        continue;
      self->next = when;
      arm (self, 0);
    }
}

/**
 * cfd_due_timer_stop:
 * Submits nothing any more: to be called before the database is closed, which finishes what was submitted.
 */
void
cfd_due_timer_stop (CfdDueTimer *self)
{
  self->stopped = TRUE;
  g_clear_handle_id (&self->source, g_source_remove);
}

/**
 * cfd_due_timer_free:
 * After the database was closed: its threads call back.
 */
void
cfd_due_timer_free (CfdDueTimer *self)
{
  cfd_due_timer_stop (self);
  g_free (self);
}
