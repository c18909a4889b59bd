/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"

G_BEGIN_DECLS

/**
 * CfdApiKeyUses:
 * Writes every few seconds which API keys were used, if any: many calls share one write. Lives on the main loop.
 */
typedef struct _CfdApiKeyUses CfdApiKeyUses;

CfdApiKeyUses *cfd_api_key_uses_new  (CfdDb *db);
void           cfd_api_key_uses_stop (CfdApiKeyUses *self); /* before the database is closed */
void           cfd_api_key_uses_free (CfdApiKeyUses *self); /* after it */

G_END_DECLS
