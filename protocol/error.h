/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CF_ERROR (cf_error_quark ())

/**
 * CfError:
 * Why a call was refused. Each code has a stable word that travels on the wire
 * (`error.data.reason`), a JSON-RPC code and an HTTP status; see cf_error_reason().
 */
typedef enum
{
  CF_ERROR_INTERNAL,        /* our own fault; the text never carries details */
  CF_ERROR_INVALID,         /* the call itself is wrong: got/expected in the message */
  CF_ERROR_NOT_FOUND,       /* no such thing, or none that this caller may know of */
  CF_ERROR_FORBIDDEN,       /* the caller's role may not do this */
  CF_ERROR_UNAUTHENTICATED, /* no token, or one that nobody knows */
  CF_ERROR_EXPIRED,         /* the token was right once, its time is over */
  CF_ERROR_REVOKED,         /* the token was signed out */
  CF_ERROR_DISABLED,        /* the agent's account is switched off */
  CF_ERROR_BAD_ORIGIN,      /* the web page is not one of the site's allowed origins */
  CF_ERROR_BAD_SITE,        /* unknown site key, or a token of another site */
  CF_ERROR_CONFLICT,        /* same id with other content, or a state that excludes the call */
  CF_ERROR_RATE_LIMITED,    /* too many calls; try again later */
  CF_ERROR_TOO_LARGE,       /* over a size limit */
  CF_ERROR_UNAVAILABLE,     /* the server cannot store now; nothing was done, the same call may be sent again */
  CF_ERROR_UNVERIFIED,      /* the site wants to know who a visitor is before they write: they must be signed in there */
  CF_N_ERRORS
} CfError;

GQuark      cf_error_quark       (void);
const char *cf_error_reason      (CfError code);
int         cf_error_rpc_code    (CfError code);
guint       cf_error_http_status (CfError code);
gboolean    cf_error_from_reason (const char *reason, CfError *code);
CfError     cf_error_code        (const GError *error);

G_END_DECLS
