/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_APPLICATION (cfa_application_get_type ())
G_DECLARE_FINAL_TYPE (CfaApplication, cfa_application, CFA, APPLICATION, AdwApplication)

CfaApplication *cfa_application_new (void);

G_END_DECLS
