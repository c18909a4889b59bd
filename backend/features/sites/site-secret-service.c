/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-secret-service.h"

#include "backend/db/lookup.h"
#include "backend/features/accounts/token-service.h"
#include "backend/features/audit/audit-service.h"
#include "jwt.h"
#include "protocol/error.h"
#include "protocol/records/site.h"
#include "site-secret-store.h"

/* When a secret was last used is known to the hour: a visitor who comes costs no write of its own. */
#define USE_MS (60 * 60 * G_GINT64_CONSTANT (1000))

static CfSiteSecretsResult *
list_of (CfdTx *tx, const char *site_id, GError **error)
{
  g_autoptr (GPtrArray) all = cfd_site_secret_store_list (tx, site_id, error);
  CfSiteSecretsResult *result;

  if (all == NULL)
    return NULL;
  result = cf_struct_new (&cf_site_secrets_result_shape);
  result->secrets = cf_structs_new ();
  for (guint i = 0; i < all->len; i++)
    {
      const CfdSiteSecret *secret = all->pdata[i];
      CfSiteSecretInfo *info = cf_struct_new (&cf_site_secret_info_shape);

      info->id = g_strdup (secret->id);
      info->created_by = g_strdup (secret->created_by);
      info->created_at = secret->created_at;
      info->used_at = secret->used_at;
      g_ptr_array_add (result->secrets, info);
    }
  return result;
}

/* Room for one more, or the same call once more, whose answer was lost before anybody could use what was in it. */
static gboolean
check_new (CfdTx *tx, const CfdCaller *by, const CfSiteSecretAddParams *params, const CfdSiteSecret *have, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;

  if (have != NULL)
    {
      if (g_strcmp0 (have->organisation_id, by->organisation_id) == 0 && g_strcmp0 (have->site_id, params->site_id) == 0 && have->used_at == 0)
        return TRUE;
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: is another secret's, or one that is in use");
      return FALSE;
    }
  all = cfd_site_secret_store_list (tx, params->site_id, error);
  if (all != NULL && all->len >= CF_SITE_SECRETS_MAX)
    g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "the site has %d secrets, which is as many as there may be; revoke one first", CF_SITE_SECRETS_MAX);
  return all != NULL && all->len < CF_SITE_SECRETS_MAX;
}

/**
 * cfd_site_secrets_list:
 * Returns: (transfer full): what may be known of a site's live secrets: not what they are.
 */
CfSiteSecretsResult *
cfd_site_secrets_list (CfdTx *tx, const char *organisation_id, const char *site_id, GError **error)
{
  g_autoptr (CfSite) site = cfd_tx_require (tx, &cf_site_shape, organisation_id, site_id, error);

  return site != NULL ? list_of (tx, site_id, error) : NULL;
}

/**
 * cfd_site_secrets_add:
 * Makes a secret. The same call again, before it was used, makes another in its place: the answer with the first one may have been lost.
 *
 * Returns: (transfer full): the secret, which no other call ever shows.
 */
CfSiteSecretResult *
cfd_site_secrets_add (CfdTx *tx, const CfdCaller *by, const CfSiteSecretAddParams *params, GError **error)
{
  g_autoptr (CfSite) site = cfd_tx_require (tx, &cf_site_shape, by->organisation_id, params->site_id, error);
  g_autoptr (CfdSiteSecret) have = NULL;
  g_autoptr (CfdSiteSecret) secret = NULL;
  CfSiteSecretResult *result;

  if (site == NULL || !cfd_site_secret_store_get (tx, params->id, &have, error) || !check_new (tx, by, params, have, error))
    return NULL;
  secret = g_new0 (CfdSiteSecret, 1);
  secret->id = g_strdup (params->id);
  secret->organisation_id = g_strdup (by->organisation_id);
  secret->site_id = g_strdup (params->site_id);
  secret->secret = cfd_token_new ();
  secret->created_by = g_strdup (by->name);
  secret->created_at = cfd_tx_now (tx);
  if (!cfd_site_secret_store_put (tx, secret, error)
      || !cfd_audit_note (tx, by, "site.add_secret", &site->parent, site->name, NULL, error))
    return NULL;
  result = cf_struct_new (&cf_site_secret_result_shape);
  result->id = g_strdup (secret->id);
  result->secret = g_strdup (secret->secret);
  return result;
}

/**
 * cfd_site_secrets_revoke:
 * From now on nothing that was signed with it proves anything.
 *
 * Returns: (transfer full): those that are left.
 */
CfSiteSecretsResult *
cfd_site_secrets_revoke (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  g_autoptr (CfdSiteSecret) secret = NULL;
  g_autoptr (CfSite) site = NULL;

  if (!cfd_site_secret_store_get (tx, id, &secret, error))
    return NULL;
  if (secret == NULL || g_strcmp0 (secret->organisation_id, by->organisation_id) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such secret");
      return NULL;
    }
  site = cfd_tx_require (tx, &cf_site_shape, by->organisation_id, secret->site_id, error);
  if (site == NULL || !cfd_site_secret_store_remove (tx, id, error)
      || !cfd_audit_note (tx, by, "site.revoke_secret", &site->parent, site->name, NULL, error))
    return NULL;
  return list_of (tx, secret->site_id, error);
}

/**
 * cfd_site_secrets_check:
 * Returns: (transfer full): what stands in @jwt, if one of the site's live secrets has signed it; NULL with CF_ERROR_INVALID when it is
 *   none, CF_ERROR_UNAUTHENTICATED when they have not.
 */
char *
cfd_site_secrets_check (CfdTx *tx, const char *site_id, const char *jwt, GError **error)
{
  g_autoptr (GPtrArray) all = cfd_site_secret_store_list (tx, site_id, error);
  const char *keys[CF_SITE_SECRETS_MAX];
  g_autofree char *payload = NULL;
  CfdSiteSecret *used;
  guint which;

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    keys[i] = ((CfdSiteSecret *) all->pdata[i])->secret;
  payload = cfd_jwt_open (jwt, keys, all->len, &which, error);
  if (payload == NULL)
    return NULL;
  used = all->pdata[which];
  if (cfd_tx_now (tx) - used->used_at < USE_MS)
    return g_steal_pointer (&payload);
  used->used_at = cfd_tx_now (tx);
  return cfd_site_secret_store_put (tx, used, error) ? g_steal_pointer (&payload) : NULL;
}
