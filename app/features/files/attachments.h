/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "attachment.h"

#include "app/cache/cache.h"
#include "app/connection/socket.h"
#include "app/connection/transfer.h"

G_BEGIN_DECLS

#define CFA_TYPE_ATTACHMENTS (cfa_attachments_get_type ())
G_DECLARE_FINAL_TYPE (CfaAttachments, cfa_attachments, CFA, ATTACHMENTS, GObject)

/*
 * The files of messages that somebody shows: what is known of them, from the cache or else from the server, and their content, which is kept
 * in a folder of this computer up to a limit.
 */
CfaAttachments *cfa_attachments_new        (CfaCache *cache, CfaTransfer *transfer, const char *folder);
void            cfa_attachments_set_socket (CfaAttachments *self, CfaSocket *socket);
CfaAttachment  *cfa_attachments_open       (CfaAttachments *self, const char *id); /* transfer full; a shared one while it lives */
void            cfa_attachments_fetch      (CfaAttachments *self, CfaAttachment *attachment);
void            cfa_attachments_follow     (CfaAttachments *self, GPtrArray *records);
void            cfa_attachments_stop       (CfaAttachments *self);

G_END_DECLS
