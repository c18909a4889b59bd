/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "error.h"

typedef struct
{
  const char *reason;
  int rpc_code;
  guint http_status;
} ErrorRow;

/* JSON-RPC 2.0 reserves -32768..-32000; -32602 is its "invalid params", -32603 its "internal error". */
static const ErrorRow rows[CF_N_ERRORS] = {
  [CF_ERROR_INTERNAL]        = { "internal",        -32603, 500 },
  [CF_ERROR_INVALID]         = { "invalid",         -32602, 400 },
  [CF_ERROR_NOT_FOUND]       = { "not_found",        -31001, 404 },
  [CF_ERROR_FORBIDDEN]       = { "forbidden",        -31002, 403 },
  [CF_ERROR_UNAUTHENTICATED] = { "unauthenticated",  -31003, 401 },
  [CF_ERROR_EXPIRED]         = { "expired",          -31004, 401 },
  [CF_ERROR_REVOKED]         = { "revoked",          -31005, 401 },
  [CF_ERROR_DISABLED]        = { "disabled",         -31006, 403 },
  [CF_ERROR_BAD_ORIGIN]      = { "bad_origin",       -31007, 403 },
  [CF_ERROR_BAD_SITE]        = { "bad_site",         -31008, 403 },
  [CF_ERROR_CONFLICT]        = { "conflict",         -31009, 409 },
  [CF_ERROR_RATE_LIMITED]    = { "rate_limited",     -31010, 429 },
  [CF_ERROR_TOO_LARGE]       = { "too_large",        -31011, 413 },
  [CF_ERROR_UNAVAILABLE]     = { "unavailable",      -31012, 503 },
  [CF_ERROR_UNVERIFIED]      = { "unverified",       -31013, 403 },
};

G_DEFINE_QUARK (cf-error-quark, cf_error)

/**
 * cf_error_reason:
 * Returns: the stable word for @code as sent in `error.data.reason`; static.
 */
const char *
cf_error_reason (CfError code)
{
  g_return_val_if_fail (code < CF_N_ERRORS, "internal");
  return rows[code].reason;
}

/**
 * cf_error_rpc_code:
 * Returns: the JSON-RPC `error.code` for @code.
 */
int
cf_error_rpc_code (CfError code)
{
  g_return_val_if_fail (code < CF_N_ERRORS, -32603);
  return rows[code].rpc_code;
}

/**
 * cf_error_http_status:
 * Returns: the HTTP status that the REST door answers for @code.
 */
guint
cf_error_http_status (CfError code)
{
  g_return_val_if_fail (code < CF_N_ERRORS, 500);
  return rows[code].http_status;
}

/**
 * cf_error_from_reason:
 * @code: (out): set when the word is known
 *
 * The client's way back from the wire. Returns: whether @reason is a known word.
 */
gboolean
cf_error_from_reason (const char *reason, CfError *code)
{
  for (guint i = 0; i < CF_N_ERRORS; i++)
    if (g_strcmp0 (rows[i].reason, reason) == 0)
      {
        *code = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * cf_error_code:
 * Returns: the code of @error when it is of our domain; every other domain is
 *   internal, so that no library's text reaches the wire by accident.
 */
CfError
cf_error_code (const GError *error)
{
  if (error != NULL && error->domain == CF_ERROR && error->code >= 0 && error->code < CF_N_ERRORS)
    return error->code;
  return CF_ERROR_INTERNAL;
}
