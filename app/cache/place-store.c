/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "place-store.h"

#include "folder.h"
#include "outbox-store.h"
#include "overlay.h"
#include "record-store.h"
#include "view-store.h"
#include "watches.h"

#include "protocol/id.h"
#include "protocol/sql.h"

#define DAY_MS ((gint64) 24 * 60 * 60 * 1000)

/* ?1 is the signed-in agent, ?2 the conversation. A read mark that still waits in the outbox counts already. */
#define UNREAD                                                                                                        \
  "SELECT count(*) FROM message m WHERE m.conversation_id = ?2 AND m.kind = 'text' AND m.author_kind = 'visitor'"     \
  " AND m.deleted = 0 AND m.position > max("                                                                          \
  "  coalesce((SELECT max(r.position) FROM read_mark r WHERE r.conversation_id = ?2 AND r.reader_kind = 'agent'"      \
  "    AND r.reader_id = ?1 AND r.deleted = 0), 0),"                                                                  \
  "  coalesce((SELECT max(o.position) FROM outbox o WHERE o.conversation_id = ?2 AND o.method = 'conversation.read'), 0))"

/* ?1 is the signed-in agent, ?2 the conversation. `mentions` is a JSON array of ids. */
#define MENTIONED                                                                                                     \
  "SELECT EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = ?2 AND m.mentions IS NOT NULL AND m.deleted = 0"  \
  " AND m.removed_at = 0 AND instr(m.mentions, ?1) > 0)"

static const char *
table_of (const char *folder)
{
  return cfa_folder_get_view (folder) != NULL ? "viewed" : "place";
}

/* As the partial indexes of schema.c have it, to the letter; ?1 is the folder's key. */
static const char *
within (const char *folder)
{
  static const char *const inboxes[CFA_N_INBOXES] = {
    [CFA_INBOX_MINE] = "box = 0",
    [CFA_INBOX_UNASSIGNED] = "box = 1",
    [CFA_INBOX_MENTIONS] = "mentioned = 1",
    [CFA_INBOX_ALL] = "box < 3",
    [CFA_INBOX_SNOOZED] = "box = 3",
    [CFA_INBOX_CLOSED] = "box = 4",
  };
  CfaInbox inbox;

  if (cfa_folder_is_inbox (folder, &inbox))
    return inboxes[inbox];
  if (cfa_folder_get_view (folder) != NULL)
    return "folder = ?1";
  return cfa_folder_get_department (folder) != NULL ? "box < 3 AND department_id = substr (?1, 12)"
                                                    : "box < 3 AND site_id = substr (?1, 6)";
}

static const char *
key_column (CfaOrder order)
{
  return order == CFA_ORDER_WAITING ? "wait" : "time";
}

static gint64
day_of (gint64 time)
{
  return time / DAY_MS;
}

/* The columns of `place` behind the id. */
#define PLACE "box, time, wait, unread, mentioned, department_id, site_id, assignee_id, tags, mood"

static CfaPlace
read_columns (sqlite3_stmt *statement)
{
  CfaPlace place = { TRUE };

  place.box = CLAMP (sqlite3_column_int (statement, 0), 0, CFA_BOX_CLOSED);
  place.time = sqlite3_column_int64 (statement, 1);
  place.wait = sqlite3_column_int64 (statement, 2);
  place.unread = (guint) sqlite3_column_int64 (statement, 3);
  place.mentioned = sqlite3_column_int (statement, 4) != 0;
  place.department_id = cfa_db_dup (statement, 5);
  place.site_id = cfa_db_dup (statement, 6);
  place.assignee_id = cfa_db_dup (statement, 7);
  place.tags = cfa_db_dup (statement, 8);
  place.mood = sqlite3_column_int (statement, 9);
  return place;
}

static CfaPlace
read_place (CfaDb *db, const char *id)
{
  sqlite3_stmt *statement = cfa_db_prepare (db, NULL, "SELECT " PLACE " FROM place WHERE id = ?1", "t", id);
  CfaPlace place = { FALSE };

  if (statement == NULL || !cfa_db_step (db, statement, NULL))
    return place;
  place = read_columns (statement);
  sqlite3_reset (statement);
  place.views = cfa_view_store_of (db, id);
  return place;
}

static CfaBox
box_of (const CfaOverlay *overlay)
{
  if (overlay->status == CF_CONVERSATION_CLOSED)
    return CFA_BOX_CLOSED;
  if (overlay->snoozed_until > 0)
    return CFA_BOX_SNOOZED;
  if (overlay->mine)
    return CFA_BOX_MINE;
  return overlay->assigned ? CFA_BOX_OTHERS : CFA_BOX_UNASSIGNED;
}

