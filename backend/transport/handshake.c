/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handshake.h"

#include <string.h>

#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11" /* RFC 6455, 1.3 */
#define KEY_BYTES 16
#define KEY_CHARACTERS 24

/* Whether a header that is a list, like "keep-alive, Upgrade", holds @token. */
static gboolean
has_token (const char *list, const char *token)
{
  g_auto (GStrv) items = g_strsplit (list != NULL ? list : "", ",", -1);

  for (guint i = 0; items[i] != NULL; i++)
    if (g_ascii_strcasecmp (g_strstrip (items[i]), token) == 0)
      return TRUE;
  return FALSE;
}

/* The decoder skips what is not base64, so the text is compared with what its bytes would be written as. */
static gboolean
is_key (const char *key)
{
  g_autofree guint8 *bytes = NULL;
  g_autofree char *again = NULL;
  gsize length;

  if (key == NULL || strlen (key) != KEY_CHARACTERS)
    return FALSE;
  bytes = g_base64_decode (key, &length);
  if (length != KEY_BYTES)
    return FALSE;
  again = g_base64_encode (bytes, length);
  return strncmp (again, key, KEY_CHARACTERS - 3) == 0; /* the last character's spare bits may be anything */
}

/**
 * cfd_handshake_check:
 * @why: (out): what is wrong with it, for a person
 *
 * Checks the client's opening handshake (RFC 6455, 4.2.1). Extensions and sub-protocols are ignored, which declines them.
 *
 * Returns: 0 when it is right, or the HTTP status to refuse it with
 */
guint
cfd_handshake_check (CfdRequest *request, const char **why)
{
  const char *version = cfd_request_get_header (request, "Sec-WebSocket-Version");

  if (strcmp (cfd_request_get_verb (request), "GET") != 0)
    {
      *why = "a WebSocket is opened by GET";
      return 405;
    }
  if (!has_token (cfd_request_get_header (request, "Upgrade"), "websocket"))
    {
      *why = "this address speaks WebSocket only";
      return 426;
    }
  if (!has_token (cfd_request_get_header (request, "Connection"), "upgrade"))
    {
      *why = "Connection: expected Upgrade";
      return 400;
    }
  if (version == NULL || strcmp (version, "13") != 0)
    {
      *why = "Sec-WebSocket-Version: expected 13";
      return 426;
    }
  if (!is_key (cfd_request_get_header (request, "Sec-WebSocket-Key")))
    {
      *why = "Sec-WebSocket-Key: expected 16 bytes in base64";
      return 400;
    }
  return 0;
}

/**
 * cfd_handshake_accept:
 * @key: the client's Sec-WebSocket-Key
 *
 * Returns: (transfer full): the value of Sec-WebSocket-Accept
 */
char *
cfd_handshake_accept (const char *key)
{
  g_autoptr (GChecksum) sha1 = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;

  g_checksum_update (sha1, (const guchar *) key, -1);
  g_checksum_update (sha1, (const guchar *) GUID, -1);
  g_checksum_get_digest (sha1, digest, &length);
  return g_base64_encode (digest, length);
}
