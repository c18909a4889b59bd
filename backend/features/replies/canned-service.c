/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canned-service.h"

#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "canned-store.h"
#include "ownership.h"
#include "protocol/error.h"
#include "protocol/patch.h"
#include "shortcut.h"

/* The shortcut takes its stored form; nobody who sees this response may see another one with the same. */
static gboolean
settle_shortcut (CfdTx *tx, CfCannedResponse *canned, GError **error)
{
  char *shortcut = cfd_shortcut_normalise (canned->shortcut, error);
  gboolean taken;

  if (shortcut == NULL)
    return FALSE;
  g_free (canned->shortcut);
  canned->shortcut = shortcut;
  if (!cfd_canned_store_taken (tx, canned, &taken, error))
    return FALSE;
  if (taken)
    g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "shortcut: \"%s\" is taken already, expected another", shortcut);
  return !taken;
}

/* What the call would make, if it is the first of its kind. */
static CfCannedResponse *
make (const CfdCaller *caller, const CfCannedAddParams *params, gint64 now)
{
  CfCannedResponse *canned = cf_struct_new (&cf_canned_response_shape);

  cf_struct_take (canned, params, FALSE);
  canned->parent.id = g_strdup (params->id);
  canned->parent.organisation_id = g_strdup (caller->organisation_id);
  canned->owner_id = params->shared ? NULL : g_strdup (caller->id);
  canned->created_at = now;
  return canned;
}

static gboolean
is_repeat (const CfCannedResponse *have, const CfCannedResponse *made)
{
  g_autofree char *shortcut = cfd_shortcut_normalise (made->shortcut, NULL);

  return g_strcmp0 (have->parent.organisation_id, made->parent.organisation_id) == 0 && g_strcmp0 (have->owner_id, made->owner_id) == 0
         && (have->parent.deleted
             || (g_strcmp0 (have->shortcut, shortcut) == 0 && g_strcmp0 (have->title, made->title) == 0
                 && g_strcmp0 (have->text, made->text) == 0 && g_strcmp0 (have->category, made->category) == 0));
}

/* What an agent has for themselves is nobody else's business. */
static gboolean
note (CfdTx *tx, const CfdCaller *by, const char *action, const CfCannedResponse *canned, const char *detail, GError **error)
{
  return canned->owner_id != NULL || cfd_audit_note (tx, by, action, &canned->parent, canned->shortcut, detail, error);
}

static CfCannedResponse *
require (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfCannedResponse) canned = cfd_tx_require (tx, &cf_canned_response_shape, caller->organisation_id, id, error);

  if (canned == NULL || !cfd_ownership_check_change (caller, canned->owner_id, cf_canned_response_shape.name, error))
    return NULL;
  return g_steal_pointer (&canned);
}

/**
 * cfd_canned_add:
 * Returns: (transfer full): the new response; the one that the same call made before, when it is repeated, be it a tombstone by now.
 */
CfCannedResponse *
cfd_canned_add (CfdTx *tx, const CfdCaller *caller, const CfCannedAddParams *params, GError **error)
{
  g_autoptr (CfCannedResponse) made = make (caller, params, cfd_tx_now (tx)), have = NULL;

  if ((params->shared && !cfd_ownership_check_shared (caller, error))
      || !cfd_tx_lookup (tx, &cf_canned_response_shape, params->id, &have, error))
    return NULL;
  if (have != NULL && is_repeat (have, made))
    return g_steal_pointer (&have);
  if (have != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: is another canned response's");
      return NULL;
    }
  if (!settle_shortcut (tx, made, error) || !cfd_tx_put (tx, made, error) || !note (tx, caller, "canned.add", made, NULL, error))
    return NULL;
  return g_steal_pointer (&made);
}

/**
 * cfd_canned_update:
 * Changes what @params was given; whose it is stays.
 *
 * Returns: (transfer full): the response as it is now.
 */
CfCannedResponse *
cfd_canned_update (CfdTx *tx, const CfdCaller *caller, const CfCannedUpdateParams *params, GError **error)
{
  g_autoptr (CfCannedResponse) canned = require (tx, caller, params->id, error), before = NULL;
  g_autoptr (GString) detail = g_string_new (NULL);

  if (canned == NULL)
    return NULL;
  before = cf_struct_copy (canned);
  cf_struct_take (canned, params, TRUE);
  if (!settle_shortcut (tx, canned, error))
    return NULL;
  cfd_audit_change (detail, "shortcut", before->shortcut, canned->shortcut);
  cfd_audit_change (detail, "title", before->title, canned->title);
  cfd_audit_change (detail, "category", before->category, canned->category);
  cfd_audit_change (detail, "text", before->text, canned->text);
  if (!cfd_tx_put (tx, canned, error) || !note (tx, caller, "canned.update", canned, detail->str, error))
    return NULL;
  return g_steal_pointer (&canned);
}

/**
 * cfd_canned_remove:
 * Returns: (transfer full): its tombstone, also when it was removed before.
 */
CfCannedResponse *
cfd_canned_remove (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfCannedResponse) canned = NULL;

  if (!cfd_tx_lookup (tx, &cf_canned_response_shape, id, &canned, error))
    return NULL;
  if (canned != NULL && canned->parent.deleted && g_strcmp0 (canned->parent.organisation_id, caller->organisation_id) == 0
      && cfd_ownership_sees (caller, canned->owner_id))
    return g_steal_pointer (&canned);
  g_clear_pointer (&canned, cf_struct_unref);
  canned = require (tx, caller, id, error);
  if (canned == NULL)
    return NULL;
  canned->parent.deleted = TRUE;
  g_clear_pointer (&canned->title, g_free);
  g_clear_pointer (&canned->text, g_free);
  if (!cfd_tx_put (tx, canned, error) || !note (tx, caller, "canned.remove", canned, NULL, error))
    return NULL;
  return g_steal_pointer (&canned);
}

/**
 * cfd_canned_used:
 * Counts one use, by whoever sees it.
 */
CfCannedResponse *
cfd_canned_used (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfCannedResponse) canned = cfd_tx_require (tx, &cf_canned_response_shape, caller->organisation_id, id, error);

  if (canned == NULL)
    return NULL;
  if (!cfd_ownership_sees (caller, canned->owner_id))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such %s", cf_canned_response_shape.name);
      return NULL;
    }
  canned->uses++;
  if (!cfd_tx_put (tx, canned, error))
    return NULL;
  return g_steal_pointer (&canned);
}
