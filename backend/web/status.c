/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "status.h"

#include "protocol/id.h"
#include "protocol/json.h"

static void
add_problem (GString *problems, const char *text)
{
  if (problems->len > 0)
    g_string_append_c (problems, ',');
  cf_json_encode_string (problems, text);
}

/**
 * cfd_status_respond_health:
 * Answers 200 when all is well, 503 with what is wrong when it is not.
 */
void
cfd_status_respond_health (const CfdStatus *self, CfdRequest *request)
{
  GString *out = g_string_new ("{\"status\":");
  g_autoptr (GString) problems = g_string_new (NULL);
  g_autoptr (GError) closed = NULL;
  g_autoptr (GBytes) body = NULL;
  CfdDbStats db;
  gboolean well;

  cfd_db_get_stats (self->db, &db);
  if (!db.writable)
    {
      g_autofree char *text = g_strdup_printf ("the database cannot be written: %.180s", db.last_error);
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      add_problem (problems, valid);
    }
  if (!cfd_router_is_open (self->router, &closed))
    add_problem (problems, "the server is about to stop");
  well = problems->len == 0;
  g_string_append_printf (out, "\"%s\",\"version\":\"%s\",\"time\":%" G_GINT64_FORMAT ",\"problems\":[%s],"
                               "\"queues\":{\"write\":%u,\"read\":%u,\"slow\":%u}}",
                          well ? "ok" : "degraded", CHATFLOW_VERSION, cf_now (), problems->str, db.write_queue, db.read_queue, db.slow_queue);
  body = g_string_free_to_bytes (out);
  cfd_request_add_header (request, "Cache-Control", "no-store");
  cfd_request_add_header (request, "X-Content-Type-Options", "nosniff");
  cfd_request_respond (request, well ? 200 : 503, "application/json", body);
}
