/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "routes.h"

#include "backend/rpc/problem.h"
#include "backend/transport/proxies.h"
#include "demo-page.h"
#include "metrics.h"
#include "photos.h"
#include "static-files.h"

#define LOADER_CACHE "public, max-age=300"
#define ASSET_CACHE "public, max-age=31536000, immutable" /* their names hold a hash */

struct _CfdRoutes
{
  CfdRestDoor *rest;
  CfdFileUploads *uploads;
  CfdFileDownloads *downloads;
  const CfdStatus *status;
  CfdStaticFiles *widget;
  CfdProxies *readers; /* who may see the metrics */
  gboolean demo_page;
};

typedef struct
{
  const char *path;
  void (*respond) (CfdRoutes *self, CfdRequest *request);
} Route;

static void
not_found (CfdRequest *request)
{
  cfd_problem_respond_status (request, 404, CF_ERROR_NOT_FOUND, "there is nothing at this address", 0);
}

static void
respond_root (CfdRoutes *self, CfdRequest *request)
{
  static const char text[] = "ChatFlow is running.\n";
  g_autoptr (GBytes) body = g_bytes_new_static (text, sizeof text - 1);

  cfd_request_add_header (request, "X-Content-Type-Options", "nosniff");
  cfd_request_respond (request, 200, "text/plain; charset=utf-8", body);
}

static void
respond_health (CfdRoutes *self, CfdRequest *request)
{
  cfd_status_respond_health (self->status, request);
}

/* A request that a proxy has passed on counts as its client's where the proxy is known. One that nobody vouches for must not pass as
 * this machine's own, just because the proxy is. */
static gboolean
may_read_metrics (CfdRoutes *self, CfdRequest *request)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cfd_request_get_address (request));
  gboolean passed_on = cfd_request_get_header (request, "X-Forwarded-For") != NULL || cfd_request_get_header (request, "Forwarded") != NULL;

  return address != NULL && cfd_proxies_trusts (self->readers, address) && !(passed_on && g_inet_address_get_is_loopback (address));
}

static void
respond_metrics (CfdRoutes *self, CfdRequest *request)
{
  g_autoptr (GBytes) body = NULL;

  if (!may_read_metrics (self, request))
    {
      cfd_problem_respond_status (request, 403, CF_ERROR_FORBIDDEN, "metrics are not for this address; the setting \"metrics\" names those that may read them", 0);
      return;
    }
  body = cfd_metrics (self->status);
  cfd_request_add_header (request, "Cache-Control", "no-store");
  cfd_request_add_header (request, "X-Content-Type-Options", "nosniff");
  cfd_request_respond (request, 200, "text/plain; version=0.0.4; charset=utf-8", body);
}

static void
respond_loader (CfdRoutes *self, CfdRequest *request)
{
  if (!cfd_static_files_respond (self->widget, request, "widget.js", LOADER_CACHE))
    not_found (request);
}

static void
respond_demo (CfdRoutes *self, CfdRequest *request)
{
  if (self->demo_page)
    cfd_demo_page_respond (self->status->db, request);
  else
    not_found (request);
}

static void
respond_demo_style (CfdRoutes *self, CfdRequest *request)
{
  if (self->demo_page)
    cfd_demo_page_respond_style (request);
  else
    not_found (request);
}

static const Route routes[] = {
  { "/", respond_root },
  { "/health", respond_health },
  { "/metrics", respond_metrics },
  { "/widget.js", respond_loader },
  { "/demo", respond_demo },
  { "/demo/style.css", respond_demo_style },
};

static gboolean
is_read (CfdRequest *request)
{
  const char *verb = cfd_request_get_verb (request);

  if (g_str_equal (verb, "GET") || g_str_equal (verb, "HEAD"))
    return TRUE;
  cfd_request_add_header (request, "Allow", "GET, HEAD");
  cfd_problem_respond_status (request, 405, CF_ERROR_INVALID, "this address can only be read", 0);
  return FALSE;
}

CfdRoutes *
cfd_routes_new (const CfdConfig *config, CfdRestDoor *rest, CfdFileUploads *uploads, CfdFileDownloads *downloads, const CfdStatus *status)
{
  CfdRoutes *self = g_new0 (CfdRoutes, 1);

  self->rest = rest;
  self->uploads = uploads;
  self->downloads = downloads;
  self->status = status;
  self->widget = cfd_static_files_new (config->widget);
  self->readers = cfd_proxies_new ((const char *const *) config->metrics, NULL); /* the configuration has checked them */
  self->demo_page = config->demo_page;
  return self;
}

/**
 * cfd_routes_begin:
 * For those who take a body as it comes.
 */
void
cfd_routes_begin (CfdRoutes *self, CfdRequest *request)
{
  cfd_file_uploads_begin (self->uploads, request);
}

/**
 * cfd_routes_request:
 * Answers @request, now or later.
 */
void
cfd_routes_request (CfdRoutes *self, CfdRequest *request)
{
  const char *path = cfd_request_get_path (request);

  if (cfd_file_uploads_owns (request))
    {
      cfd_file_uploads_request (self->uploads, request);
      return;
    }
  if (g_str_has_prefix (path, "/api/"))
    {
      cfd_rest_door_request (self->rest, request);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].path, path))
      {
        if (is_read (request))
          routes[i].respond (self, request);
        return;
      }
  if (g_str_has_prefix (path, "/files/"))
    {
      if (is_read (request))
        cfd_file_downloads_request (self->downloads, request);
      return;
    }
  if (g_str_has_prefix (path, "/photos/"))
    {
      if (is_read (request))
        cfd_photos_request (self->status->db, request);
      return;
    }
  if (!g_str_has_prefix (path, "/widget/"))
    not_found (request);
  else if (is_read (request) && !cfd_static_files_respond (self->widget, request, path + 1, ASSET_CACHE))
    not_found (request);
}

void
cfd_routes_free (CfdRoutes *self)
{
  cfd_static_files_free (self->widget);
  cfd_proxies_free (self->readers);
  g_free (self);
}
