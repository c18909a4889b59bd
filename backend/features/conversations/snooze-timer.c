/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "snooze-timer.h"

#include "backend/log.h"
#include "conversation-service.h"
#include "conversation-store.h"
#include "protocol/id.h"

/* The clock may be set: it is looked at again within this time, however long there is to wait. */
#define LOOK_MS 5000
/* After a commit that failed. */
#define RETRY_MS 5000
/* Woken together, so that they can share commits. */
#define WAKE_AT_ONCE 64

struct _CfdSnoozeTimer
{
  CfdDb *db;
  gint64 next;  /* when the next one wakes up, ms UTC; 0 = none is known of */
  guint source;
  guint under_way; /* calls on database threads */
  gboolean failed; /* one of them did */
  gboolean stopped;
};

typedef struct
{
  CfdSnoozeTimer *timer;
  GPtrArray *due; /* ids */
  gint64 next;
} Look;

typedef struct
{
  CfdSnoozeTimer *timer;
  char *id;
} Waking;

static void look (CfdSnoozeTimer *self);
static void arm (CfdSnoozeTimer *self, gint64 at_least_ms);

static gboolean
fire (gpointer data)
{
  CfdSnoozeTimer *self = data;

  self->source = 0;
  if (self->next != 0 && self->next <= cf_now ())
    look (self);
  else
    arm (self, 0);
  return G_SOURCE_REMOVE;
}

/* Nothing is armed while calls are under way: their end looks again. */
static void
arm (CfdSnoozeTimer *self, gint64 at_least_ms)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->next == 0 || self->stopped || self->under_way > 0)
    return;
  self->source = g_timeout_add (CLAMP (self->next - cf_now (), at_least_ms, LOOK_MS), fire, self);
}

static gboolean
wake (CfdTx *tx, gpointer data, GError **error)
{
  const Waking *waking = data;

  return cfd_conversations_wake_due (tx, waking->id, error);
}

static void
woke (gpointer data, const GError *error)
{
  Waking *waking = data;
  CfdSnoozeTimer *self = waking->timer;

  g_free (waking->id);
  g_free (waking);
  self->under_way--;
  self->failed = self->failed || error != NULL;
  if (error != NULL)
    cfd_log (G_LOG_LEVEL_WARNING, "conversations", "a snoozed conversation could not be woken yet", "error", error->message, NULL);
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
  found->due = cfd_conversation_store_due (tx, cfd_tx_now (tx), WAKE_AT_ONCE, error);
  found->next = found->due != NULL ? cfd_conversation_store_next_due (tx, error) : -1;
  return found->next >= 0;
}

static void
wake_all (CfdSnoozeTimer *self, const GPtrArray *ids)
{
  self->failed = FALSE;
  self->under_way += ids->len;
  for (guint i = 0; i < ids->len; i++)
    {
      Waking *waking = g_new0 (Waking, 1);

      waking->timer = self;
      waking->id = g_strdup (ids->pdata[i]);
      cfd_db_submit (self->db, CFD_DB_WRITE, wake, woke, waking);
    }
}

static void
found (gpointer data, const GError *error)
{
  Look *result = data;
  CfdSnoozeTimer *self = result->timer;

  self->under_way--;
  if (error != NULL)
    {
      cfd_log (G_LOG_LEVEL_WARNING, "conversations", "the snoozed conversations could not be read", "error", error->message, NULL);
      self->next = cf_now ();
      arm (self, RETRY_MS);
    }
  else if (result->due->len > 0 && !self->stopped)
    wake_all (self, result->due);
  else
    {
      /* What was snoozed while this was read stands in `next` already. */
      if (result->next != 0 && (self->next == 0 || result->next < self->next))
        self->next = result->next;
      arm (self, 0);
    }
  g_clear_pointer (&result->due, g_ptr_array_unref);
  g_free (result);
}

static void
look (CfdSnoozeTimer *self)
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
 * cfd_snooze_timer_new:
 * Begins by waking those whose time came while no server ran.
 */
CfdSnoozeTimer *
cfd_snooze_timer_new (CfdDb *db)
{
  CfdSnoozeTimer *self = g_new0 (CfdSnoozeTimer, 1);

  self->db = db;
  look (self);
  return self;
}

/**
 * cfd_snooze_timer_note:
 * @changes: what has been committed: a conversation among it may be the next to wake up
 */
void
cfd_snooze_timer_note (CfdSnoozeTimer *self, const CfdChangeset *changes)
{
  for (guint i = 0; i < changes->records->len; i++)
    {
      const CfConversation *conversation = changes->records->pdata[i];

      if (conversation->parent.parent.shape != &cf_conversation_shape || conversation->snoozed_until == 0
          || (self->next != 0 && self->next <= conversation->snoozed_until))
        continue;
      self->next = conversation->snoozed_until;
      arm (self, 0);
    }
}

/**
 * cfd_snooze_timer_stop:
 * Submits nothing any more: to be called before the database is closed, which finishes what was submitted.
 */
void
cfd_snooze_timer_stop (CfdSnoozeTimer *self)
{
  self->stopped = TRUE;
  g_clear_handle_id (&self->source, g_source_remove);
}

/**
 * cfd_snooze_timer_free:
 * After the database was closed: its threads call back.
 */
void
cfd_snooze_timer_free (CfdSnoozeTimer *self)
{
  cfd_snooze_timer_stop (self);
  g_free (self);
}
