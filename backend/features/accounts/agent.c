/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent.h"

#include "protocol/error.h"

#include <string.h>

/**
 * cfd_agent_normalise_email:
 * Addresses are compared in lower case, without blanks around them. Only the form is looked at: one '@' with
 * something before it and a domain behind it.
 *
 * Returns: (transfer full): the stored spelling, or NULL with CF_ERROR_INVALID.
 */
char *
cfd_agent_normalise_email (const char *email, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (email));
  const char *at = strchr (stripped, '@');

  if (at == NULL || at == stripped || strchr (at + 1, '@') != NULL || strlen (at) < 4 || at[1] == '.'
      || g_str_has_suffix (stripped, ".") || strpbrk (stripped, " \t<>,;\"") != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "email: expected an address such as ana@example.com");
      return NULL;
    }
  return g_utf8_strdown (stripped, -1);
}

/**
 * cfd_agent_check_password:
 * Length is what counts (NIST SP 800-63B section 5.1.1.2); the person's own address is refused.
 */
gboolean
cfd_agent_check_password (const char *password, const char *email, GError **error)
{
  if (g_utf8_strlen (password, -1) < CFD_PASSWORD_MIN)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "password: got %ld characters, expected at least %d",
                   g_utf8_strlen (password, -1), CFD_PASSWORD_MIN);
      return FALSE;
    }
  if (g_ascii_strcasecmp (password, email) == 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "password: expected something else than the email address");
      return FALSE;
    }
  return TRUE;
}

/**
 * cfd_agent_allow:
 * Returns: the kind of caller that an agent's role makes them.
 */
CfdAllow
cfd_agent_allow (const CfAgent *agent)
{
  switch (agent->role)
    {
    case CF_ROLE_ADMIN:
      return CFD_ALLOW_ADMIN;
    case CF_ROLE_SUPERVISOR:
      return CFD_ALLOW_SUPERVISOR;
    case CF_ROLE_AGENT:
      return CFD_ALLOW_AGENT;
    }
  return CFD_ALLOW_AGENT;
}
