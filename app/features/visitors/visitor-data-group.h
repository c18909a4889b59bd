/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR_DATA_GROUP (cfa_visitor_data_group_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitorDataGroup, cfa_visitor_data_group, CFA, VISITOR_DATA_GROUP, AdwPreferencesGroup)

/* Visitors come from a file, and go into one. */
GtkWidget *cfa_visitor_data_group_new (CfaSession *session);

G_END_DECLS
