/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-methods.h"

#include "api-key-service.h"
#include "backend/rpc/results.h"
#include "protocol/records/site.h"
#include "site-secret-service.h"
#include "site-service.h"

static gpointer
list_sites (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_sites_seen (call->tx, call->caller, error));
}

static gpointer
add_site (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_sites_add (call->tx, call->caller->organisation_id, call->caller, params, error));
}

static gpointer
update_site (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_sites_update (call->tx, call->caller->organisation_id, call->caller, params, error));
}

static gpointer
settings (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_sites_settings (call->tx, call->caller, ((const CfIdParams *) params)->id, error);
}

static gpointer
configure (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_sites_configure (call->tx, call->caller, params, error));
}

static gpointer
opening (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_sites_opening (call->tx, call->caller->site_id, error);
}

static gpointer
list_secrets (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_site_secrets_list (call->tx, call->caller->organisation_id, ((const CfIdParams *) params)->id, error);
}

static gpointer
add_secret (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_site_secrets_add (call->tx, call->caller, params, error);
}

static gpointer
revoke_secret (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_site_secrets_revoke (call->tx, call->caller, ((const CfIdParams *) params)->id, error);
}

static gpointer
list_keys (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_api_keys_list (call->tx, call->caller->organisation_id, ((const CfIdParams *) params)->id, error);
}

static gpointer
add_key (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_api_keys_add (call->tx, call->caller, params, error);
}

static gpointer
revoke_key (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_api_keys_revoke (call->tx, call->caller, ((const CfIdParams *) params)->id, error);
}

static const CfdMethod methods[] = {
  { "site.list", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_no_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/sites", list_sites, 1, "The organisation's web sites." },
  { "site.add", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_site_add_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/sites", add_site, 1, "Add a web site; the answer has its key for the snippet." },
  { "site.update", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_site_update_params_shape, &cf_records_result_shape,
    "PATCH", "/api/v1/sites/{id}", update_site, 1, "Change name, origins, colour or greeting." },
  { "site.settings", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_id_params_shape, &cf_site_settings_shape,
    "GET", "/api/v1/websites/{id}/settings", settings, 1, "All that is set for a web site, and whether it is open now.",
    CFD_KEY (SETTINGS_READ, cf_site_shape, "id") },
  { "site.configure", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_site_configure_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/websites/{id}/settings", configure, 1, "Change settings; refused when others have changed them since that version.",
    CFD_KEY (SETTINGS_WRITE, cf_site_shape, "id") },
  { "site.secrets", CFD_ALLOW_ADMIN, CFD_WORK_READ, &cf_id_params_shape, &cf_site_secrets_result_shape,
    "GET", "/api/v1/websites/{id}/secrets", list_secrets, 1, "When a web site's live secrets were made and last used; not what they are." },
  { "site.add_secret", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_site_secret_add_params_shape, &cf_site_secret_result_shape,
    "POST", "/api/v1/websites/{site_id}/secrets", add_secret, 5, "Make a secret with which the site proves who its visitors are; it is shown this once." },
  { "site.revoke_secret", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_id_params_shape, &cf_site_secrets_result_shape,
    "DELETE", "/api/v1/websites/secrets/{id}", revoke_secret, 1, "What was signed with this secret proves nothing any more." },
  { "site.keys", CFD_ALLOW_ADMIN, CFD_WORK_READ, &cf_id_params_shape, &cf_api_keys_result_shape,
    "GET", "/api/v1/websites/{id}/keys", list_keys, 1, "A web site's live API keys: what they may, and when they were last used; not what they are." },
  { "site.add_key", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_api_key_add_params_shape, &cf_api_key_result_shape,
    "POST", "/api/v1/websites/{site_id}/keys", add_key, 5, "Make an API key with which a server of the site calls; it is shown this once." },
  { "site.revoke_key", CFD_ALLOW_ADMIN, CFD_WORK_WRITE, &cf_id_params_shape, &cf_api_keys_result_shape,
    "DELETE", "/api/v1/websites/keys/{id}", revoke_key, 1, "This API key opens nothing any more." },
  { "site.opening", CFD_ALLOW_VISITOR, CFD_WORK_READ, &cf_no_params_shape, &cf_site_opening_shape,
    "GET", "/api/v1/opening", opening, 1, "Whether the visitor's site is open, and until when." },
};

const CfdFeature cfd_sites_feature = { "sites", methods, G_N_ELEMENTS (methods) };
