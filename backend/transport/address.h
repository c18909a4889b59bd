/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

struct sockaddr;

G_BEGIN_DECLS

GInetAddress *cfd_address_from_native (const struct sockaddr *native);
GInetAddress *cfd_address_parse       (const char *text);
char         *cfd_address_limit_key   (GInetAddress *address);

G_END_DECLS
