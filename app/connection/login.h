/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "protocol/methods/invite-params.h"
#include "protocol/methods/session.h"

G_BEGIN_DECLS

void            cfa_login_async   (const char *address, const char *email, const char *password,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void            cfa_login_join_async (const char *address, const char *token, const char *name, const char *email, const char *password,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CfLoginResult  *cfa_login_finish  (GAsyncResult *result, char **server, GError **error);
void                cfa_login_show_invite_async  (const char *address, const char *token,
                                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CfInviteShowResult *cfa_login_show_invite_finish (GAsyncResult *result, char **server, GError **error);
void            cfa_logout_async  (const char *server, const char *token, gboolean everywhere,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean        cfa_logout_finish (GAsyncResult *result, GError **error);

G_END_DECLS
