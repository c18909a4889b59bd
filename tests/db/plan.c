/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan.h"

#include "protocol/record.h"

#include <string.h>

/* A few rows for the whole server: reading them all is what is meant. */
static const char *const small_tables[] = { "counter", "schema", "organisation", "site", NULL };

static gboolean
is_scan_of_records (const char *detail)
{
  g_auto (GStrv) words = g_strsplit (detail, " ", 3);

  if (g_strcmp0 (words[0], "SCAN") != 0 || words[1] == NULL || g_strv_contains (small_tables, words[1]))
    return FALSE;
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    if (strcmp ((*shape)->table, words[1]) == 0)
      return TRUE;
  return FALSE;
}

/* Sorting what is few by its nature. A fragment of the statement, and why. */
static const char *const small_sorts[] = {
  "FROM organisation ",                               /* a few for the whole server */
  "FROM site WHERE deleted = 0 ORDER BY created_at",  /* the same */
  "FROM site WHERE organisation_id = $1 AND deleted = 0", /* the same */
  "FROM site WHERE organisation_id = $1 AND deleted = 0 ORDER BY created_at", /* and of one organisation */
  "FROM agent WHERE organisation_id = $1 AND deleted = 0 ORDER BY name", /* one team */
  "WHERE visitor_id IN (SELECT $1 UNION ALL",         /* the conversations of one visitor */
  "FROM conversation WHERE visitor_id = $1",          /* the same */
  "WHERE seq IN (SELECT new.seq FROM conversation c", /* what is new to one visitor */
  "JOIN (SELECT c.id AS held",                        /* a first copy of one visitor: 50 messages of each */
  "SELECT held, ",                                    /* a first copy's old part: what is open or was closed lately, and began before that */
  "IN (SELECT held FROM",                             /* the same */
  "IN (SELECT person FROM",                           /* the same */
  "FROM department WHERE organisation_id = $1",       /* at most 200, and an organisation's tags at most 1000 */
  "FROM tag WHERE organisation_id = $1",
  "FROM attribute WHERE organisation_id = $1",        /* at most 50 */
  "FROM trigger_rule WHERE organisation_id = $1",     /* at most 100, and goals likewise */
  "FROM goal WHERE organisation_id = $1",
  "FROM trigger_day WHERE organisation_id = $1",      /* a row for each of them and each of the days that are asked for */
  "FROM goal_day WHERE organisation_id = $1",
  "FROM trigger_hit WHERE visitor_id = $1 AND at > $2 ORDER BY CASE", /* what one visitor has met */
  "FROM saved_view WHERE organisation_id = $1",       /* at most 100 shared ones and 100 of each agent */
  "IN (SELECT m.channel_id FROM channel_member m",    /* the channels of one agent, at most 500; what is in them is few beside their messages */
  "JOIN (SELECT m.channel_id AS held",                /* what was said to one agent since they looked; of a first copy 50 messages of each channel */
  "FROM channel_member WHERE channel_id = $1 AND agent_id = $2 AND deleted = 1", /* how often one agent has left one channel */
  "FROM login_session WHERE agent_id = $1",           /* the devices of one agent */
  "AND deleted = 0 AND id > $3 ORDER BY id LIMIT $2", /* what there is of one person, by pages, when it is exported */
  "FROM visit WHERE visitor_id = $1 AND id > $2",     /* the same */
  NULL,
};

/* SQLite's alias hides the table's name in the plan, so an aliased table must be told by the text. */
static gboolean
is_scan_of_alias (const char *detail, const char *sql)
{
  g_auto (GStrv) words = g_strsplit (detail, " ", 3);

  if (g_strcmp0 (words[0], "SCAN") != 0 || words[1] == NULL)
    return FALSE;
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      g_autofree char *with_as = g_strdup_printf ("%s AS %s", (*shape)->table, words[1]);
      g_autofree char *without = g_strdup_printf ("%s %s", (*shape)->table, words[1]);

      if (!g_strv_contains (small_tables, (*shape)->table) && (strstr (sql, with_as) != NULL || strstr (sql, without) != NULL))
        return TRUE;
    }
  return FALSE;
}

/* Tables that hold more than anyone wants to read of a whole organisation. */
static const char *const large_tables[] = { "conversation", "message", "read_mark", "visit", "visitor", NULL };

