/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "meter.h"

CfdMeter *
cfd_meter_new (void)
{
  CfdMeter *self = g_new0 (CfdMeter, 1);

  self->calls = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * cfd_meter_call:
 * @method: a row's name, static. Never what a client wrote: that would let it grow the table.
 */
void
cfd_meter_call (CfdMeter *self, const char *method)
{
  gsize count = GPOINTER_TO_SIZE (g_hash_table_lookup (self->calls, method));

  g_hash_table_insert (self->calls, (gpointer) method, GSIZE_TO_POINTER (count + 1));
}

void
cfd_meter_error (CfdMeter *self, const GError *error)
{
  self->errors[cf_error_code (error)]++;
}

void
cfd_meter_free (CfdMeter *self)
{
  g_hash_table_unref (self->calls);
  g_free (self);
}
