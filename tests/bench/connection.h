/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONNECTION_ID_LENGTH 36
#define CONNECTION_SECRET_LENGTH 43

typedef enum
{
  CONNECTION_CLOSED,
  CONNECTION_CONNECTING, /* TCP */
  CONNECTION_UPGRADING,  /* HTTP */
  CONNECTION_OPENING,    /* saying who it is */
  CONNECTION_READY,
} ConnectionState;

/**
 * Connection:
 * One visitor or agent: who they are, and their socket. It outlives the socket, so that the same person can come back.
 */
typedef struct
{
  int fd; /* -1 while closed */
  ConnectionState state;
  gboolean is_agent;
  char id[CONNECTION_ID_LENGTH + 1];         /* of a visitor */
  char secret[CONNECTION_SECRET_LENGTH + 1]; /* of a visitor */
  char *token;                               /* of an agent */
  char conversation[CONNECTION_ID_LENGTH + 1];
  char visit[CONNECTION_ID_LENGTH + 1]; /* empty before the first page */
  guint64 rev;        /* the highest revision that it was told when it opened */
  guint64 since;      /* to be asked for when it opens */
  guint64 started_at; /* ns: when it began to connect */
  guint64 opened_at;  /* ns: when it was ready */
  guint64 open_bytes; /* received until then */
  GString *in, *out;  /* what is incomplete; NULL most of the time */
} Connection;

Connection *connection_new_visitor (void);
Connection *connection_new_agent   (const char *token);
void        connection_new_id      (char *out); /* a UUIDv7, CONNECTION_ID_LENGTH characters and the end */
void        connection_shut        (Connection *self);
void        connection_free        (Connection *self);

G_END_DECLS