static char *
join_tags (char **tags)
{
  g_autofree char *words = tags != NULL && tags[0] != NULL ? g_strjoinv (" ", tags) : NULL;

  return words != NULL ? g_strconcat (" ", words, " ", NULL) : NULL;
}

/* Where it belongs, by its record, the outbox and the messages. */
static gboolean
find_place (CfaDb *db, const char *agent_id, const char *id, CfaPlace *place, GError **error)
{
  g_autoptr (CfConversation) record = (CfConversation *) cfa_record_store_get (db, &cf_conversation_shape, id, error);
  g_autoptr (GPtrArray) writes = NULL;
  g_auto (CfaOverlay) overlay = { 0 };

  if (record == NULL)
    return *error == NULL;
  writes = cfa_outbox_store_of (db, id, error);
  if (writes == NULL)
    return FALSE;
  cfa_overlay_init (&overlay, record, agent_id);
  for (guint i = 0; i < writes->len; i++)
    cfa_overlay_add (&overlay, writes->pdata[i]);
  place->there = TRUE;
  place->box = box_of (&overlay);
  place->time = MAX (overlay.last_message_at, 0);
  place->wait = overlay.waiting_since > 0 ? CFA_PLACE_WAITS - overlay.waiting_since : place->time;
  place->unread = (guint) cfa_db_integer (db, UNREAD, "tt", agent_id, id);
  place->mentioned = place->box != CFA_BOX_CLOSED && cfa_db_integer (db, MENTIONED, "tt", agent_id, id) > 0;
  place->department_id = g_strdup (overlay.department_id);
  place->site_id = g_strdup (record->site_id);
  place->assignee_id = g_strdup (overlay.assignee_id);
  place->tags = join_tags (overlay.tags);
  place->mood = record->mood;
  return TRUE;
}

/* How many stand before that key, newest or longest first: whole days from their sums, the day itself by its index. */
static int
rank (CfaDb *db, const char *folder, CfaOrder order, const CfaPlace *place, const char *id)
{
  const char *column = key_column (order);
  g_autofree char *sql = g_strdup_printf ("SELECT (SELECT coalesce(sum(n), 0) FROM tally WHERE folder = ?1 AND waiting = ?2 AND day > ?3)"
                                          " + (SELECT count(*) FROM %s WHERE %s AND %s < ?4 AND (%s, id) > (?5, ?6))",
                                          table_of (folder), within (folder), column, column);
  gint64 key = cfa_place_get_key (place, order), day = day_of (key);

  return (int) cfa_db_integer (db, sql, "tiiiit", folder, (gint64) (order == CFA_ORDER_WAITING), day, (day + 1) * DAY_MS, key, id);
}

/* Where it stands in a folder whose sums count it; -1 when it does not. */
static int
position (CfaDb *db, const char *folder, CfaOrder order, const CfaPlace *place, const char *id)
{
  int before;

  if (!cfa_place_stands_in (place, folder))
    return -1;
  before = rank (db, folder, order, place, id);
  return order == CFA_ORDER_OLDEST ? (int) cfa_place_store_count (db, folder).n - 1 - before : before;
}

static gboolean
add_day (CfaDb *db, const char *folder, gboolean waiting, gint64 day, gint64 n, GError **error)
{
  return cfa_db_run (db, error, "INSERT INTO tally VALUES (?1, ?2, ?3, ?4) ON CONFLICT (folder, waiting, day) DO UPDATE SET n = n + excluded.n",
                     "tiii", folder, (gint64) waiting, day, n)
         && (n > 0 || cfa_db_run (db, error, "DELETE FROM tally WHERE folder = ?1 AND waiting = ?2 AND day = ?3 AND n = 0", "tii",
                                  folder, (gint64) waiting, day));
}

