/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tag-service.h"

#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "backend/features/sites/site-service.h"
#include "backend/names.h"
#include "protocol/error.h"
#include "tag-store.h"

/* Returns: (transfer full): @name tidied; NULL when another tag of the organisation has it. @id: (nullable): itself */
static char *
free_name (CfdTx *tx, const char *organisation_id, const char *id, const char *name, GError **error)
{
  g_autofree char *tidy = cfd_name_tidy (name, error);
  g_autoptr (GPtrArray) all = tidy != NULL ? cfd_tag_store_list (tx, organisation_id, error) : NULL;

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      const CfTag *other = all->pdata[i];

      if (g_strcmp0 (other->parent.id, id) == 0 || !cfd_name_same (other->name, tidy))
        continue;
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "name: there is a tag %s already", other->name);
      return NULL;
    }
  if (all->len < CFD_TAGS_MAX || id != NULL)
    return g_steal_pointer (&tidy);
  g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "there are %u tags, which is all that there can be", all->len);
  return NULL;
}

static gboolean
same_tag (const CfTag *have, const CfdCaller *by, const CfTagAddParams *params)
{
  g_autofree char *name = cfd_name_tidy (params->name, NULL);

  return !have->parent.deleted && g_strcmp0 (have->parent.organisation_id, by->organisation_id) == 0
         && g_strcmp0 (have->name, name) == 0 && g_strcmp0 (have->color, params->color) == 0;
}

GPtrArray *
cfd_tags_list (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_tag_store_list (tx, organisation_id, error);
}

/**
 * cfd_tags_add:
 * Returns: (transfer full): the tag; the one that the same call made before, when it is repeated. CF_ERROR_CONFLICT when the name is taken.
 */
CfTag *
cfd_tags_add (CfdTx *tx, const CfdCaller *by, const CfTagAddParams *params, GError **error)
{
  g_autoptr (CfTag) tag = NULL;
  g_autofree char *name = NULL;

  if (!cfd_tx_lookup (tx, &cf_tag_shape, params->id, &tag, error))
    return NULL;
  if (tag != NULL && same_tag (tag, by, params))
    return g_steal_pointer (&tag);
  if (tag != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: is another tag's");
      return NULL;
    }
  name = free_name (tx, by->organisation_id, NULL, params->name, error);
  if (name == NULL || !cfd_sites_check_color (params->color, error))
    return NULL;
  tag = cf_struct_new (&cf_tag_shape);
  tag->parent.id = g_strdup (params->id);
  tag->parent.organisation_id = g_strdup (by->organisation_id);
  tag->name = g_steal_pointer (&name);
  tag->color = g_strdup (params->color);
  tag->created_at = cfd_tx_now (tx);
  if (!cfd_tx_put (tx, tag, error) || !cfd_audit_note (tx, by, "tag.add", &tag->parent, tag->name, NULL, error))
    return NULL;
  return g_steal_pointer (&tag);
}

/**
 * cfd_tags_update:
 * Changes what @params was given.
 *
 * Returns: (transfer full): the tag as it is now.
 */
CfTag *
cfd_tags_update (CfdTx *tx, const CfdCaller *by, const CfTagUpdateParams *params, GError **error)
{
  g_autoptr (CfTag) tag = cfd_tx_require (tx, &cf_tag_shape, by->organisation_id, params->id, error);
  g_autoptr (GString) detail = g_string_new (NULL);

  if (tag == NULL || !cfd_sites_check_color (params->color, error))
    return NULL;
  if (params->name != NULL)
    {
      char *name = free_name (tx, by->organisation_id, params->id, params->name, error);

      if (name == NULL)
        return NULL;
      cfd_audit_change (detail, "name", tag->name, name);
      g_free (tag->name);
      tag->name = name;
    }
  if (cf_struct_has (params, "color"))
    {
      cfd_audit_change (detail, "color", tag->color, params->color);
      g_free (tag->color);
      tag->color = g_strdup (params->color);
    }
  if (!cfd_tx_put (tx, tag, error) || !cfd_audit_note (tx, by, "tag.update", &tag->parent, tag->name, detail->str, error))
    return NULL;
  return g_steal_pointer (&tag);
}

/**
 * cfd_tags_remove:
 * Conversations keep its id, for which nobody shows anything: a hundred thousand of them need not be written. Removing what has been
 * removed changes nothing.
 *
 * Returns: (transfer full): its tombstone.
 */
CfTag *
cfd_tags_remove (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  g_autoptr (CfTag) tag = NULL;

  if (!cfd_tx_lookup (tx, &cf_tag_shape, id, &tag, error))
    return NULL;
  if (tag != NULL && tag->parent.deleted && g_strcmp0 (tag->parent.organisation_id, by->organisation_id) == 0)
    return g_steal_pointer (&tag);
  g_clear_pointer (&tag, cf_struct_unref);
  tag = cfd_tx_require (tx, &cf_tag_shape, by->organisation_id, id, error);
  if (tag == NULL)
    return NULL;
  tag->parent.deleted = TRUE;
  if (!cfd_tx_put (tx, tag, error) || !cfd_audit_note (tx, by, "tag.remove", &tag->parent, tag->name, NULL, error))
    return NULL;
  return g_steal_pointer (&tag);
}
