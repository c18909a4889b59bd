/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules.h"

#include "protocol/methods/api-key-params.h"
#include "protocol/records/attribute.h"
#include "protocol/records/visitor.h"

#include <glib/gi18n.h>
#include <string.h>

/* As the records' tables say, and the server demands. */
#define NAME_MAX_CHARACTERS 100
#define TAG_MAX_CHARACTERS 50
#define EMAIL_MAX_CHARACTERS 254
#define PHONE_MAX_CHARACTERS 40
#define PHONE_MIN_DIGITS 6
#define ORIGIN_MAX_CHARACTERS 255
#define GREETING_MAX_CHARACTERS 500
#define PASSWORD_MIN_CHARACTERS 10
#define PASSWORD_MAX_CHARACTERS 200

#define STRONG_CHARACTERS 16
#define FAIR_DIFFERENT 5

/**
 * cfa_rule_length:
 * For rules: what may be empty, and not longer than @max characters.
 */
char *
cfa_rule_length (const char *text, glong max)
{
  glong length = g_utf8_strlen (text, -1);

  if (length <= max)
    return NULL;
  return g_strdup_printf (ngettext ("This is %ld character too long; %ld are allowed.", "This is %ld characters too long; %ld are allowed.",
                                    length - max), length - max, max);
}

static char *
check_word (const char *text, glong max, const char *empty)
{
  return *text == '\0' ? g_strdup (empty) : cfa_rule_length (text, max);
}

char *
cfa_rule_name (const char *text)
{
  return check_word (text, NAME_MAX_CHARACTERS, _("A name is needed."));
}

char *
cfa_rule_key_name (const char *text)
{
  return check_word (text, CF_API_KEY_NAME_MAX, _("A name is needed."));
}

char *
cfa_rule_tag (const char *text)
{
  return check_word (text, TAG_MAX_CHARACTERS, _("A tag needs a word or two."));
}

char *
cfa_rule_greeting (const char *text)
{
  return cfa_rule_length (text, GREETING_MAX_CHARACTERS);
}

/**
 * cfa_rule_email:
 * Only the form is looked at, as the server does: whether the address exists shows when a letter arrives.
 */
char *
cfa_rule_email (const char *text)
{
  const char *at = strchr (text, '@');

  if (*text == '\0')
    return g_strdup (_("An address is needed, such as ana@example.com."));
  if (strpbrk (text, " \t<>,;\"") != NULL)
    return g_strdup (_("One address alone, without spaces or a name, such as ana@example.com."));
  if (at == NULL)
    return g_strdup (_("The @ is missing: expected something like ana@example.com."));
  if (at == text)
    return g_strdup (_("Something is missing before the @: expected something like ana@example.com."));
  if (strchr (at + 1, '@') != NULL)
    return g_strdup (_("There are two @: expected something like ana@example.com."));
  if (strlen (at) < 4 || at[1] == '.' || g_str_has_suffix (text, "."))
    return g_strdup (_("The part behind the @ is not complete: expected something like ana@example.com."));
  return cfa_rule_length (text, EMAIL_MAX_CHARACTERS);
}

char *
cfa_rule_person (const char *text)
{
  return cfa_rule_length (text, NAME_MAX_CHARACTERS);
}

char *
cfa_rule_address (const char *text)
{
  return *text != '\0' ? cfa_rule_email (text) : NULL;
}

/**
 * cfa_rule_phone:
 * As people write them: blanks, brackets and the like do not count, the digits do.
 */
char *
cfa_rule_phone (const char *text)
{
  guint digits = 0;

  for (const char *p = text; *p != '\0'; p++)
    digits += g_ascii_isdigit (*p);
  if (*text == '\0')
    return NULL;
  if (strspn (text, "0123456789 +-./()#*,;xX") != strlen (text))
    return g_strdup (_("A number such as +351 912 345 678 is needed, without words."));
  if (digits < PHONE_MIN_DIGITS)
    return g_strdup (_("This is too short for a telephone number."));
  return cfa_rule_length (text, PHONE_MAX_CHARACTERS);
}

char *
cfa_rule_value (const char *text)
{
  return cfa_rule_length (text, CF_VISITOR_VALUE_MAX);
}

static gboolean
takes (CfAttributeKind kind, const char *text)
{
  g_autoptr (CfAttribute) attribute = cf_struct_new (&cf_attribute_shape);

  attribute->kind = kind;
  return *text == '\0' || cf_attribute_takes (attribute, text, NULL);
}

char *
cfa_rule_number (const char *text)
{
  return takes (CF_ATTRIBUTE_NUMBER, text) ? NULL : g_strdup (_("A number is needed, such as 12 or -0.5."));
}

