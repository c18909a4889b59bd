/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/rpc/caller.h"

G_BEGIN_DECLS

gboolean cfd_ownership_check_shared (const CfdCaller *caller, GError **error);
gboolean cfd_ownership_sees         (const CfdCaller *caller, const char *owner_id);
gboolean cfd_ownership_check_change (const CfdCaller *caller, const char *owner_id, const char *what, GError **error);

G_END_DECLS
