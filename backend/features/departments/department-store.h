/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/department.h"

G_BEGIN_DECLS

GPtrArray *cfd_department_store_list (CfdTx *tx, const char *organisation_id, GError **error);
gint64     cfd_department_store_open (CfdTx *tx, const char *department_id, GError **error);

G_END_DECLS
