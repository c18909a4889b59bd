/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/macro.h"

G_BEGIN_DECLS

gboolean cfd_macro_check (const CfMacro *macro, GError **error);

G_END_DECLS
