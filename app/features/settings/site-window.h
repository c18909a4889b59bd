/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_SITE_WINDOW (cfa_site_window_get_type ())
G_DECLARE_FINAL_TYPE (CfaSiteWindow, cfa_site_window, CFA, SITE_WINDOW, AdwWindow)

void cfa_site_window_open (GtkWidget *from, CfaSession *session, CfaRecordItem *item);

G_END_DECLS
