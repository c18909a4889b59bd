/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_ALERTS_BELL (cfa_alerts_bell_get_type ())
G_DECLARE_FINAL_TYPE (CfaAlertsBell, cfa_alerts_bell, CFA, ALERTS_BELL, AdwBin)

G_END_DECLS
