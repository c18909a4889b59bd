/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/config.h"

G_BEGIN_DECLS

gboolean cfd_mail_test_command (const CfdConfig *config, int argc, char **argv, GError **error);

G_END_DECLS
