/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "site-draft.h"

G_BEGIN_DECLS

const char *cfa_site_key_scope (guint scope);
void        cfa_site_key_dialog_open (GtkWidget *from, CfaSiteDraft *draft);

G_END_DECLS
