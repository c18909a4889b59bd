/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rest-door.h"

#include "backend/features/sites/site-limit-service.h"
#include "backend/features/sites/site-service.h"
#include "backend/features/sync/sync-service.h"
#include "key-reach.h"
#include "openapi.h"
#include "problem.h"
#include "protocol/json.h"
#include "rest-params.h"

#include <string.h>

#define OPENAPI_PATH "/api/v1/openapi.json"
#define BEARER "Bearer "

struct _CfdRestDoor
{
  CfdRouter *router;
  CfdDb *db;
  GBytes *openapi;
};

/* A browser that asks whether a page of another origin may call. */
typedef struct
{
  CfdRequest *request;
  char *origin;
  char *verbs;
  gboolean allowed;
} Preflight;

/* A call that came to nothing before its site was asked whether the page may know. */
typedef struct
{
  CfdRequest *request;
  GError *error;
  char *origin;
  char *site_key;
  gboolean allowed;
} Refusal;

static void
allow_origin (CfdRequest *request, const char *origin)
{
  cfd_request_add_header (request, "Access-Control-Allow-Origin", origin);
  cfd_request_add_header (request, "Access-Control-Expose-Headers", "Retry-After, Upload-Offset, Upload-Length");
}

static gboolean
check_origin (CfdTx *tx, gpointer data, GError **error)
{
  Preflight *preflight = data;

  preflight->allowed = cfd_sites_allow_origin (tx, NULL, preflight->origin, NULL);
  return TRUE;
}

static void
answer_preflight (gpointer data, const GError *error)
{
  Preflight *preflight = data;
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  cfd_request_add_header (preflight->request, "Vary", "Origin");
  if (error == NULL && preflight->allowed)
    {
      allow_origin (preflight->request, preflight->origin);
      cfd_request_add_header (preflight->request, "Access-Control-Allow-Methods", preflight->verbs);
      cfd_request_add_header (preflight->request, "Access-Control-Allow-Headers", "Authorization, Content-Range, Content-Type, X-ChatFlow-Site");
      cfd_request_add_header (preflight->request, "Access-Control-Max-Age", "600");
    }
  cfd_request_add_header (preflight->request, "Allow", preflight->verbs);
  cfd_request_respond (preflight->request, 204, NULL, nothing);
  g_free (preflight->origin);
  g_free (preflight->verbs);
  g_free (preflight);
}

/**
 * cfd_rest_door_preflight:
 * @verbs: that the address takes
 *
 * The browser sends no site key with this question, so it is whether any site lets the page in; the call itself is checked with its key.
 */
void
cfd_rest_door_preflight (CfdRestDoor *self, CfdRequest *request, const char *verbs)
{
  const char *origin = cfd_request_get_header (request, "Origin");
  Preflight *preflight = g_new0 (Preflight, 1);

  preflight->request = request;
  preflight->origin = g_strdup (origin);
  preflight->verbs = g_strdup (verbs);
  if (origin == NULL)
    answer_preflight (preflight, NULL);
  else
    cfd_db_submit (self->db, CFD_DB_READ, check_origin, answer_preflight, preflight);
}

static gboolean
check_refused (CfdTx *tx, gpointer data, GError **error)
{
  Refusal *refusal = data;

  refusal->allowed = cfd_sites_allow_origin (tx, refusal->site_key, refusal->origin, NULL);
  return TRUE;
}

static void
answer_refused (gpointer data, const GError *error)
{
  Refusal *refusal = data;

  cfd_request_add_header (refusal->request, "Vary", "Origin");
  if (refusal->allowed)
    allow_origin (refusal->request, refusal->origin);
  cfd_problem_respond (refusal->request, refusal->error, cfd_router_retry_after (refusal->error));
  g_error_free (refusal->error);
  g_free (refusal->site_key);
  g_free (refusal->origin);
  g_free (refusal);
}

