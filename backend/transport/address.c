/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "address.h"

#include <netinet/in.h>
#include <string.h>

/* What an IPv4 client looks like on an IPv6 socket (::ffff:1.2.3.4) becomes plain IPv4, so that each client has one name. */
static GInetAddress *
from_ipv6 (const guint8 bytes[16])
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

  if (memcmp (bytes, mapped, sizeof mapped) == 0)
    return g_inet_address_new_from_bytes (bytes + sizeof mapped, G_SOCKET_FAMILY_IPV4);
  return g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
}

/**
 * cfd_address_from_native:
 *
 * Returns: (transfer full) (nullable): the IP address, NULL for other families
 */
GInetAddress *
cfd_address_from_native (const struct sockaddr *native)
{
  if (native->sa_family == AF_INET)
    return g_inet_address_new_from_bytes ((const guint8 *) &((const struct sockaddr_in *) native)->sin_addr, G_SOCKET_FAMILY_IPV4);
  if (native->sa_family == AF_INET6)
    return from_ipv6 ((const guint8 *) &((const struct sockaddr_in6 *) native)->sin6_addr);
  return NULL;
}

/**
 * cfd_address_parse:
 *
 * Returns: (transfer full) (nullable): the IP address that @text says
 */
GInetAddress *
cfd_address_parse (const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  if (address != NULL && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    return from_ipv6 (g_inet_address_to_bytes (address));
  return g_steal_pointer (&address);
}

/**
 * cfd_address_limit_key:
 *
 * Returns: (transfer full): the name under which limits are counted: an IPv4 address, or an IPv6 /64, which is
 * what one household or machine has
 */
char *
cfd_address_limit_key (GInetAddress *address)
{
  guint8 bytes[16] = { 0 };
  g_autoptr (GInetAddress) network = NULL;
  g_autofree char *text = NULL;

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return g_inet_address_to_string (address);
  memcpy (bytes, g_inet_address_to_bytes (address), 8);
  network = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
  text = g_inet_address_to_string (network);
  return g_strconcat (text, "/64", NULL);
}
