/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaAccount:
 * Who is signed in on this computer. No secrets: the token is in the keyring.
 */
typedef struct
{
  char *server;
  char *agent_id;
  char *name;
  char *email;
} CfaAccount;

CfaAccount *cfa_account_new   (const char *server, const char *agent_id, const char *name, const char *email);
void        cfa_account_free  (CfaAccount *self);
CfaAccount *cfa_account_load  (void);
gboolean    cfa_account_save  (const CfaAccount *self, GError **error);
void        cfa_account_erase (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaAccount, cfa_account_free)

G_END_DECLS
