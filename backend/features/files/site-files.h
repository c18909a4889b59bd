/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/records/file.h"

G_BEGIN_DECLS

gboolean cfd_site_files_check   (CfdTx *tx, const CfdCaller *caller, gint64 size, GError **error);
gboolean cfd_site_files_allow   (CfdTx *tx, const CfFile *file, const char *media_type, gboolean *allowed, GError **error);

G_END_DECLS
