/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

gboolean cf_search_add_tokenizer (sqlite3 *db);

G_END_DECLS
