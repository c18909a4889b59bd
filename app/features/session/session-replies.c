/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-private.h"

#include "write.h"

#include "protocol/id.h"
#include "protocol/methods/canned-params.h"
#include "protocol/methods/macro-params.h"
#include "protocol/methods/results.h"
#include "protocol/patch.h"

static void
add_write (CfaSession *self, const char *method, const char *id, gconstpointer params)
{
  g_autofree char *write_id = cf_id_new ();
  g_autoptr (CfaOutboxRow) row = cfa_write_new (method, write_id, id, params);

  if (self->sender != NULL)
    cfa_sender_add (self->sender, row);
}

/* @record as it will be when @row has been carried out. Returns: (transfer full) (nullable) */
static CfRecord *
after (CfaSession *self, CfRecord *record, const CfaOutboxRow *row)
{
  g_autoptr (CfStruct) params = cfa_write_params (row, NULL);
  g_autoptr (CfRecord) before = record;
  const CfShape *shape = g_str_has_prefix (row->method, "canned.") ? &cf_canned_response_shape : &cf_macro_shape;
  gboolean adds = g_str_has_suffix (row->method, ".add");
  CfRecord *now;

  if (params == NULL || (before == NULL && !adds))
    return NULL;
  now = before != NULL ? cf_struct_copy (before) : cf_struct_new (shape);
  if (adds)
    {
      gboolean shared = shape == &cf_canned_response_shape ? ((CfCannedAddParams *) params)->shared : ((CfMacroAddParams *) params)->shared;
      char **owner = shape == &cf_canned_response_shape ? &((CfCannedResponse *) now)->owner_id : &((CfMacro *) now)->owner_id;

      g_free (now->id);
      now->id = g_strdup (row->conversation_id);
      g_free (*owner);
      *owner = shared ? NULL : g_strdup (self->account->agent_id);
    }
  if (g_str_has_suffix (row->method, ".used"))
    *(shape == &cf_canned_response_shape ? &((CfCannedResponse *) now)->uses : &((CfMacro *) now)->uses) += 1;
  else if (g_str_has_suffix (row->method, ".remove"))
    now->deleted = TRUE;
  else
    cf_struct_take (now, params, !adds);
  return now;
}

/**
 * cfa_session_show_reply_writes:
 * @id: of a canned response or a macro; anything else does no harm
 *
 * Shows it with what was done here and not yet answered.
 */
void
cfa_session_show_reply_writes (CfaSession *self, const char *id)
{
  g_autoptr (GPtrArray) rows = cfa_sender_dup_rows (self->sender, id);
  CfRecord *known = cfa_replies_get (self->replies, id);
  g_autoptr (CfRecord) shown = NULL;
  gboolean touched = FALSE;

  if (known != NULL)
    shown = cf_struct_ref (known);
  for (guint i = 0; i < rows->len; i++)
    {
      const CfaOutboxRow *row = rows->pdata[i];

      if (!g_str_has_prefix (row->method, "canned.") && !g_str_has_prefix (row->method, "macro."))
        continue;
      shown = after (self, g_steal_pointer (&shown), row);
      touched = TRUE;
    }
  cfa_replies_show (self->replies, id, touched ? shown : NULL);
}

/**
 * cfa_session_get_canned:
 * Returns: (transfer none): a list of CfaReply: the canned responses, own ones first, then by use
 */
GListModel *
cfa_session_get_canned (CfaSession *self)
{
  return cfa_replies_get_canned (self->replies);
}

/**
 * cfa_session_get_macros:
 * Returns: (transfer none): a list of CfaReply: the macros, own ones first, then by use
 */
GListModel *
cfa_session_get_macros (CfaSession *self)
{
  return cfa_replies_get_macros (self->replies);
}

static void
give_all (gpointer params)
{
  const CfShape *shape = ((CfStruct *) params)->shape;

  for (guint i = 0; i < shape->n_fields; i++)
    cf_struct_give (params, shape->fields[i].name);
}

/* Adds what is new, changes what is there. What the shapes share by name goes along. */
static void
save (CfaSession *self, const CfRecord *record, const char *noun, const CfShape *add, const CfShape *update)
{
  gboolean is_new = cfa_replies_get_shown (self->replies, record->id) == NULL;
  g_autofree char *method = g_strconcat (noun, is_new ? ".add" : ".update", NULL);
  g_autoptr (CfStruct) params = cf_struct_new (is_new ? add : update);

  cf_struct_take (params, record, FALSE);
  cf_field_at (char *, params, cf_shape_field (params->shape, "id")) = g_strdup (record->id);
  if (is_new)
    cf_field_at (gboolean, params, cf_shape_field (add, "shared")) =
      cf_field_at (char *, record, cf_shape_field (record->parent.shape, "owner_id")) == NULL;
  else
    give_all (params);
  add_write (self, method, record->id, params);
}

/**
 * cfa_session_save_canned:
 * @canned: with an id that its maker gave it; one without an owner is shared
 */
void
cfa_session_save_canned (CfaSession *self, const CfCannedResponse *canned)
{
  save (self, &canned->parent, "canned", &cf_canned_add_params_shape, &cf_canned_update_params_shape);
}

/**
 * cfa_session_save_macro:
 * @macro: with an id that its maker gave it; one without an owner is shared
 */
void
cfa_session_save_macro (CfaSession *self, const CfMacro *macro)
{
  save (self, &macro->parent, "macro", &cf_macro_add_params_shape, &cf_macro_update_params_shape);
}

static void
act (CfaSession *self, CfaReply *reply, const char *verb)
{
  g_autofree char *method = g_strconcat (cfa_reply_get_canned (reply) != NULL ? "canned." : "macro.", verb, NULL);
  g_autoptr (CfIdParams) params = cf_struct_new (&cf_id_params_shape);

  params->id = g_strdup (cfa_reply_get_id (reply));
  add_write (self, method, params->id, params);
}

/**
 * cfa_session_remove_reply:
 * @reply: a canned response or a macro
 */
void
cfa_session_remove_reply (CfaSession *self, CfaReply *reply)
{
  act (self, reply, "remove");
}

/**
 * cfa_session_use_reply:
 * @reply: a canned response or a macro that has just been used
 */
void
cfa_session_use_reply (CfaSession *self, CfaReply *reply)
{
  act (self, reply, "used");
}
