/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-private.h"

#include "protocol/json.h"

#include "address.h"
#include "http.h"

#include <microhttpd.h>
#include <string.h>
#include <unistd.h>

/* The decoded form of what stood in the URL. Returns: (nullable): NULL when it has a zero byte, a bad escape, or is not UTF-8. */
static const char *
decode (CfdRequest *self, const char *raw, const char *forbidden)
{
  g_autofree char *text = g_uri_unescape_string (raw, forbidden);

  return text != NULL && g_utf8_validate (text, -1, NULL) ? g_string_chunk_insert (self->strings, text) : NULL;
}

static gboolean
is_clean_path (const char *path)
{
  g_auto (GStrv) segments = NULL;

  if (path == NULL || path[0] != '/')
    return FALSE;
  for (const char *p = path; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) || *p == '\\')
      return FALSE;
  segments = g_strsplit (path, "/", -1);
  for (guint i = 0; segments[i] != NULL; i++)
    if (strcmp (segments[i], ".") == 0 || strcmp (segments[i], "..") == 0)
      return FALSE;
  return TRUE;
}

static void
refuse_later (CfdRequest *self, guint status, const char *why)
{
  if (self->refuse_status == 0)
    {
      self->refuse_status = status;
      self->refuse_why = why;
    }
}

static enum MHD_Result
add_query (void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
  CfdRequest *self = data;
  CfdField field = { decode (self, name, NULL), decode (self, value != NULL ? value : "", NULL) };

  if (field.name == NULL || field.value == NULL)
    refuse_later (self, 400, "query: expected percent-encoded UTF-8");
  else
    g_array_append_val (self->query, field);
  return MHD_YES;
}

static CfdField *
find_field (GArray *fields, const char *name)
{
  for (guint i = 0; i < fields->len; i++)
    if (g_ascii_strcasecmp (g_array_index (fields, CfdField, i).name, name) == 0)
      return &g_array_index (fields, CfdField, i);
  return NULL;
}

/* A header that comes more than once means the same as one with all values in a line (RFC 9110, 5.3). */
static enum MHD_Result
add_request_header (void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
  CfdRequest *self = data;
  CfdField *before = find_field (self->headers, name);

  if (value == NULL)
    value = "";
  if (before != NULL)
    {
      g_autofree char *joined = g_strconcat (before->value, ", ", value, NULL);

      before->value = g_string_chunk_insert (self->strings, joined);
    }
  else
    {
      CfdField field = { g_string_chunk_insert (self->strings, name), g_string_chunk_insert (self->strings, value) };

      g_array_append_val (self->headers, field);
    }
  return MHD_YES;
}

/**
 * cfd_request_new:
 * @raw_path: as it stands in the request line, without the query
 *
 * Copies what libmicrohttpd knows after the headers; the request outlives its connection.
 *
 * Returns: (transfer full): a request whose body is still to come
 */
CfdRequest *
cfd_request_new (struct MHD_Connection *connection, const char *verb, const char *raw_path, const char *version)
{
  CfdRequest *self = g_new0 (CfdRequest, 1);

  self->connection = connection;
  self->attached = TRUE;
  self->strings = g_string_chunk_new (1024);
  self->query = g_array_new (FALSE, FALSE, sizeof (CfdField));
  self->headers = g_array_new (FALSE, FALSE, sizeof (CfdField));
  self->answer_headers = g_array_new (FALSE, FALSE, sizeof (CfdField));
  self->verb = g_string_chunk_insert (self->strings, verb);
  self->http_1_0 = strcmp (version, MHD_HTTP_VERSION_1_1) != 0;
  self->path = decode (self, raw_path, "/");
  if (!is_clean_path (self->path))
    {
      self->path = "/";
      refuse_later (self, 400, "path: expected percent-encoded UTF-8 that begins with / and has no . or .. segments");
    }
  MHD_get_connection_values (connection, MHD_GET_ARGUMENT_KIND, add_query, self);
  MHD_get_connection_values (connection, MHD_HEADER_KIND, add_request_header, self);
  return self;
}

/**
 * cfd_request_free:
 *
 * For the transport: when nobody owes an answer and libmicrohttpd has forgotten it.
 */
