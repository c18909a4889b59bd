/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "attribute-service.h"

#include "attribute-store.h"
#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "backend/names.h"
#include "protocol/error.h"

/* Returns: (transfer full): @name tidied; NULL when another attribute of the organisation has it */
static char *
free_name (CfdTx *tx, const char *organisation_id, const char *id, gboolean is_new, const char *name, GError **error)
{
  g_autofree char *tidy = cfd_name_tidy (name, error);
  g_autoptr (GPtrArray) all = tidy != NULL ? cfd_attribute_store_list (tx, organisation_id, error) : NULL;

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      const CfAttribute *other = all->pdata[i];

      if (g_strcmp0 (other->parent.id, id) == 0 || !cfd_name_same (other->name, tidy))
        continue;
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "name: there is an attribute %s already", other->name);
      return NULL;
    }
  if (all->len < CFD_ATTRIBUTES_MAX || !is_new)
    return g_steal_pointer (&tidy);
  g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "there are %u attributes, which is all that there can be", all->len);
  return NULL;
}

/* Without blanks, each once. Returns: (transfer full) (nullable): NULL with an error, or for none. */
static char **
tidy_choices (char **choices, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; choices != NULL && choices[i] != NULL; i++)
    {
      g_autofree char *tidy = cfd_name_tidy (choices[i], error);

      if (tidy == NULL)
        {
          g_prefix_error (error, "choices: ");
          return NULL;
        }
      for (guint k = 0; k < list->len; k++)
        if (cfd_name_same (list->pdata[k], tidy))
          {
            g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "choices: got \"%s\" twice", tidy);
            return NULL;
          }
      g_ptr_array_add (list, g_steal_pointer (&tidy));
    }
  if (list->len > CF_ATTRIBUTE_CHOICES_MAX)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "choices: got %u, expected at most %d", list->len, CF_ATTRIBUTE_CHOICES_MAX);
      return NULL;
    }
  if (list->len == 0)
    return NULL;
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_steal (list, NULL);
}

/* Returns: (transfer full): what there is with the id, or the beginning of a new one. */
static CfAttribute *
find_or_make (CfdTx *tx, const CfdCaller *by, const CfAttributePutParams *params, GError **error)
{
  g_autoptr (CfAttribute) attribute = NULL;

  if (!cfd_tx_lookup (tx, &cf_attribute_shape, params->id, &attribute, error))
    return NULL;
  if (attribute != NULL && !attribute->parent.deleted && g_strcmp0 (attribute->parent.organisation_id, by->organisation_id) == 0)
    return g_steal_pointer (&attribute);
  if (attribute != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: was another attribute's");
      return NULL;
    }
  if (!cf_struct_has (params, "name"))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "name: missing, expected what the attribute is called");
      return NULL;
    }
  attribute = cf_struct_new (&cf_attribute_shape);
  attribute->parent.id = g_strdup (params->id);
  attribute->parent.organisation_id = g_strdup (by->organisation_id);
  attribute->kind = params->kind;
  attribute->created_at = cfd_tx_now (tx);
  return g_steal_pointer (&attribute);
}

static gboolean
take_name (CfdTx *tx, CfAttribute *attribute, const CfAttributePutParams *params, GString *detail, GError **error)
{
  char *name;

  if (!cf_struct_has (params, "name"))
    return TRUE;
  name = free_name (tx, attribute->parent.organisation_id, params->id, attribute->parent.rev == 0, params->name, error);
  if (name == NULL)
    return FALSE;
  cfd_audit_change (detail, "name", attribute->name, name);
  g_free (attribute->name);
  attribute->name = name;
  return TRUE;
}

static gboolean
take_choices (CfAttribute *attribute, const CfAttributePutParams *params, GString *detail, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *before = NULL, *after = NULL;
  char **choices;

  if (!cf_struct_has (params, "choices"))
    return TRUE;
  choices = tidy_choices (params->choices, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  before = attribute->choices != NULL ? g_strjoinv (", ", attribute->choices) : NULL;
  after = choices != NULL ? g_strjoinv (", ", choices) : NULL;
  cfd_audit_change (detail, "choices", before, after);
  g_strfreev (attribute->choices);
  attribute->choices = choices;
  return TRUE;
}

static gboolean
check_whole (const CfAttribute *attribute, const CfAttributePutParams *params, GError **error)
{
  if (cf_struct_has (params, "kind") && params->kind != attribute->kind)
    g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "kind: is %s and stays so; remove the attribute and make another",
                 cf_attribute_kind_words[attribute->kind]);
  else if (attribute->kind == CF_ATTRIBUTE_CHOICE && attribute->choices == NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "choices: missing, expected at least one");
  else if (attribute->kind != CF_ATTRIBUTE_CHOICE && attribute->choices != NULL)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "choices: got some for a %s, which has none", cf_attribute_kind_words[attribute->kind]);
  else
    return TRUE;
  return FALSE;
}

GPtrArray *
cfd_attributes_list (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_attribute_store_list (tx, organisation_id, error);
}

/**
 * cfd_attributes_put:
 * Makes the attribute, or changes what is given. A choice that is taken away stays where visitors have it, and is no longer offered.
 *
 * Returns: (transfer full): it as it is now.
 */
CfAttribute *
cfd_attributes_put (CfdTx *tx, const CfdCaller *by, const CfAttributePutParams *params, GError **error)
{
  g_autoptr (CfAttribute) attribute = find_or_make (tx, by, params, error);
  g_autoptr (GString) detail = g_string_new (NULL);
  gboolean is_new = attribute != NULL && attribute->parent.rev == 0;

  if (attribute == NULL || !take_name (tx, attribute, params, detail, error) || !take_choices (attribute, params, detail, error)
      || !check_whole (attribute, params, error))
    return NULL;
  if (cf_struct_has (params, "place") && params->place != attribute->place)
    {
      cfd_audit_number (detail, "place", attribute->place, params->place);
      attribute->place = params->place;
    }
  if (!is_new && detail->len == 0)
    return g_steal_pointer (&attribute);
  if (!cfd_tx_put (tx, attribute, error)
      || !cfd_audit_note (tx, by, is_new ? "attribute.add" : "attribute.update", &attribute->parent, attribute->name, detail->str, error))
    return NULL;
  return g_steal_pointer (&attribute);
}

/**
 * cfd_attributes_remove:
 * Visitors keep their values, which nobody shows any more. Removing what has been removed changes nothing.
 *
 * Returns: (transfer full): its tombstone.
 */
CfAttribute *
cfd_attributes_remove (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  g_autoptr (CfAttribute) attribute = NULL;

  if (!cfd_tx_lookup (tx, &cf_attribute_shape, id, &attribute, error))
    return NULL;
  if (attribute != NULL && attribute->parent.deleted && g_strcmp0 (attribute->parent.organisation_id, by->organisation_id) == 0)
    return g_steal_pointer (&attribute);
  cf_struct_unref (attribute);
  attribute = cfd_tx_require (tx, &cf_attribute_shape, by->organisation_id, id, error);
  if (attribute == NULL)
    return NULL;
  attribute->parent.deleted = TRUE;
  if (!cfd_tx_put (tx, attribute, error) || !cfd_audit_note (tx, by, "attribute.remove", &attribute->parent, attribute->name, NULL, error))
    return NULL;
  return g_steal_pointer (&attribute);
}
