/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint cfa_backoff_delay (guint attempt, double luck);

G_END_DECLS