void
cfd_request_free (CfdRequest *self)
{
  g_clear_pointer (&self->answer, MHD_destroy_response);
  g_clear_pointer (&self->incoming, g_byte_array_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_array_unref (self->query);
  g_array_unref (self->headers);
  g_array_unref (self->answer_headers);
  g_string_chunk_free (self->strings);
  g_free (self->address);
  g_free (self->limit_key);
  g_free (self);
}

/**
 * cfd_request_receive:
 *
 * Takes a piece of the body. One that is longer than @limit is not kept but still read for a while, so that the client has an
 * ear for our refusal.
 */
void
cfd_request_receive (CfdRequest *self, const char *bytes, gsize length, gsize limit)
{
  gsize have = self->incoming != NULL ? self->incoming->len : 0;

  if (self->refuse_status == 0 && length <= limit - have)
    {
      if (self->incoming == NULL)
        self->incoming = g_byte_array_new ();
      g_byte_array_append (self->incoming, (const guint8 *) bytes, length);
      return;
    }
  g_clear_pointer (&self->incoming, g_byte_array_unref);
  self->discarded += have + length;
  refuse_later (self, 413, "the body is too large");
}

/**
 * cfd_request_set_peer:
 * @address: the client's
 *
 * Says who sends it and whether it came by TLS.
 */
void
cfd_request_set_peer (CfdRequest *self, GInetAddress *address, gboolean secure)
{
  self->address = g_inet_address_to_string (address);
  self->limit_key = cfd_address_limit_key (address);
  self->secure = secure;
}

/**
 * cfd_request_refuse:
 * @code: gives the stable reason word
 * @why: for a person
 * @retry_after_ms: 0 = not said
 *
 * Answers with problem details (RFC 9457).
 */
void
cfd_request_refuse (CfdRequest *self, guint status, CfError code, const char *why, gint64 retry_after_ms)
{
  GString *json = g_string_new ("{\"type\":\"about:blank\",\"title\":");
  g_autoptr (GBytes) body = NULL;

  cf_json_encode_string (json, MHD_get_reason_phrase_for (status));
  g_string_append_printf (json, ",\"status\":%u,\"detail\":", status);
  cf_json_encode_string (json, why);
  g_string_append_printf (json, ",\"reason\":\"%s\"", cf_error_reason (code));
  if (retry_after_ms > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, (retry_after_ms + 999) / 1000);

      g_string_append_printf (json, ",\"retry_after_ms\":%" G_GINT64_FORMAT, retry_after_ms);
      cfd_request_add_header (self, "Retry-After", seconds);
    }
  g_string_append_c (json, '}');
  body = g_string_free_to_bytes (json);
  cfd_request_respond (self, status, "application/problem+json", body);
}

const char *
cfd_request_get_verb (CfdRequest *self)
{
  return self->verb;
}

const char *
cfd_request_get_path (CfdRequest *self)
{
  return self->path;
}

/**
 * cfd_request_get_query:
 *
 * Returns: (transfer none) (nullable): the decoded value of the first query parameter of that name, "" when it has none
 */
const char *
cfd_request_get_query (CfdRequest *self, const char *name)
{
  for (guint i = 0; i < self->query->len; i++)
    if (strcmp (g_array_index (self->query, CfdField, i).name, name) == 0)
      return g_array_index (self->query, CfdField, i).value;
  return NULL;
}

/**
 * cfd_request_each_query:
 *
 * Calls @each for every query parameter, in their order; a name may come more than once.
 */
void
cfd_request_each_query (CfdRequest *self, void (*each) (const char *name, const char *value, gpointer data), gpointer data)
{
  for (guint i = 0; i < self->query->len; i++)
    {
      CfdField *field = &g_array_index (self->query, CfdField, i);

      each (field->name, field->value, data);
    }
}

/**
 * cfd_request_get_header:
 * @name: in any case
 *
 * Returns: (transfer none) (nullable): the header; if it came more than once, all values joined by ", "
 */
const char *
cfd_request_get_header (CfdRequest *self, const char *name)
{
  CfdField *field = find_field (self->headers, name);

  return field != NULL ? field->value : NULL;
}

/**
 * cfd_request_get_body:
 *
 * Returns: (transfer none): the body, empty when there is none
 */
GBytes *
cfd_request_get_body (CfdRequest *self)
{
  if (self->body == NULL)
    self->body = self->incoming != NULL ? g_byte_array_free_to_bytes (g_steal_pointer (&self->incoming)) : g_bytes_new (NULL, 0);
  return self->body;
}

