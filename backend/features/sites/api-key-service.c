/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api-key-service.h"

#include "api-key-store.h"
#include "backend/db/lookup.h"
#include "backend/features/accounts/token-service.h"
#include "backend/features/audit/audit-service.h"
#include "protocol/error.h"
#include "protocol/records/site.h"
#include "site-limit-service.h"

/* When a key was last used is known to the hour: a call costs no write of its own. */
#define USE_MS (60 * 60 * G_GINT64_CONSTANT (1000))

/* Keys that were used since that was last written: id -> ms UTC (gint64 *). One table for the process: calls come on several threads. */
static GMutex mutex;
static GHashTable *used;

static void
note_use (const CfdApiKey *key, gint64 now)
{
  if (now - key->used_at < USE_MS)
    return;
  g_mutex_lock (&mutex);
  if (used == NULL)
    used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_replace (used, g_strdup (key->id), g_memdup2 (&now, sizeof now));
  g_mutex_unlock (&mutex);
}

static guint
bits_of (const CfdApiKey *key)
{
  g_auto (GStrv) words = g_strsplit (key->scopes, " ", -1);
  guint bits = 0;

  cf_api_scopes_read ((const char *const *) words, &bits, NULL);
  return bits;
}

static CfApiKeysResult *
list_of (CfdTx *tx, const char *site_id, GError **error)
{
  g_autoptr (GPtrArray) all = cfd_api_key_store_list (tx, site_id, error);
  CfApiKeysResult *result;

  if (all == NULL)
    return NULL;
  result = cf_struct_new (&cf_api_keys_result_shape);
  result->keys = cf_structs_new ();
  for (guint i = 0; i < all->len; i++)
    {
      const CfdApiKey *key = all->pdata[i];
      CfApiKeyInfo *info = cf_struct_new (&cf_api_key_info_shape);

      info->id = g_strdup (key->id);
      info->name = g_strdup (key->name);
      info->prefix = g_strdup (key->prefix);
      info->scopes = cf_api_scopes_dup_words (bits_of (key));
      info->created_by = g_strdup (key->created_by);
      info->created_at = key->created_at;
      info->used_at = key->used_at;
      info->expires_at = key->expires_at;
      g_ptr_array_add (result->keys, info);
    }
  return result;
}

/* Room for one more, or the same call once more, whose answer was lost before anybody could use what was in it. */
static gboolean
check_new (CfdTx *tx, const CfdCaller *by, const CfApiKeyAddParams *params, const char *scopes, const CfdApiKey *have, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;

  if (have != NULL)
    {
      if (g_strcmp0 (have->organisation_id, by->organisation_id) == 0 && g_strcmp0 (have->site_id, params->site_id) == 0
          && g_strcmp0 (have->name, params->name) == 0 && g_strcmp0 (have->scopes, scopes) == 0 && have->expires_at == params->expires_at
          && have->used_at == 0 && have->revoked_at == 0)
        return TRUE;
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: is another key's, or one that is in use");
      return FALSE;
    }
  if (params->expires_at != 0 && params->expires_at <= cfd_tx_now (tx))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "expires_at: got %" G_GINT64_FORMAT ", expected a time that is still to come", params->expires_at);
      return FALSE;
    }
  all = cfd_api_key_store_list (tx, params->site_id, error);
  if (all != NULL && all->len >= CF_API_KEYS_MAX)
    g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "the site has %d keys, which is as many as there may be; revoke one first", CF_API_KEYS_MAX);
  return all != NULL && all->len < CF_API_KEYS_MAX;
}

static CfdApiKey *
new_key (CfdTx *tx, const CfdCaller *by, const CfApiKeyAddParams *params, const char *scopes, const char *text)
{
  CfdApiKey *key = g_new0 (CfdApiKey, 1);

  key->id = g_strdup (params->id);
  key->organisation_id = g_strdup (by->organisation_id);
  key->site_id = g_strdup (params->site_id);
  key->name = g_strdup (params->name);
  key->prefix = cfd_api_key_dup_prefix (text);
  key->hash = cfd_token_hash (text);
  key->scopes = g_strdup (scopes);
  key->created_by = g_strdup (by->name);
  key->created_at = cfd_tx_now (tx);
  key->expires_at = params->expires_at;
  return key;
}

/* Of the living one that @text is, or NULL with the reason. Only what was compared as a whole tells anything. */
static CfdApiKey *
find_key (CfdTx *tx, const char *text, GError **error)
{
  g_autofree char *prefix = cfd_api_key_dup_prefix (text);
  g_autoptr (GPtrArray) alike = prefix != NULL ? cfd_api_key_store_by_prefix (tx, prefix, error) : NULL;
  CfdApiKey *found = NULL;

  if (prefix != NULL && alike == NULL)
    return NULL;
  for (guint i = 0; alike != NULL && i < alike->len && found == NULL; i++)
    if (cfd_token_matches (((CfdApiKey *) alike->pdata[i])->hash, text))
      found = g_ptr_array_steal_index (alike, i);
  if (found == NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "this API key is not known");
  return found;
}

static gboolean
check_live (const CfdApiKey *key, gint64 now, GError **error)
{
  if (key->revoked_at > 0)
    g_set_error (error, CF_ERROR, CF_ERROR_REVOKED, "the API key %s… was revoked", key->prefix);
  else if (key->expires_at > 0 && key->expires_at <= now)
    g_set_error (error, CF_ERROR, CF_ERROR_EXPIRED, "the API key %s… has expired", key->prefix);
  else
    return TRUE;
  return FALSE;
}

/**
 * cfd_api_keys_list:
 * Returns: (transfer full): what may be known of a site's live keys: not what they are.
 */
