/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 32 random bytes in base64url without padding. */
#define CFD_TOKEN_LENGTH 43

char    *cfd_token_new      (void);
gboolean cfd_token_is_valid (const char *token);
char    *cfd_token_hash     (const char *token);
gboolean cfd_token_matches  (const char *hash, const char *token);

G_END_DECLS
