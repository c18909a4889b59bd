/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-service.h"

#include "backend/db/lookup.h"
#include "backend/features/accounts/token-service.h"
#include "backend/rpc/reach.h"
#include "backend/features/sites/site-limit-service.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/records/tag.h"
#include "said-attributes.h"
#include "visitor-address.h"
#include "visitor-store.h"
#include "visitor.h"

#include <sodium.h>
#include <string.h>

static gboolean
split_token (const char *token, char **id, const char **secret, GError **error)
{
  if (strlen (token) > CF_ID_LENGTH + 1 && token[CF_ID_LENGTH] == '.')
    {
      *id = g_strndup (token, CF_ID_LENGTH);
      *secret = token + CF_ID_LENGTH + 1;
      if (cf_id_is_valid (*id) && cfd_token_is_valid (*secret))
        return TRUE;
    }
  g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED,
                       "token: expected a visitor's \"<id>.<secret>\" with a secret of 32 random bytes in base64url");
  return FALSE;
}

/*
 * Whether whoever has the secret behind @hash is @visitor. Of somebody whose identity was proven each browser has a key for a time, so that
 * a proof that was stolen does not open their conversations for good.
 */
static gboolean
is_theirs (CfdTx *tx, const CfVisitor *visitor, const char *hash, GError **error)
{
  gint64 expires_at = 0;

  if (visitor->external_id == NULL)
    {
      if (visitor->secret_hash != NULL && strlen (visitor->secret_hash) == strlen (hash)
          && sodium_memcmp (visitor->secret_hash, hash, strlen (hash)) == 0)
        return TRUE;
    }
  else if (!cfd_visitor_store_key (tx, visitor->parent.id, hash, &expires_at, error))
    return FALSE;
  if (expires_at > cfd_tx_now (tx))
    return TRUE;
  if (expires_at > 0)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_EXPIRED, "who this is was proven too long ago");
  else
    g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "this token is not known");
  return FALSE;
}

static gboolean
check_visitor (CfdTx *tx, const CfVisitor *visitor, const CfSite *site, const char *hash, GError **error)
{
  if (!is_theirs (tx, visitor, hash, error))
    return FALSE;
  if (g_strcmp0 (visitor->site_id, site->parent.id) != 0)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_BAD_SITE, "this token belongs to another site");
  else if (visitor->parent.deleted)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_REVOKED, "this visitor was erased; start anew");
  else
    return TRUE;
  return FALSE;
}

/* As much of it as the site keeps. */
static gboolean
take_address (CfdTx *tx, const CfdCaller *caller, CfVisitor *visitor, GError **error)
{
  g_autoptr (CfSite) site = NULL;

  if (!cfd_tx_lookup (tx, &cf_site_shape, caller->site_id, &site, error))
    return FALSE;
  visitor->address = cfd_visitor_address_keep (caller->address, site != NULL && site->privacy != NULL ? site->privacy->addresses : CF_ADDRESSES_WHOLE);
  return TRUE;
}

static CfVisitor *
make_visitor (CfdTx *tx, const CfdCaller *caller, GError **error)
{
  g_autoptr (CfVisitor) visitor = cf_struct_new (&cf_visitor_shape);

  if (!cfd_site_limits_spend (caller->site_id, CFD_SITE_VISITORS, 1, NULL, error))
    return NULL;
  visitor->parent.id = g_strdup (caller->id);
  visitor->parent.organisation_id = g_strdup (caller->organisation_id);
  visitor->site_id = g_strdup (caller->site_id);
  if (!take_address (tx, caller, visitor, error))
    return NULL;
  visitor->locale = g_strdup (caller->locale);
  visitor->time_zone = g_strdup (caller->time_zone);
  visitor->secret_hash = g_strdup (caller->secret_hash);
  visitor->created_at = cfd_tx_now (tx);
  if (!cfd_tx_put (tx, visitor, error))
    return NULL;
  return g_steal_pointer (&visitor);
}

/**
 * cfd_visitors_authenticate:
 * @token: (nullable): NULL for a page whose visitor has no token yet: they can look, not write
 *
 * Returns: (transfer full): the caller. One who does not exist yet carries the hash that their first write will store.
 */
CfdCaller *
cfd_visitors_authenticate (CfdTx *tx, const CfSite *site, const char *token, GError **error)
{
  g_autoptr (CfdCaller) caller = cfd_caller_new (CFD_ALLOW_VISITOR);
  g_autoptr (CfVisitor) visitor = NULL;
  g_autofree char *hash = NULL;
  const char *secret = NULL;

  cfd_site_limits_set (site->parent.id, site->limits);
  caller->organisation_id = cfd_shared_text (site->parent.organisation_id);
  caller->site_id = cfd_shared_text (site->parent.id);
  caller->peek_off = site->peek_off;
  caller->ask_first = site->privacy != NULL && site->privacy->ask_first;
  caller->cards_kept = site->privacy != NULL && site->privacy->cards_kept;
  if (token == NULL)
    return g_steal_pointer (&caller);
  if (!split_token (token, &caller->id, &secret, error))
    return NULL;
  hash = cfd_token_hash (secret);
  if (!cfd_tx_lookup (tx, &cf_visitor_shape, caller->id, &visitor, error)
      || (visitor != NULL && !check_visitor (tx, visitor, site, hash, error)))
    return NULL;
  if (visitor == NULL)
    caller->secret_hash = g_steal_pointer (&hash);
  else
    caller->key_hash = g_steal_pointer (&hash);
  if (visitor != NULL)
    caller->name = g_strdup (visitor->name);
  return g_steal_pointer (&caller);
}

