/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a search of the client's cache costs, from the key to the answer: the median and the worst of some runs of each, as a Markdown table.
 *
 *   fill-cache 50000 && search-cost
 *
 * both with the same XDG_DATA_HOME. Built, not run as a test: the figures are the machine's.
 */
#include "app/cache/account.h"
#include "app/cache/cache.h"
#include "app/features/search/search-terms.h"

#include <stdlib.h>

#define RUNS 15
#define HITS_MAX 12 /* as the session asks */

static const char *const texts[] = {
  "xylophone", "invoice", "in", "inv", "order hasn't", "\"session has expired\"", "退貨", "你", "sousa", "visitor4711@example.com",
  "order is:closed", "invoice before:2020", "order from:agent", "is:open", "is:closed assignee:nobody", "before:30d",
};

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static int
by_size (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static void
measure (CfaCache *cache, CfaDirectory *directory, const char *agent_id, const char *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (CfaSearchTerms) terms = cfa_search_terms_new (text, directory, agent_id, now);
  double ms[RUNS];
  guint n = 0;

  for (guint i = 0; i < RUNS; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (CfSearchResult) found = NULL;
      gint64 begin = g_get_monotonic_time ();

      cfa_cache_search_async (cache, terms->params, terms->people, HITS_MAX, NULL, on_done, &result);
      found = cfa_cache_search_finish (wait_for (&result), NULL);
      ms[i] = (g_get_monotonic_time () - begin) / 1000.0;
      n = found != NULL ? found->hits->len : 0;
    }
  qsort (ms, RUNS, sizeof ms[0], by_size);
  g_print ("| `%s` | %u | %.1f | %.1f |\n", text, n, ms[RUNS / 2], ms[RUNS - 1]);
}

int
main (int argc, char **argv)
{
  g_autoptr (CfaAccount) account = cfa_account_load ();
  g_autoptr (CfaDirectory) directory = cfa_directory_new ();
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (CfaCache) cache = NULL;

  if (account == NULL)
    g_error ("search-cost: nobody is signed in here; call fill-cache first");
  cfa_cache_open_async (account->server, account->agent_id, on_done, &opened);
  cache = cfa_cache_open_finish (wait_for (&opened), NULL);
  if (cache == NULL)
    g_error ("search-cost: the cache cannot be opened");
  g_print ("| search | hits | median, ms | worst, ms |\n|---|---|---|---|\n");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    measure (cache, directory, account->agent_id, texts[i]);
  return 0;
}
