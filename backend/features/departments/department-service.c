/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "department-service.h"

#include "backend/db/lookup.h"
#include "backend/features/accounts/account-service.h"
#include "backend/features/audit/audit-service.h"
#include "backend/features/sites/offer-service.h"
#include "backend/names.h"
#include "department-store.h"
#include "protocol/error.h"

/* Returns: (transfer full): @name tidied; NULL when another department of the organisation has it. @id: (nullable): itself */
static char *
free_name (CfdTx *tx, const char *organisation_id, const char *id, const char *name, GError **error)
{
  g_autofree char *tidy = cfd_name_tidy (name, error);
  g_autoptr (GPtrArray) all = tidy != NULL ? cfd_department_store_list (tx, organisation_id, error) : NULL;

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      const CfDepartment *other = all->pdata[i];

      if (g_strcmp0 (other->parent.id, id) == 0 || !cfd_name_same (other->name, tidy))
        continue;
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "name: there is a department %s already", other->name);
      return NULL;
    }
  if (all->len < CFD_DEPARTMENTS_MAX || id != NULL)
    return g_steal_pointer (&tidy);
  g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "there are %u departments, which is all that there can be", all->len);
  return NULL;
}

/* Who is named twice has one turn. */
static char **
unique (char **ids)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (ids == NULL || ids[0] == NULL)
    return NULL;
  for (guint i = 0; ids[i] != NULL; i++)
    if (g_hash_table_add (seen, ids[i]))
      g_strv_builder_add (builder, ids[i]);
  return g_strv_builder_end (builder);
}

