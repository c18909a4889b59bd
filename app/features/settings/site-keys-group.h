/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "site-draft.h"

G_BEGIN_DECLS

#define CFA_TYPE_SITE_KEYS_GROUP (cfa_site_keys_group_get_type ())
G_DECLARE_FINAL_TYPE (CfaSiteKeysGroup, cfa_site_keys_group, CFA, SITE_KEYS_GROUP, AdwPreferencesGroup)

GtkWidget *cfa_site_keys_group_new (CfaSiteDraft *draft);

G_END_DECLS
