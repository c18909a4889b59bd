/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"

G_BEGIN_DECLS

/* Grows with every change of the tables that are not derived from record shapes. */
#define CFA_CACHE_VERSION 3

CfaDb *cfa_schema_open    (const char *path, GError **error);
CfaDb *cfa_schema_rebuild (const char *path, GError **error);

G_END_DECLS
