/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identity-claims.h"

#include "protocol/error.h"
#include "protocol/methods/visitor-params.h"
#include "protocol/records/visitor.h"

#include <string.h>

/* Until the year 2286: beyond it milliseconds are a mistake of whoever signs. */
#define SECONDS_MAX G_GINT64_CONSTANT (9999999999)

/* Returns: whether @name is absent, or a text that goes to @out. */
static gboolean
read_text (const CfJson *claims, const char *name, char **out, GError **error)
{
  CfJson value;

  if (!cf_json_get_member (claims, name, &value) || cf_json_get_type (&value) == CF_JSON_NULL)
    return TRUE;
  if (cf_json_get_type (&value) == CF_JSON_STRING)
    {
      *out = cf_json_dup_string (&value);
      return TRUE;
    }
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "jwt: %s: expected a string", name);
  return FALSE;
}

/* NumericDate (RFC 7519, 2), in whole seconds. Returns: whether @name is absent or one, which goes to @out in ms. */
static gboolean
read_time (const CfJson *claims, const char *name, gint64 *out, GError **error)
{
  CfJson value;
  gint64 seconds;

  if (!cf_json_get_member (claims, name, &value))
    return TRUE;
  if (cf_json_get_type (&value) == CF_JSON_NUMBER && cf_json_get_integer (&value, &seconds) && seconds > 0 && seconds <= SECONDS_MAX)
    {
      *out = seconds * 1000;
      return TRUE;
    }
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "jwt: %s: expected whole seconds since 1970", name);
  return FALSE;
}

static gboolean
read_times (const CfJson *claims, gint64 now, gint64 *expires_at, GError **error)
{
  gint64 issued_at = 0, not_before = 0;

  if (!read_time (claims, "exp", expires_at, error) || !read_time (claims, "iat", &issued_at, error)
      || !read_time (claims, "nbf", &not_before, error))
    return FALSE;
  if (*expires_at == 0)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "jwt: exp: missing, expected when it expires");
  else if (*expires_at + CFD_CLAIMS_LEEWAY_MS <= now)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_EXPIRED, "jwt: exp: its time is over");
  else if (*expires_at - CFD_CLAIMS_LEEWAY_MS > now + CFD_CLAIMS_LONGEST_MS)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "jwt: exp: expected at most 7 days from now");
  else if (MAX (issued_at, not_before) - CFD_CLAIMS_LEEWAY_MS > now)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "jwt: iat, nbf: expected a time that has come");
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_sub (const CfJson *claims, char **sub, GError **error)
{
  CfJson value;

  /* many a program numbers its users */
  if (cf_json_get_member (claims, "sub", &value) && cf_json_get_type (&value) == CF_JSON_NUMBER)
    *sub = g_strndup (value.text, value.length);
  else if (!read_text (claims, "sub", sub, error))
    return FALSE;
  if (*sub != NULL && **sub != '\0' && g_utf8_strlen (*sub, -1) <= CF_EXTERNAL_ID_MAX)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "jwt: sub: expected what the site calls this person, in 1 to %d characters", CF_EXTERNAL_ID_MAX);
  return FALSE;
}

/* As an attribute is written: "yes" and "no", digits, a text. NULL for what is none of these. */
static char *
attribute_text (const CfJson *value)
{
  switch (cf_json_get_type (value))
    {
    case CF_JSON_BOOLEAN:
      return g_strdup (*value->text == 't' ? "yes" : "no");
    case CF_JSON_NUMBER:
      return g_strndup (value->text, value->length);
    case CF_JSON_STRING:
      return cf_json_dup_string (value);
    default:
      return NULL;
    }
}

static gboolean
read_attributes (const CfJson *claims, GPtrArray *attributes, GError **error)
{
  g_auto (GStrv) names = NULL;
  CfJson all, value;

  if (!cf_json_get_member (claims, "attributes", &all))
    return TRUE;
  if (cf_json_get_type (&all) != CF_JSON_OBJECT)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "jwt: attributes: expected an object of names and values");
      return FALSE;
    }
  names = cf_json_dup_names (&all);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      char *text = cf_json_get_member (&all, names[i], &value) ? attribute_text (&value) : NULL;
      CfSaidAttribute *said;

      if (text == NULL)
        continue;
      said = cf_struct_new (&cf_said_attribute_shape);
      said->name = g_strdup (names[i]);
      said->value = text;
      g_ptr_array_add (attributes, said);
    }
  return TRUE;
}

/**
 * cfd_identity_claims_read:
 * @payload: of a token whose signature was found to be right
 * @now: ms UTC
 *
 * Returns: (transfer full): what it says, if it counts now; NULL with CF_ERROR_EXPIRED, or CF_ERROR_INVALID for what is missing or wrong.
 */
CfdIdentityClaims *
cfd_identity_claims_read (const char *payload, gint64 now, GError **error)
{
  g_autoptr (CfdIdentityClaims) self = g_new0 (CfdIdentityClaims, 1);
  CfJson claims;

  self->attributes = cf_structs_new ();
  if (!cf_json_check (payload, strlen (payload), &claims, error) || !read_times (&claims, now, &self->expires_at, error)
      || !read_sub (&claims, &self->sub, error) || !read_text (&claims, "name", &self->name, error)
      || !read_text (&claims, "email", &self->email, error) || !read_text (&claims, "phone", &self->phone, error)
      || !read_attributes (&claims, self->attributes, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
cfd_identity_claims_free (CfdIdentityClaims *self)
{
  g_free (self->sub);
  g_free (self->name);
  g_free (self->email);
  g_free (self->phone);
  g_ptr_array_unref (self->attributes);
  g_free (self);
}
