/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-proof.h"

#include "backend/db/lookup.h"
#include "backend/features/sites/site-secret-service.h"
#include "identity-claims.h"
#include "protocol/error.h"
#include "said-attributes.h"
#include "visitor-merge.h"
#include "visitor-service.h"
#include "visitor-store.h"
#include "visitor.h"

/*
 * A person of the site is one visitor, whom each browser in which that was proven becomes: it gets a key of theirs for a time, made of the
 * secret that it has. Where something was said before the proof, the browser goes on as the visitor that it was, because messages may be on
 * their way to it; that one is merged with the person for the staff, as if they had done so.
 */

/* A browser stays signed in for at least so long after a proof; and a proof that comes soon after the last one changes nothing. */
#define KEY_MS   (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define RENEW_MS (60 * 60 * G_GINT64_CONSTANT (1000))

/* Puts what was proven into @visitor. An address that stands there by their own word alone stays unproven. */
static gboolean
take_claims (CfdTx *tx, CfVisitor *visitor, const CfdIdentityClaims *claims, gboolean *changed, GError **error)
{
  if (!cfd_visitor_check_email (claims->email, error) || !cfd_visitor_check_phone (claims->phone, error))
    return FALSE;
  *changed |= cfd_visitor_set_text (&visitor->external_id, claims->sub);
  if (claims->name != NULL)
    *changed |= cfd_visitor_set_text (&visitor->name, claims->name);
  if (claims->phone != NULL)
    *changed |= cfd_visitor_set_phone (visitor, claims->phone);
  if (claims->email != NULL)
    *changed |= cfd_visitor_set_email (visitor, claims->email);
  if (visitor->verified_at == 0 && (claims->email != NULL || visitor->email == NULL || *visitor->email == '\0'))
    {
      visitor->verified_at = cfd_tx_now (tx);
      *changed = TRUE;
    }
  return cfd_said_attributes_take (tx, visitor, claims->attributes, CFD_SAID_BY_SITE, NULL, changed, error) && cf_struct_check (visitor, error);
}

/* From now on the browser with that secret is @visitor's; the secret with which they came into being opens nothing by itself any more. */
static gboolean
give_key (CfdTx *tx, CfVisitor *visitor, const char *hash, gint64 until, gboolean *changed, GError **error)
{
  gint64 have = 0;

  if (!cfd_visitor_store_key (tx, visitor->parent.id, hash, &have, error))
    return FALSE;
  if (have < until - RENEW_MS && !cfd_visitor_store_put_key (tx, visitor->parent.id, hash, until, error))
    return FALSE;
  if (visitor->proven_until < until - RENEW_MS)
    {
      visitor->proven_until = until;
      *changed = TRUE;
    }
  return TRUE;
}

/* Whose browser this will be: the person's, or that of @own, in whom something was said already. Both are one person then. */
static CfVisitor *
choose (CfdTx *tx, CfVisitor *own, CfVisitor *person, GError **error)
{
  gboolean talked = FALSE;

  if (person == NULL || g_strcmp0 (own->parent.id, person->parent.id) == 0)
    return cf_struct_ref (own);
  if (!cfd_visitor_store_has_talked (tx, own->parent.id, &talked, error) || !cfd_visitor_merge_proven (tx, own, person, error))
    return NULL;
  /* the merge may have written whichever it is */
  return cfd_tx_require (tx, &cf_visitor_shape, own->parent.organisation_id, talked ? own->parent.id : person->parent.id, error);
}

/**
 * cfd_visitor_prove:
 * A visitor proves who they are by a token that their site has signed.
 *
 * Returns: (transfer full): who the browser is now. When that is another visitor than the caller, it opens the socket anew with that one's id
 *   and the secret that it has. CF_ERROR_CONFLICT when it was proven to be somebody else's: it must begin anew with another secret.
 */
CfVisitor *
cfd_visitor_prove (CfdTx *tx, const CfdCaller *caller, const CfVisitorProveParams *params, GError **error)
{
  g_autofree char *payload = cfd_site_secrets_check (tx, caller->site_id, params->jwt, error);
  g_autoptr (CfdIdentityClaims) claims = payload != NULL ? cfd_identity_claims_read (payload, cfd_tx_now (tx), error) : NULL;
  g_autoptr (CfVisitor) own = claims != NULL ? cfd_visitors_ensure (tx, caller, error) : NULL;
  g_autoptr (CfVisitor) person = NULL;
  g_autoptr (CfVisitor) chosen = NULL;
  const char *hash = caller->key_hash != NULL ? caller->key_hash : caller->secret_hash;
  gboolean changed = FALSE;

  if (own == NULL)
    return NULL;
  if (own->external_id != NULL && g_strcmp0 (own->external_id, claims->sub) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "this browser was proven to be somebody else's; start anew");
      return NULL;
    }
  if (own->external_id != NULL)
    chosen = cf_struct_ref (own);
  else if (cfd_visitor_store_by_external (tx, caller->site_id, claims->sub, &person, error))
    chosen = choose (tx, own, person, error);
  if (chosen == NULL || !take_claims (tx, chosen, claims, &changed, error)
      || !give_key (tx, chosen, hash, MAX (claims->expires_at, cfd_tx_now (tx) + KEY_MS), &changed, error)
      || (changed && !cfd_tx_put (tx, chosen, error)))
    return NULL;
  return g_steal_pointer (&chosen);
}
