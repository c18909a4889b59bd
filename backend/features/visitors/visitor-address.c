/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-address.h"

#include <gio/gio.h>
#include <string.h>

/* What of a shortened address stays: of the Internet's old one all but the last byte, of the new one the network that somebody was given. */
#define OLD_BYTES 3
#define NEW_BYTES 6
#define MAPPED_BYTES 12 /* of a new one that stands for an old one: what comes before it */

static gboolean
is_mapped (const guint8 *bytes)
{
  static const guint8 head[MAPPED_BYTES] = { [10] = 0xff, [11] = 0xff };

  return memcmp (bytes, head, MAPPED_BYTES) == 0;
}

/**
 * cfd_visitor_address_keep:
 * @address: (nullable): IPv4 or IPv6
 *
 * Returns: (transfer full) (nullable): what is kept of it; NULL for nothing, also of what is no address and should be shortened
 */
char *
cfd_visitor_address_keep (const char *address, CfAddresses how)
{
  g_autoptr (GInetAddress) whole = NULL;
  g_autoptr (GInetAddress) shortened = NULL;
  guint8 bytes[16];
  gsize size, kept;

  if (address == NULL || how == CF_ADDRESSES_NONE)
    return NULL;
  if (how == CF_ADDRESSES_WHOLE)
    return g_strdup (address);
  whole = g_inet_address_new_from_string (address);
  if (whole == NULL)
    return NULL;
  size = g_inet_address_get_native_size (whole);
  memcpy (bytes, g_inet_address_to_bytes (whole), size);
  kept = size == 4 ? OLD_BYTES : is_mapped (bytes) ? MAPPED_BYTES + OLD_BYTES : NEW_BYTES;
  memset (bytes + kept, 0, size - kept);
  shortened = g_inet_address_new_from_bytes (bytes, g_inet_address_get_family (whole));
  return g_inet_address_to_string (shortened);
}
