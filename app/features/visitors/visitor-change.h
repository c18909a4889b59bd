/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CfaVisitorChange:
 * Something that the person has changed about a visitor, and the way back.
 */
typedef struct
{
  const char *method;
  gpointer params;      /* (transfer full) */
  const char *undo_method;
  gpointer undo_params; /* (transfer full) */
  char *done;           /* (transfer full): the toast */
} CfaVisitorChange;

void cfa_visitor_change_run (GtkWidget *widget, CfaSession *session, CfaVisitor *visitor, CfaVisitorChange *change);
void cfa_visitor_change_text (GtkWidget *widget, CfaSession *session, CfaVisitor *visitor, const char *field, const char *text, char *done);

G_END_DECLS
