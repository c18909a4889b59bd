/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "site-draft.h"

G_BEGIN_DECLS

#define CFA_TYPE_SITE_FILES_GROUP (cfa_site_files_group_get_type ())
G_DECLARE_FINAL_TYPE (CfaSiteFilesGroup, cfa_site_files_group, CFA, SITE_FILES_GROUP, AdwPreferencesGroup)

GtkWidget *cfa_site_files_group_new (CfaSiteDraft *draft);

G_END_DECLS
