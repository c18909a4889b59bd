/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "reply.h"

G_BEGIN_DECLS

/**
 * CfaReplies:
 * All canned responses and macros that an agent has, as two lists of CfaReply: own ones first, then by use.
 */
typedef struct _CfaReplies CfaReplies;

CfaReplies *cfa_replies_new        (void);
void        cfa_replies_free       (CfaReplies *self);
void        cfa_replies_take       (CfaReplies *self, CfRecord *record);
void        cfa_replies_clear      (CfaReplies *self);
CfRecord   *cfa_replies_get        (CfaReplies *self, const char *id);
CfRecord   *cfa_replies_get_shown  (CfaReplies *self, const char *id);
void        cfa_replies_show       (CfaReplies *self, const char *id, CfRecord *shown);
GListModel *cfa_replies_get_canned (CfaReplies *self);
GListModel *cfa_replies_get_macros (CfaReplies *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaReplies, cfa_replies_free)

G_END_DECLS
