/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many pages at most: with more of them a page of overflow can begin with the same byte as one of a tree. */
#define CFD_SQLITE_PAGES_KNOWN (G_GUINT64_CONSTANT (1) << 24)

gboolean cfd_sqlite_page_gap (const guint8 *page, gsize size, gboolean first, gsize *from, gsize *to);

G_END_DECLS
