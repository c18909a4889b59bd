/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "polling.h"

#include "poll-link.h"
#include "request-private.h"
#include "transport-private.h"

#include <string.h>
#include <unistd.h>

#define HOLD_SECONDS_MAX 25 /* proxies give up after 30 or more */

struct _CfdPolling
{
  CfdTransport *transport;
  char *path;
  GHashTable *links; /* by their id */
};

static void
on_ended (CfdPollLink *link, gpointer data)
{
  CfdPolling *self = data;

  g_hash_table_remove (self->links, cfd_poll_link_get_id (link));
}

static void
open_link (CfdPolling *self, CfdRequest *request)
{
  CfdTransport *transport = self->transport;
  const char *origin = cfd_request_get_header (request, "Origin");
  g_autoptr (GBytes) body = NULL;
  CfdPollLinkLimits limits = { .frame_max = transport->options.frame_max };
  CfdPollLink *link;
  int near;

  limits.hold_seconds = MIN (HOLD_SECONDS_MAX, transport->options.ping_seconds);
  limits.absent_seconds = limits.hold_seconds + transport->options.pong_seconds;
  if (!transport->handlers.accept (request, transport->data))
    {
      cfd_request_refuse (request, 403, CF_ERROR_BAD_ORIGIN, "this page may not talk to this server", 0);
      return;
    }
  link = transport->stats.http_connections + transport->peers->len < transport->options.max_connections
             ? cfd_poll_link_new (transport->loop, origin, &limits, &near, on_ended, self)
             : NULL;
  if (link == NULL)
    {
      transport->stats.refused_limit++;
      cfd_request_refuse (request, 503, CF_ERROR_UNAVAILABLE, "too many are here", 5000);
      return;
    }
  g_hash_table_insert (self->links, (char *) cfd_poll_link_get_id (link), link);
  cfd_transport_open_peer (transport, request, near, NULL, 0);
  if (origin != NULL)
    cfd_request_add_header (request, "Access-Control-Allow-Origin", origin);
  cfd_request_add_header (request, "Vary", "Origin");
  cfd_request_add_header (request, "Cache-Control", "no-store");
  body = g_bytes_new (cfd_poll_link_get_id (link), CFD_POLL_LINK_ID_LENGTH);
  cfd_request_respond (request, 201, "text/plain; charset=utf-8", body);
}

/* A number in a query: digits only. Returns: G_MAXUINT64 when it is none. */
static guint64
number_in (CfdRequest *request, const char *name)
{
  const char *text = cfd_request_get_query (request, name);
  guint64 number;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &number, NULL) ? number : G_MAXUINT64;
}

/**
 * cfd_polling_new:
 * @path: of the address that opens a link; below it are the links
 */
CfdPolling *
cfd_polling_new (CfdTransport *transport, const char *path)
{
  CfdPolling *self = g_new0 (CfdPolling, 1);

  self->transport = transport;
  self->path = g_strdup (path);
  self->links = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) cfd_poll_link_free);
  return self;
}

void
cfd_polling_free (CfdPolling *self)
{
  g_hash_table_unref (self->links);
  g_free (self->path);
  g_free (self);
}

/**
 * cfd_polling_owns:
 * Returns: whether the request's address is one of ours
 */
gboolean
cfd_polling_owns (CfdPolling *self, CfdRequest *request)
{
  gsize length = strlen (self->path);
  const char *path = cfd_request_get_path (request);

  return strncmp (path, self->path, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

/**
 * cfd_polling_request:
 *
 * POST of the path opens a link and answers with its id. Below it, GET ?after=N listens, POST ?first=N speaks, and POST ?end=1
 * hangs up; with first=N it says something last.
 */
void
cfd_polling_request (CfdPolling *self, CfdRequest *request)
{
  const char *id = cfd_request_get_path (request) + strlen (self->path), *origin = cfd_request_get_header (request, "Origin");
  gboolean post = strcmp (cfd_request_get_verb (request), "POST") == 0;
  CfdPollLink *link;

  if (!post && (*id == '\0' || strcmp (cfd_request_get_verb (request), "GET") != 0))
    {
      cfd_request_add_header (request, "Allow", *id == '\0' ? "POST" : "GET, POST");
      cfd_request_refuse (request, 405, CF_ERROR_INVALID, "this address is for other verbs", 0);
      return;
    }
  if (*id == '\0')
    {
      open_link (self, request);
      return;
    }
  link = g_hash_table_lookup (self->links, id + 1);
  if (link == NULL || !cfd_poll_link_is_from (link, origin))
    {
      if (origin != NULL) /* that it is over is no secret */
        cfd_request_add_header (request, "Access-Control-Allow-Origin", origin);
      cfd_request_add_header (request, "Vary", "Origin");
      cfd_request_refuse (request, 404, CF_ERROR_NOT_FOUND, "there is no such link, or not any more", 0);
    }
  else if (!post)
    cfd_poll_link_listen (link, request, number_in (request, "after"));
  else if (cfd_request_get_query (request, "end") == NULL)
    cfd_poll_link_say (link, request, number_in (request, "first"));
  else
    {
      g_autoptr (GBytes) body = g_bytes_new_static ("", 0);

      cfd_poll_link_hang_up (link, cfd_request_get_body (request), number_in (request, "first"));
      cfd_request_respond (request, 204, "text/plain", body);
    }
}
