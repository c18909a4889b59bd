/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * WebClient:
 * A WebSocket of libsoup, an implementation that is not ours.
 */
typedef struct
{
  SoupWebsocketConnection *socket;
  GPtrArray *texts; /* that came */
  gboolean closed;
  gushort close_code;
} WebClient;

SoupSession *web_session_new  (const char *ca_file);
char        *web_get          (SoupSession *session, const char *uri, const char *body);
WebClient   *web_client_open  (SoupSession *session, const char *uri);
void         web_client_free  (WebClient *self);
void         web_client_echo  (WebClient *self, const char *text);
void         web_client_close (WebClient *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WebClient, web_client_free)

G_END_DECLS
