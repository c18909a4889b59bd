/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report.h"

#include "clock.h"

#include <math.h>

struct _Report
{
  GString *text;
};

static void
name_next (Report *self, const char *name)
{
  g_string_append_printf (self->text, "%s\"%s\":", self->text->len > 1 ? "," : "", name);
}

Report *
report_new (void)
{
  Report *self = g_new0 (Report, 1);

  self->text = g_string_new ("{");
  return self;
}

void
report_integer (Report *self, const char *name, gint64 value)
{
  name_next (self, name);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

/**
 * report_number:
 * What has no value (a division by nothing) is told as null.
 */
void
report_number (Report *self, const char *name, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  name_next (self, name);
  g_string_append (self->text, isfinite (value) ? g_ascii_formatd (text, sizeof text, "%.6g", value) : "null");
}

/**
 * report_times:
 * @name: of the group; the figures are called NAME_p50_ms and so on
 */
void
report_times (Report *self, const char *name, const Histogram *times)
{
  static const struct
  {
    const char *suffix;
    double percent;
  } rows[] = { { "p50", 50 }, { "p99", 99 }, { "p999", 99.9 }, { "max", 100 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *full = g_strdup_printf ("%s_%s_ms", name, rows[i].suffix);

      report_number (self, full, histogram_count (times) > 0 ? histogram_percentile (times, rows[i].percent) * 1e3 / NS_PER_SECOND : NAN);
    }
}

void
report_print (Report *self)
{
  g_print ("%s}\n", self->text->str);
}

void
report_free (Report *self)
{
  g_string_free (self->text, TRUE);
  g_free (self);
}