/* Before there is a job. A page of the site may read why. */
static void
fail (CfdRestDoor *self, CfdRequest *request, const GError *error)
{
  const char *origin = cfd_request_get_header (request, "Origin"), *site_key = cfd_request_get_header (request, "X-ChatFlow-Site");
  Refusal *refusal = g_new0 (Refusal, 1);

  cfd_meter_error (cfd_router_get_meter (self->router), error);
  refusal->request = request;
  refusal->error = g_error_copy (error);
  refusal->origin = g_strdup (origin);
  refusal->site_key = g_strdup (site_key);
  if (origin == NULL || site_key == NULL || !cfd_router_is_open (self->router, NULL))
    answer_refused (refusal, NULL);
  else
    cfd_db_submit (self->db, CFD_DB_READ, check_refused, answer_refused, refusal);
}

/* Who calls is found out in the same database work in which the call is carried out: nothing can change in between. */
static gpointer
rest_work (CfdJob *job, CfdTx *tx, GError **error)
{
  CfdCaller *caller;

  if (job->origin != NULL && job->site_key != NULL)
    job->origin_allowed = cfd_sites_allow_origin (tx, job->site_key, job->origin, NULL);
  if ((job->method->allow & CFD_ALLOW_ANYONE) == 0 && (job->token != NULL || job->site_key != NULL))
    {
      caller = cfd_sync_authenticate (tx, job->token, job->site_key, job->origin, job->address, error);
      if (caller == NULL)
        return NULL;
      cfd_caller_unref (job->caller);
      job->caller = caller;
    }
  if (!cfd_method_permits (job->method, job->caller, error)
      || !cfd_site_limits_spend (job->caller->site_id, CFD_SITE_CALLS, MAX (job->method->cost, 1), &job->retry_after_ms, error)
      || !cfd_key_reaches (tx, job->method, job->caller, job->params, error))
    return NULL;
  return cfd_job_handle (job, tx, error);
}

static GBytes *
encode_result (CfdJob *job)
{
  GString *out = g_string_new (NULL);

  if (job->method->media_field != NULL)
    g_string_append (out, cf_field_at (const char *, job->result, cf_shape_field (job->result->shape, job->method->media_field)));
  else
    cf_json_encode (out, job->result, cfd_job_audience (job));
  return g_string_free_to_bytes (out);
}

/**
 * cfd_rest_door_allow_origin:
 * For an answer that is not cfd_rest_door_respond()'s, to a call whose job has said that the page may read it.
 */
void
cfd_rest_door_allow_origin (CfdRequest *request)
{
  cfd_request_add_header (request, "Vary", "Origin");
  allow_origin (request, cfd_request_get_header (request, "Origin"));
}

/**
 * cfd_rest_door_respond:
 * Answers @data, a request, with what came of its job.
 */
void
cfd_rest_door_respond (CfdJob *job, const GError *error, gpointer data)
{
  CfdRequest *request = data;
  g_autoptr (GBytes) body = NULL;

  cfd_request_add_header (request, "Vary", "Origin");
  if (job->origin_allowed)
    allow_origin (request, job->origin);
  if (error != NULL)
    {
      cfd_problem_respond (request, error, MAX (job->retry_after_ms, cfd_router_retry_after (error)));
      return;
    }
  body = encode_result (job);
  cfd_request_add_header (request, "X-Content-Type-Options", "nosniff");
  cfd_request_add_header (request, "Cache-Control", "no-store");
  cfd_request_respond (request, 200, job->method->media_type != NULL ? job->method->media_type : "application/json", body);
}

static gboolean
read_token (CfdRequest *request, char **token, GError **error)
{
  const char *header = cfd_request_get_header (request, "Authorization");

  *token = NULL;
  if (header == NULL)
    return TRUE;
  if (g_ascii_strncasecmp (header, BEARER, strlen (BEARER)) != 0 || header[strlen (BEARER)] == '\0')
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "Authorization: expected \"Bearer TOKEN\"");
      return FALSE;
    }
  *token = g_strdup (header + strlen (BEARER));
  return TRUE;
}

/**
 * cfd_rest_door_call:
 * @params: of @method's shape
 * @done: called once, now or later
 *
 * Calls @method as the one who has sent @request.
 */