static gboolean
check_members (CfdTx *tx, const char *organisation_id, char **ids, GError **error)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      g_autoptr (CfAgent) agent = NULL;

      if (!cfd_tx_lookup (tx, &cf_agent_shape, ids[i], &agent, error))
        return FALSE;
      if (agent == NULL || agent->parent.deleted || g_strcmp0 (agent->parent.organisation_id, organisation_id) != 0)
        {
          g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "members: got \"%s\", expected ids of agents", ids[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
same_strings (char **a, char **b)
{
  static char *none[] = { NULL };

  return g_strv_equal ((const char *const *) (a != NULL ? a : none), (const char *const *) (b != NULL ? b : none));
}

static gboolean
same_department (const CfDepartment *have, const CfdCaller *by, const CfDepartmentAddParams *params)
{
  g_autofree char *name = cfd_name_tidy (params->name, NULL);
  g_auto (GStrv) members = unique (params->members);

  return !have->parent.deleted && g_strcmp0 (have->parent.organisation_id, by->organisation_id) == 0 && g_strcmp0 (have->name, name) == 0
         && have->assignment == params->assignment && have->capacity == params->capacity && same_strings (have->members, members);
}

static gboolean
put (CfdTx *tx, const CfdCaller *by, const char *action, CfDepartment *department, const GString *detail, GError **error)
{
  return cfd_tx_put (tx, department, error)
         && cfd_audit_note (tx, by, action, &department->parent, department->name, detail != NULL ? detail->str : NULL, error)
         && cfd_offers_renew (tx, by->organisation_id, by->name, error);
}

GPtrArray *
cfd_departments_list (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_department_store_list (tx, organisation_id, error);
}

/**
 * cfd_departments_get:
 * Returns: (transfer full): one of the organisation's; NULL with CF_ERROR_NOT_FOUND when it has no such department.
 */
CfDepartment *
cfd_departments_get (CfdTx *tx, const char *organisation_id, const char *id, GError **error)
{
  return cfd_tx_require (tx, &cf_department_shape, organisation_id, id, error);
}

/**
 * cfd_departments_add:
 * Returns: (transfer full): the department; the one that the same call made before, when it is repeated. CF_ERROR_CONFLICT when the
 *   name is taken, CF_ERROR_INVALID when a member is no agent of the organisation.
 */
CfDepartment *
cfd_departments_add (CfdTx *tx, const CfdCaller *by, const CfDepartmentAddParams *params, GError **error)
{
  g_autoptr (CfDepartment) department = NULL;
  g_autofree char *name = NULL;

  if (!cfd_tx_lookup (tx, &cf_department_shape, params->id, &department, error))
    return NULL;
  if (department != NULL && same_department (department, by, params))
    return g_steal_pointer (&department);
  if (department != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: is another department's");
      return NULL;
    }
  name = free_name (tx, by->organisation_id, NULL, params->name, error);
  if (name == NULL || !check_members (tx, by->organisation_id, params->members, error))
    return NULL;
  department = cf_struct_new (&cf_department_shape);
  department->parent.id = g_strdup (params->id);
  department->parent.organisation_id = g_strdup (by->organisation_id);
  department->name = g_steal_pointer (&name);
  department->assignment = params->assignment;
  department->capacity = params->capacity;
  department->members = unique (params->members);
  department->created_at = cfd_tx_now (tx);
  if (!put (tx, by, "department.add", department, NULL, error))
    return NULL;
  return g_steal_pointer (&department);
}

/* Writes down what is another than before, and takes it over. */
static void
change (CfDepartment *department, const CfDepartmentUpdateParams *params, char **name, GString *detail)
{
  if (*name != NULL)
    {
      cfd_audit_change (detail, "name", department->name, *name);
      g_free (department->name);
      department->name = g_steal_pointer (name);
    }
  if (cf_struct_has (params, "assignment"))
    {
      cfd_audit_change (detail, "assignment", cf_assignment_words[department->assignment], cf_assignment_words[params->assignment]);
      department->assignment = params->assignment;
    }
  if (cf_struct_has (params, "capacity"))
    {
      cfd_audit_number (detail, "capacity", department->capacity, params->capacity);
      department->capacity = params->capacity;
    }
  if (cf_struct_has (params, "members"))
    {
      char **members = unique (params->members);

      if (!same_strings (department->members, members))
        g_string_append_printf (detail, "%smembers: %u → %u", detail->len > 0 ? "\n" : "",
                                department->members != NULL ? g_strv_length (department->members) : 0, members != NULL ? g_strv_length (members) : 0);
      g_strfreev (department->members);
      department->members = members;
    }
}

/**
 * cfd_departments_update:
 * Changes what @params was given.
 *
 * Returns: (transfer full): the department as it is now.
 */
CfDepartment *
cfd_departments_update (CfdTx *tx, const CfdCaller *by, const CfDepartmentUpdateParams *params, GError **error)
{
  g_autoptr (CfDepartment) department = cfd_tx_require (tx, &cf_department_shape, by->organisation_id, params->id, error);
  g_autoptr (GString) detail = g_string_new (NULL);
  g_autofree char *name = NULL;

  if (department == NULL || !check_members (tx, by->organisation_id, params->members, error))
    return NULL;
  if (params->name != NULL && (name = free_name (tx, by->organisation_id, params->id, params->name, error)) == NULL)
    return NULL;
  change (department, params, &name, detail);
  if (!put (tx, by, "department.update", department, detail, error))
    return NULL;
  return g_steal_pointer (&department);
}

/**
 * cfd_departments_remove:
 * Only when nothing is open in it, so that no conversation silently belongs nowhere; closed ones keep its id, which nobody looks at again
 * until they are moved. Removing what has been removed changes nothing.
 *
 * Returns: (transfer full): its tombstone. CF_ERROR_CONFLICT, which says how many are open.
 */
CfDepartment *
cfd_departments_remove (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  g_autoptr (CfDepartment) department = NULL;
  gint64 open;

  if (!cfd_tx_lookup (tx, &cf_department_shape, id, &department, error))
    return NULL;
  if (department != NULL && department->parent.deleted && g_strcmp0 (department->parent.organisation_id, by->organisation_id) == 0)
    return g_steal_pointer (&department);
  g_clear_pointer (&department, cf_struct_unref);
  department = cfd_tx_require (tx, &cf_department_shape, by->organisation_id, id, error);
  open = department != NULL ? cfd_department_store_open (tx, id, error) : -1;
  if (open < 0)
    return NULL;
  if (open > 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "%" G_GINT64_FORMAT " open conversations are in %s; move or close them first",
                   open, department->name);
      return NULL;
    }
  department->parent.deleted = TRUE;
  if (!put (tx, by, "department.remove", department, NULL, error))
    return NULL;
  return g_steal_pointer (&department);
}

/**
 * cfd_departments_check:
 * @ids: (nullable)
 *
 * Returns: TRUE when all are departments of the organisation, else FALSE with CF_ERROR_INVALID.
 */
gboolean
cfd_departments_check (CfdTx *tx, const char *organisation_id, char **ids, GError **error)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      g_autoptr (CfDepartment) department = NULL;

      if (!cfd_tx_lookup (tx, &cf_department_shape, ids[i], &department, error))
        return FALSE;
      if (department == NULL || department->parent.deleted || g_strcmp0 (department->parent.organisation_id, organisation_id) != 0)
        {
          g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "departments: got \"%s\", expected ids of departments", ids[i]);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * cfd_departments_join:
 * @ids: (nullable): those that have been removed meanwhile are passed over
 *
 * Makes an agent the last member of each.
 */
gboolean
cfd_departments_join (CfdTx *tx, const char *organisation_id, char **ids, const char *agent_id, GError **error)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      g_autoptr (CfDepartment) department = NULL;
      g_autoptr (GStrvBuilder) members = g_strv_builder_new ();

      if (!cfd_tx_lookup (tx, &cf_department_shape, ids[i], &department, error))
        return FALSE;
      if (department == NULL || department->parent.deleted || g_strcmp0 (department->parent.organisation_id, organisation_id) != 0
          || (department->members != NULL && (g_strv_contains ((const char *const *) department->members, agent_id)
                                              || g_strv_length (department->members) >= CF_MAX_STRINGS)))
        continue;
      if (department->members != NULL)
        g_strv_builder_addv (members, (const char **) department->members);
      g_strv_builder_add (members, agent_id);
      g_strfreev (department->members);
      department->members = g_strv_builder_end (members);
      if (!cfd_tx_put (tx, department, error))
        return FALSE;
    }
  return TRUE;
}
