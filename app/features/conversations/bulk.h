/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

G_BEGIN_DECLS

/**
 * CfaBulkAction:
 * What is done with many conversations at once.
 */
typedef enum
{
  CFA_BULK_ASSIGN,   /* to the signed-in agent */
  CFA_BULK_TRANSFER, /* word: an agent or a department */
  CFA_BULK_TAG,      /* word: a tag that is added */
  CFA_BULK_SNOOZE,   /* until */
  CFA_BULK_CLOSE,
  CFA_BULK_REOPEN,
  CFA_BULK_READ,
} CfaBulkAction;

#define CFA_TYPE_BULK (cfa_bulk_get_type ())
G_DECLARE_FINAL_TYPE (CfaBulk, cfa_bulk, CFA, BULK, GObject)

/*
 * Does one thing with many conversations, a few at a time, so that the window stays alive; each is a write of its own in the outbox, as
 * if it had been done by hand. Signal: "changed" (): it has got further, or ended.
 */
CfaBulk *cfa_bulk_new       (CfaSession *session, GPtrArray *conversations, CfaBulkAction action, const char *word, const char *note, gint64 until);
void     cfa_bulk_start     (CfaBulk *self);
void     cfa_bulk_cancel    (CfaBulk *self);
gboolean cfa_bulk_is_over   (CfaBulk *self);
double   cfa_bulk_get_share (CfaBulk *self);
guint    cfa_bulk_get_done  (CfaBulk *self);
gboolean cfa_bulk_can_undo  (CfaBulk *self);
CfaBulk *cfa_bulk_undo      (CfaBulk *self);

G_END_DECLS
