/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "thread-layout.h"

G_BEGIN_DECLS

/* What a view asks of messages in a list, GListModel of CfaMessage. */
CfaThreadPlace cfa_thread_place    (GListModel *messages, guint index, GTimeZone *zone);
gboolean       cfa_thread_find_new (GListModel *messages, guint unread, guint *index);

G_END_DECLS
