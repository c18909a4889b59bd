/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfdRequest:
 * One HTTP request whose body has arrived whole; or, before it, one whose body somebody wants to take as it comes. Lives on the main loop. Whoever takes it answers exactly once with
 * cfd_request_respond(), now or later; the connection waits meanwhile. If the client leaves first, the answer
 * goes nowhere, harmlessly.
 */
typedef struct _CfdRequest CfdRequest;

const char *cfd_request_get_verb    (CfdRequest *self); /* "GET", … */
const char *cfd_request_get_path    (CfdRequest *self); /* decoded, begins with '/', no ".." segments */
const char *cfd_request_get_query   (CfdRequest *self, const char *name); /* nullable */
void        cfd_request_each_query  (CfdRequest *self, void (*each) (const char *name, const char *value, gpointer data), gpointer data);
const char *cfd_request_get_header  (CfdRequest *self, const char *name); /* nullable */
GBytes     *cfd_request_get_body    (CfdRequest *self); /* borrowed; empty when there is none */
const char *cfd_request_get_address (CfdRequest *self); /* the client's IP, behind trusted proxies the forwarded one */
gboolean    cfd_request_is_secure   (CfdRequest *self); /* TLS here or at the trusted proxy */

void cfd_request_add_header (CfdRequest *self, const char *name, const char *value); /* of the answer; no CR/LF */
/**
 * CfdBodyTaker:
 * Who takes a body piece by piece, instead of getting it whole. On the main loop.
 */
typedef struct
{
  gboolean (*piece) (CfdRequest *request, const void *bytes, gsize length, gpointer data); /* FALSE = hang up; gone follows */
  void     (*gone)  (CfdRequest *request, gpointer data); /* the client left before its end; the request is gone with this call */
} CfdBodyTaker;

void     cfd_request_stream      (CfdRequest *self, guint64 limit, const CfdBodyTaker *taker, gpointer data); /* while it begins */
gpointer cfd_request_get_stream  (CfdRequest *self); /* nullable: the data of who took it */
void     cfd_request_hold        (CfdRequest *self); /* no pieces until it goes on */
void     cfd_request_go_on       (CfdRequest *self);

void cfd_request_respond_file (CfdRequest *self, guint status, const char *content_type, int fd, guint64 first, guint64 length); /* takes fd */
void cfd_request_respond    (CfdRequest *self, guint status, const char *content_type, GBytes *body);

G_END_DECLS