/**
 * cfd_visitors_exists:
 * @exists: (out): FALSE for a visitor who has only claimed an id, or claims that of somebody who has another secret. Staff exists.
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_visitors_exists (CfdTx *tx, const CfdCaller *caller, gboolean *exists, GError **error)
{
  g_autoptr (CfVisitor) visitor = NULL;

  *exists = TRUE;
  if (caller->secret_hash == NULL)
    return TRUE;
  if (!cfd_tx_lookup (tx, &cf_visitor_shape, caller->id, &visitor, error))
    return FALSE;
  *exists = visitor != NULL && is_theirs (tx, visitor, caller->secret_hash, NULL);
  return TRUE;
}

/**
 * cfd_visitors_ensure:
 * Before a visitor's write: makes the visitor on the first one. Another socket may have done so meanwhile, with
 * the same secret or not.
 *
 * Returns: (transfer full): the visitor.
 */
CfVisitor *
cfd_visitors_ensure (CfdTx *tx, const CfdCaller *caller, GError **error)
{
  g_autoptr (CfVisitor) visitor = NULL;

  if (caller->id == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "token: a visitor needs one to write");
      return NULL;
    }
  if (!cfd_tx_lookup (tx, &cf_visitor_shape, caller->id, &visitor, error))
    return NULL;
  if (visitor == NULL && caller->secret_hash != NULL)
    return make_visitor (tx, caller, error);
  if (visitor == NULL || visitor->parent.deleted)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_REVOKED, "this visitor was erased; start anew");
      return NULL;
    }
  if (caller->secret_hash != NULL && !is_theirs (tx, visitor, caller->secret_hash, error))
    return NULL;
  return g_steal_pointer (&visitor);
}

/**
 * cfd_visitors_may_write:
 * Returns: FALSE with CF_ERROR_UNVERIFIED when the visitor's site wants to know first who they are, and that was not proven lately.
 */
gboolean
cfd_visitors_may_write (CfdTx *tx, const CfdCaller *caller, GError **error)
{
  g_autoptr (CfVisitor) visitor = NULL;
  g_autoptr (CfSite) site = NULL;

  if (!cfd_tx_lookup (tx, &cf_site_shape, caller->site_id, &site, error))
    return FALSE;
  if (site == NULL || !site->verified_only)
    return TRUE;
  if (caller->id != NULL && !cfd_tx_lookup (tx, &cf_visitor_shape, caller->id, &visitor, error))
    return FALSE;
  if (visitor != NULL && visitor->external_id != NULL && visitor->proven_until > cfd_tx_now (tx)
      && (caller->secret_hash == NULL || is_theirs (tx, visitor, caller->secret_hash, NULL)))
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_UNVERIFIED, "the site takes no words of visitors whom it doesn't know; sign in there first");
  return FALSE;
}

/**
 * cfd_visitors_identify:
 * @ignored: (out) (optional) (transfer full) (nullable): as cfd_said_attributes_take() has it
 *
 * Stores what the visitor says of themselves. Nothing is verified by it.
 *
 * Returns: (transfer full): the visitor.
 */
CfVisitor *
cfd_visitors_identify (CfdTx *tx, const CfdCaller *caller, const CfIdentifyParams *params, char ***ignored, GError **error)
{
  g_autoptr (CfVisitor) visitor = cfd_visitors_ensure (tx, caller, error);
  gboolean changed = FALSE;

  if (visitor == NULL || !cfd_visitor_check_email (params->email, error))
    return NULL;
  if (params->visitor_id != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "visitor_id: a visitor speaks for themselves alone");
      return NULL;
    }
  if (cf_struct_has (params, "name") && cfd_visitor_may_claim (visitor, visitor->name))
    changed |= cfd_visitor_set_text (&visitor->name, params->name);
  if (cf_struct_has (params, "email") && cfd_visitor_may_claim (visitor, visitor->email))
    changed |= cfd_visitor_set_email (visitor, params->email);
  if (!cfd_said_attributes_take (tx, visitor, params->attributes, CFD_SAID_BY_VISITOR, ignored, &changed, error))
    return NULL;
  if (caller->time_zone != NULL)
    changed |= cfd_visitor_set_text (&visitor->time_zone, caller->time_zone);
  if (changed && !cfd_tx_put (tx, visitor, error))
    return NULL;
  return g_steal_pointer (&visitor);
}

