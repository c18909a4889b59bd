/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"

G_BEGIN_DECLS

/**
 * CfdDueKind:
 * Something that the database says is to be done at a time. @due, @next, @act and @refuse work on database threads.
 */
typedef struct
{
  const char *room;   /* of the log */
  const char *unread; /* what the log says when it cannot be looked for */
  const char *late;   /* and when it could not be done yet */
  GPtrArray *(*due) (CfdTx *tx, gint64 now, gint64 limit, GError **error); /* ids of what was due by @now, the longest overdue first */
  gint64 (*next) (CfdTx *tx, GError **error);                              /* when the next one is, ms UTC; 0 = there is none, -1 = an error */
  gboolean (*act) (CfdTx *tx, const char *id, GError **error);
  gboolean (*refuse) (CfdTx *tx, const char *id, const char *why, GError **error); /* nullable: what becomes of one that can never be done */
  gint64 (*when) (const CfRecord *record);                                 /* 0 = not one of these */
} CfdDueKind;

/**
 * CfdDueTimer:
 * Does what is due when its time has come. Lives on the main loop; what it knows it reads from the database, so that nothing is
 * forgotten when the server restarts.
 */
typedef struct _CfdDueTimer CfdDueTimer;

CfdDueTimer *cfd_due_timer_new  (CfdDb *db, const CfdDueKind *kind);
void         cfd_due_timer_note (CfdDueTimer *self, const CfdChangeset *changes);
void         cfd_due_timer_stop (CfdDueTimer *self);
void         cfd_due_timer_free (CfdDueTimer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdDueTimer, cfd_due_timer_free)

G_END_DECLS
