/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo-page.h"

#include "backend/features/sites/site-service.h"
#include "backend/rpc/problem.h"
#include "backend/web/web-resources.h" /* generated */

#include <string.h>

#define KEY_PLACE "@SITE_KEY@"

typedef struct
{
  CfdRequest *request;
  char *key; /* (nullable): of the oldest site */
} Visit;

static gboolean
find_key (CfdTx *tx, gpointer data, GError **error)
{
  Visit *visit = data;
  g_autoptr (GPtrArray) sites = cfd_sites_list (tx, NULL, error);
  const CfSite *first = NULL;

  if (sites == NULL)
    return FALSE;
  for (guint i = 0; i < sites->len; i++)
    {
      const CfSite *site = sites->pdata[i];

      if (!site->parent.deleted && (first == NULL || site->created_at < first->created_at))
        first = site;
    }
  g_free (visit->key);
  visit->key = first != NULL ? g_strdup (first->key) : NULL;
  return TRUE;
}

static GBytes *
resource (const char *name)
{
  g_autofree char *path = g_strconcat ("/org/chatflow/web/", name, NULL);

  return g_resource_lookup_data (cfd_web_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/* Not every browser takes 'self' as meaning the WebSocket of the same host too, so it is named; only what a host can be made of. */
static char *
make_policy (CfdRequest *request)
{
  const char *host = cfd_request_get_header (request, "Host");
  const char *scheme = cfd_request_is_secure (request) ? "wss" : "ws";
  gboolean plain = host != NULL && host[0] != '\0';

  for (const char *p = host; plain && *p != '\0'; p++)
    plain = g_ascii_isalnum (*p) || strchr (".-:[]", *p) != NULL;
  return g_strdup_printf ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
                          "connect-src 'self'%s%s%s%s; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                          plain ? " " : "", plain ? scheme : "", plain ? "://" : "", plain ? host : "");
}

static void
respond_page (CfdRequest *request, const char *key)
{
  g_autoptr (GBytes) page = resource ("page.html");
  g_autofree char *policy = make_policy (request);
  g_autofree char *escaped = g_markup_escape_text (key, -1);
  GString *text = g_string_new_len (g_bytes_get_data (page, NULL), g_bytes_get_size (page));
  g_autoptr (GBytes) body = NULL;

  g_string_replace (text, KEY_PLACE, escaped, 0);
  body = g_string_free_to_bytes (text);
  cfd_request_add_header (request, "Content-Security-Policy", policy);
  cfd_request_add_header (request, "X-Content-Type-Options", "nosniff");
  cfd_request_add_header (request, "Cache-Control", "no-store");
  cfd_request_respond (request, 200, "text/html; charset=utf-8", body);
}

static void
found_key (gpointer data, const GError *error)
{
  Visit *visit = data;

  if (error != NULL)
    cfd_problem_respond_status (visit->request, 503, CF_ERROR_UNAVAILABLE, "the sites cannot be read now", 1000);
  else if (visit->key == NULL)
    cfd_problem_respond_status (visit->request, 404, CF_ERROR_NOT_FOUND, "there is no site yet; add one with: chatflowd site add", 0);
  else
    respond_page (visit->request, visit->key);
  g_free (visit->key);
  g_free (visit);
}

/**
 * cfd_demo_page_respond:
 * Answers with the demo page for the oldest site.
 */
void
cfd_demo_page_respond (CfdDb *db, CfdRequest *request)
{
  Visit *visit = g_new0 (Visit, 1);

  visit->request = request;
  cfd_db_submit (db, CFD_DB_READ, find_key, found_key, visit);
}

void
cfd_demo_page_respond_style (CfdRequest *request)
{
  g_autoptr (GBytes) style = resource ("page.css");

  cfd_request_add_header (request, "X-Content-Type-Options", "nosniff");
  cfd_request_add_header (request, "Cache-Control", "public, max-age=300");
  cfd_request_respond (request, 200, "text/css; charset=utf-8", style);
}