/**
 * cfd_visitors_claim:
 * @visitor: changed, not stored
 * @taken: (out): whether the answer is how they are called or reached
 *
 * What a visitor says of themselves in a form, with the weight of cfd_visitors_identify(): nothing is verified by it.
 */
gboolean
cfd_visitors_claim (CfVisitor *visitor, const CfFormAnswer *answer, gboolean *taken, GError **error)
{
  *taken = TRUE;
  switch (answer->kind)
    {
    case CF_FORM_NAME:
      if (cfd_visitor_may_claim (visitor, visitor->name))
        cfd_visitor_set_text (&visitor->name, answer->value);
      break;
    case CF_FORM_EMAIL:
      if (!cfd_visitor_check_email (answer->value, error))
        return FALSE;
      if (cfd_visitor_may_claim (visitor, visitor->email))
        cfd_visitor_set_email (visitor, answer->value);
      break;
    case CF_FORM_PHONE:
      if (!cfd_visitor_check_phone (answer->value, error))
        return FALSE;
      if (cfd_visitor_may_claim (visitor, visitor->phone))
        cfd_visitor_set_phone (visitor, answer->value);
      break;
    case CF_FORM_TEXT:
    case CF_FORM_CHOICE:
    case CF_FORM_CHECKBOX:
    case CF_FORM_DATE:
    case CF_FORM_DEPARTMENT:
      *taken = FALSE;
      break;
    }
  return cf_struct_check (visitor, error);
}

CfVisitor *
cfd_visitors_get (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  return cfd_reach_require (tx, caller, &cf_visitor_shape, id, error);
}

/**
 * cfd_visitors_append:
 * Adds the visitor, and who is shown in their place, to @records: both are for staff only.
 */
gboolean
cfd_visitors_append (CfdTx *tx, const CfdCaller *caller, const char *id, GPtrArray *records, GError **error)
{
  CfVisitor *visitor = cfd_visitors_get (tx, caller, id, error);
  CfVisitor *shown;

  if (visitor == NULL)
    return FALSE;
  g_ptr_array_add (records, visitor);
  if (visitor->merged_into == NULL)
    return TRUE;
  shown = cfd_visitors_get (tx, caller, visitor->merged_into, error);
  if (shown != NULL)
    g_ptr_array_add (records, shown);
  return shown != NULL;
}

/**
 * cfd_visitors_touch:
 * Who is shown in the visitor's place is told anew, because a first copy has left out those without a conversation.
 */
gboolean
cfd_visitors_touch (CfdTx *tx, const CfVisitor *visitor, GError **error)
{
  g_autoptr (CfVisitor) shown = NULL;

  if (visitor->merged_into == NULL)
    return TRUE;
  if (!cfd_tx_lookup (tx, &cf_visitor_shape, visitor->merged_into, &shown, error))
    return FALSE;
  return shown == NULL || cfd_tx_put (tx, shown, error);
}

/**
 * cfd_visitors_mark:
 * @tags: ids; one that was removed meanwhile, or for which there is no room, is passed over
 *
 * Gives tags to the visitor, or to who is shown in their place, without anybody of the staff.
 */
gboolean
cfd_visitors_mark (CfdTx *tx, CfVisitor *visitor, const char *const *tags, GError **error)
{
  g_autoptr (CfVisitor) shown = NULL;
  gboolean changed = FALSE;

  if (visitor->merged_into != NULL && !cfd_tx_lookup (tx, &cf_visitor_shape, visitor->merged_into, &shown, error))
    return FALSE;
  if (shown == NULL)
    shown = cf_struct_ref (visitor);
  for (; *tags != NULL; tags++)
    {
      g_autoptr (CfTag) tag = NULL;

      if (!cfd_tx_lookup (tx, &cf_tag_shape, *tags, &tag, error))
        return FALSE;
      if (tag != NULL && !tag->parent.deleted && g_strcmp0 (tag->parent.organisation_id, shown->parent.organisation_id) == 0)
        changed |= cfd_visitor_add_tag (shown, *tags, NULL);
    }
  return !changed || cfd_tx_put (tx, shown, error);
}

/**
 * cfd_visitors_forget_addresses:
 * @before: of those who came before, ms UTC
 *
 * Returns: of how many the address was erased, at most @limit; -1 with an error.
 */
gint64
cfd_visitors_forget_addresses (CfdTx *tx, const char *site_id, gint64 before, gint64 limit, GError **error)
{
  g_autoptr (GPtrArray) visitors = cfd_visitor_store_with_address (tx, site_id, before, limit, error);

  if (visitors == NULL)
    return -1;
  for (guint i = 0; i < visitors->len; i++)
    {
      CfVisitor *visitor = visitors->pdata[i];

      g_clear_pointer (&visitor->address, g_free);
      if (!cfd_tx_put (tx, visitor, error))
        return -1;
    }
  return visitors->len;
}
