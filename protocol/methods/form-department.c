/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form-department.h"

#include "../records/agent.h"
#include "../records/department.h"

#include <string.h>

static const CfField fields[] = {
  CF_ROW (CfFormDepartment, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfFormDepartment, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
};

const CfShape cf_form_department_shape = {
  .name = "form_department",
  .size = sizeof (CfFormDepartment),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};

/* Where nobody is a member yet, everybody is. @agents: by their ids */
static gboolean
serves (const CfDepartment *department, const char *site_id, GHashTable *agents)
{
  gboolean somebody = FALSE;

  for (char **id = department->members; id != NULL && *id != NULL; id++)
    {
      const CfAgent *agent = g_hash_table_lookup (agents, *id);

      if (agent == NULL || agent->parent.deleted)
        continue;
      if (cf_agent_serves (agent, site_id))
        return TRUE;
      somebody = TRUE;
    }
  return !somebody;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  const CfFormDepartment *left = *(const CfFormDepartment *const *) a, *right = *(const CfFormDepartment *const *) b;
  g_autofree char *one = g_utf8_casefold (left->name, -1), *other = g_utf8_casefold (right->name, -1);
  int order = strcmp (one, other);

  return order != 0 ? order : strcmp (left->id, right->id);
}

static void
add (GPtrArray *offered, const CfDepartment *department)
{
  CfFormDepartment *choice = cf_struct_new (&cf_form_department_shape);

  choice->id = g_strdup (department->parent.id);
  choice->name = g_strdup (department->name);
  g_ptr_array_add (offered, choice);
}

/**
 * cf_form_departments_offer:
 * @chosen: (nullable): ids, in the order in which they are offered; none = all, by name
 * @departments: of CfDepartment: all of the organisation
 * @agents: of CfAgent: all of the organisation
 *
 * Returns: (transfer full) (nullable): of CfFormDepartment: those which are there and serve the site; NULL for none. A department serves the
 *   sites that a member serves, and all sites while it has no member. Of more than CF_FORM_DEPARTMENTS_MAX the first ones.
 */
GPtrArray *
cf_form_departments_offer (char *const *chosen, const char *site_id, const GPtrArray *departments, const GPtrArray *agents)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal), there = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) offered = cf_structs_new ();
  gboolean all = chosen == NULL || chosen[0] == NULL;

  for (guint i = 0; i < agents->len; i++)
    g_hash_table_insert (by_id, CF_RECORD (agents->pdata[i])->id, agents->pdata[i]);
  for (guint i = 0; i < departments->len; i++)
    {
      CfDepartment *department = departments->pdata[i];

      if (department->parent.deleted || !serves (department, site_id, by_id))
        continue;
      g_hash_table_insert (there, department->parent.id, department);
      if (all)
        add (offered, department);
    }
  for (guint i = 0; !all && chosen[i] != NULL; i++)
    if (g_hash_table_contains (there, chosen[i]))
      add (offered, g_hash_table_lookup (there, chosen[i]));
  if (all)
    g_ptr_array_sort (offered, by_name);
  if (offered->len > CF_FORM_DEPARTMENTS_MAX)
    g_ptr_array_set_size (offered, CF_FORM_DEPARTMENTS_MAX);
  return offered->len > 0 ? g_steal_pointer (&offered) : NULL;
}
