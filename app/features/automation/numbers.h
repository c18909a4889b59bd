/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/record-list.h"

G_BEGIN_DECLS

/* What came of each record of a list, for its row. */
void          cfa_numbers_give (GListModel *items, GHashTable *numbers);
gconstpointer cfa_numbers_of   (CfaRecordItem *item);

G_END_DECLS
