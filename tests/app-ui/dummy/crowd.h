/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

G_BEGIN_DECLS

/* Visitors who are on the sites of the dummy; with "many" ten thousand, with "empty" none. */
typedef struct _DummyCrowd DummyCrowd;

DummyCrowd *dummy_crowd_new   (CfaSession *session);
void        dummy_crowd_free  (DummyCrowd *self);
gboolean    dummy_crowd_call  (DummyCrowd *self, const char *method, gconstpointer params, GTask *task); /* FALSE: not its business */
void        dummy_crowd_move  (DummyCrowd *self, guint i, const char *title);
void        dummy_crowd_arrive (DummyCrowd *self);
void        dummy_crowd_leave (DummyCrowd *self, guint i);
void        dummy_crowd_browse (DummyCrowd *self, guint n);

G_END_DECLS
