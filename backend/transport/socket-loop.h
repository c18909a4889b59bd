/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timer-wheel.h"

G_BEGIN_DECLS

/**
 * CfdSocketLoop:
 * Any number of descriptors in one epoll set, which is one source of a main context. A turn is: what is readable and writable,
 * then timers, then the turn's end, where all that was queued meanwhile is sent.
 */
typedef struct _CfdSocketLoop CfdSocketLoop;
typedef struct _CfdWatch CfdWatch;

struct _CfdWatch
{
  void (*ready) (CfdWatch *watch, guint32 events); /* EPOLLIN, … */
  int fd;
};

typedef void (*CfdTurnEnd) (gpointer data);

CfdSocketLoop *cfd_socket_loop_new       (GMainContext *context, CfdTurnEnd turn_end, gpointer data, GError **error);
void           cfd_socket_loop_free      (CfdSocketLoop *self);
gboolean       cfd_socket_loop_add       (CfdSocketLoop *self, CfdWatch *watch, guint32 events);
void           cfd_socket_loop_change    (CfdSocketLoop *self, CfdWatch *watch, guint32 events);
void           cfd_socket_loop_remove    (CfdSocketLoop *self, CfdWatch *watch);
void           cfd_socket_loop_wake      (CfdSocketLoop *self);
void           cfd_socket_loop_flush     (CfdSocketLoop *self);
void           cfd_socket_loop_turn      (CfdSocketLoop *self, int timeout_ms);
CfdTimerWheel *cfd_socket_loop_get_wheel (CfdSocketLoop *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdSocketLoop, cfd_socket_loop_free)

G_END_DECLS
