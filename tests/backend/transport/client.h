/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Client:
 * A raw TCP connection to a bench that can do wrong what a library would do right. While it waits, the main loop runs.
 */
typedef struct
{
  int fd;
  GByteArray *in; /* read, not yet looked at */
  gboolean ended; /* the server's stream is over */
} Client;

Client *client_connect    (guint port, const char *from);
Client *client_open       (guint port, const char *headers);
void    client_free       (Client *self);
void    client_write      (Client *self, const void *bytes, gsize length);
void    client_say        (Client *self, const char *text);
void    client_receive    (Client *self);
char   *client_read_head  (Client *self);
char   *client_read_body  (Client *self, const char *head);
char   *client_ask        (guint port, const char *request);
void    client_send_frame (Client *self, guint8 first, const char *payload, gsize length);
guint8  client_read_frame (Client *self, char **payload, gsize *length);
void    client_expect     (Client *self, const char *text);
guint   client_read_close (Client *self);
void    client_wait_end   (Client *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

G_END_DECLS
