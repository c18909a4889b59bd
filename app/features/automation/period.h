/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The row in which one chooses of how many days numbers are. */
void   cfa_period_fill     (AdwComboRow *row);
gint64 cfa_period_get_days (AdwComboRow *row);

G_END_DECLS
