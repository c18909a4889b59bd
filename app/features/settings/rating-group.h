/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_RATING_GROUP (cfa_rating_group_get_type ())
G_DECLARE_FINAL_TYPE (CfaRatingGroup, cfa_rating_group, CFA, RATING_GROUP, AdwPreferencesGroup)

/* How visitors rated the person who is signed in, with the last words that they added. */
void cfa_rating_group_fill (CfaRatingGroup *self, CfaSession *session);

G_END_DECLS
