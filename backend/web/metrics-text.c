/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metrics-text.h"

static void
append_number (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (text, sizeof text, "%.15g", number));
}

static void
append_label (GString *out, const char *value)
{
  for (; *value != '\0'; value++)
    {
      if (*value == '"' || *value == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *value == '\n' ? ' ' : *value);
    }
}

/**
 * cfd_metrics_family:
 * @type: "counter", "gauge" or "histogram"
 *
 * Begins a metric; its samples follow.
 */
void
cfd_metrics_family (GString *out, const char *name, const char *type, const char *help)
{
  g_string_append_printf (out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

/**
 * cfd_metrics_sample:
 * @label: (nullable): with its @value
 */
void
cfd_metrics_sample (GString *out, const char *name, const char *label, const char *value, double number)
{
  g_string_append (out, name);
  if (label != NULL)
    {
      g_string_append_printf (out, "{%s=\"", label);
      append_label (out, value);
      g_string_append (out, "\"}");
    }
  g_string_append_c (out, ' ');
  append_number (out, number);
  g_string_append_c (out, '\n');
}

/**
 * cfd_metrics_histogram:
 * @bounds: upper bounds, rising
 * @counts: of each bucket by itself; one more than bounds, the last for all that is above
 */
void
cfd_metrics_histogram (GString *out, const char *name, const char *help, const double *bounds, const guint64 *counts, guint n_bounds, double sum)
{
  g_autofree char *bucket = g_strconcat (name, "_bucket", NULL), *total = g_strconcat (name, "_sum", NULL);
  g_autofree char *count = g_strconcat (name, "_count", NULL);
  guint64 below = 0;

  cfd_metrics_family (out, name, "histogram", help);
  for (guint i = 0; i < n_bounds; i++)
    {
      char bound[G_ASCII_DTOSTR_BUF_SIZE];

      below += counts[i];
      cfd_metrics_sample (out, bucket, "le", g_ascii_formatd (bound, sizeof bound, "%g", bounds[i]), below);
    }
  below += counts[n_bounds];
  cfd_metrics_sample (out, bucket, "le", "+Inf", below);
  cfd_metrics_sample (out, total, NULL, NULL, sum);
  cfd_metrics_sample (out, count, NULL, NULL, below);
}
