/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clamd.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <unistd.h>

#define SECONDS 30 /* of silence */
#define CHUNK (64 * 1024)
#define ANSWER_MAX 1024
#define SIGNATURE_MAX 150
#define HEAD "stream: "
#define FOUND " FOUND"

/**
 * cfd_clamd_parse:
 * @answer: to INSTREAM: "stream: OK", "stream: NAME FOUND", or words that say why not
 * @signature: (out) (transfer full) (nullable): NAME
 */
CfdClamdAnswer
cfd_clamd_parse (const char *answer, gsize length, char **signature)
{
  g_autofree char *text = length > 0 ? g_utf8_make_valid (answer, strnlen (answer, length)) : g_strdup (""); /* it ends with a zero byte */
  gsize size;

  *signature = NULL;
  g_strchomp (text);
  size = strlen (text);
  if (strcmp (text, HEAD "OK") == 0)
    return CFD_CLAMD_CLEAN;
  if (size <= strlen (HEAD) + strlen (FOUND) || !g_str_has_prefix (text, HEAD) || !g_str_has_suffix (text, FOUND))
    return CFD_CLAMD_UNKNOWN;
  text[size - strlen (FOUND)] = '\0';
  *signature = g_utf8_substring (text, strlen (HEAD), strlen (HEAD) + MIN (g_utf8_strlen (text + strlen (HEAD), -1), SIGNATURE_MAX));
  for (char *p = *signature; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = '_';
  return CFD_CLAMD_FOUND;
}

static GSocketConnection *
connect_to (const char *where, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = NULL;

  g_socket_client_set_timeout (client, SECONDS);
  if (where[0] != '/')
    return g_socket_client_connect_to_host (client, where, 3310, NULL, error);
  address = g_unix_socket_address_new (where);
  return g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, error);
}

static gboolean
send_all (GOutputStream *out, int fd, GError **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  const guint32 end = 0;
  gint64 at = 0;
  gssize n;

  if (!g_output_stream_write_all (out, "zINSTREAM", sizeof "zINSTREAM", NULL, NULL, error))
    return FALSE;
  while ((n = pread (fd, chunk, CHUNK, at)) > 0)
    {
      guint32 length = GUINT32_TO_BE ((guint32) n);

      if (!g_output_stream_write_all (out, &length, sizeof length, NULL, NULL, error)
          || !g_output_stream_write_all (out, chunk, n, NULL, NULL, error))
        return FALSE;
      at += n;
    }
  if (n < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot read the file");
      return FALSE;
    }
  return g_output_stream_write_all (out, &end, sizeof end, NULL, NULL, error);
}

/**
 * cfd_clamd_scan:
 * @where: path of its socket, or HOST:PORT
 * @fd: a regular file, read from its beginning
 * @signature: (out) (transfer full) (nullable): what was found
 *
 * Waits; not on the main loop. See clamd(8), INSTREAM.
 *
 * Returns: CFD_CLAMD_UNKNOWN with an error
 */
CfdClamdAnswer
cfd_clamd_scan (const char *where, int fd, char **signature, GError **error)
{
  g_autoptr (GSocketConnection) connection = connect_to (where, error);
  char answer[ANSWER_MAX];
  gsize length = 0;
  CfdClamdAnswer result;

  *signature = NULL;
  if (connection == NULL)
    return CFD_CLAMD_UNKNOWN;
  if (!send_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), fd, error)
      || !g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer, sizeof answer, &length, NULL, error))
    return CFD_CLAMD_UNKNOWN;
  result = cfd_clamd_parse (answer, length, signature);
  if (result == CFD_CLAMD_UNKNOWN)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "it says \"%.*s\"", (int) MIN (length, 200), answer);
  return result;
}
