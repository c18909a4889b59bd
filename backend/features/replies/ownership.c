/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ownership.h"

#include "protocol/error.h"

/**
 * cfd_ownership_check_shared:
 * Returns: TRUE for those who may make and change what is for all agents; else FALSE with CF_ERROR_FORBIDDEN.
 */
gboolean
cfd_ownership_check_shared (const CfdCaller *caller, GError **error)
{
  if (caller->kind == CFD_ALLOW_SUPERVISOR || caller->kind == CFD_ALLOW_ADMIN)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "only supervisors and admins may change what is shared");
  return FALSE;
}

/**
 * cfd_ownership_sees:
 * @owner_id: (nullable): NULL = shared
 */
gboolean
cfd_ownership_sees (const CfdCaller *caller, const char *owner_id)
{
  return owner_id == NULL || g_strcmp0 (owner_id, caller->id) == 0;
}

/**
 * cfd_ownership_check_change:
 * @owner_id: (nullable): NULL = shared
 * @what: the name of the record's type
 *
 * Another's is CF_ERROR_NOT_FOUND like one that does not exist, so that ids tell nothing.
 */
gboolean
cfd_ownership_check_change (const CfdCaller *caller, const char *owner_id, const char *what, GError **error)
{
  if (owner_id == NULL)
    return cfd_ownership_check_shared (caller, error);
  if (cfd_ownership_sees (caller, owner_id))
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such %s", what);
  return FALSE;
}
