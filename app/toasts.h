/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void cfa_toasts_offer_undo (AdwToast *toast);
void cfa_toasts_add        (AdwToastOverlay *overlay, AdwToast *toast);

G_END_DECLS
