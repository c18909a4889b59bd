/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "place-store.h"

#include "outbox-store.h"
#include "overlay.h"
#include "record-store.h"

#include "protocol/sql.h"

#define DAY_MS ((gint64) 24 * 60 * 60 * 1000)

/* ?1 is the signed-in agent, ?2 the conversation. A read mark that still waits in the outbox counts already. */
#define UNREAD                                                                                                        \
  "SELECT count(*) FROM message m WHERE m.conversation_id = ?2 AND m.kind = 'text' AND m.author_kind = 'visitor'"     \
  " AND m.deleted = 0 AND m.position > max("                                                                          \
  "  coalesce((SELECT max(r.position) FROM read_mark r WHERE r.conversation_id = ?2 AND r.reader_kind = 'agent'"      \
  "    AND r.reader_id = ?1 AND r.deleted = 0), 0),"                                                                  \
  "  coalesce((SELECT max(o.position) FROM outbox o WHERE o.conversation_id = ?2 AND o.method = 'conversation.read'), 0))"

/*
 * A row of `place`. `box` is the one inbox beside CFA_INBOX_ALL in which the conversation stands; a colleague's stands in that alone.
 */
typedef struct
{
  gboolean there;
  CfaInbox box;
  gint64 time;
  guint unread;
} Place;

/* As the partial indexes of schema.c have it, to the letter. */
static const char *const within[CFA_N_INBOXES] = {
  [CFA_INBOX_MINE] = "box = 0",
  [CFA_INBOX_UNASSIGNED] = "box = 1",
  [CFA_INBOX_ALL] = "box < 3",
  [CFA_INBOX_CLOSED] = "box = 3",
};

static gboolean
stands_in (const Place *place, CfaInbox inbox)
{
  return place->there && (place->box == inbox || (inbox == CFA_INBOX_ALL && place->box != CFA_INBOX_CLOSED));
}

/* What is closed is done: nobody is called to it. */
static gboolean
calls (const Place *place)
{
  return place->unread > 0 && place->box != CFA_INBOX_CLOSED;
}

static gint64
day_of (gint64 time)
{
  return time / DAY_MS;
}

static Place
read_place (CfaDb *db, const char *id)
{
  sqlite3_stmt *statement = cfa_db_prepare (db, NULL, "SELECT box, time, unread FROM place WHERE id = ?1", "t", id);
  Place place = { FALSE };

  if (statement == NULL || !cfa_db_step (db, statement, NULL))
    return place;
  place.there = TRUE;
  place.box = CLAMP (sqlite3_column_int (statement, 0), 0, CFA_N_INBOXES - 1);
  place.time = sqlite3_column_int64 (statement, 1);
  place.unread = (guint) sqlite3_column_int64 (statement, 2);
  sqlite3_reset (statement);
  return place;
}

/* Where it belongs, by its record, the outbox and the messages. */
static gboolean
find_place (CfaDb *db, const char *agent_id, const char *id, Place *place, GError **error)
{
  g_autoptr (CfConversation) record = (CfConversation *) cfa_record_store_get (db, &cf_conversation_shape, id, error);
  g_autoptr (GPtrArray) writes = NULL;
  CfaOverlay overlay;

  *place = (Place) { FALSE };
  if (record == NULL)
    return *error == NULL;
  writes = cfa_outbox_store_of (db, id, error);
  if (writes == NULL)
    return FALSE;
  cfa_overlay_init (&overlay, record, agent_id);
  for (guint i = 0; i < writes->len; i++)
    cfa_overlay_add (&overlay, writes->pdata[i]);
  place->there = TRUE;
  place->time = MAX (overlay.last_message_at, 0);
  if (overlay.status == CF_CONVERSATION_CLOSED)
    place->box = CFA_INBOX_CLOSED;
  else if (overlay.mine)
    place->box = CFA_INBOX_MINE;
  else
    place->box = overlay.assigned ? CFA_INBOX_ALL : CFA_INBOX_UNASSIGNED;
  place->unread = (guint) cfa_db_integer (db, UNREAD, "tt", agent_id, id);
  return TRUE;
}

