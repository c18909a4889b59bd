/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "key-reach.h"

#include "backend/db/lookup.h"
#include "protocol/error.h"
#include "protocol/records/site.h"

static gboolean
not_found (const CfdMethod *method, GError **error)
{
  g_set_error (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such %s", method->subject->name);
  return FALSE;
}

/* Also of one that is gone: how far an erasure is may be asked of somebody who is erased. */
static gboolean
is_of_site (CfdTx *tx, const CfdMethod *method, const CfdCaller *caller, const char *id, GError **error)
{
  const CfField *field = cf_shape_field (method->subject, "site_id");
  g_autoptr (CfRecord) record = NULL;

  if (!cfd_tx_lookup (tx, method->subject, id, &record, error))
    return FALSE;
  if (record == NULL || g_strcmp0 (record->organisation_id, caller->organisation_id) != 0
      || g_strcmp0 (cf_field_at (const char *, record, field), caller->site_id) != 0)
    return not_found (method, error);
  return TRUE;
}

/**
 * cfd_key_reaches:
 * @params: of a call that is permitted; where a site may be named and is not, the key's is put there
 *
 * The one place where it is decided what of the organisation an API key gets to: what the row's subject is must be of the key's site.
 * Returns: TRUE for other callers; FALSE with CF_ERROR_NOT_FOUND, as for what does not exist, so that ids tell nothing
 */
gboolean
cfd_key_reaches (CfdTx *tx, const CfdMethod *method, const CfdCaller *caller, CfStruct *params, GError **error)
{
  const CfField *field;
  char **id;

  if (caller->kind != CFD_ALLOW_KEY)
    return TRUE;
  field = cf_shape_field (method->params, method->subject_param);
  id = &cf_field_at (char *, params, field);
  if (method->subject == &cf_site_shape)
    {
      if (*id == NULL)
        *id = g_strdup (caller->site_id);
      return g_strcmp0 (*id, caller->site_id) == 0 || not_found (method, error);
    }
  if (*id != NULL)
    return is_of_site (tx, method, caller, *id, error);
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: missing, expected the id of a %s", field->name, method->subject->name);
  return FALSE;
}