const char *
cfd_request_get_address (CfdRequest *self)
{
  return self->address;
}

gboolean
cfd_request_is_secure (CfdRequest *self)
{
  return self->secure;
}

/**
 * cfd_request_add_header:
 *
 * Adds a header to the answer; before cfd_request_respond().
 */
void
cfd_request_add_header (CfdRequest *self, const char *name, const char *value)
{
  CfdField field = { g_string_chunk_insert (self->strings, name), g_string_chunk_insert (self->strings, value) };

  g_assert (strpbrk (name, "\r\n") == NULL && strpbrk (value, "\r\n") == NULL);
  g_array_append_val (self->answer_headers, field);
}

/**
 * cfd_request_stream:
 * @limit: bytes; a request that says of itself that it is longer is refused
 * @taker: static
 *
 * The body goes to @taker as it comes, and the whole request to whoever answers, as ever. Within the transport's begin callback.
 */
void
cfd_request_stream (CfdRequest *self, guint64 limit, const CfdBodyTaker *taker, gpointer data)
{
  self->taker = taker;
  self->taker_data = data;
  self->stream_limit = limit;
}

/**
 * cfd_request_forget_taker:
 *
 * The request will not reach whoever took its body.
 */
void
cfd_request_forget_taker (CfdRequest *self)
{
  const CfdBodyTaker *taker = g_steal_pointer (&self->taker);

  if (taker != NULL)
    taker->gone (self, g_steal_pointer (&self->taker_data));
}

gpointer
cfd_request_get_stream (CfdRequest *self)
{
  return self->taker_data;
}

/**
 * cfd_request_hold:
 *
 * The client's bytes wait in the network until cfd_request_go_on(). Within begin or piece.
 */
void
cfd_request_hold (CfdRequest *self)
{
  self->held = TRUE;
}

void
cfd_request_go_on (CfdRequest *self)
{
  if (!self->held)
    return;
  self->held = FALSE;
  cfd_http_go_on (self->http, self);
}

static void
release_body (void *body)
{
  g_bytes_unref (body);
}

/* Nobody listens any more. Returns: whether that is so. */
static gboolean
give_up (CfdRequest *self)
{
  if (!self->abandoned)
    return FALSE;
  self->taken = FALSE;
  if (!self->attached)
    cfd_request_free (self);
  return TRUE;
}

static void
finish_answer (CfdRequest *self, guint status, const char *content_type, gsize length)
{
  self->answer_status = status;
  MHD_add_response_header (self->answer, MHD_HTTP_HEADER_SERVER, "ChatFlow");
  if (content_type != NULL)
    MHD_add_response_header (self->answer, MHD_HTTP_HEADER_CONTENT_TYPE, content_type);
  for (guint i = 0; i < self->answer_headers->len; i++)
    {
      CfdField *field = &g_array_index (self->answer_headers, CfdField, i);

      MHD_add_response_header (self->answer, field->name, field->value);
    }
  cfd_http_answer (self->http, self, length);
}

/**
 * cfd_request_respond_file:
 * @fd: (transfer full): a regular file
 * @length: at least 1, and no more than there is behind @first
 *
 * Answers with a part of a file, which the system sends without it passing through our memory.
 */
void
cfd_request_respond_file (CfdRequest *self, guint status, const char *content_type, int fd, guint64 first, guint64 length)
{
  if (self->abandoned)
    close (fd);
  if (give_up (self))
    return;
  g_assert (self->taken && self->answer == NULL);
  self->answer = MHD_create_response_from_fd_at_offset64 (length, fd, first);
  finish_answer (self, status, content_type, length);
}

/**
 * cfd_request_respond:
 * @content_type: (nullable): NULL when there is no body
 * @body: (nullable): kept until it is sent, not copied
 *
 * Answers. The request must not be used afterwards. Main loop only.
 */
void
cfd_request_respond (CfdRequest *self, guint status, const char *content_type, GBytes *body)
{
  gsize length = 0;
  const void *data = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  if (give_up (self))
    return;
  g_assert (self->taken && self->answer == NULL);
  if (length > 0)
    self->answer = MHD_create_response_from_buffer_with_free_callback_cls (length, (void *) data, release_body, g_bytes_ref (body));
  else
    self->answer = MHD_create_response_from_buffer (0, (void *) "", MHD_RESPMEM_PERSISTENT);
  finish_answer (self, status, content_type, length);
}
