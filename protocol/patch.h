/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shape.h"

G_BEGIN_DECLS

void     cf_struct_take (gpointer record, gconstpointer params, gboolean given);
gboolean cf_struct_fits (gconstpointer record, gconstpointer params);

G_END_DECLS
