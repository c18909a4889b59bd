/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos.h"

#include "backend/features/accounts/photo-service.h"
#include "backend/features/accounts/token-service.h"
#include "backend/rpc/problem.h"
#include "protocol/error.h"

#include <string.h>

#define FOLDER "/photos/"

/* What is at an address never changes: another picture has another one. */
#define CACHE "public, max-age=31536000, immutable"

typedef struct
{
  CfdRequest *request;
  char *token;
  GBytes *picture;
} Download;

static void
not_found (CfdRequest *request)
{
  cfd_problem_respond_status (request, 404, CF_ERROR_NOT_FOUND, "there is no photo at this address, or not any more", 0);
}

/* On a database thread. */
static gboolean
find_work (CfdTx *tx, gpointer data, GError **error)
{
  Download *self = data;

  g_clear_pointer (&self->picture, g_bytes_unref);
  self->picture = cfd_photos_read (tx, self->token, error);
  return self->picture != NULL;
}

/* The sites' pages show it, whoever they belong to; it is never taken for something else. */
static void
respond (Download *self)
{
  cfd_request_add_header (self->request, "Content-Security-Policy", "default-src 'none'; sandbox");
  cfd_request_add_header (self->request, "X-Content-Type-Options", "nosniff");
  cfd_request_add_header (self->request, "Cross-Origin-Resource-Policy", "cross-origin");
  cfd_request_add_header (self->request, "Referrer-Policy", "no-referrer");
  cfd_request_add_header (self->request, "Cache-Control", CACHE);
  cfd_request_respond (self->request, 200, "image/jpeg", self->picture);
}

static void
found (gpointer data, const GError *error)
{
  Download *self = data;

  if (error == NULL)
    respond (self);
  else if (g_error_matches (error, CF_ERROR, CF_ERROR_NOT_FOUND))
    not_found (self->request);
  else
    cfd_problem_respond_status (self->request, 503, CF_ERROR_UNAVAILABLE, "the photo cannot be read now", 1000);
  g_clear_pointer (&self->picture, g_bytes_unref);
  g_free (self->token);
  g_free (self);
}

/**
 * cfd_photos_request:
 * @request: GET or HEAD of /photos/TOKEN; answered now or later
 */
void
cfd_photos_request (CfdDb *db, CfdRequest *request)
{
  const char *token = cfd_request_get_path (request) + strlen (FOLDER);
  Download *download;

  if (!cfd_token_is_valid (token))
    {
      not_found (request);
      return;
    }
  download = g_new0 (Download, 1);
  download->request = request;
  download->token = g_strdup (token);
  cfd_db_submit (db, CFD_DB_READ, find_work, found, download);
}
