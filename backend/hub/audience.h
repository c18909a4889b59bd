/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/changeset.h"
#include "backend/rpc/caller.h"
#include "protocol/record.h"

G_BEGIN_DECLS

const char *cfd_audience_owner (const CfRecord *record);
gboolean    cfd_audience_hears (const CfdCaller *caller, const CfdChangeset *changes, const CfRecord *record);
gboolean    cfd_audience_loses (const CfdCaller *caller, const CfRecord *record);
char       *cfd_audience_key   (const CfdCaller *caller, const CfdChangeset *changes);

G_END_DECLS