/* Brings the sums of one folder up to date. */
static gboolean
tally (CfaDb *db, const char *folder, const CfaPlace *before, const CfaPlace *after, CfaDelta *delta, GError **error)
{
  gboolean was = cfa_place_stands_in (before, folder), is = cfa_place_stands_in (after, folder);
  int n = is - was, unread = (is && cfa_place_calls (after)) - (was && cfa_place_calls (before));

  for (gint64 waiting = 0; waiting < 2; waiting++)
    {
      CfaOrder order = waiting ? CFA_ORDER_WAITING : CFA_ORDER_NEWEST;
      gint64 from = day_of (cfa_place_get_key (before, order)), to = day_of (cfa_place_get_key (after, order));

      if (was && is && from == to)
        continue;
      if ((was && !add_day (db, folder, waiting, from, -1, error)) || (is && !add_day (db, folder, waiting, to, 1, error)))
        return FALSE;
    }
  if (n == 0 && unread == 0)
    return TRUE;
  g_hash_table_insert (delta->counts, g_strdup (folder), g_new0 (CfaCount, 1));
  return cfa_db_run (db, error, "INSERT INTO folder VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE SET n = n + excluded.n,"
                     " unread = unread + excluded.unread", "tii", folder, (gint64) n, (gint64) unread);
}

static gboolean
tally_of (CfaDb *db, char *folder, gboolean again, const CfaPlace *before, const CfaPlace *after, CfaDelta *delta, GError **error)
{
  g_autofree char *owned = folder;

  return again || tally (db, owned, before, after, delta, error);
}

static gboolean
tally_views (CfaDb *db, const CfaPlace *before, const CfaPlace *after, CfaDelta *delta, GError **error)
{
  for (guint i = 0; before->views != NULL && i < before->views->len; i++)
    if (!tally (db, before->views->pdata[i], before, after, delta, error))
      return FALSE;
  for (guint i = 0; after->views != NULL && i < after->views->len; i++)
    if (!tally_of (db, g_strdup (after->views->pdata[i]), cfa_place_stands_in (before, after->views->pdata[i]), before, after, delta, error))
      return FALSE;
  return TRUE;
}

