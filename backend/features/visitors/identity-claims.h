/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/json-value.h"

G_BEGIN_DECLS

/* Clocks differ by so much; and nobody signs for longer than this. */
#define CFD_CLAIMS_LEEWAY_MS  (60 * G_GINT64_CONSTANT (1000))
#define CFD_CLAIMS_LONGEST_MS (7 * 24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/**
 * CfdIdentityClaims:
 * Who somebody is, as a site has signed it. What it doesn't say is NULL.
 */
typedef struct
{
  char *sub; /* what the site calls this person: never empty */
  char *name;
  char *email;
  char *phone;
  GPtrArray *attributes; /* of CfSaidAttribute, as they were signed: not checked */
  gint64 expires_at; /* ms UTC */
} CfdIdentityClaims;

CfdIdentityClaims *cfd_identity_claims_read (const char *payload, gint64 now, GError **error);
void               cfd_identity_claims_free (CfdIdentityClaims *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdIdentityClaims, cfd_identity_claims_free)

G_END_DECLS
