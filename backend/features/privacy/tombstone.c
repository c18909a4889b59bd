/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tombstone.h"

#include "protocol/records/conversation.h"
#include "protocol/sql.h"

/**
 * cfd_tombstone_of:
 * Returns: (transfer full): what is left of the record so that everybody who has it hears that it is gone.
 */
CfRecord *
cfd_tombstone_of (const CfdPersonPart *part, const CfRecord *record)
{
  CfRecord *stone = cf_struct_new (part->shape);

  stone->id = g_strdup (record->id);
  stone->organisation_id = g_strdup (record->organisation_id);
  stone->deleted = TRUE; /* and revision 0: what is fixed is written too */
  for (guint i = 0; i < CFD_PERSON_KEPT_MAX && part->kept[i] != NULL; i++)
    {
      const CfField *field = cf_shape_field (part->shape, part->kept[i]);
      g_auto (CfSqlValue) value = CF_SQL_INIT;

      cf_sql_value_get (field, record, &value);
      cf_sql_value_set (field, stone, &value);
    }
  if (part->shape == &cf_conversation_shape)
    ((CfConversation *) stone)->status = CF_CONVERSATION_CLOSED;
  return stone;
}
