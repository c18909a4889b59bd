/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/error.h"

#include "request.h"

#include <gio/gio.h>

G_BEGIN_DECLS

struct MHD_Connection;

typedef struct
{
  const char *name, *value;
} CfdField;

struct _CfdRequest
{
  struct _CfdHttp *http;
  struct MHD_Connection *connection; /* NULL when it is gone */
  struct _CfdHttpConnection *link;   /* likewise */
  GStringChunk *strings;             /* everything that is text */
  GArray *query, *headers, *answer_headers; /* CfdField */
  const char *verb, *path;
  char *address, *limit_key;
  GByteArray *incoming; /* the body while it comes; NULL when there is none */
  GBytes *body;
  gsize discarded;      /* bytes of a body that is too long */
  const CfdBodyTaker *taker; /* (nullable): who takes the body as it comes */
  gpointer taker_data;
  guint64 stream_limit, streamed; /* bytes of a body that is taken as it comes: at most, and until now */
  guint refuse_status;  /* what is wrong with it as HTTP, found before anyone was asked; 0 = nothing */
  const char *refuse_why;
  struct MHD_Response *answer;
  guint answer_status;
  guint http_1_0 : 1;
  guint secure : 1;
  guint taken : 1;    /* somebody owes the answer */
  guint attached : 1; /* libmicrohttpd knows it */
  guint suspended : 1; /* its connection is */
  guint complete : 1;  /* it has been given to the transport */
  guint hopeless : 1;  /* its body is so long that it is not read */
  guint begins_again : 1; /* libmicrohttpd will call once more as for a new request: it rested before its body */
  guint held : 1;      /* its taker wants no more for now */
  guint abandoned : 1; /* it has been answered in its owner's stead */
};

CfdRequest *cfd_request_new       (struct MHD_Connection *connection, const char *verb, const char *raw_path, const char *version);
void        cfd_request_free      (CfdRequest *self);
void        cfd_request_receive   (CfdRequest *self, const char *bytes, gsize length, gsize limit);
void        cfd_request_forget_taker (CfdRequest *self);
void        cfd_request_set_peer  (CfdRequest *self, GInetAddress *address, gboolean secure);
void        cfd_request_refuse    (CfdRequest *self, guint status, CfError code, const char *why, gint64 retry_after_ms);

G_END_DECLS
