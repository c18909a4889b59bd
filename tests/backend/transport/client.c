/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client.h"

#include "bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/**
 * client_connect:
 * @from: (nullable): the address to come from, like "127.0.0.2"
 *
 * Returns: (transfer full): a connection on which nothing was said
 */
Client *
client_connect (guint port, const char *from)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  Client *self = g_new0 (Client, 1);

  self->in = g_byte_array_new ();
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (self->fd, >=, 0);
  inet_pton (AF_INET, from != NULL ? from : "127.0.0.1", &address.sin_addr);
  g_assert_cmpint (bind (self->fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  inet_pton (AF_INET, "127.0.0.1", &address.sin_addr);
  address.sin_port = htons (port);
  g_assert_cmpint (connect (self->fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  fcntl (self->fd, F_SETFL, O_NONBLOCK);
  return self;
}

void
client_free (Client *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_byte_array_unref (self->in);
  g_free (self);
}

/**
 * client_write:
 *
 * Sends all bytes; ends quietly when the server has hung up.
 */
void
client_write (Client *self, const void *bytes, gsize length)
{
  const char *at = bytes;

  while (length > 0)
    {
      gssize n = send (self->fd, at, length, MSG_NOSIGNAL);

      if (n < 0 && errno != EAGAIN)
        return;
      if (n < 0)
        bench_iterate ();
      at += MAX (n, 0);
      length -= MAX (n, 0);
    }
}

void
client_say (Client *self, const char *text)
{
  client_write (self, text, strlen (text));
}

/**
 * client_receive:
 *
 * Takes what has come, after letting the loop work.
 */
void
client_receive (Client *self)
{
  guint8 buffer[65536];
  gssize n = recv (self->fd, buffer, sizeof buffer, 0);

  if (n > 0)
    g_byte_array_append (self->in, buffer, n);
  else if (n == 0 || errno != EAGAIN)
    self->ended = TRUE;
  else
    bench_iterate ();
}

static char *
take (Client *self, gsize length)
{
  char *text = g_malloc (length + 1);

  text[length] = '\0';
  if (length > 0)
    memcpy (text, self->in->data, length);
  g_byte_array_remove_range (self->in, 0, length);
  return text;
}

/**
 * client_read_head:
 *
 * Returns: (transfer full): the head of an HTTP answer, "" when the server hung up instead
 */
char *
client_read_head (Client *self)
{
  for (;;)
    {
      const char *end = self->in->len > 0 ? g_strstr_len ((char *) self->in->data, self->in->len, "\r\n\r\n") : NULL;

      if (end != NULL)
        return take (self, end + 4 - (char *) self->in->data);
      if (self->ended)
        return g_strdup ("");
      client_receive (self);
    }
}

char *
client_read_body (Client *self, const char *head)
{
  const char *field = strstr (head, "Content-Length: ");
  gsize length = field != NULL ? g_ascii_strtoull (field + strlen ("Content-Length: "), NULL, 10) : 0;

  while (self->in->len < length && !self->ended)
    client_receive (self);
  return take (self, MIN (length, self->in->len));
}

/**
 * client_ask:
 *
 * Returns: (transfer full): head and body of the answer to one request on a connection of its own
 */
char *
client_ask (guint port, const char *request)
{
  g_autoptr (Client) self = client_connect (port, NULL);
  g_autofree char *head = NULL, *body = NULL;

  client_say (self, request);
  head = client_read_head (self);
  body = client_read_body (self, head);
  return g_strconcat (head, body, NULL);
}

/**
 * client_open:
 * @headers: (nullable): more headers for the handshake, each with CRLF
 *
 * Returns: (transfer full): an open WebSocket
 */
Client *
client_open (guint port, const char *headers)
{
  Client *self = client_connect (port, NULL);
  g_autofree char *request = g_strdup_printf ("GET /socket HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                                              "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
                                              headers != NULL ? headers : "");
  g_autofree char *head = NULL;

  client_say (self, request);
  head = client_read_head (self);
  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 101 "));
  g_assert_nonnull (strstr (head, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")); /* RFC 6455, 1.3 */
  return self;
}

/**
 * client_send_frame:
 * @first: FIN, reserved bits and opcode
 *
 * Sends a masked frame.
 */
void
client_send_frame (Client *self, guint8 first, const char *payload, gsize length)
{
  static const guint8 key[4] = { 0x12, 0x34, 0x56, 0x78 };
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint bytes = length > G_MAXUINT16 ? 8 : length > 125 ? 2 : 0, at;
  guint8 head[10] = { first, 0x80 | (bytes == 8 ? 127 : bytes == 2 ? 126 : length) };

  for (guint i = 0; i < bytes; i++)
    head[2 + i] = (guint64) length >> (8 * (bytes - 1 - i));
  g_byte_array_append (out, head, 2 + bytes);
  g_byte_array_append (out, key, 4);
  at = out->len;
  g_byte_array_append (out, (const guint8 *) payload, length);
  for (gsize i = 0; i < length; i++)
    out->data[at + i] ^= key[i & 3];
  client_write (self, out->data, out->len);
}

/**
 * client_read_frame:
 * @payload: (out) (transfer full): zero-terminated beyond its length
 *
 * Returns: the frame's first byte, 0 when the server hung up
 */
guint8
client_read_frame (Client *self, char **payload, gsize *length)
{
  for (;;)
    {
      const guint8 *in = self->in->data;
      guint bytes = self->in->len < 2 ? 0 : in[1] == 127 ? 8 : in[1] == 126 ? 2 : 0;
      gsize size = bytes == 0 && self->in->len >= 2 ? in[1] : 0;

      for (guint i = 0; i < bytes && self->in->len >= 2 + bytes; i++)
        size = size << 8 | in[2 + i];
      if (self->in->len >= 2 + bytes && self->in->len >= 2 + bytes + size)
        {
          guint8 first = in[0];

          g_byte_array_remove_range (self->in, 0, 2 + bytes);
          *payload = take (self, size);
          *length = size;
          return first;
        }
      if (self->ended)
        {
          g_assert_cmpuint (self->in->len, ==, 0); /* never half a frame */
          *payload = NULL;
          *length = 0;
          return 0;
        }
      client_receive (self);
    }
}

/**
 * client_expect:
 *
 * The next frame must be this text.
 */
void
client_expect (Client *self, const char *text)
{
  g_autofree char *payload = NULL;
  gsize length;

  g_assert_cmphex (client_read_frame (self, &payload, &length), ==, 0x81);
  g_assert_cmpmem (payload, length, text, strlen (text));
}

/**
 * client_read_close:
 *
 * Reads until the server closes, whatever comes before.
 *
 * Returns: the code of its close frame, 0 when there was none
 */
guint
client_read_close (Client *self)
{
  guint8 first;

  do
    {
      g_autofree char *payload = NULL;
      gsize length;

      first = client_read_frame (self, &payload, &length);
      if (first == 0x88 && length >= 2)
        return (guint8) payload[0] << 8 | (guint8) payload[1];
    }
  while (first != 0 && first != 0x88);
  return 0;
}

void
client_wait_end (Client *self)
{
  while (!self->ended)
    client_receive (self);
}
