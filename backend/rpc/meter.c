/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "meter.h"

CfdMeter *
cfd_meter_new (void)
{
  CfdMeter *self = g_new0 (CfdMeter, 1);

  self->methods = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

/**
 * cfd_meter_call:
 * @method: a row's name, static. Never what a client wrote: that would let it grow the table.
 * @error: (nullable): what it ended with
 * @microseconds: how long it took
 */
void
cfd_meter_call (CfdMeter *self, const char *method, const GError *error, gint64 microseconds)
{
  CfdMethodMeter *meter = g_hash_table_lookup (self->methods, method);

  if (meter == NULL)
    {
      meter = g_new0 (CfdMethodMeter, 1);
      g_hash_table_insert (self->methods, (gpointer) method, meter);
    }
  if (error == NULL)
    meter->done++;
  else
    meter->failed[cf_error_code (error)]++;
  cfd_histogram_add (&meter->time, microseconds);
}

void
cfd_meter_error (CfdMeter *self, const GError *error)
{
  self->errors[cf_error_code (error)]++;
}

void
cfd_meter_free (CfdMeter *self)
{
  g_hash_table_unref (self->methods);
  g_free (self);
}
