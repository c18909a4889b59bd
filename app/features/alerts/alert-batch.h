/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "alert-rules.h"

G_BEGIN_DECLS

/* As many conversations as are told one by one; more of them are told together. */
#define CFA_BATCH_SINGLE_MAX 3

/**
 * CfaAlertBatch:
 * Events that come close together, so that they are told once: in one conversation the one that matters most, of many
 * conversations only how many there are.
 */
typedef struct _CfaAlertBatch CfaAlertBatch;

/**
 * CfaAlertTelling:
 * What one batch comes to.
 */
typedef struct
{
  GPtrArray *single;   /* of CfaAlertEvent to be told one by one, oldest first */
  GPtrArray *together; /* of char *: conversations to be told in one … */
  guint n_messages;    /* … with so many new messages; 0 when it was not about messages */
  int sound;           /* CfaAlertKind, or -1: none */
} CfaAlertTelling;

CfaAlertBatch   *cfa_alert_batch_new      (void);
void             cfa_alert_batch_free     (CfaAlertBatch *self);
void             cfa_alert_batch_add      (CfaAlertBatch *self, const CfaAlertEvent *event, CfaAlertVerdict verdict);
void             cfa_alert_batch_drop     (CfaAlertBatch *self, const char *conversation_id);
gboolean         cfa_alert_batch_is_empty (CfaAlertBatch *self);
CfaAlertTelling *cfa_alert_batch_take     (CfaAlertBatch *self, gboolean late);
void             cfa_alert_telling_free   (CfaAlertTelling *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaAlertBatch, cfa_alert_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaAlertTelling, cfa_alert_telling_free)

G_END_DECLS
