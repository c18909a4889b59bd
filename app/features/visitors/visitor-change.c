/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-change.h"

#include "app/toasts.h"

#include "protocol/methods/visitor-params.h"

/* What the toast takes back. */
typedef struct
{
  CfaSession *session;
  CfaVisitor *visitor;
  const char *method;
  gpointer params;
} Undo;

static void
undo_free (Undo *undo)
{
  g_object_unref (undo->session);
  g_object_unref (undo->visitor);
  cf_struct_unref (undo->params);
  g_free (undo);
}

static void
on_undo (Undo *undo)
{
  cfa_session_write_visitor (undo->session, undo->visitor, undo->method, undo->params);
}

static void
offer_undo (AdwToastOverlay *toasts, CfaSession *session, CfaVisitor *visitor, const CfaVisitorChange *change)
{
  g_autofree char *escaped = g_markup_escape_text (change->done, -1);
  AdwToast *toast = adw_toast_new (escaped);
  Undo *undo = g_new (Undo, 1);

  *undo = (Undo) { g_object_ref (session), g_object_ref (visitor), change->undo_method, cf_struct_ref (change->undo_params) };
  cfa_toasts_offer_undo (toast);
  g_signal_connect_swapped (toast, "button-clicked", G_CALLBACK (on_undo), undo);
  g_object_set_data_full (G_OBJECT (toast), "undo", undo, (GDestroyNotify) undo_free);
  cfa_toasts_add (toasts, toast);
}

/**
 * cfa_visitor_change_run:
 * @widget: where the person has done it
 * @change: its owned members are taken over
 *
 * Shown at once, kept in the outbox until the server has it, and offered to be taken back. The window tells when the server refuses it.
 */
void
cfa_visitor_change_run (GtkWidget *widget, CfaSession *session, CfaVisitor *visitor, CfaVisitorChange *change)
{
  GtkWidget *toasts = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  cfa_session_write_visitor (session, visitor, change->method, change->params);
  if (toasts != NULL)
    offer_undo (ADW_TOAST_OVERLAY (toasts), session, visitor, change);
  g_clear_pointer (&change->params, cf_struct_unref);
  g_clear_pointer (&change->undo_params, cf_struct_unref);
  g_clear_pointer (&change->done, g_free);
}

static CfVisitorUpdateParams *
update_of (CfaVisitor *visitor, const char *field, const char *text)
{
  CfVisitorUpdateParams *params = cf_struct_new (&cf_visitor_update_params_shape);

  params->id = g_strdup (cfa_visitor_get_id (visitor));
  cf_field_at (char *, params, cf_shape_field (&cf_visitor_update_params_shape, field)) = g_strdup (text != NULL ? text : "");
  cf_struct_give (params, field);
  return params;
}

/**
 * cfa_visitor_change_text:
 * @field: of visitor.update
 * @text: (nullable): what stands in it from now on
 * @done: (transfer full): the toast
 */
void
cfa_visitor_change_text (GtkWidget *widget, CfaSession *session, CfaVisitor *visitor, const char *field, const char *text, char *done)
{
  const CfVisitor *record = cfa_visitor_get (visitor);
  CfaVisitorChange change = {
    "visitor.update", update_of (visitor, field, text), "visitor.update",
    update_of (visitor, field, cf_field_at (char *, record, cf_shape_field (&cf_visitor_shape, field))), done,
  };

  cfa_visitor_change_run (widget, session, visitor, &change);
}
