/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "attribute.h"

#include "../error.h"

#include <stdlib.h>
#include <string.h>

const char *const cf_attribute_kind_words[] = { "text", "number", "date", "choice", "yes_no", NULL };

static const CfField fields[] = {
  CF_RECORD_ROWS (CfAttribute),
  CF_ROW (CfAttribute, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = 50),
  CF_ROW (CfAttribute, kind, CF_KIND_ENUM, "kind", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .words = cf_attribute_kind_words),
  CF_ROW (CfAttribute, choices, CF_KIND_STRINGS, "choices", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 100),
  CF_ROW (CfAttribute, place, CF_KIND_INTEGER, "place", 0, CF_AUDIENCE_STAFF, .min = 0, .max = 1000000),
  CF_ROW (CfAttribute, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_attribute_shape = {
  .name = "attribute",
  .table = "attribute",
  .size = sizeof (CfAttribute),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};

/* Digits, perhaps a sign in front, perhaps a fraction: no exponents, no separators. */
static gboolean
is_number (const char *text)
{
  gsize whole, rest = 0;

  text += *text == '-' || *text == '+';
  whole = strspn (text, "0123456789");
  if (text[whole] == '.')
    rest = strspn (text + whole + 1, "0123456789") + 1;
  return whole > 0 && whole <= 15 && rest != 1 && rest <= 16 && text[whole + rest] == '\0';
}

/**
 * cf_attribute_takes:
 * @value: not empty
 *
 * The one rule for both ends. Returns: whether a visitor can have that value; CF_ERROR_INVALID says what was expected.
 */
gboolean
cf_attribute_takes (const CfAttribute *attribute, const char *value, GError **error)
{
  g_autofree char *choices = NULL;
  const char *expected = NULL;

  if (attribute->kind == CF_ATTRIBUTE_NUMBER && !is_number (value))
    expected = "a number such as 12 or -0.5";
  else if (attribute->kind == CF_ATTRIBUTE_DATE && !cf_date_is_valid (value))
    expected = "a date such as 2026-11-21";
  else if (attribute->kind == CF_ATTRIBUTE_YES_NO && strcmp (value, "yes") != 0 && strcmp (value, "no") != 0)
    expected = "yes or no";
  else if (attribute->kind == CF_ATTRIBUTE_CHOICE
           && (attribute->choices == NULL || !g_strv_contains ((const char *const *) attribute->choices, value)))
    expected = choices = attribute->choices != NULL ? g_strjoinv (", ", attribute->choices) : g_strdup ("a choice, of which there is none");
  if (expected == NULL)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "value: got \"%s\" for %s, expected %s", value, attribute->name, expected);
  return FALSE;
}

/**
 * cf_date_is_valid:
 * Returns: whether @text is a day of the calendar as ISO 8601 writes it.
 */
gboolean
cf_date_is_valid (const char *text)
{
  if (strlen (text) != 10)
    return FALSE;
  for (guint i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
  return g_date_valid_dmy (atoi (text + 8), atoi (text + 5), atoi (text));
}