void
cfd_rest_door_call (CfdRestDoor *self, CfdRequest *request, const CfdMethod *method, CfStruct *params, CfdJobDone done, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfdJob) job = cfd_job_new (method, done, data);

  job->params = cf_struct_ref (params);
  if (!read_token (request, &job->token, &error) || !cfd_router_is_open (self->router, &error))
    {
      cfd_meter_error (cfd_router_get_meter (self->router), error);
      done (job, error, data);
      return;
    }
  job->site_key = g_strdup (cfd_request_get_header (request, "X-ChatFlow-Site"));
  job->origin = g_strdup (cfd_request_get_header (request, "Origin"));
  job->address = g_strdup (cfd_request_get_address (request));
  job->caller = cfd_job_stranger (job->address, cfd_request_get_header (request, "User-Agent"));
  job->work = rest_work;
  cfd_router_run (self->router, g_steal_pointer (&job));
}

static void
take_call (CfdRestDoor *self, CfdRequest *request, const CfdMethod *method, GHashTable *fields)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) params = cfd_rest_params (method->params, request, fields, &error);

  if (params != NULL)
    cfd_rest_door_call (self, request, method, params, cfd_rest_door_respond, request);
  else
    fail (self, request, error);
}

/* "application/json; charset=utf-8" is fine. A form or plain text is what a foreign page can send without asking. */
static gboolean
is_json (CfdRequest *request)
{
  const char *type = cfd_request_get_header (request, "Content-Type");
  GBytes *body = cfd_request_get_body (request);
  gsize length = strlen ("application/json");

  if (body == NULL || g_bytes_get_size (body) == 0)
    return TRUE;
  return type != NULL && g_ascii_strncasecmp (type, "application/json", length) == 0
         && (type[length] == '\0' || type[length] == ';' || type[length] == ' ');
}

CfdRestDoor *
cfd_rest_door_new (CfdRouter *router, CfdDb *db)
{
  CfdRestDoor *self = g_new0 (CfdRestDoor, 1);

  self->router = router;
  self->db = db;
  self->openapi = cfd_openapi_new (cfd_method_table_rows (cfd_router_get_table (router)));
  return self;
}

/**
 * cfd_rest_door_request:
 * Takes any request under /api/v1/ and answers it, now or later.
 */
void
cfd_rest_door_request (CfdRestDoor *self, CfdRequest *request)
{
  const char *verb = cfd_request_get_verb (request), *path = cfd_request_get_path (request);
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *verbs = NULL;
  const CfdMethod *method = NULL;

  if (!g_str_equal (path, OPENAPI_PATH))
    method = cfd_method_table_match (cfd_router_get_table (self->router), verb, path, fields, &verbs);
  else if (g_str_equal (verb, "GET") || g_str_equal (verb, "HEAD"))
    {
      cfd_request_add_header (request, "X-Content-Type-Options", "nosniff");
      cfd_request_respond (request, 200, "application/json", self->openapi);
      return;
    }
  else
    verbs = g_strdup ("GET, HEAD, OPTIONS");

  if (method != NULL && !is_json (request))
    cfd_problem_respond_status (request, 415, CF_ERROR_INVALID, "Content-Type: expected application/json", 0);
  else if (method != NULL)
    take_call (self, request, method, fields);
  else if (verbs != NULL && g_str_equal (verb, "OPTIONS"))
    cfd_rest_door_preflight (self, request, verbs);
  else if (verbs != NULL)
    {
      cfd_request_add_header (request, "Allow", verbs);
      cfd_problem_respond_status (request, 405, CF_ERROR_INVALID, "this address does not take that verb; see Allow", 0);
    }
  else
    cfd_problem_respond_status (request, 404, CF_ERROR_NOT_FOUND, "no such address; see " OPENAPI_PATH, 0);
}

void
cfd_rest_door_free (CfdRestDoor *self)
{
  g_bytes_unref (self->openapi);
  g_free (self);
}
