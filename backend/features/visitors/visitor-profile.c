/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-profile.h"

#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "backend/rpc/reach.h"
#include "protocol/error.h"
#include "protocol/records/attribute.h"
#include "protocol/records/tag.h"
#include "said-attributes.h"
#include "visitor-store.h"
#include "visitor.h"

/* Suggested duplicates by one address or number. */
#define ALIKE_MAX 10

/* Stores what the staff has changed, with who it was. */
static CfVisitor *
save (CfdTx *tx, const CfdCaller *by, CfVisitor *visitor, gboolean changed, GError **error)
{
  if (!changed)
    return cf_struct_ref (visitor);
  g_free (visitor->edited_by);
  visitor->edited_by = g_strdup (by->id);
  visitor->edited_at = cfd_tx_now (tx);
  return cfd_tx_put (tx, visitor, error) ? cf_struct_ref (visitor) : NULL;
}

/**
 * cfd_visitor_profile_require:
 * Returns: (transfer full): the visitor, or who is shown in their place: what was written for one of two who turned out to be the
 *   same person, before that was known or without knowing it, is about that person.
 */
CfVisitor *
cfd_visitor_profile_require (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  g_autoptr (CfVisitor) visitor = cfd_reach_require (tx, by, &cf_visitor_shape, id, error);

  if (visitor == NULL || visitor->merged_into == NULL)
    return g_steal_pointer (&visitor);
  return cfd_reach_require (tx, by, &cf_visitor_shape, visitor->merged_into, error);
}

/**
 * cfd_visitor_profile_update:
 * Changes what @params was given; the last one to write a field wins, and is named.
 *
 * Returns: (transfer full): the visitor as they are now.
 */
CfVisitor *
cfd_visitor_profile_update (CfdTx *tx, const CfdCaller *by, const CfVisitorUpdateParams *params, GError **error)
{
  g_autoptr (CfVisitor) visitor = cfd_visitor_profile_require (tx, by, params->id, error);
  gboolean changed = FALSE;

  if (visitor == NULL || !cfd_visitor_check_email (params->email, error) || !cfd_visitor_check_phone (params->phone, error))
    return NULL;
  if (cf_struct_has (params, "name"))
    changed |= cfd_visitor_set_text (&visitor->name, params->name);
  if (cf_struct_has (params, "email"))
    changed |= cfd_visitor_set_email (visitor, params->email);
  if (cf_struct_has (params, "phone"))
    changed |= cfd_visitor_set_phone (visitor, params->phone);
  if (cf_struct_has (params, "company"))
    changed |= cfd_visitor_set_text (&visitor->company, params->company);
  if (cf_struct_has (params, "note"))
    changed |= cfd_visitor_set_text (&visitor->note, params->note);
  return save (tx, by, visitor, changed, error);
}

/**
 * cfd_visitor_profile_identify:
 * @ignored: (out) (optional) (transfer full) (nullable): as cfd_said_attributes_take() has it
 *
 * What the site's server says of a visitor: with the weight of the staff's word, and so as little verified.
 */
CfVisitor *
cfd_visitor_profile_identify (CfdTx *tx, const CfdCaller *by, const CfIdentifyParams *params, char ***ignored, GError **error)
{
  g_autoptr (CfVisitor) visitor = cfd_visitor_profile_require (tx, by, params->visitor_id, error);
  gboolean changed = FALSE;

  if (visitor == NULL || !cfd_visitor_check_email (params->email, error)
      || !cfd_said_attributes_take (tx, visitor, params->attributes, CFD_SAID_BY_SITE, ignored, &changed, error))
    return NULL;
  if (cf_struct_has (params, "name"))
    changed |= cfd_visitor_set_text (&visitor->name, params->name);
  if (cf_struct_has (params, "email"))
    changed |= cfd_visitor_set_email (visitor, params->email);
  return save (tx, by, visitor, changed, error);
}

/**
 * cfd_visitor_profile_verify:
 * The staff vouches for the address, or no longer does.
 */
CfVisitor *
cfd_visitor_profile_verify (CfdTx *tx, const CfdCaller *by, const CfVisitorVerifyParams *params, GError **error)
{
  g_autoptr (CfVisitor) visitor = cfd_visitor_profile_require (tx, by, params->id, error);
  gboolean changed;

  if (visitor == NULL)
    return NULL;
  if (params->verified && (visitor->email == NULL || *visitor->email == '\0'))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "there is no email address that could be verified");
      return NULL;
    }
  changed = params->verified != (visitor->verified_at > 0);
  if (changed)
    visitor->verified_at = params->verified ? cfd_tx_now (tx) : 0;
  if (changed && !cfd_audit_note (tx, by, params->verified ? "visitor.verify" : "visitor.unverify", &visitor->parent, visitor->name,
                                  visitor->email, error))
    return NULL;
  return save (tx, by, visitor, changed, error);
}

CfVisitor *
cfd_visitor_profile_tag (CfdTx *tx, const CfdCaller *by, const CfVisitorTagParams *params, GError **error)
{
  g_autoptr (CfVisitor) visitor = cfd_visitor_profile_require (tx, by, params->id, error);
  g_autoptr (CfTag) tag = visitor != NULL ? cfd_tx_require (tx, &cf_tag_shape, by->organisation_id, params->tag_id, error) : NULL;
  g_autoptr (GError) problem = NULL;
  gboolean changed;

  if (tag == NULL)
    return NULL;
  changed = cfd_visitor_add_tag (visitor, params->tag_id, &problem);
  if (problem == NULL)
    return save (tx, by, visitor, changed, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * cfd_visitor_profile_untag:
 * Also a tag that was removed meanwhile.
 */
CfVisitor *
cfd_visitor_profile_untag (CfdTx *tx, const CfdCaller *by, const CfVisitorTagParams *params, GError **error)
{
  g_autoptr (CfVisitor) visitor = cfd_visitor_profile_require (tx, by, params->id, error);

  return visitor != NULL ? save (tx, by, visitor, cfd_visitor_remove_tag (visitor, params->tag_id), error) : NULL;
}

/**
 * cfd_visitor_profile_attribute:
 * Sets one value that the attribute's kind allows, or takes it away.
 */
CfVisitor *
cfd_visitor_profile_attribute (CfdTx *tx, const CfdCaller *by, const CfVisitorAttributeParams *params, GError **error)
{
  g_autoptr (CfVisitor) visitor = cfd_visitor_profile_require (tx, by, params->id, error);
  g_autoptr (CfAttribute) attribute =
    visitor != NULL ? cfd_tx_require (tx, &cf_attribute_shape, by->organisation_id, params->attribute_id, error) : NULL;
  g_autoptr (GError) problem = NULL;
  gboolean changed;

  if (attribute == NULL
      || (params->value != NULL && *params->value != '\0' && !cf_attribute_takes (attribute, params->value, error)))
    return NULL;
  changed = cfd_visitor_set_attribute (visitor, params->attribute_id, params->value, &problem);
  if (problem == NULL)
    return save (tx, by, visitor, changed, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * cfd_visitor_profile_alike:
 * Returns: (transfer full): who may be the same person.
 */
GPtrArray *
cfd_visitor_profile_alike (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfVisitor) visitor = cfd_visitor_profile_require (tx, caller, id, error);
  g_autofree char *sites = cfd_reach_list (caller);

  return visitor != NULL ? cfd_visitor_store_alike (tx, visitor, sites, ALIKE_MAX, error) : NULL;
}
