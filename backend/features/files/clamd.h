/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  CFD_CLAMD_CLEAN,
  CFD_CLAMD_FOUND,
  CFD_CLAMD_UNKNOWN, /* it could not say */
} CfdClamdAnswer;

CfdClamdAnswer cfd_clamd_scan  (const char *where, int fd, char **signature, GError **error);
CfdClamdAnswer cfd_clamd_parse (const char *answer, gsize length, char **signature);

G_END_DECLS
