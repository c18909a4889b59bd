/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaServiceThread:
 * A thread with a main context of its own, for a library that waits for its service: what is given to it is done in order, and
 * nothing of the window stands still meanwhile.
 */
typedef struct _CfaServiceThread CfaServiceThread;

CfaServiceThread *cfa_service_thread_new  (const char *name);
void              cfa_service_thread_do   (CfaServiceThread *self, GFunc work, gpointer data, gpointer owner);
void              cfa_service_thread_stop (CfaServiceThread *self);

G_END_DECLS