/* An index that only tells the organisation leads to all of it. A test that means everything says so by naming all organisations. */
static gboolean
is_scan_of_organisation (const char *detail, const char *sql)
{
  g_auto (GStrv) words = g_strsplit (detail, " ", 3);

  return g_strcmp0 (words[0], "SEARCH") == 0 && words[1] != NULL && g_strv_contains (large_tables, words[1])
         && g_str_has_suffix (detail, "(organisation_id=?)") && strstr (sql, "IN (SELECT id FROM organisation)") == NULL;
}

/* The highest "$n" in @sql. */
guint
plan_count_parameters (const char *sql)
{
  guint highest = 0;

  for (const char *p = strchr (sql, '$'); p != NULL; p = strchr (p + 1, '$'))
    highest = MAX (highest, (guint) g_ascii_strtoull (p + 1, NULL, 10));
  return highest;
}

static gboolean
is_query (const char *sql)
{
  return g_str_has_prefix (sql, "SELECT") || g_str_has_prefix (sql, "UPDATE") || g_str_has_prefix (sql, "DELETE")
         || g_str_has_prefix (sql, "INSERT") || g_str_has_prefix (sql, "WITH");
}

typedef gboolean (*Judge) (const char *detail, const char *sql);

static gboolean
is_scan (const char *detail, const char *sql)
{
  return is_scan_of_records (detail) || is_scan_of_alias (detail, sql) || is_scan_of_organisation (detail, sql);
}

/* The right part of an order is what shares the left one: a text and the events that it caused. */
static gboolean
is_sort (const char *detail, const char *sql)
{
  for (guint i = 0; small_sorts[i] != NULL; i++)
    if (strstr (sql, small_sorts[i]) != NULL)
      return FALSE;
  return strstr (detail, "TEMP B-TREE") != NULL && strstr (detail, "RIGHT PART OF ORDER BY") == NULL;
}

static char *
find_step (CfdDbHandle *handle, const char *sql, Judge judge)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  CfdDbStatement *statement = cfd_sqlite_driver.prepare (handle, explain, NULL);
  CfSqlValue value = CF_SQL_INIT;
  char *found = NULL;

  if (statement == NULL)
    return NULL; /* not a statement: the caller's own prepare says so */
  for (guint i = 1; i <= plan_count_parameters (sql); i++)
    cfd_sqlite_driver.bind (statement, i, &value, FALSE);
  while (found == NULL && cfd_sqlite_driver.step (statement, NULL) == CFD_DB_STEP_ROW)
    {
      cfd_sqlite_driver.column (statement, 3, &value);
      if (judge (value.text, sql))
        found = g_strdup (value.text);
    }
  cfd_sqlite_driver.release (statement);
  return found;
}

/* Returns: (transfer full) (nullable): the step of SQLite's plan for @sql that reads a whole table of records. */
char *
plan_find_scan (CfdDbHandle *handle, const char *sql)
{
  return find_step (handle, sql, is_scan);
}

/* Returns: (transfer full) (nullable): the step of SQLite's plan for @sql that sorts what may be many. */
char *
plan_find_sort (CfdDbHandle *handle, const char *sql)
{
  return find_step (handle, sql, is_sort);
}

static CfdDbStatement *
prepare (CfdDbHandle *handle, const char *sql, GError **error)
{
  g_autofree char *scan = is_query (sql) ? plan_find_scan (handle, sql) : NULL;
  g_autofree char *sort = is_query (sql) ? plan_find_sort (handle, sql) : NULL;

  if (scan != NULL)
    g_error ("this query reads a whole table (%s), give it an index: %s", scan, sql);
  if (sort != NULL)
    g_error ("this query sorts its rows (%s), give it an index in that order: %s", sort, sql);
  return cfd_sqlite_driver.prepare (handle, sql, error);
}

/**
 * plan_driver:
 * Returns: the SQLite driver, except that a statement that reads a whole table of records, or sorts what may be many, aborts the
 *   program. Run a feature's tests on it: every query that they reach is proven to be an indexed one.
 */
const CfdDbDriver *
plan_driver (void)
{
  static CfdDbDriver driver;
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      driver = cfd_sqlite_driver;
      driver.prepare = prepare;
      g_once_init_leave (&ready, 1);
    }
  return &driver;
}
