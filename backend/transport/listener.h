/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "socket-loop.h"

struct sockaddr;

G_BEGIN_DECLS

/**
 * CfdListener:
 * One listening TCP socket in a socket loop. When the process has no descriptors left it pauses for a second instead of spinning.
 */
typedef struct _CfdListener CfdListener;

/* @fd is the callee's; close-on-exec, non-blocking. */
typedef void (*CfdAccepted) (int fd, const struct sockaddr *native, guint native_length, gpointer data);

CfdListener *cfd_listener_new      (CfdSocketLoop *loop, const char *listen, CfdAccepted accepted, gpointer data, GError **error);
void         cfd_listener_free     (CfdListener *self);
guint        cfd_listener_get_port (CfdListener *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdListener, cfd_listener_free)

G_END_DECLS
