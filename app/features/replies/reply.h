/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "protocol/records/canned-response.h"
#include "protocol/records/macro.h"

G_BEGIN_DECLS

#define CFA_TYPE_REPLY (cfa_reply_get_type ())
G_DECLARE_FINAL_TYPE (CfaReply, cfa_reply, CFA, REPLY, GObject)

/*
 * A canned response or a macro as lists hold it; it never changes: another version is another object.
 */
CfaReply               *cfa_reply_new          (CfRecord *record);
CfRecord               *cfa_reply_get_record   (CfaReply *self);
const char             *cfa_reply_get_id       (CfaReply *self);
const char             *cfa_reply_get_name     (CfaReply *self);
gboolean                cfa_reply_get_shared   (CfaReply *self);
gint64                  cfa_reply_get_uses     (CfaReply *self);
const CfCannedResponse *cfa_reply_get_canned   (CfaReply *self);
const CfMacro          *cfa_reply_get_macro    (CfaReply *self);
gboolean                cfa_reply_matches      (CfaReply *self, const char *words);
int                     cfa_reply_compare      (gconstpointer a, gconstpointer b, gpointer data);

G_END_DECLS
