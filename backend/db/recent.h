/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/record.h"

G_BEGIN_DECLS

/**
 * CfdRecent:
 * The writing connection's memory of the rows that it has changed lately, as they are now: a conversation that people write in is read once,
 * not for each message. It is right because nobody else can write while the transaction holds the lock; whoever undoes something, finds
 * another process's commit or changes rows by a statement of their own clears it first.
 */
typedef struct _CfdRecent CfdRecent;

CfdRecent *cfd_recent_new    (void);
CfRecord  *cfd_recent_get    (CfdRecent *self, const CfShape *shape, const char *id); /* borrowed, not to be changed; NULL: ask the table */
void       cfd_recent_put    (CfdRecent *self, CfRecord *record); /* referenced, and not to be changed from now on */
void       cfd_recent_forget (CfdRecent *self, const char *id);
void       cfd_recent_clear  (CfdRecent *self);
void       cfd_recent_free   (CfdRecent *self);

G_END_DECLS
