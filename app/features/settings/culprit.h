/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"
#include "field.h"

G_BEGIN_DECLS

/**
 * CfaCulpritFound:
 * @asker: as it was given
 * @who: the name of whoever it was
 */
typedef void (*CfaCulpritFound) (GObject *asker, const char *who);

void cfa_culprit_ask  (CfaSession *session, const char *target_id, CfaField *field);
void cfa_culprit_find (CfaSession *session, const char *target_id, CfaCulpritFound found, GObject *asker);

G_END_DECLS
