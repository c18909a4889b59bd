/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "request.h"
#include "socket-loop.h"

struct sockaddr;
struct _CfdTransport;

G_BEGIN_DECLS

/**
 * CfdHttp:
 * libmicrohttpd behind our listener and inside our socket loop: its epoll descriptor is one of our watches. Its own time-outs and limits
 * are not used: the transport's timers and counts hold for HTTP and WebSocket alike.
 */
typedef struct _CfdHttp CfdHttp;

CfdHttp *cfd_http_new         (struct _CfdTransport *transport, GError **error);
void     cfd_http_free        (CfdHttp *self);
void     cfd_http_add         (CfdHttp *self, int fd, const struct sockaddr *native, guint native_length);
void     cfd_http_answer      (CfdHttp *self, CfdRequest *request, gsize length);
void     cfd_http_go_on        (CfdHttp *self, CfdRequest *request);
void     cfd_http_upgrade     (CfdHttp *self, CfdRequest *request);
void     cfd_http_finish_turn (CfdHttp *self);
void     cfd_http_abandon     (CfdHttp *self);
gboolean cfd_http_is_busy     (CfdHttp *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdHttp, cfd_http_free)

G_END_DECLS
