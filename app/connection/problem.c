/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "problem.h"

#include "protocol/error.h"

#include <glib/gi18n-lib.h>

/**
 * cfa_problem_is_tls:
 * Returns: whether the connection failed because the server could not prove who it is.
 */
gboolean
cfa_problem_is_tls (const GError *error)
{
  return error->domain == G_TLS_ERROR && error->code == G_TLS_ERROR_BAD_CERTIFICATE;
}

/**
 * cfa_problem_describe:
 * @server: the base address
 *
 * Returns: (transfer full): why the server could not be reached and what to do, in the person's language.
 */
char *
cfa_problem_describe (const GError *error, const char *server)
{
  if (cfa_problem_is_tls (error))
    return g_strdup_printf (_("The certificate of %s cannot be trusted. Check the address and this computer's clock, or ask your administrator."), server);
  if (error->domain == G_TLS_ERROR)
    return g_strdup_printf (_("%s does not offer a secure connection. Check the address, or type it with http:// in front."), server);
  if (error->domain == G_RESOLVER_ERROR)
    return g_strdup_printf (_("There is no computer called %s, or this one is offline. Check the address and the network."), server);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_strdup_printf (_("Nothing answers at %s. Check the address, and that the server is running."), server);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_strdup_printf (_("%s does not answer. Check the network and try again."), server);
  return g_strdup_printf (_("%s could not be reached (%s). Check the network and try again."), server, error->message);
}

/**
 * cfa_problem_ended:
 * @reason: (nullable): the reason word with which the server ended the session
 *
 * Returns: (transfer full): a sentence that says why and what to do.
 */
char *
cfa_problem_ended (const char *reason)
{
  CfError code;

  if (!cf_error_from_reason (reason, &code))
    code = CF_ERROR_UNAUTHENTICATED;
  switch (code)
    {
    case CF_ERROR_EXPIRED:
      return g_strdup (_("You have been signed in for a long time. Sign in again to go on."));
    case CF_ERROR_REVOKED:
      return g_strdup (_("You were signed out from another device. Sign in again to go on."));
    case CF_ERROR_DISABLED:
      return g_strdup (_("Your account has been switched off. Ask your administrator."));
    default:
      return g_strdup (_("The server does not know this sign-in any more. Sign in again to go on."));
    }
}
