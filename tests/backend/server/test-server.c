/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole server in this process, on a free port, asked over real connections. */
#include "backend/db/db.h"
#include "backend/features/accounts/account-service.h"
#include "backend/features/accounts/password.h"
#include "backend/features/sites/site-service.h"
#include "backend/server.h"
#include "protocol/id.h"
#include "tests/backend/transport/client.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define EMAIL "ana@one.example"
#define PASSWORD "a good password"

typedef struct
{
  char *folder, *widget;
  CfdConfig *config;
  CfdServer *server;
  char *site_key;
} Fixture;

static gboolean
populate (CfdTx *tx, gpointer data, GError **error)
{
  Fixture *f = data;
  g_autoptr (CfOrganisation) organisation = cfd_accounts_create_organisation (tx, "One", error);
  g_autoptr (CfAgentAddParams) agent = cf_struct_new (&cf_agent_add_params_shape);
  g_autoptr (CfSiteAddParams) site = cf_struct_new (&cf_site_add_params_shape);
  g_autofree char *hash = cfd_password_hash (PASSWORD, error);
  g_autoptr (CfAgent) made = NULL;
  g_autoptr (CfSite) shop = NULL;

  agent->id = cf_id_new ();
  agent->email = g_strdup (EMAIL);
  agent->name = g_strdup ("Ana");
  agent->role = CF_ROLE_ADMIN;
  site->id = cf_id_new ();
  site->name = g_strdup ("Shop");
  site->origins = g_strsplit ("https://shop.example", " ", -1);
  made = cfd_accounts_add_agent (tx, organisation->parent.id, NULL, agent, hash, error);
  shop = made != NULL ? cfd_sites_add (tx, organisation->parent.id, NULL, site, error) : NULL;
  if (shop == NULL)
    return FALSE;
  f->site_key = g_strdup (shop->key);
  return TRUE;
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *state = NULL, *widget = NULL, *assets = NULL, *database = NULL;
  CfdDb *db;

  f->folder = g_dir_make_tmp ("chatflow-server-XXXXXX", NULL);
  f->widget = g_build_filename (f->folder, "w", NULL);
  assets = g_build_filename (f->widget, "widget", NULL);
  g_assert_cmpint (g_mkdir_with_parents (assets, 0700), ==, 0);
  state = g_strconcat ("state=", f->folder, NULL);
  widget = g_strconcat ("widget=", f->widget, NULL);
  const char *overrides[] = { state, widget, "listen=127.0.0.1:0", "demo_page=true", "log_level=error", "address_burst=10000", NULL };

  f->config = cfd_config_parse ("", 0, NULL, overrides, &error);
  g_assert_no_error (error);
  database = cfd_config_database (f->config);
  db = cfd_db_open (&cfd_sqlite_driver, database, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (cfd_db_run (db, CFD_DB_WRITE, populate, f, &error));
  cfd_db_close (db);
  f->server = cfd_server_new (f->config, &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_folder (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  cfd_server_free (f->server);
  cfd_config_free (f->config);
  remove_folder (f->folder);
  g_free (f->folder);
  g_free (f->widget);
  g_free (f->site_key);
}

/* @headers end with CRLF each. Returns: head and body of the answer. */
static char *
ask (Fixture *f, const char *verb, const char *path, const char *headers, const char *body)
{
  g_autofree char *request = g_strdup_printf ("%s %s HTTP/1.1\r\nHost: test\r\nConnection: close\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                              verb, path, headers, strlen (body), body);

  return client_ask (cfd_server_port (f->server), request);
}

static void
expect (Fixture *f, const char *verb, const char *path, const char *headers, const char *body, guint status, const char *text)
{
  g_autofree char *answer = ask (f, verb, path, headers, body);
  g_autofree char *line = g_strdup_printf ("HTTP/1.1 %u ", status);

  if (!g_str_has_prefix (answer, line) || strstr (answer, text) == NULL)
    g_error ("%s %s: got:\n%s\nexpected %u and: %s", verb, path, answer, status, text);
}

static void
test_pages (Fixture *f, gconstpointer data)
{
  g_autofree char *script = g_strdup_printf ("data-site=\"%s\"", f->site_key);

  expect (f, "GET", "/", "", "", 200, "ChatFlow is running");
  expect (f, "GET", "/health", "", "", 200, "\"status\":\"ok\"");
  expect (f, "GET", "/demo", "", "", 200, script);
  expect (f, "GET", "/demo", "", "", 200, "Content-Security-Policy: default-src 'none'; script-src 'self'");
  expect (f, "GET", "/demo/style.css", "", "", 200, "text/css");
  expect (f, "GET", "/nothing", "", "", 404, "application/problem+json");
  expect (f, "POST", "/health", "", "", 405, "Allow: GET, HEAD");
}

static void
test_widget (Fixture *f, gconstpointer data)
{
  g_autofree char *answer = NULL, *match = NULL, *hidden = g_build_filename (f->widget, "widget", "link.js", NULL);
  const char *etag;

  expect (f, "GET", "/widget.js", "", "", 404, "not_found");
  write_file (f->widget, "widget.js", "plain();");
  write_file (f->widget, "widget/panel-1a2b.js", "panel();");
  write_file (f->widget, "widget/.secret.js", "secret");
  write_file (f->folder, "outside.js", "secret");
  g_assert_cmpint (symlink ("../../outside.js", hidden), ==, 0);
  answer = ask (f, "GET", "/widget.js", "", "");
  g_assert_nonnull (strstr (answer, "plain();"));
  g_assert_nonnull (strstr (answer, "Cache-Control: public, max-age=300\r\n"));
  g_assert_nonnull (strstr (answer, "Access-Control-Allow-Origin: *\r\n"));
  g_assert_nonnull (strstr (answer, "Content-Type: text/javascript"));
  etag = strstr (answer, "ETag: ") + strlen ("ETag: ");
  match = g_strdup_printf ("If-None-Match: %.*s\r\n", (int) (strstr (etag, "\r\n") - etag), etag);
  expect (f, "GET", "/widget.js", match, "", 304, "ETag");
  write_file (f->widget, "widget.js", "another build();");
  expect (f, "GET", "/widget.js", match, "", 200, "another build();");
  write_file (f->widget, "widget.js.gz", "packed");
  expect (f, "GET", "/widget.js", "Accept-Encoding: br, gzip;q=0.8\r\n", "", 200, "Content-Encoding: gzip");
  expect (f, "GET", "/widget.js", "Accept-Encoding: gzip;q=0\r\n", "", 200, "another build();");
  expect (f, "GET", "/widget/panel-1a2b.js", "", "", 200, "immutable");
  expect (f, "GET", "/widget/.secret.js", "", "", 404, "not_found");
  expect (f, "GET", "/widget/link.js", "", "", 404, "not_found");
  expect (f, "GET", "/widget//panel-1a2b.js", "", "", 404, "not_found");
  expect (f, "GET", "/widget/%2e%2e/%2e%2e/outside.js", "", "", 400, "");
  expect (f, "GET", "/widget/", "", "", 404, "not_found");
  expect (f, "DELETE", "/widget.js", "", "", 405, "Allow");
}

/* tests/e2e/metrics.mjs reads them by the letter. */
static void
test_metrics (Fixture *f, gconstpointer data)
{
  expect (f, "GET", "/metrics", "", "", 200, "# TYPE chatflow_commit_seconds histogram\nchatflow_commit_seconds_bucket{le=\"0.0001\"} ");
  expect (f, "GET", "/metrics", "", "", 200, "\nchatflow_connections{kind=\"agent\"} 0\n");
  expect (f, "GET", "/metrics", "X-Forwarded-For: 203.0.113.9\r\n", "", 403, "forbidden");
}

static char *
sign_in (Fixture *f)
{
  g_autofree char *answer = ask (f, "POST", "/api/v1/sessions", "Content-Type: application/json; charset=utf-8\r\n",
                                 "{\"email\":\"" EMAIL "\",\"password\":\"" PASSWORD "\"}");
  g_autoptr (JsonNode) node = json_from_string (strstr (answer, "\r\n\r\n") + 4, NULL);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  g_assert_nonnull (strstr (answer, "\"email\":\"" EMAIL "\""));
  return g_strdup (json_object_get_string_member (json_node_get_object (node), "token"));
}

static void
test_rest (Fixture *f, gconstpointer data)
{
  g_autofree char *token = sign_in (f), *bearer = g_strdup_printf ("Authorization: Bearer %s\r\n", token), *id = cf_id_new ();
  g_autofree char *json = g_strconcat (bearer, "Content-Type: application/json\r\n", NULL);
  g_autofree char *form = g_strconcat (bearer, "Content-Type: application/x-www-form-urlencoded\r\n", NULL);
  g_autofree char *nobody = g_strdup_printf ("/api/v1/visitors/%s", id), *conflict = g_strdup_printf ("/api/v1/agents/%s", id);
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"Bea\"}", id);

  expect (f, "GET", "/api/v1/server", "", "", 200, "\"version\":");
  expect (f, "GET", "/api/v1/openapi.json", "", "", 200, "\"openapi\":\"3.1.0\"");
  expect (f, "GET", "/api/v1/agents", "", "", 401, "\"reason\":\"unauthenticated\"");
  expect (f, "GET", "/api/v1/agents", "", "", 401, "WWW-Authenticate: Bearer");
  expect (f, "GET", "/api/v1/agents", "Authorization: Basic x\r\n", "", 401, "Bearer TOKEN");
  expect (f, "GET", "/api/v1/agents", "Authorization: Bearer wrong\r\n", "", 401, "unauthenticated");
  expect (f, "GET", "/api/v1/agents", bearer, "", 200, EMAIL);
  expect (f, "GET", "/api/v1/conversations?limit=5&status=open", bearer, "", 200, "\"records\":[]");
  expect (f, "GET", "/api/v1/conversations?limit=five", bearer, "", 400, "limit: got a string, expected a whole number");
  expect (f, "GET", "/api/v1/conversations?limit=1&limit=2", bearer, "", 400, "limit: got it twice");
  expect (f, "GET", "/api/v1/conversations?nonsense=1", bearer, "", 400, "unknown field");
  expect (f, "GET", nobody, bearer, "", 404, "application/problem+json");
  expect (f, "PATCH", conflict, json, body, 400, "id: got it twice");
  expect (f, "POST", "/api/v1/sites", form, "name=x", 415, "application/json");
  expect (f, "POST", "/api/v1/sites", json, "[1]", 400, "\"status\":400");
  expect (f, "PUT", "/api/v1/agents", bearer, "", 405, "Allow: GET, HEAD, POST, OPTIONS");
  expect (f, "GET", "/api/v1/nothing", bearer, "", 404, "not_found");
  expect (f, "DELETE", "/api/v1/sessions/current", bearer, "", 200, "\"deleted\":true");
  expect (f, "GET", "/api/v1/agents", bearer, "", 401, "\"reason\":\"revoked\"");
}

static void
test_visitors (Fixture *f, gconstpointer data)
{
  g_autofree char *id = cf_id_new (), *conversation = cf_id_new (), *message = cf_id_new ();
  g_autofree char *visitor = g_strdup_printf ("Authorization: Bearer %s.abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG\r\n"
                                              "X-ChatFlow-Site: %s\r\nContent-Type: application/json\r\n", id, f->site_key);
  g_autofree char *here = g_strconcat (visitor, "Origin: https://shop.example\r\n", NULL);
  g_autofree char *elsewhere = g_strconcat (visitor, "Origin: https://evil.example\r\n", NULL);
  g_autofree char *start = g_strdup_printf ("{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"hello\"}", conversation, message);
  g_autofree char *refused = NULL, *preflight = NULL;

  expect (f, "POST", "/api/v1/conversations", here, start, 200, "Access-Control-Allow-Origin: https://shop.example");
  expect (f, "POST", "/api/v1/conversations", here, start, 200, conversation);
  expect (f, "GET", "/api/v1/agents", here, "", 403, "\"reason\":\"forbidden\"");
  refused = ask (f, "POST", "/api/v1/conversations", elsewhere, start);
  g_assert_nonnull (strstr (refused, "\"reason\":\"bad_origin\""));
  g_assert_null (strstr (refused, "Access-Control-Allow-Origin"));
  expect (f, "OPTIONS", "/api/v1/conversations", "Origin: https://shop.example\r\nAccess-Control-Request-Method: POST\r\n", "", 204,
          "Access-Control-Allow-Origin: https://shop.example");
  preflight = ask (f, "OPTIONS", "/api/v1/conversations", "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n", "");
  g_assert_true (g_str_has_prefix (preflight, "HTTP/1.1 204 "));
  g_assert_null (strstr (preflight, "Access-Control"));
  g_assert_nonnull (strstr (preflight, "Vary: Origin"));
}

/* What the socket has seen. */
typedef struct
{
  Fixture *fixture;
  SoupWebsocketConnection *socket;
  GString *texts;
  gushort close_code;
  gboolean closed;
} Visit;

static void
on_message (SoupWebsocketConnection *socket, int type, GBytes *message, Visit *visit)
{
  g_string_append_len (visit->texts, g_bytes_get_data (message, NULL), g_bytes_get_size (message));
  g_string_append_c (visit->texts, '\n');
  /* The first answer has come; the write that followed it is under way when the server is told to end. */
  if (strstr (visit->texts->str, "\"id\":2") == NULL)
    raise (SIGTERM);
}

static void
on_closed (SoupWebsocketConnection *socket, Visit *visit)
{
  visit->close_code = soup_websocket_connection_get_close_code (socket);
  visit->closed = TRUE;
}

static void
on_connected (GObject *session, GAsyncResult *result, gpointer data)
{
  Visit *visit = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = cf_id_new (), *conversation = cf_id_new (), *message = cf_id_new (), *open = NULL, *start = NULL;

  visit->socket = soup_session_websocket_connect_finish (SOUP_SESSION (session), result, &error);
  g_assert_no_error (error);
  g_signal_connect (visit->socket, "message", G_CALLBACK (on_message), visit);
  g_signal_connect (visit->socket, "closed", G_CALLBACK (on_closed), visit);
  open = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.open\",\"params\":{\"site\":\"%s\","
                          "\"token\":\"%s.abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG\"}}", visit->fixture->site_key, id);
  start = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"conversation.start\",\"params\":{\"id\":\"%s\","
                           "\"message_id\":\"%s\",\"text\":\"hello\"}}", conversation, message);
  soup_websocket_connection_send_text (visit->socket, open);
  soup_websocket_connection_send_text (visit->socket, start);
}

static void
test_socket_and_end (Fixture *f, gconstpointer data)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *url = g_strdup_printf ("ws://127.0.0.1:%u/api/v1/socket", cfd_server_port (f->server));
  g_autoptr (SoupMessage) handshake = soup_message_new ("GET", url);
  Visit visit = { f, NULL, g_string_new (NULL) };

  soup_session_websocket_connect_async (session, handshake, "https://shop.example", NULL, G_PRIORITY_DEFAULT, NULL, on_connected, &visit);
  g_assert_cmpint (cfd_server_run (f->server), ==, 0);
  while (!visit.closed)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (visit.close_code, ==, 1012);
  g_assert_nonnull (strstr (visit.texts->str, "\"id\":1,\"result\":{\"role\":\"visitor\""));
  g_assert_nonnull (strstr (visit.texts->str, "\"id\":2,\"result\""));
  g_assert_nonnull (strstr (visit.texts->str, "\"method\":\"changes\""));
  g_string_free (visit.texts, TRUE);
  g_object_unref (visit.socket);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add ("/server/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  TEST (pages);
  TEST (widget);
  TEST (metrics);
  TEST (rest);
  TEST (visitors);
  TEST (socket_and_end);
  return g_test_run ();
}
