/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a token holds, it is taken only when it is signed; and whatever a site has signed, its claims are read or refused. */
#include "fuzz.h"

#include "backend/features/sites/jwt.h"
#include "backend/features/visitors/identity-claims.h"
#include "protocol/methods/visitor-params.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const keys[] = { "a", "another" };
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  g_autofree char *payload = NULL;
  g_autoptr (CfdIdentityClaims) claims = cfd_identity_claims_read (text, G_GINT64_CONSTANT (1795000000000), NULL);
  guint which = G_MAXUINT;

  payload = cfd_jwt_open (text, keys, G_N_ELEMENTS (keys), &which, NULL);
  g_assert_true (payload == NULL || which < G_N_ELEMENTS (keys));
  if (claims != NULL)
    {
      g_assert_cmpuint (strlen (claims->sub), >, 0);
      g_assert_cmpint (claims->expires_at, >, 0);
      for (guint i = 0; i < claims->attributes->len; i++)
        g_assert_true (((const CfSaidAttribute *) claims->attributes->pdata[i])->name != NULL && ((const CfSaidAttribute *) claims->attributes->pdata[i])->value != NULL);
    }
  return 0;
}
