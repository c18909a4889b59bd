/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "macro-service.h"

#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "backend/features/accounts/account-service.h"
#include "macro.h"
#include "ownership.h"
#include "protocol/error.h"
#include "protocol/patch.h"

static gboolean
check (CfdTx *tx, const CfMacro *macro, GError **error)
{
  g_autoptr (CfAgent) agent = NULL;

  if (!cfd_macro_check (macro, error))
    return FALSE;
  if (macro->assignee_id == NULL)
    return TRUE;
  agent = cfd_accounts_get_agent (tx, macro->parent.organisation_id, macro->assignee_id, error);
  return agent != NULL;
}

/* What the call would make, if it is the first of its kind. */
static CfMacro *
make (const CfdCaller *caller, const CfMacroAddParams *params, gint64 now)
{
  CfMacro *macro = cf_struct_new (&cf_macro_shape);

  cf_struct_take (macro, params, FALSE);
  macro->parent.id = g_strdup (params->id);
  macro->parent.organisation_id = g_strdup (caller->organisation_id);
  macro->owner_id = params->shared ? NULL : g_strdup (caller->id);
  macro->created_at = now;
  return macro;
}

static gboolean
is_repeat (const CfMacro *have, const CfMacro *made, const CfMacroAddParams *params)
{
  return g_strcmp0 (have->parent.organisation_id, made->parent.organisation_id) == 0 && g_strcmp0 (have->owner_id, made->owner_id) == 0
         && (have->parent.deleted || cf_struct_fits (have, params));
}

/* What an agent has for themselves is nobody else's business. */
static gboolean
note (CfdTx *tx, const CfdCaller *by, const char *action, const CfMacro *macro, const char *detail, GError **error)
{
  return macro->owner_id != NULL || cfd_audit_note (tx, by, action, &macro->parent, macro->name, detail, error);
}

static CfMacro *
require (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfMacro) macro = cfd_tx_require (tx, &cf_macro_shape, caller->organisation_id, id, error);

  if (macro == NULL || !cfd_ownership_check_change (caller, macro->owner_id, cf_macro_shape.name, error))
    return NULL;
  return g_steal_pointer (&macro);
}

/**
 * cfd_macros_add:
 * Returns: (transfer full): the new macro; the one that the same call made before, when it is repeated, be it a tombstone by now.
 */
CfMacro *
cfd_macros_add (CfdTx *tx, const CfdCaller *caller, const CfMacroAddParams *params, GError **error)
{
  g_autoptr (CfMacro) made = make (caller, params, cfd_tx_now (tx)), have = NULL;

  if ((params->shared && !cfd_ownership_check_shared (caller, error)) || !cfd_tx_lookup (tx, &cf_macro_shape, params->id, &have, error))
    return NULL;
  if (have != NULL && is_repeat (have, made, params))
    return g_steal_pointer (&have);
  if (have != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: is another macro's");
      return NULL;
    }
  if (!check (tx, made, error) || !cfd_tx_put (tx, made, error) || !note (tx, caller, "macro.add", made, NULL, error))
    return NULL;
  return g_steal_pointer (&made);
}

/**
 * cfd_macros_update:
 * Changes what @params was given; whose it is stays.
 *
 * Returns: (transfer full): the macro as it is now.
 */
CfMacro *
cfd_macros_update (CfdTx *tx, const CfdCaller *caller, const CfMacroUpdateParams *params, GError **error)
{
  g_autoptr (CfMacro) macro = require (tx, caller, params->id, error), before = NULL;
  g_autoptr (GString) detail = g_string_new (NULL);

  if (macro == NULL)
    return NULL;
  before = cf_struct_copy (macro);
  cf_struct_take (macro, params, TRUE);
  cfd_audit_change (detail, "name", before->name, macro->name);
  cfd_audit_change (detail, "text", before->text, macro->text);
  cfd_audit_change (detail, "note", before->note, macro->note);
  if (!check (tx, macro, error) || !cfd_tx_put (tx, macro, error) || !note (tx, caller, "macro.update", macro, detail->str, error))
    return NULL;
  return g_steal_pointer (&macro);
}

/**
 * cfd_macros_remove:
 * Returns: (transfer full): its tombstone, also when it was removed before.
 */
CfMacro *
cfd_macros_remove (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfMacro) macro = NULL;

  if (!cfd_tx_lookup (tx, &cf_macro_shape, id, &macro, error))
    return NULL;
  if (macro != NULL && macro->parent.deleted && g_strcmp0 (macro->parent.organisation_id, caller->organisation_id) == 0
      && cfd_ownership_sees (caller, macro->owner_id))
    return g_steal_pointer (&macro);
  g_clear_pointer (&macro, cf_struct_unref);
  macro = require (tx, caller, id, error);
  if (macro == NULL)
    return NULL;
  macro->parent.deleted = TRUE;
  g_clear_pointer (&macro->text, g_free);
  g_clear_pointer (&macro->note, g_free);
  if (!cfd_tx_put (tx, macro, error) || !note (tx, caller, "macro.remove", macro, NULL, error))
    return NULL;
  return g_steal_pointer (&macro);
}

/**
 * cfd_macros_used:
 * Counts one use, by whoever sees it.
 */
CfMacro *
cfd_macros_used (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfMacro) macro = cfd_tx_require (tx, &cf_macro_shape, caller->organisation_id, id, error);

  if (macro == NULL)
    return NULL;
  if (!cfd_ownership_sees (caller, macro->owner_id))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such %s", cf_macro_shape.name);
      return NULL;
    }
  macro->uses++;
  if (!cfd_tx_put (tx, macro, error))
    return NULL;
  return g_steal_pointer (&macro);
}
