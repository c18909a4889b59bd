/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaSignInFile:
 * What a person would type on the sign-in page.
 */
typedef struct
{
  char *server;
  char *email;
  char *password;
} CfaSignInFile;

CfaSignInFile *cfa_sign_in_file_load (const char *path, GError **error);
void           cfa_sign_in_file_free (CfaSignInFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaSignInFile, cfa_sign_in_file_free)

G_END_DECLS
