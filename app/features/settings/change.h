/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include "protocol/methods/results.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CfaChangeEnded:
 * @answer: (nullable): NULL when it was not changed
 */
typedef void (*CfaChangeEnded) (GObject *asker, const CfRecordsResult *answer);

typedef void (*CfaChangeUndo) (gpointer data);

/**
 * CfaChange:
 * What a page asks of the server at once, and what the person hears of it. Only the first two are demanded.
 */
typedef struct
{
  const char *method;
  gpointer params;         /* (transfer full): a CfStruct */
  const char *undo_method;
  gpointer undo_params;    /* (transfer full): with them the toast offers to take it back */
  char *done;              /* (transfer full): the toast */
  CfaRecordItem *item;     /* looked at again when it fails, so that the page shows what is so */
  CfaChangeEnded ended;    /* called with the asker when the answer is there */
  GObject *asker;          /* (nullable): of its toasts only the newest is shown */
} CfaChange;

void     cfa_change_run     (GtkWidget *widget, CfaSession *session, CfaChange *change);
void     cfa_change_offer_undo (GtkWidget *widget, CfaSession *session, CfaChange *change);
void     cfa_change_remove  (GtkWidget *row, CfaSession *session, const char *method, const char *id, const char *done);
void     cfa_change_tell    (GtkWidget *widget, const char *words);
void     cfa_change_tell_undo (GtkWidget *widget, const char *words, CfaChangeUndo undo, gpointer data, GDestroyNotify free_data);
gboolean cfa_change_allowed (CfaSession *session, CfRole least);
char    *cfa_change_problem (const GError *error);

G_END_DECLS
