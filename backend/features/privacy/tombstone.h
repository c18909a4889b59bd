/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "person-store.h"

G_BEGIN_DECLS

CfRecord *cfd_tombstone_of (const CfdPersonPart *part, const CfRecord *record);

G_END_DECLS
