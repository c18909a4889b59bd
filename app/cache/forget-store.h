/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"

#include "protocol/record.h"

G_BEGIN_DECLS

/*
 * What was taken out of the copy because it is nobody's business any more: SQLite overwrites a row that is deleted, but the full-text
 * indexes only mark their words as gone, a page that was split keeps what it has handed on, and the log keeps the pages as they were.
 * That it has to go is kept with the change that asks for it, so that a crash forgets nothing of it.
 */
gboolean cfa_forget_store_is_asked_by (CfaDb *db, const CfRecord *record);
gboolean cfa_forget_store_ask         (CfaDb *db, GError **error);
gint64   cfa_forget_store_asked       (CfaDb *db);
gboolean cfa_forget_store_merge       (CfaDb *db, gboolean begin, gboolean *more, GError **error);
gboolean cfa_forget_store_rewrite     (CfaDb *db, gint64 asked, GError **error);

G_END_DECLS
