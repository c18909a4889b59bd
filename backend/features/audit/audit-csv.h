/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/audit-entry.h"

G_BEGIN_DECLS

/* Bytes in one text, so that it travels in one frame however its characters are escaped. */
#define CFD_AUDIT_CSV_MAX (256 * 1024)

char *cfd_audit_csv (const GPtrArray *entries, guint *n);

G_END_DECLS
