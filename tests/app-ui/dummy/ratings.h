/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean dummy_ratings_call (const char *method, gconstpointer params, GTask *task); /* FALSE: not its business */

G_END_DECLS