/* Every folder in which it stands or stood. */
static gboolean
tally_all (CfaDb *db, const CfaPlace *before, const CfaPlace *after, CfaDelta *delta, GError **error)
{
  const CfaPlace *places[] = { before, after };

  for (guint i = 0; i < CFA_N_INBOXES; i++)
    if (!tally (db, cfa_folder_of_inbox (i), before, after, delta, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if ((places[i]->department_id != NULL
         && !tally_of (db, cfa_folder_of_department (places[i]->department_id),
                       i > 0 && g_strcmp0 (before->department_id, after->department_id) == 0, before, after, delta, error))
        || (places[i]->site_id != NULL
            && !tally_of (db, cfa_folder_of_site (places[i]->site_id), i > 0 && g_strcmp0 (before->site_id, after->site_id) == 0,
                          before, after, delta, error)))
      return FALSE;
  return tally_views (db, before, after, delta, error);
}

static gboolean
put (CfaDb *db, const char *id, const CfaPlace *place, GError **error)
{
  if (!cfa_view_store_put (db, id, place, error))
    return FALSE;
  if (!place->there)
    return cfa_db_run (db, error, "DELETE FROM place WHERE id = ?1", "t", id);
  return cfa_db_run (db, error, "REPLACE INTO place (id, " PLACE ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", "tiiiibtttti",
                     id, (gint64) place->box, place->time, place->wait, (gint64) place->unread, place->mentioned, place->department_id,
                     place->site_id, place->assignee_id, place->tags, (gint64) place->mood);
}

static int *
positions (CfaDb *db, GArray *watches, const CfaPlace *place, const char *id)
{
  int *found = g_new (int, watches->len + 1);

  for (guint i = 0; i < watches->len; i++)
    {
      const CfaWatch *watch = &g_array_index (watches, CfaWatch, i);

      found[i] = position (db, watch->folder, watch->order, place, id);
    }
  return found;
}

/* Tells how it has moved in each list that is shown. */
static void
tell_moves (GArray *watches, const int *from, const int *to, const char *id, CfaDelta *delta)
{
  for (guint i = 0; i < watches->len; i++)
    {
      const CfaWatch *watch = &g_array_index (watches, CfaWatch, i);
      CfaMove move = { NULL, watch->order, NULL, from[i], to[i] };

      if (move.from == move.to)
        continue;
      move.folder = g_strdup (watch->folder);
      move.id = g_strdup (id);
      g_array_append_val (delta->moves, move);
    }
}

static gboolean
change_place (CfaDb *db, GArray *watches, const char *id, const CfaPlace *before, const CfaPlace *after, CfaDelta *delta, GError **error)
{
  gboolean moves = !cfa_place_equal (before, after);
  g_autofree int *from = NULL, *to = NULL;

  if (!moves && before->unread == after->unread)
    return TRUE;
  from = moves ? positions (db, watches, before, id) : NULL;
  if (!put (db, id, after, error) || !tally_all (db, before, after, delta, error))
    return FALSE;
  to = moves ? positions (db, watches, after, id) : NULL;
  if (moves)
    tell_moves (watches, from, to, id, delta);
  return TRUE;
}

/**
 * cfa_place_store_settle:
 * @agent_id: who is signed in
 * @id: of a conversation that has changed, or gone
 * @watches: of CfaWatch: the lists of which moves are told
 * @views: of CfSavedView: all that there are
 * @delta: receives the moves that this makes, and which folders have changed
 */
gboolean
cfa_place_store_settle (CfaDb *db, const char *agent_id, const char *id, GArray *watches, GPtrArray *views, CfaDelta *delta, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_auto (CfaPlace) before = read_place (db, id), after = { FALSE };

  if (!find_place (db, agent_id, id, &after, &problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  cfa_view_store_find (views, &after, agent_id, cf_now ());
  return change_place (db, watches, id, &before, &after, delta, error);
}

/* Those of which the views show others than is kept. */
static GHashTable *
find_regrouped (CfaDb *db, const char *agent_id, GPtrArray *views, GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  sqlite3_stmt *statement = cfa_db_prepare (db, error, "SELECT " PLACE ", id FROM place WHERE id > ''", "");
  g_autoptr (GError) problem = NULL;

  if (statement == NULL)
    return NULL;
  while (cfa_db_step (db, statement, &problem))
    {
      g_auto (CfaPlace) place = read_columns (statement);
      g_autofree char *id = cfa_db_dup (statement, 10);
      g_autoptr (GPtrArray) kept = cfa_view_store_of (db, id);

      cfa_view_store_find (views, &place, agent_id, cf_now ());
      if (!cfa_place_same_views (place.views, kept))
        g_hash_table_insert (found, g_steal_pointer (&id), g_steal_pointer (&place.views));
    }
  if (problem == NULL)
    return g_steal_pointer (&found);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * cfa_place_store_regroup:
 * A view is new, or another, or gone: each conversation is looked at once. Takes what cfa_place_store_settle() takes.
 */
gboolean
cfa_place_store_regroup (CfaDb *db, const char *agent_id, GArray *watches, GPtrArray *views, CfaDelta *delta, GError **error)
{
  g_autoptr (GHashTable) found = find_regrouped (db, agent_id, views, error);
  GHashTableIter iter;
  gpointer id, shown;

  if (found == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &id, &shown))
    {
      g_auto (CfaPlace) before = read_place (db, id), after = { FALSE };

      cfa_place_copy (&after, &before);
      g_ptr_array_unref (after.views);
      after.views = g_ptr_array_ref (shown);
      if (!change_place (db, watches, id, &before, &after, delta, error))
        return FALSE;
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
 * After the last cfa_place_store_settle() of a write: numbers the new order and counts the folders that have changed.
 */
gboolean
cfa_place_store_sum_up (CfaDb *db, CfaDelta *delta, GError **error)
{
  GHashTableIter iter;
  gpointer folder, count;

  if (delta->moves->len > 0)
    {
      if (!cfa_db_run (db, error, "UPDATE meta SET value = value + 1 WHERE key = 'places'", ""))
        return FALSE;
      delta->places = cfa_place_store_number (db);
    }
  g_hash_table_iter_init (&iter, delta->counts);
  while (g_hash_table_iter_next (&iter, &folder, &count))
    *(CfaCount *) count = cfa_place_store_count (db, folder);
  return TRUE;
}

/**
 * cfa_place_store_count:
 * Returns: how much there is in a folder.
 */
CfaCount
cfa_place_store_count (CfaDb *db, const char *folder)
{
  sqlite3_stmt *statement = cfa_db_prepare (db, NULL, "SELECT n, unread FROM folder WHERE key = ?1", "t", folder);
  CfaCount count = { 0, 0 };

  if (statement == NULL || !cfa_db_step (db, statement, NULL))
    return count;
  count.n = (guint) sqlite3_column_int64 (statement, 0);
  count.unread = (guint) sqlite3_column_int64 (statement, 1);
  sqlite3_reset (statement);
  return count;
}

/**
 * cfa_place_store_count_all:
 * Returns: (transfer full): folder -> CfaCount of every folder that ever had something; they are few.
 */
GHashTable *
cfa_place_store_count_all (CfaDb *db, GError **error)
{
  g_autoptr (GHashTable) counts = cfa_counts_new ();
  g_autoptr (GError) problem = NULL;
  sqlite3_stmt *statement = cfa_db_prepare (db, error, "SELECT key, n, unread FROM folder WHERE key > ''", "");

  if (statement == NULL)
    return NULL;
  while (cfa_db_step (db, statement, &problem))
    {
      CfaCount *count = g_new0 (CfaCount, 1);

      count->n = (guint) sqlite3_column_int64 (statement, 1);
      count->unread = (guint) sqlite3_column_int64 (statement, 2);
      g_hash_table_insert (counts, cfa_db_dup (statement, 0), count);
    }
  if (problem == NULL)
    return g_steal_pointer (&counts);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* The day in which the row at @offset lies; @offset becomes one within that day. */
static gint64
find_day (CfaDb *db, const char *folder, gboolean waiting, guint *offset)
{
  sqlite3_stmt *statement = cfa_db_prepare (db, NULL, "SELECT day, n FROM tally WHERE folder = ?1 AND waiting = ?2 ORDER BY day DESC", "ti",
                                            folder, (gint64) waiting);
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

static GPtrArray *
slice_down (CfaDb *db, const char *folder, CfaOrder order, guint offset, guint limit, GError **error)
{
  const char *column = key_column (order);
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE %s AND %s < ?2 ORDER BY %s DESC, id DESC LIMIT ?3 OFFSET ?4",
                                          table_of (folder), within (folder), column, column);
  gint64 day = find_day (db, folder, order == CFA_ORDER_WAITING, &offset);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = cfa_db_prepare (db, error, sql, "tiii", folder, (day + 1) * DAY_MS, (gint64) limit, (gint64) offset);
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
 * cfa_place_store_slice:
 * Returns: (transfer full): the ids of at most @limit conversations from position @offset on.
 */
GPtrArray *
cfa_place_store_slice (CfaDb *db, const char *folder, CfaOrder order, guint offset, guint limit, GError **error)
{
  g_autoptr (GPtrArray) down = NULL;
  GPtrArray *up;
  guint n, end;

  if (order != CFA_ORDER_OLDEST)
    return slice_down (db, folder, order, offset, limit, error);
  /* The oldest first is the newest first, read backwards. */
  n = cfa_place_store_count (db, folder).n;
  end = MIN (n, offset + limit);
  down = slice_down (db, folder, order, n - end, offset < end ? end - offset : 0, error);
  if (down == NULL)
    return NULL;
  up = g_ptr_array_new_with_free_func (g_free);
  for (guint i = down->len; i > 0; i--)
    g_ptr_array_add (up, g_steal_pointer (&down->pdata[i - 1]));
  return up;
}

/**
 * cfa_place_store_position:
 * Returns: where the conversation stands; -1 when it is not in that folder.
 */
int
cfa_place_store_position (CfaDb *db, const char *folder, CfaOrder order, const char *id)
{
  g_auto (CfaPlace) place = read_place (db, id);

  return position (db, folder, order, &place, id);
}

/**
 * cfa_place_store_next_unread:
 * @after: (nullable): id of a conversation below which to begin
 *
 * Returns: (transfer full) (nullable): the id of the next open conversation with unread messages other than @after, from the newest again
 *   when there is none that is older.
 */
char *
cfa_place_store_next_unread (CfaDb *db, const char *folder, const char *after)
{
  gboolean view = cfa_folder_get_view (folder) != NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s INDEXED BY %s WHERE %s AND unread > 0%s"
                                          " AND (time, id) < (?2, ?3) AND id IS NOT ?4 ORDER BY time DESC, id DESC LIMIT 1",
                                          table_of (folder), view ? "viewed_unread" : "place_unread", within (folder),
                                          view ? "" : " AND box < 4");
  g_auto (CfaPlace) place = read_place (db, after);
  char *below = place.there ? cfa_db_text (db, sql, "titt", folder, place.time, after, after) : NULL;

  return below != NULL ? below : cfa_db_text (db, sql, "titt", folder, G_MAXINT64, "", after);
}

/**
 * cfa_place_store_clear:
 * Forgets all places, with the records that they are of.
 */
gboolean
cfa_place_store_clear (CfaDb *db, GError **error)
{
  /* A gap in the numbers tells the lists that they must begin anew. */
  return cfa_db_script (db, "DELETE FROM place; DELETE FROM viewed; DELETE FROM tally; DELETE FROM folder;"
                            "UPDATE meta SET value = value + 2 WHERE key = 'places'", error);
}