char *
cfa_rule_date (const char *text)
{
  return takes (CF_ATTRIBUTE_DATE, text) ? NULL : g_strdup (_("A date is needed as year, month and day, such as 2026-11-21."));
}

/**
 * cfa_rule_origin:
 * @text: the beginning of a web site's address: scheme, host and, unless it is the scheme's own, port; a star stands for any
 *   subdomain, a lone star for every site
 */
char *
cfa_rule_origin (const char *text)
{
  const char *host = g_str_has_prefix (text, "https://") ? text + strlen ("https://")
                     : g_str_has_prefix (text, "http://") ? text + strlen ("http://") : NULL;
  const char *end;

  if (*text == '\0')
    return g_strdup (_("The address of the web site is needed, such as https://shop.example."));
  if (g_str_equal (text, "*"))
    return NULL;
  if (strpbrk (text, " \t") != NULL)
    return g_strdup (_("There is a space in it. Add one address at a time."));
  if (host == NULL)
    return g_strdup_printf (_("It must begin with https://, as in https://%s."), strstr (text, "://") != NULL || *text == '/' ? "shop.example" : text);
  if (g_str_has_prefix (host, "*."))
    host += 2;
  end = strpbrk (host, "/?#");
  if (end != NULL)
    return g_strdup_printf (_("Leave out the page: %.*s is enough for all pages of the site."), (int) (end - text), text);
  if (strchr (host, '*') != NULL)
    return g_strdup (_("A star may only stand in front, for any subdomain: https://*.shop.example."));
  if (*host == '\0' || *host == '.' || strchr (host, '@') != NULL)
    return g_strdup (_("The name of the web site is missing, as in https://shop.example."));
  return cfa_rule_length (text, ORIGIN_MAX_CHARACTERS);
}

char *
cfa_rule_password (const char *text)
{
  glong missing = PASSWORD_MIN_CHARACTERS - g_utf8_strlen (text, -1);

  if (missing > 0)
    return g_strdup_printf (ngettext ("%ld more character is needed.", "%ld more characters are needed.", missing), missing);
  return cfa_rule_length (text, PASSWORD_MAX_CHARACTERS);
}

static guint
count_different (const char *text)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_hash_table_add (seen, GUINT_TO_POINTER (g_utf8_get_char (p)));
  return g_hash_table_size (seen);
}

/* "abcdef", "987654": each character is the neighbour of the one before. */
static gboolean
is_sequence (const char *text)
{
  int step = text[0] != '\0' ? text[1] - text[0] : 0;

  if (step < -1 || step > 1)
    return FALSE;
  for (const char *p = text; p[0] != '\0' && p[1] != '\0'; p++)
    if (p[1] - p[0] != step)
      return FALSE;
  return TRUE;
}

static gboolean
contains_name (const char *password, const char *email)
{
  const char *at = email != NULL ? strchr (email, '@') : NULL;
  g_autofree char *name = at != NULL && at - email >= 3 ? g_ascii_strdown (email, at - email) : NULL;
  g_autofree char *folded = g_ascii_strdown (password, -1);

  return name != NULL && strstr (folded, name) != NULL;
}

/**
 * cfa_password_strength:
 * @email: (nullable): whose password it will be
 * @advice: (out): what would make it better, or that it is good
 *
 * Length is what counts (NIST SP 800-63B), as long as it is not one thing repeated or what everybody knows of the person.
 */
CfaStrength
cfa_password_strength (const char *password, const char *email, const char **advice)
{
  glong length = g_utf8_strlen (password, -1);

  if (length < PASSWORD_MIN_CHARACTERS || length > PASSWORD_MAX_CHARACTERS || (email != NULL && g_ascii_strcasecmp (password, email) == 0))
    {
      *advice = _("Use at least 10 characters. A few words that have nothing to do with each other are easy to remember and hard to guess.");
      return CFA_STRENGTH_REFUSED;
    }
  if (count_different (password) < FAIR_DIFFERENT || is_sequence (password))
    {
      *advice = _("Easy to guess: it repeats itself. Mix in other words.");
      return CFA_STRENGTH_WEAK;
    }
  if (contains_name (password, email))
    {
      *advice = _("Easy to guess: it contains your name. Use words that have nothing to do with you.");
      return CFA_STRENGTH_WEAK;
    }
  if (length < STRONG_CHARACTERS)
    {
      *advice = _("Fair. One more word would make it strong.");
      return CFA_STRENGTH_FAIR;
    }
  *advice = _("Strong.");
  return CFA_STRENGTH_STRONG;
}
