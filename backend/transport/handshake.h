/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "request.h"

G_BEGIN_DECLS

guint cfd_handshake_check  (CfdRequest *request, const char **why);
char *cfd_handshake_accept (const char *key);

G_END_DECLS
