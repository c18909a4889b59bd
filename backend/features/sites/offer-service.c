/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "offer-service.h"

#include "backend/features/accounts/account-service.h"
#include "backend/features/departments/department-service.h"
#include "protocol/error.h"
#include "site-store.h"
#include "site.h"

static guint
count (const GPtrArray *list)
{
  return list != NULL ? list->len : 0;
}

/* Returns: (nullable): the field of @site's form that lets visitors choose a department. */
static CfFormField *
find_choice (const CfSite *site)
{
  const GPtrArray *fields = site->form != NULL ? site->form->fields : NULL;

  for (guint i = 0; i < count (fields); i++)
    if (((CfFormField *) fields->pdata[i])->kind == CF_FORM_DEPARTMENT)
      return fields->pdata[i];
  return NULL;
}

static gboolean
is_offered (const GPtrArray *offered, const char *id)
{
  for (guint i = 0; i < count (offered); i++)
    if (g_str_equal (((const CfFormDepartment *) offered->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

/* Whether visitors choose among the same ones, whatever they are called. */
static gboolean
same_departments (const GPtrArray *a, const GPtrArray *b)
{
  for (guint i = 0; i < count (a); i++)
    if (!is_offered (b, ((const CfFormDepartment *) a->pdata[i])->id))
      return FALSE;
  return count (a) == count (b);
}

/* @site has a form and fields of its own from then on, which nobody else sees before they are stored. */
static CfFormField *
own_choice (CfSite *site)
{
  CfSiteForm *form = cf_struct_copy (site->form);
  GPtrArray *fields = cf_structs_new ();

  for (guint i = 0; i < count (form->fields); i++)
    g_ptr_array_add (fields, cf_struct_copy (form->fields->pdata[i]));
  g_clear_pointer (&form->fields, g_ptr_array_unref);
  form->fields = fields;
  cf_struct_unref (site->form);
  site->form = form;
  return find_choice (site);
}

/* What was chosen before may have gone since; it is no reason to refuse a change of something else. */
static gboolean
check_chosen (const CfFormField *field, const CfFormField *before, GError **error)
{
  for (guint i = 0; field->departments != NULL && field->departments[i] != NULL; i++)
    {
      const char *id = field->departments[i];

      if (i == CF_FORM_DEPARTMENTS_MAX)
        {
          g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "form: \"%s\": got %u departments, expected at most %d", field->label,
                       g_strv_length (field->departments), CF_FORM_DEPARTMENTS_MAX);
          return FALSE;
        }
      if (g_strv_contains ((const char *const *) field->departments + i + 1, id))
        {
          g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form: \"%s\": got the department \"%s\" twice", field->label, id);
          return FALSE;
        }
      if (is_offered (field->offered, id) || (before != NULL && before->departments != NULL && g_strv_contains ((const char *const *) before->departments, id)))
        continue;
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "form: \"%s\": got \"%s\", expected ids of departments that serve this site", field->label, id);
      return FALSE;
    }
  return TRUE;
}

/**
 * cfd_offers_fill:
 * @before: as it is stored
 * @wanted: gets, in its form, the departments among which visitors choose, whatever it says of them
 *
 * Returns: FALSE with CF_ERROR_INVALID when the form offers a department that is not the organisation's, or serves other sites only.
 */
gboolean
cfd_offers_fill (CfdTx *tx, const CfSite *before, CfSite *wanted, GError **error)
{
  const char *organisation_id = wanted->parent.organisation_id;
  g_autoptr (GPtrArray) departments = NULL, agents = NULL;
  CfFormField *field;

  if (find_choice (wanted) == NULL)
    return TRUE;
  departments = cfd_departments_list (tx, organisation_id, error);
  agents = departments != NULL ? cfd_accounts_list_agents (tx, organisation_id, error) : NULL;
  if (agents == NULL)
    return FALSE;
  field = own_choice (wanted);
  g_clear_pointer (&field->offered, g_ptr_array_unref);
  field->offered = cf_form_departments_offer (field->departments, wanted->parent.id, departments, agents);
  return check_chosen (field, find_choice (before), error);
}

/**
 * cfd_offers_renew:
 * @by: (nullable): the name of who has changed departments, or whom they serve with
 *
 * Brings what the forms of all sites offer up to date. A form that offers other departments than before is another one, which has to be
 * answered anew; one in which they are only called otherwise stays what it is.
 */
gboolean
cfd_offers_renew (CfdTx *tx, const char *organisation_id, const char *by, GError **error)
{
  g_autoptr (GPtrArray) sites = cfd_site_store_list (tx, organisation_id, error);

  for (guint i = 0; sites != NULL && i < sites->len; i++)
    {
      const CfSite *site = sites->pdata[i];
      g_autoptr (CfSite) renewed = cf_struct_copy (site);

      if (!cfd_offers_fill (tx, site, renewed, error))
        return FALSE;
      if (cf_struct_equal (site, renewed))
        continue;
      if (!same_departments (find_choice (site)->offered, find_choice (renewed)->offered))
        {
          cfd_site_sign (renewed, by, cfd_tx_now (tx));
          renewed->form->version = renewed->version;
        }
      if (!cfd_tx_put (tx, renewed, error))
        return FALSE;
    }
  return sites != NULL;
}
