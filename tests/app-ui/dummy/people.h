/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dummy.h"

G_BEGIN_DECLS

/* Who the conversations are with. */
typedef struct _DummyPeople DummyPeople;

DummyPeople *dummy_people_new    (void);
void         dummy_people_free   (DummyPeople *self);
CfaVisitor  *dummy_people_open   (DummyPeople *self, CfaConversation *conversation);
void         dummy_people_write  (DummyPeople *self, CfaVisitor *visitor, const char *method, gconstpointer params);
gboolean     dummy_people_call   (DummyPeople *self, const char *method, gconstpointer params, GTask *task);
void         dummy_people_erase  (DummyPeople *self);
void         dummy_people_rename (DummyPeople *self, const char *from, const char *to);

G_END_DECLS
