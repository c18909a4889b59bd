/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "method.h"

G_BEGIN_DECLS

gboolean cfd_key_reaches (CfdTx *tx, const CfdMethod *method, const CfdCaller *caller, CfStruct *params, GError **error);

G_END_DECLS
