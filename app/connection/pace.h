/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint cfa_pace_ms  (guint ms);
void  cfa_pace_set (guint percent);

G_END_DECLS