/* How many stand before that key: whole days from their sums, the day itself by its index. */
static int
rank (CfaDb *db, CfaInbox inbox, gint64 time, const char *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT (SELECT coalesce(sum(n), 0) FROM tally WHERE inbox = ?1 AND day > ?2)"
                                          " + (SELECT count(*) FROM place WHERE %s AND time < ?3 AND (time, id) > (?4, ?5))",
                                          within[inbox]);
  gint64 day = day_of (time);

  return (int) cfa_db_integer (db, sql, "iiiit", (gint64) inbox, day, (day + 1) * DAY_MS, time, id);
}

/* Adds @sign to the sums of every inbox in which @place stands. */
static gboolean
tally (CfaDb *db, const Place *place, int sign, GError **error)
{
  gint64 n = sign, unread = calls (place) ? sign : 0;

  for (gint64 inbox = 0; inbox < CFA_N_INBOXES; inbox++)
    if (stands_in (place, (CfaInbox) inbox)
        && (!cfa_db_run (db, error, "INSERT INTO tally VALUES (?1, ?2, ?3) ON CONFLICT (inbox, day) DO UPDATE SET n = n + excluded.n",
                         "iii", inbox, day_of (place->time), n)
            || !cfa_db_run (db, error, "DELETE FROM tally WHERE inbox = ?1 AND day = ?2 AND n = 0", "ii", inbox, day_of (place->time))
            || !cfa_db_run (db, error, "UPDATE inbox SET n = n + ?2, unread = unread + ?3 WHERE inbox = ?1", "iii", inbox, n, unread)))
      return FALSE;
  return TRUE;
}

static gboolean
take_out (CfaDb *db, const char *id, const Place *place, GError **error)
{
  return !place->there
         || (cfa_db_run (db, error, "DELETE FROM place WHERE id = ?1", "t", id) && tally (db, place, -1, error));
}

static gboolean
put_in (CfaDb *db, const char *id, const Place *place, GError **error)
{
  return !place->there
         || (cfa_db_run (db, error, "INSERT INTO place VALUES (?1, ?2, ?3, ?4)", "tiii", id, (gint64) place->box, place->time,
                         (gint64) place->unread)
             && tally (db, place, 1, error));
}

static gboolean
same (const Place *a, const Place *b)
{
  return a->there == b->there && a->box == b->box && a->time == b->time;
}

/**
 * cfa_place_store_settle:
 * @agent_id: who is signed in
 * @id: of a conversation that has changed, or gone
 * @delta: receives the moves that this makes
 */
