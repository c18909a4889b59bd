/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail-address.h"

#include "protocol/error.h"

#include <string.h>

/* RFC 5321 section 4.5.3.1 */
#define LOCAL_MAX 64
#define DOMAIN_MAX 253
#define LABEL_MAX 63
/* RFC 5322 section 3.2.3, beside letters and digits */
#define ATOM_MARKS "!#$%&'*+-/=?^_`{|}~"

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "address: expected an email address such as ana@example.com");
  return FALSE;
}

/* Words of atoms with dots between them. What can only be written in quotes is used by nobody, and is where tricks are hidden. */
static gboolean
is_local (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > LOCAL_MAX || text[0] == '.' || text[length - 1] == '.' || strstr (text, "..") != NULL)
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && *text != '.' && strchr (ATOM_MARKS, *text) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_label (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > LABEL_MAX || text[0] == '-' || text[length - 1] == '-')
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && *text != '-')
      return FALSE;
  return TRUE;
}

static gboolean
is_domain (const char *text)
{
  g_auto (GStrv) labels = g_strsplit (text, ".", -1);
  gboolean good = strlen (text) <= DOMAIN_MAX && g_strv_length (labels) >= 2;

  for (char **label = labels; good && *label != NULL; label++)
    good = is_label (*label);
  return good;
}

/**
 * cfd_mail_address_normalise:
 * @text: as somebody wrote it
 *
 * Returns: (transfer full): the address as it may stand in a header and in an SMTP command: ASCII, the domain in lower case and, where it has other
 *   letters, as DNS knows it; NULL with CF_ERROR_INVALID when it is none
 */
char *
cfd_mail_address_normalise (const char *text, GError **error)
{
  g_autofree char *bare = strlen (text) <= CFD_MAIL_ADDRESS_MAX && g_utf8_validate (text, -1, NULL) ? g_strstrip (g_strdup (text)) : NULL;
  char *at = bare != NULL ? strrchr (bare, '@') : NULL;
  g_autofree char *ascii = NULL, *domain = NULL, *address = NULL;

  if (at != NULL)
    {
      *at = '\0';
      ascii = g_hostname_to_ascii (at + 1);
      domain = ascii != NULL ? g_ascii_strdown (ascii, -1) : NULL;
    }
  if (domain == NULL || !is_local (bare) || !is_domain (domain))
    {
      refuse (error);
      return NULL;
    }
  address = g_strconcat (bare, "@", domain, NULL);
  if (strlen (address) > CFD_MAIL_ADDRESS_MAX)
    {
      refuse (error);
      return NULL;
    }
  return g_steal_pointer (&address);
}

/**
 * cfd_mail_address_split:
 * @text: "ana@example.com" or "Ana <ana@example.com>"
 * @name: (out) (transfer full) (nullable): what stands before the address
 * @address: (out) (transfer full): normalised
 */
gboolean
cfd_mail_address_split (const char *text, char **name, char **address, GError **error)
{
  const char *open = strrchr (text, '<');
  g_autofree char *inside = NULL, *before = NULL;

  *name = NULL;
  if (open == NULL)
    inside = g_strdup (text);
  else if (g_str_has_suffix (text, ">"))
    {
      inside = g_strndup (open + 1, strlen (open) - 2);
      before = g_strstrip (g_strndup (text, open - text));
    }
  *address = inside != NULL ? cfd_mail_address_normalise (inside, error) : NULL;
  if (*address == NULL)
    return inside != NULL ? FALSE : refuse (error);
  if (before != NULL && *before != '\0')
    *name = g_steal_pointer (&before);
  return TRUE;
}
