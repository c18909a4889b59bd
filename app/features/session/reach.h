/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

G_BEGIN_DECLS

/* The sites that the agent serves, by the list in their record. An admin, and who has no list, serves all. */
char *const *cfa_reach_get_sites (CfaSession *session);
gboolean     cfa_reach_has       (CfaSession *session, char *const *sites);
void         cfa_reach_follow    (CfaSession *session, GCallback callback, gpointer object);

G_END_DECLS
