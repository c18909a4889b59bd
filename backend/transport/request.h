/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfdRequest:
 * One HTTP request whose body has arrived whole. Lives on the main loop. Whoever takes it answers exactly once with
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
void cfd_request_respond    (CfdRequest *self, guint status, const char *content_type, GBytes *body);

G_END_DECLS
