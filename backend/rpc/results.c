/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results.h"

/**
 * cfd_result_of_records:
 * @records: (transfer full) (nullable): NULL passes an error through
 *
 * Returns: (transfer full) (nullable): what a method answers; rev is the highest among them.
 */
CfRecordsResult *
cfd_result_of_records (GPtrArray *records)
{
  CfRecordsResult *result;

  if (records == NULL)
    return NULL;
  result = cf_struct_new (&cf_records_result_shape);
  result->records = records;
  for (guint i = 0; i < records->len; i++)
    result->rev = MAX (result->rev, CF_RECORD (records->pdata[i])->rev);
  return result;
}

/**
 * cfd_result_of_record:
 * @record: (transfer full) (nullable): NULL passes an error through
 */
CfRecordsResult *
cfd_result_of_record (gpointer record)
{
  GPtrArray *records;

  if (record == NULL)
    return NULL;
  records = cf_structs_new ();
  g_ptr_array_add (records, record);
  return cfd_result_of_records (records);
}
