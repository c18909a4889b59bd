/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit-store.h"

#include "protocol/json.h"

/* Of one visit, in the list of visits. */
#define PAGES_SHOWN 50
#define EVENTS_SHOWN 50

#define VISITS                                                                                                \
  "SELECT id, site_id, began, ended, landing, referrer, source, campaign, city, country, browser, system, device, screen, languages," \
  " time_zone, (SELECT count(*) FROM page_view WHERE visit_id = visit.id), visitor_id FROM visit WHERE "

static const char *
word (const char *const *words, int value)
{
  return value > 0 ? words[value] : NULL;
}

static int
value_of (const char *const *words, const char *text)
{
  for (int i = 1; text != NULL && words[i] != NULL; i++)
    if (g_str_equal (words[i], text))
      return i;
  return 0;
}

/**
 * cfd_visit_store_put:
 * @facts: of the visit that @visitor has begun; one that is known already keeps its beginning, and one of somebody who was erased is none
 */
gboolean
cfd_visit_store_put (CfdTx *tx, const CfdCaller *visitor, const CfMonitorVisitor *facts, GError **error)
{
  return cfd_tx_execute (tx, error,
                         "INSERT INTO visit (id, organisation_id, site_id, visitor_id, began, ended, landing, referrer, source, campaign, city,"
                         " country, browser, system, device, screen, languages, time_zone)"
                         " SELECT $1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17"
                         " WHERE NOT EXISTS (SELECT 1 FROM visitor WHERE id = $4 AND deleted = 1) ON CONFLICT (id) DO NOTHING",
                         "ttttitttttttttttt", facts->visit_id, visitor->organisation_id, visitor->site_id, visitor->id, facts->came,
                         facts->landing, facts->referrer, word (cf_source_words, facts->source), facts->campaign, facts->city, facts->country,
                         facts->browser, facts->system, word (cf_device_words, facts->device), facts->screen, facts->languages,
                         facts->time_zone);
}

/**
 * cfd_visit_store_look:
 * @at: when that was told, ms UTC
 *
 * A page that was seen, or for how long by now. A visit or a look of somebody else stays as it is.
 */
gboolean
cfd_visit_store_look (CfdTx *tx, const CfdCaller *visitor, const CfVisitPageParams *page, gint64 at, GError **error)
{
  return cfd_tx_execute (tx, error,
                         "INSERT INTO page_view (id, visit_id, visitor_id, url, title, at, visible)"
                         " SELECT $1, id, visitor_id, $2, $3, $4, $5 FROM visit WHERE id = $6 AND visitor_id = $7"
                         " ON CONFLICT (id) DO UPDATE SET title = excluded.title,"
                         " visible = CASE WHEN excluded.visible > page_view.visible THEN excluded.visible ELSE page_view.visible END"
                         " WHERE page_view.visitor_id = excluded.visitor_id",
                         "tttiitt", page->id, page->url, page->title, at - page->visible, page->visible, page->visit_id,
                         visitor->id)
         && cfd_tx_execute (tx, error, "UPDATE visit SET ended = $1 WHERE id = $2 AND visitor_id = $3", "itt", at, page->visit_id,
                            visitor->id);
}

