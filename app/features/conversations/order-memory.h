/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cache/inbox.h"

#include <glib.h>

G_BEGIN_DECLS

/* How the person wants each folder ordered, on this computer. */
CfaOrder    cfa_order_memory_get  (const char *folder);
void        cfa_order_memory_set  (const char *folder, CfaOrder order);
const char *cfa_order_word        (CfaOrder order);
CfaOrder    cfa_order_from_word   (const char *word);

G_END_DECLS
