/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "said-attributes.h"

#include "attribute-service.h"
#include "protocol/error.h"
#include "protocol/records/attribute.h"
#include "visitor.h"

static gboolean
check_size (const GPtrArray *said, GError **error)
{
  glong size = 0;

  for (guint i = 0; i < said->len; i++)
    {
      const CfSaidAttribute *one = said->pdata[i];

      size += g_utf8_strlen (one->name, -1) + (one->value != NULL ? g_utf8_strlen (one->value, -1) : 0);
    }
  if (size <= CF_SAID_CHARS_MAX)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "attributes: got %ld characters, expected at most %d", size, CF_SAID_CHARS_MAX);
  return FALSE;
}

/* Names of people's programs are met to the letter. */
static const CfAttribute *
find (const GPtrArray *known, const char *name)
{
  for (guint i = 0; i < known->len; i++)
    if (g_strcmp0 (((const CfAttribute *) known->pdata[i])->name, name) == 0)
      return known->pdata[i];
  return NULL;
}

/* Returns: whether it could be taken; what may not be claimed is passed over in silence, as names and addresses are. */
static gboolean
take (CfVisitor *visitor, const GPtrArray *known, const CfSaidAttribute *said, CfdSaidBy by, gboolean *changed)
{
  const CfAttribute *attribute = find (known, said->name);
  gboolean takes_away = said->value == NULL || *said->value == '\0';
  g_autoptr (GError) full = NULL;

  if (attribute == NULL || !cf_struct_check (said, NULL) || (!takes_away && !cf_attribute_takes (attribute, said->value, NULL)))
    return FALSE;
  if (by == CFD_SAID_BY_VISITOR && !cfd_visitor_may_claim (visitor, cf_visitor_get_attribute (visitor, attribute->parent.id)))
    return TRUE;
  *changed |= cfd_visitor_set_attribute (visitor, attribute->parent.id, said->value, &full);
  return full == NULL;
}

/**
 * cfd_said_attributes_take:
 * @said: (nullable): of CfSaidAttribute
 * @ignored: (out) (optional) (transfer full) (nullable): the names that are no attribute's, or whose value does not fit
 * @changed: (inout): becomes TRUE when something is another
 *
 * Puts into @visitor, which is not stored by it, what somebody says who can't know which attributes the organisation has: what doesn't fit is no
 * reason to turn them away. Returns: FALSE with CF_ERROR_TOO_LARGE, or another error.
 */
gboolean
cfd_said_attributes_take (CfdTx *tx, CfVisitor *visitor, const GPtrArray *said, CfdSaidBy by, char ***ignored, gboolean *changed, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GPtrArray) known = NULL;
  gboolean any = FALSE;

  if (said == NULL || said->len == 0)
    return TRUE;
  known = check_size (said, error) ? cfd_attributes_list (tx, visitor->parent.organisation_id, error) : NULL;
  if (known == NULL)
    return FALSE;
  for (guint i = 0; i < said->len; i++)
    {
      const CfSaidAttribute *one = said->pdata[i];

      if (take (visitor, known, one, by, changed))
        continue;
      g_strv_builder_add (names, one->name);
      any = TRUE;
    }
  if (any && ignored != NULL)
    *ignored = g_strv_builder_end (names);
  return TRUE;
}