/**
 * cfd_visit_store_begun:
 * @began: (out): when @visitor's visit began, ms UTC; untouched for one that is new
 * @pages: (out): how many pages of it are known; likewise
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_visit_store_begun (CfdTx *tx, const CfdCaller *visitor, const char *id, gint64 *began, gint64 *pages, GError **error)
{
  g_autoptr (CfdRows) rows =
    cfd_tx_query (tx, error, "SELECT began, (SELECT count(*) FROM page_view WHERE visit_id = $1) FROM visit WHERE id = $1 AND visitor_id = $2", "tt",
                  id, visitor->id);
  g_autoptr (GError) problem = NULL;

  if (rows == NULL)
    return FALSE;
  if (cfd_rows_next (rows, &problem))
    {
      *began = cfd_rows_integer (rows, 0);
      *pages = cfd_rows_integer (rows, 1);
    }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return problem == NULL;
}

static CfVisit *
read_visit (CfdRows *rows)
{
  CfVisit *visit = cf_struct_new (&cf_visit_shape);

  visit->id = g_strdup (cfd_rows_text (rows, 0));
  visit->site_id = g_strdup (cfd_rows_text (rows, 1));
  visit->began = cfd_rows_integer (rows, 2);
  visit->ended = cfd_rows_integer (rows, 3);
  visit->landing = g_strdup (cfd_rows_text (rows, 4));
  visit->referrer = g_strdup (cfd_rows_text (rows, 5));
  visit->source = value_of (cf_source_words, cfd_rows_text (rows, 6));
  visit->campaign = g_strdup (cfd_rows_text (rows, 7));
  visit->city = g_strdup (cfd_rows_text (rows, 8));
  visit->country = g_strdup (cfd_rows_text (rows, 9));
  visit->browser = g_strdup (cfd_rows_text (rows, 10));
  visit->system = g_strdup (cfd_rows_text (rows, 11));
  visit->device = value_of (cf_device_words, cfd_rows_text (rows, 12));
  visit->screen = g_strdup (cfd_rows_text (rows, 13));
  visit->languages = g_strdup (cfd_rows_text (rows, 14));
  visit->time_zone = g_strdup (cfd_rows_text (rows, 15));
  visit->n_pages = cfd_rows_integer (rows, 16);
  visit->visitor_id = g_strdup (cfd_rows_text (rows, 17));
  return visit;
}

static gboolean
read_pages (CfdTx *tx, CfVisit *visit, gint64 limit, GError **error)
{
  g_autoptr (CfdRows) rows =
    cfd_tx_query (tx, error, "SELECT id, url, title, at, visible FROM page_view WHERE visit_id = $1 ORDER BY at DESC LIMIT $2", "ti", visit->id,
                  limit);
  g_autoptr (GError) problem = NULL;

  if (rows == NULL)
    return FALSE;
  visit->pages = cf_structs_new ();
  while (cfd_rows_next (rows, &problem))
    {
      CfPageView *view = cf_struct_new (&cf_page_view_shape);

      view->id = g_strdup (cfd_rows_text (rows, 0));
      view->url = g_strdup (cfd_rows_text (rows, 1));
      view->title = g_strdup (cfd_rows_text (rows, 2));
      view->at = cfd_rows_integer (rows, 3);
      view->visible = cfd_rows_integer (rows, 4);
      g_ptr_array_add (visit->pages, view);
    }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return problem == NULL;
}

/* What a page told of it lies there as it travels. */
static CfVisitEvent *
read_event (CfdRows *rows)
{
  const char *data = cfd_rows_text (rows, 3);
  CfVisitEvent *event = data != NULL ? cf_json_decode_text (&cf_visit_event_shape, data, CF_DECODE_LENIENT, NULL) : NULL;

  if (event == NULL)
    event = cf_struct_new (&cf_visit_event_shape);
  g_free (event->id);
  g_free (event->name);
  event->id = g_strdup (cfd_rows_text (rows, 0));
  event->name = g_strdup (cfd_rows_text (rows, 1));
  event->value = cfd_rows_integer (rows, 2);
  event->at = cfd_rows_integer (rows, 4);
  return event;
}

static gboolean
read_events (CfdTx *tx, CfVisit *visit, gint64 limit, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, "SELECT id, name, value, data, at FROM visit_event WHERE visit_id = $1 AND visitor_id = $3"
                                           " ORDER BY at DESC LIMIT $2", "tit", visit->id, limit, visit->visitor_id);
  g_autoptr (GError) problem = NULL;

  if (rows == NULL)
    return FALSE;
  visit->events = cf_structs_new ();
  while (cfd_rows_next (rows, &problem))
    g_ptr_array_add (visit->events, read_event (rows));
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return problem == NULL;
}

