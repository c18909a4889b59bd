/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "problem.h"

#include "protocol/json.h"

typedef struct
{
  guint status;
  const char *title;
} Title;

static const Title titles[] = {
  { 400, "Bad Request" },
  { 401, "Unauthorized" },
  { 403, "Forbidden" },
  { 404, "Not Found" },
  { 405, "Method Not Allowed" },
  { 409, "Conflict" },
  { 413, "Content Too Large" },
  { 415, "Unsupported Media Type" },
  { 429, "Too Many Requests" },
  { 500, "Internal Server Error" },
  { 503, "Service Unavailable" },
};

static const char *
status_title (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (titles[i].status == status)
      return titles[i].title;
  return "Error";
}

/**
 * cfd_problem_respond:
 * @error: in CF_ERROR
 * @retry_after_ms: when the same call may be sent again; 0 = nothing to say
 */
void
cfd_problem_respond (CfdRequest *request, const GError *error, gint64 retry_after_ms)
{
  cfd_problem_respond_status (request, cf_error_http_status (cf_error_code (error)), cf_error_code (error), error->message, retry_after_ms);
}

/**
 * cfd_problem_respond_status:
 * Answers with a status that the reason alone does not give, as 405.
 *
 * RFC 9457: `type` is "about:blank", so `title` is the status phrase; `reason` is our extension member.
 */
void
cfd_problem_respond_status (CfdRequest *request, guint status, CfError code, const char *detail, gint64 retry_after_ms)
{
  GString *out = g_string_new (NULL);
  g_autofree char *text = g_utf8_make_valid (detail, -1);
  g_autoptr (GBytes) body = NULL;

  g_string_append_printf (out, "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%u,\"detail\":", status_title (status), status);
  cf_json_encode_string (out, text);
  g_string_append_printf (out, ",\"reason\":\"%s\"", cf_error_reason (code));
  if (retry_after_ms > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, (retry_after_ms + 999) / 1000);

      g_string_append_printf (out, ",\"retry_after_ms\":%" G_GINT64_FORMAT, retry_after_ms);
      cfd_request_add_header (request, "Retry-After", seconds);
    }
  if (status == 401)
    cfd_request_add_header (request, "WWW-Authenticate", "Bearer");
  g_string_append_c (out, '}');
  body = g_string_free_to_bytes (out);
  cfd_request_add_header (request, "X-Content-Type-Options", "nosniff");
  cfd_request_add_header (request, "Cache-Control", "no-store");
  cfd_request_respond (request, status, "application/problem+json", body);
}
