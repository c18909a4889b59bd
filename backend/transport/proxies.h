/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CfdProxies:
 * The reverse proxies whose word about their clients is believed.
 */
typedef struct _CfdProxies CfdProxies;

CfdProxies   *cfd_proxies_new       (const char *const *ranges, GError **error);
void          cfd_proxies_free      (CfdProxies *self);
gboolean      cfd_proxies_trusts    (CfdProxies *self, GInetAddress *address);
GInetAddress *cfd_proxies_client    (CfdProxies *self, GInetAddress *sender, const char *forwarded_for);
gboolean      cfd_proxies_is_secure (CfdProxies *self, GInetAddress *sender, const char *forwarded_proto);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdProxies, cfd_proxies_free)

G_END_DECLS
