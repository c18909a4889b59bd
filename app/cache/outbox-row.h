/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaRefusal:
 * Whether the server has refused a write for good, so that it waits for the person.
 */
typedef enum
{
  CFA_REFUSAL_NONE,
  CFA_REFUSAL_FINAL,
  CFA_REFUSAL_OVERTAKEN, /* a colleague was faster: it may be said anyway */
} CfaRefusal;

/**
 * CfaOutboxRow:
 * A write on its way to the server. Its id is that of the message which the write makes (a text, a note, an event), so the
 * arrival of that message proves that the write was done.
 */
typedef struct
{
  gatomicrefcount references;
  char *id;
  char *conversation_id;
  char *method;
  char *params; /* JSON */
  gint64 created_at;
  gint64 due;      /* not before that, ms UTC: until then it can be called back; 0 = at once */
  gint64 position; /* conversation.read: the mark */
  CfaRefusal failed;
  char *error;     /* (nullable): what to tell them */
} CfaOutboxRow;

CfaOutboxRow *cfa_outbox_row_new   (void);
CfaOutboxRow *cfa_outbox_row_ref   (CfaOutboxRow *self);
void          cfa_outbox_row_unref (CfaOutboxRow *self);
CfaOutboxRow *cfa_outbox_row_copy  (const CfaOutboxRow *self);
gboolean      cfa_outbox_row_has_words (const CfaOutboxRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaOutboxRow, cfa_outbox_row_unref)

G_END_DECLS
