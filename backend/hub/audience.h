/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/rpc/caller.h"
#include "protocol/record.h"

G_BEGIN_DECLS

const char *cfd_audience_owner (const CfRecord *record);
gboolean    cfd_audience_hears (const CfdCaller *caller, const CfRecord *record);
char       *cfd_audience_key   (const CfdCaller *caller, const GPtrArray *records);

G_END_DECLS
