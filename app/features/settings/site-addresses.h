/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "site-draft.h"

G_BEGIN_DECLS

#define CFA_TYPE_SITE_ADDRESSES (cfa_site_addresses_get_type ())
G_DECLARE_FINAL_TYPE (CfaSiteAddresses, cfa_site_addresses, CFA, SITE_ADDRESSES, AdwPreferencesGroup)

GtkWidget *cfa_site_addresses_new (CfaSiteDraft *draft);

G_END_DECLS