/* Takes @rows. */
static GPtrArray *
read_visits (CfdTx *tx, CfdRows *rows, gint64 n_pages, GError **error)
{
  g_autoptr (CfdRows) from = rows;
  g_autoptr (GPtrArray) visits = cf_structs_new ();
  g_autoptr (GError) problem = NULL;

  if (from == NULL)
    return NULL;
  while (cfd_rows_next (from, &problem))
    g_ptr_array_add (visits, read_visit (from));
  g_clear_pointer (&from, cfd_rows_free);
  for (guint i = 0; problem == NULL && i < visits->len; i++)
    if (!read_pages (tx, visits->pdata[i], n_pages, &problem) || !read_events (tx, visits->pdata[i], MAX (n_pages, EVENTS_SHOWN), &problem))
      break;
  if (problem == NULL)
    return g_steal_pointer (&visits);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * cfd_visit_store_list:
 * @sites: (nullable): ids of the only sites that count, one after the other; NULL = all
 * @before: 0 from the newest
 *
 * Also of those who were merged into the visitor.
 *
 * Returns: (transfer full): of CfVisit with their last pages, newest first
 */
GPtrArray *
cfd_visit_store_list (CfdTx *tx, const char *organisation_id, const char *sites, const char *visitor_id, gint64 before, gint64 limit, GError **error)
{
  return read_visits (tx,
                      cfd_tx_query (tx, error,
                                    VISITS "visitor_id IN (SELECT $1 UNION ALL SELECT merged.id FROM visitor merged WHERE merged.merged_into = $1)"
                                    " AND began < $2 AND organisation_id = $3 AND ($5 IS NULL OR instr ($5, site_id) > 0) ORDER BY began DESC LIMIT $4",
                                    "titit", visitor_id, before > 0 ? before : G_MAXINT64, organisation_id, limit, sites),
                      PAGES_SHOWN, error);
}

/**
 * cfd_visit_store_all:
 * @after: the id of the last one that is known, or ""
 *
 * Returns: (transfer full): of CfVisit with all their pages, of this visitor alone, by their ids
 */
GPtrArray *
cfd_visit_store_all (CfdTx *tx, const char *visitor_id, const char *after, gint64 limit, GError **error)
{
  return read_visits (tx, cfd_tx_query (tx, error, VISITS "visitor_id = $1 AND id > $2 ORDER BY id LIMIT $3", "tti", visitor_id, after, limit),
                      G_MAXINT64, error);
}

/**
 * cfd_visit_store_recent:
 * @since: that ended later, ms UTC
 *
 * Returns: (transfer full): of CfVisit with their last pages, the one that ended last first
 */
GPtrArray *
cfd_visit_store_recent (CfdTx *tx, const char *site_id, gint64 since, gint64 limit, GError **error)
{
  return read_visits (tx, cfd_tx_query (tx, error, VISITS "site_id = $1 AND ended > $2 ORDER BY ended DESC LIMIT $3", "tii", site_id, since, limit),
                      PAGES_SHOWN, error);
}

/**
 * cfd_visit_store_whose:
 * Returns: (transfer full) (nullable): the id of the visitor whose visit it is; NULL without error when it is not known
 */
char *
cfd_visit_store_whose (CfdTx *tx, const char *id, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, "SELECT visitor_id FROM visit WHERE id = $1", "t", id);

  return rows != NULL && cfd_rows_next (rows, error) ? g_strdup (cfd_rows_text (rows, 0)) : NULL;
}

/**
 * cfd_visit_store_before:
 * Returns: whether the visitor was there before that visit, 0 or 1; -1 with an error
 */
gint64
cfd_visit_store_before (CfdTx *tx, const char *visitor_id, const char *id, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM (SELECT 1 FROM visit WHERE visitor_id = $1 AND id <> $2"
                                      " AND began <= coalesce ((SELECT began FROM visit WHERE id = $2), began) LIMIT 1)", "tt", visitor_id, id), error);
}

/**
 * cfd_visit_store_track:
 * @event: as it travels, without its value; of a visit of somebody else, of somebody who was erased, or one more than are kept of a visit, it is none
 */