CfApiKeysResult *
cfd_api_keys_list (CfdTx *tx, const char *organisation_id, const char *site_id, GError **error)
{
  g_autoptr (CfSite) site = cfd_tx_require (tx, &cf_site_shape, organisation_id, site_id, error);

  return site != NULL ? list_of (tx, site_id, error) : NULL;
}

/**
 * cfd_api_keys_add:
 * Makes a key. The same call again, before it was used, makes another in its place: the answer with the first one may have been lost.
 *
 * Returns: (transfer full): the key, which no other call ever shows.
 */
CfApiKeyResult *
cfd_api_keys_add (CfdTx *tx, const CfdCaller *by, const CfApiKeyAddParams *params, GError **error)
{
  g_autoptr (CfSite) site = cfd_tx_require (tx, &cf_site_shape, by->organisation_id, params->site_id, error);
  g_autoptr (CfdApiKey) have = NULL;
  g_autoptr (CfdApiKey) key = NULL;
  g_autofree char *secret = NULL, *text = NULL, *scopes = NULL, *detail = NULL;
  g_auto (GStrv) words = NULL;
  CfApiKeyResult *result;
  guint bits;

  if (site == NULL || !cf_api_scopes_read ((const char *const *) params->scopes, &bits, error) || !cfd_api_key_store_get (tx, params->id, &have, error))
    return NULL;
  words = cf_api_scopes_dup_words (bits);
  scopes = g_strjoinv (" ", words);
  if (!check_new (tx, by, params, scopes, have, error))
    return NULL;
  secret = cfd_token_new ();
  text = g_strconcat (CF_API_KEY_PREFIX, secret, NULL);
  key = new_key (tx, by, params, scopes, text);
  detail = g_strdup_printf ("%s (%s…): %s", key->name, key->prefix, scopes);
  if (!cfd_api_key_store_put (tx, key, error) || !cfd_audit_note (tx, by, "site.add_key", &site->parent, site->name, detail, error))
    return NULL;
  result = cf_struct_new (&cf_api_key_result_shape);
  result->id = g_strdup (key->id);
  result->key = g_steal_pointer (&text);
  return result;
}

/**
 * cfd_api_keys_revoke:
 * From now on it opens nothing, whatever connections are open: each call shows its key anew.
 *
 * Returns: (transfer full): those that are left.
 */
CfApiKeysResult *
cfd_api_keys_revoke (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  g_autoptr (CfdApiKey) key = NULL;
  g_autoptr (CfSite) site = NULL;
  g_autofree char *detail = NULL;

  if (!cfd_api_key_store_get (tx, id, &key, error))
    return NULL;
  if (key == NULL || g_strcmp0 (key->organisation_id, by->organisation_id) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such key");
      return NULL;
    }
  if (key->revoked_at > 0)
    return list_of (tx, key->site_id, error);
  detail = g_strdup_printf ("%s (%s…)", key->name, key->prefix);
  site = cfd_tx_require (tx, &cf_site_shape, by->organisation_id, key->site_id, error);
  if (site == NULL || !cfd_api_key_store_revoke (tx, id, error)
      || !cfd_audit_note (tx, by, "site.revoke_key", &site->parent, site->name, detail, error))
    return NULL;
  return list_of (tx, key->site_id, error);
}

/**
 * cfd_api_keys_authenticate:
 * @key: as it was sent
 * @origin: (nullable): of the page that calls, if it is one
 *
 * Returns: (transfer full): the caller, who is of one site; CF_ERROR_UNAUTHENTICATED, REVOKED, EXPIRED, or BAD_ORIGIN from a page: whoever can
 *   read its source has the key.
 */
CfdCaller *
cfd_api_keys_authenticate (CfdTx *tx, const char *key, const char *origin, GError **error)
{
  g_autoptr (CfdApiKey) found = find_key (tx, key, error);
  g_autoptr (CfSite) site = NULL;
  CfdCaller *caller;

  if (found == NULL || !check_live (found, cfd_tx_now (tx), error))
    return NULL;
  if (origin != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_BAD_ORIGIN, "API keys are for servers; got a call from a page, whose visitors could read the key");
      return NULL;
    }
  site = cfd_tx_require (tx, &cf_site_shape, found->organisation_id, found->site_id, error);
  if (site == NULL)
    return NULL;
  cfd_site_limits_set (site->parent.id, site->limits);
  note_use (found, cfd_tx_now (tx));
  caller = cfd_caller_new (CFD_ALLOW_KEY);
  caller->organisation_id = cfd_shared_text (found->organisation_id);
  caller->site_id = cfd_shared_text (found->site_id);
  caller->sites = g_strdupv ((char *[]) { found->site_id, NULL });
  caller->id = g_strdup (found->id);
  caller->name = g_strdup (found->name);
  caller->scopes = bits_of (found);
  return caller;
}

gboolean
cfd_api_keys_any_used (void)
{
  gboolean any;

  g_mutex_lock (&mutex);
  any = used != NULL && g_hash_table_size (used) > 0;
  g_mutex_unlock (&mutex);
  return any;
}

/**
 * cfd_api_keys_store_used:
 * Writes when keys were used since this was last called. What a commit that failed has not kept is known with the next use.
 */
gboolean
cfd_api_keys_store_used (CfdTx *tx, GError **error)
{
  g_autoptr (GHashTable) taken = NULL;
  GHashTableIter iter;
  gpointer id, at;

  g_mutex_lock (&mutex);
  taken = g_steal_pointer (&used);
  g_mutex_unlock (&mutex);
  if (taken == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, taken);
  while (g_hash_table_iter_next (&iter, &id, &at))
    if (!cfd_api_key_store_used (tx, id, *(gint64 *) at, error))
      return FALSE;
  return TRUE;
}
