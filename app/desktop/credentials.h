/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CFA_CREDENTIALS_ERROR (cfa_credentials_error_quark ())

typedef enum
{
  CFA_CREDENTIALS_ERROR_ABSENT, /* no keyring service on this computer */
  CFA_CREDENTIALS_ERROR_LOCKED, /* there is one, and it was not unlocked */
  CFA_CREDENTIALS_ERROR_FAILED,
} CfaCredentialsError;

GQuark   cfa_credentials_error_quark   (void);
void     cfa_credentials_store_async   (const char *server, const char *agent_id, const char *label, const char *token,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean cfa_credentials_store_finish  (GAsyncResult *result, GError **error);
void     cfa_credentials_lookup_async  (const char *server, const char *agent_id,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char    *cfa_credentials_lookup_finish (GAsyncResult *result, GError **error);
void     cfa_credentials_clear_async   (const char *server, const char *agent_id,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean cfa_credentials_clear_finish  (GAsyncResult *result, GError **error);

G_END_DECLS
