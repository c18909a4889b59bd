/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "site-draft.h"

G_BEGIN_DECLS

#define CFA_TYPE_SITE_PREVIEW (cfa_site_preview_get_type ())
G_DECLARE_FINAL_TYPE (CfaSitePreview, cfa_site_preview, CFA, SITE_PREVIEW, GtkWidget)

/*
 * The site's widget as its visitors would meet it now, with everything that is being typed.
 */
GtkWidget *cfa_site_preview_new (CfaSiteDraft *draft);

G_END_DECLS
