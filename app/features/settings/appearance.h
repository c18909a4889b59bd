/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Light or dark, as the person has chosen on this computer. */
AdwColorScheme cfa_appearance_load  (void);
void           cfa_appearance_apply (AdwColorScheme scheme);
void           cfa_appearance_save  (AdwColorScheme scheme);

G_END_DECLS
