/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "department-methods.h"

#include "backend/rpc/results.h"
#include "department-service.h"
#include "protocol/methods/results.h"

static gpointer
list_departments (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_departments_list (call->tx, call->caller->organisation_id, error));
}

static gpointer
add_department (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_departments_add (call->tx, call->caller, params, error));
}

static gpointer
update_department (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_departments_update (call->tx, call->caller, params, error));
}

static gpointer
remove_department (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_record (cfd_departments_remove (call->tx, call->caller, p->id, error));
}

#define LEADERS (CFD_ALLOW_SUPERVISOR | CFD_ALLOW_ADMIN)

static const CfdMethod methods[] = {
  { "department.list", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_no_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/departments", list_departments, 1, "The organisation's departments." },
  { "department.add", LEADERS, CFD_WORK_WRITE, &cf_department_add_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/departments", add_department, 1, "Add a department." },
  { "department.update", LEADERS, CFD_WORK_WRITE, &cf_department_update_params_shape, &cf_records_result_shape,
    "PATCH", "/api/v1/departments/{id}", update_department, 1, "Change name, members or how it assigns." },
  { "department.remove", LEADERS, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/departments/{id}", remove_department, 1, "Remove a department in which nothing is open." },
};

const CfdFeature cfd_departments_feature = { "departments", methods, G_N_ELEMENTS (methods) };