gboolean
cfa_place_store_settle (CfaDb *db, const char *agent_id, const char *id, CfaDelta *delta, GError **error)
{
  g_autoptr (GError) problem = NULL;
  Place before = read_place (db, id), after;
  int from[CFA_N_INBOXES];
  gboolean moves;

  if (!find_place (db, agent_id, id, &after, &problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  moves = !same (&before, &after);
  if (!moves && before.unread == after.unread)
    return TRUE;
  for (int i = 0; moves && i < CFA_N_INBOXES; i++)
    from[i] = stands_in (&before, i) ? rank (db, i, before.time, id) : -1;
  if (!take_out (db, id, &before, error) || !put_in (db, id, &after, error))
    return FALSE;
  for (int i = 0; moves && i < CFA_N_INBOXES; i++)
    {
      CfaMove move = { i, NULL, from[i], stands_in (&after, i) ? rank (db, i, after.time, id) : -1 };

      if (move.from < 0 && move.to < 0)
        continue;
      move.id = g_strdup (id);
      g_array_append_val (delta->moves, move);
    }
  return TRUE;
}

/**
 * cfa_place_store_number:
 * Returns: the number of the order as it is now; it grows by one with each write that moves something, by more when all is new.
 */
gint64
cfa_place_store_number (CfaDb *db)
{
  return cfa_db_integer (db, "SELECT value FROM meta WHERE key = 'places'", "");
}

/**
 * cfa_place_store_sum_up:
 * After the last cfa_place_store_settle() of a write: numbers the new order and counts the inboxes.
 */
gboolean
cfa_place_store_sum_up (CfaDb *db, CfaDelta *delta, GError **error)
{
  if (delta->moves->len > 0)
    {
      if (!cfa_db_run (db, error, "UPDATE meta SET value = value + 1 WHERE key = 'places'", ""))
        return FALSE;
      delta->places = cfa_place_store_number (db);
    }
  for (int i = 0; i < CFA_N_INBOXES; i++)
    cfa_place_store_count (db, i, &delta->n[i], &delta->unread[i]);
  delta->counted = TRUE;
  return TRUE;
}

/**
 * cfa_place_store_count:
 * @unread: (out): how many of its open conversations have unread messages
 */
void
cfa_place_store_count (CfaDb *db, CfaInbox inbox, guint *n, guint *unread)
{
  *n = (guint) cfa_db_integer (db, "SELECT n FROM inbox WHERE inbox = ?1", "i", (gint64) inbox);
  *unread = (guint) cfa_db_integer (db, "SELECT unread FROM inbox WHERE inbox = ?1", "i", (gint64) inbox);
}

/* The day in which the row at @offset lies; @offset becomes one within that day. */
static gint64
find_day (CfaDb *db, CfaInbox inbox, guint *offset)
{
  sqlite3_stmt *statement = cfa_db_prepare (db, NULL, "SELECT day, n FROM tally WHERE inbox = ?1 ORDER BY day DESC", "i", (gint64) inbox);
  gint64 day = 0;

  while (statement != NULL && cfa_db_step (db, statement, NULL))
    {
      guint n = (guint) sqlite3_column_int64 (statement, 1);

      day = sqlite3_column_int64 (statement, 0);
      if (*offset < n)
        break;
      *offset -= n;
    }
  if (statement != NULL)
    sqlite3_reset (statement);
  return day;
}

/**
 * cfa_place_store_slice:
 * Returns: (transfer full): the ids of at most @limit conversations from position @offset on.
 */
GPtrArray *
cfa_place_store_slice (CfaDb *db, CfaInbox inbox, guint offset, guint limit, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM place WHERE %s AND time < ?1 ORDER BY time DESC, id DESC LIMIT ?2 OFFSET ?3",
                                          within[inbox]);
  gint64 day = find_day (db, inbox, &offset);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = cfa_db_prepare (db, error, sql, "iii", (day + 1) * DAY_MS, (gint64) limit, (gint64) offset);
  g_autoptr (GError) problem = NULL;

  if (statement == NULL)
    return NULL;
  while (cfa_db_step (db, statement, &problem))
    g_ptr_array_add (ids, cfa_db_dup (statement, 0));
  if (problem == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * cfa_place_store_position:
 * Returns: where the conversation stands; -1 when it is not in that inbox.
 */
int
cfa_place_store_position (CfaDb *db, CfaInbox inbox, const char *id)
{
  Place place = read_place (db, id);

  return stands_in (&place, inbox) ? rank (db, inbox, place.time, id) : -1;
}

/**
 * cfa_place_store_next_unread:
 * @after: (nullable): id of a conversation below which to begin
 *
 * Returns: (transfer full) (nullable): the id of the next open conversation with unread messages other than @after, from the top again
 *   when there is none further down.
 */
char *
cfa_place_store_next_unread (CfaDb *db, CfaInbox inbox, const char *after)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM place WHERE %s AND unread > 0 AND box < 3 AND (time, id) < (?1, ?2)"
                                          " AND id IS NOT ?3 ORDER BY time DESC, id DESC LIMIT 1", within[inbox]);
  Place place = read_place (db, after);
  char *below = place.there ? cfa_db_text (db, sql, "itt", place.time, after, after) : NULL;

  return below != NULL ? below : cfa_db_text (db, sql, "itt", G_MAXINT64, "", after);
}

/**
 * cfa_place_store_clear:
 * Forgets all places, with the records that they are of.
 */
gboolean
cfa_place_store_clear (CfaDb *db, GError **error)
{
  /* A gap in the numbers tells the lists that they must begin anew. */
  return cfa_db_script (db, "DELETE FROM place; DELETE FROM tally; UPDATE inbox SET n = 0, unread = 0;"
                            "UPDATE meta SET value = value + 2 WHERE key = 'places'", error);
}
