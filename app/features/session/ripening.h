/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cache/cache.h"

G_BEGIN_DECLS

#define CFA_TYPE_RIPENING (cfa_ripening_get_type ())
G_DECLARE_FINAL_TYPE (CfaRipening, cfa_ripening, CFA, RIPENING, GObject)

/*
 * Views may ask for visitors who have been waiting for some time: nothing tells when that time has come, so it looks.
 * Signal: "delta" (pointer CfaDelta): what came in.
 */
CfaRipening *cfa_ripening_new (CfaCache *cache);

G_END_DECLS