gboolean
cfd_visit_store_track (CfdTx *tx, const CfdCaller *visitor, const char *visit_id, const CfVisitEvent *event, GError **error)
{
  g_autoptr (GString) data = g_string_new (NULL);

  if (event->data != NULL)
    cf_json_encode (data, event, CF_AUDIENCE_STAFF);
  return cfd_tx_execute (tx, error,
                         "INSERT INTO visit_event (id, visit_id, visitor_id, name, value, data, at) SELECT $1, $2, $3, $4, $5, $6, $7"
                         " WHERE NOT EXISTS (SELECT 1 FROM visitor WHERE id = $3 AND deleted = 1)"
                         " AND NOT EXISTS (SELECT 1 FROM visit WHERE id = $2 AND visitor_id <> $3)"
                         " AND (SELECT count(*) FROM visit_event WHERE visit_id = $2) < $8 ON CONFLICT (id) DO NOTHING",
                         "ttttitii", event->id, visit_id, visitor->id, event->name, event->value, event->data != NULL ? data->str : NULL, event->at,
                         (gint64) CF_EVENTS_MAX);
}

/**
 * cfd_visit_store_has_event:
 * Returns: 1 when the visitor's event was stored, else 0; -1 with an error
 */
gint64
cfd_visit_store_has_event (CfdTx *tx, const char *visitor_id, const char *id, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM visit_event WHERE id = $1 AND visitor_id = $2", "tt", id, visitor_id), error);
}

/* Takes @ids, of visits. Returns: how many went; -1 on an error. */
static gint64
remove_visits (CfdTx *tx, GPtrArray *ids, GError **error)
{
  g_autoptr (GPtrArray) gone = ids;

  if (gone == NULL)
    return -1;
  for (guint i = 0; i < gone->len; i++)
    if (!cfd_tx_execute (tx, error, "DELETE FROM page_view WHERE visit_id = $1", "t", gone->pdata[i])
        || !cfd_tx_execute (tx, error, "DELETE FROM visit_event WHERE visit_id = $1", "t", gone->pdata[i])
        || !cfd_tx_execute (tx, error, "DELETE FROM visit WHERE id = $1", "t", gone->pdata[i]))
      return -1;
  return gone->len;
}

/**
 * cfd_visit_store_trim:
 * @site_id: (nullable): of one site only
 * @before: visits that ended before this go away, ms UTC
 * @limit: so many at a time
 *
 * Returns: how many went; -1 on an error.
 */
gint64
cfd_visit_store_trim (CfdTx *tx, const char *site_id, gint64 before, gint64 limit, GError **error)
{
  if (site_id != NULL)
    return remove_visits (tx, cfd_rows_texts (cfd_tx_query (tx, error, "SELECT id FROM visit WHERE site_id = $1 AND ended < $2 ORDER BY ended LIMIT $3",
                                                            "tii", site_id, before, limit), error), error);
  return remove_visits (tx, cfd_rows_texts (cfd_tx_query (tx, error, "SELECT id FROM visit WHERE ended < $1 ORDER BY ended LIMIT $2", "ii", before,
                                                          limit), error), error);
}

/**
 * cfd_visit_store_forget:
 * The visitor's own visit goes, as if it had never been.
 */
gboolean
cfd_visit_store_forget (CfdTx *tx, const CfdCaller *visitor, const char *id, GError **error)
{
  return cfd_tx_execute (tx, error, "DELETE FROM page_view WHERE visit_id = (SELECT id FROM visit WHERE id = $1 AND visitor_id = $2)", "tt", id, visitor->id)
         && cfd_tx_execute (tx, error, "DELETE FROM visit_event WHERE visit_id = $1 AND visitor_id = $2", "tt", id, visitor->id)
         && cfd_tx_execute (tx, error, "DELETE FROM visit WHERE id = $1 AND visitor_id = $2", "tt", id, visitor->id);
}

/**
 * cfd_visit_store_trim_events:
 * @before: those go away that are older and whose visit never came, ms UTC
 */
gboolean
cfd_visit_store_trim_events (CfdTx *tx, gint64 before, gint64 limit, GError **error)
{
  return cfd_tx_execute (tx, error, "DELETE FROM visit_event WHERE id IN (SELECT e.id FROM visit_event e WHERE e.at < $1"
                         " AND NOT EXISTS (SELECT 1 FROM visit WHERE id = e.visit_id) ORDER BY e.at LIMIT $2)", "ii", before, limit);
}
