/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proxies.h"

#include "address.h"

#include <string.h>

struct _CfdProxies
{
  GPtrArray *ranges; /* GInetAddressMask */
};

/* One entry of X-Forwarded-For: an address, which some proxies write with its port. Returns: (nullable): NULL when it is none. */
static GInetAddress *
parse_entry (const char *text)
{
  g_autofree char *entry = g_strstrip (g_strdup (text));
  char *end;

  if (entry[0] == '[')
    {
      end = strchr (entry, ']');
      if (end == NULL || (end[1] != '\0' && end[1] != ':'))
        return NULL;
      *end = '\0';
      return cfd_address_parse (entry + 1);
    }
  end = strchr (entry, ':');
  if (end != NULL && strchr (entry, '.') != NULL && strchr (end + 1, ':') == NULL)
    *end = '\0';
  return cfd_address_parse (entry);
}

/**
 * cfd_proxies_new:
 * @ranges: (nullable): addresses ("10.0.0.1", "fd00::1") and CIDR ranges ("10.0.0.0/8"), NULL-terminated
 *
 * Returns: (transfer full): NULL with an error when one of them is neither
 */
CfdProxies *
cfd_proxies_new (const char *const *ranges, GError **error)
{
  g_autoptr (CfdProxies) self = g_new0 (CfdProxies, 1);

  self->ranges = g_ptr_array_new_with_free_func (g_object_unref);
  for (; ranges != NULL && *ranges != NULL; ranges++)
    {
      GInetAddressMask *mask = g_inet_address_mask_new_from_string (*ranges, NULL);

      if (mask == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "proxies: got \"%s\", expected an address or a range like 10.0.0.0/8", *ranges);
          return NULL;
        }
      g_ptr_array_add (self->ranges, mask);
    }
  return g_steal_pointer (&self);
}

void
cfd_proxies_free (CfdProxies *self)
{
  g_ptr_array_unref (self->ranges);
  g_free (self);
}

gboolean
cfd_proxies_trusts (CfdProxies *self, GInetAddress *address)
{
  for (guint i = 0; i < self->ranges->len; i++)
    if (g_inet_address_mask_matches (g_ptr_array_index (self->ranges, i), address))
      return TRUE;
  return FALSE;
}

/**
 * cfd_proxies_client:
 * @sender: who opened the TCP connection
 * @forwarded_for: (nullable): all its X-Forwarded-For headers in one line
 *
 * Each proxy appends who called it. Read from the right, all that trusted proxies wrote is true; the first address that is
 * not one of them is the client, and what stands left of it may be invented.
 *
 * Returns: (transfer full): the client; @sender when it is not trusted, or the header is absent or malformed
 */
GInetAddress *
cfd_proxies_client (CfdProxies *self, GInetAddress *sender, const char *forwarded_for)
{
  g_autoptr (GInetAddress) client = NULL;
  g_auto (GStrv) entries = NULL;

  if (forwarded_for == NULL || !cfd_proxies_trusts (self, sender))
    return g_object_ref (sender);
  entries = g_strsplit (forwarded_for, ",", -1);
  for (guint i = g_strv_length (entries); i > 0; i--)
    {
      g_clear_object (&client);
      client = parse_entry (entries[i - 1]);
      if (client == NULL)
        return g_object_ref (sender);
      if (!cfd_proxies_trusts (self, client))
        break;
    }
  return client != NULL ? g_steal_pointer (&client) : g_object_ref (sender);
}

/**
 * cfd_proxies_is_secure:
 * @forwarded_proto: (nullable): all X-Forwarded-Proto headers in one line
 *
 * Returns: whether @sender is a trusted proxy which was called by TLS; the nearest one's word, the last, counts
 */
gboolean
cfd_proxies_is_secure (CfdProxies *self, GInetAddress *sender, const char *forwarded_proto)
{
  const char *last;
  g_autofree char *proto = NULL;

  if (forwarded_proto == NULL || !cfd_proxies_trusts (self, sender))
    return FALSE;
  last = strrchr (forwarded_proto, ',');
  proto = g_strstrip (g_strdup (last != NULL ? last + 1 : forwarded_proto));
  return g_ascii_strcasecmp (proto, "https") == 0;
}
