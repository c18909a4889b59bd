/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metrics-text.h"

static void
append_number (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (text, sizeof text, "%.15g", number));
}

static void
append_value (GString *out, const char *value)
{
  for (; *value != '\0'; value++)
    {
      if (*value == '"' || *value == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *value == '\n' ? ' ' : *value);
    }
}

/* Pairs of a label and its value, up to NULL, as they stand between the braces. */
static void
append_labels (GString *out, va_list pairs)
{
  const char *label;

  while ((label = va_arg (pairs, const char *)) != NULL)
    {
      g_string_append_printf (out, "%s%s=\"", out->len > 0 ? "," : "", label);
      append_value (out, va_arg (pairs, const char *));
      g_string_append_c (out, '"');
    }
}

/* @bound: (nullable): of a bucket */
static void
append_sample (GString *out, const char *name, const char *ending, const GString *labels, const char *bound, double number)
{
  g_string_append_printf (out, "%s%s", name, ending);
  if (labels->len > 0 || bound != NULL)
    g_string_append_printf (out, "{%s%s", labels->str, bound == NULL ? "}" : labels->len > 0 ? "," : "");
  if (bound != NULL)
    g_string_append_printf (out, "le=\"%s\"}", bound);
  g_string_append_c (out, ' ');
  append_number (out, number);
  g_string_append_c (out, '\n');
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
 * One line of the metric that was begun.
 */
void
cfd_metrics_sample (GString *out, const char *name, double number, ...)
{
  g_autoptr (GString) labels = g_string_new (NULL);
  va_list pairs;

  va_start (pairs, number);
  append_labels (labels, pairs);
  va_end (pairs);
  append_sample (out, name, "", labels, NULL, number);
}

/**
 * cfd_metrics_histogram:
 * @bounds: upper bounds, rising
 * @counts: of each bucket by itself; one more than bounds, the last for all that is above
 *
 * The lines of one histogram of the metric that was begun.
 */
void
cfd_metrics_histogram (GString *out, const char *name, const double *bounds, const guint64 *counts, guint n_bounds, double sum, ...)
{
  g_autoptr (GString) labels = g_string_new (NULL);
  guint64 below = 0;
  va_list pairs;

  va_start (pairs, sum);
  append_labels (labels, pairs);
  va_end (pairs);
  for (guint i = 0; i < n_bounds; i++)
    {
      char bound[G_ASCII_DTOSTR_BUF_SIZE];

      below += counts[i];
      append_sample (out, name, "_bucket", labels, g_ascii_formatd (bound, sizeof bound, "%g", bounds[i]), below);
    }
  below += counts[n_bounds];
  append_sample (out, name, "_bucket", labels, "+Inf", below);
  append_sample (out, name, "_sum", labels, NULL, sum);
  append_sample (out, name, "_count", labels, NULL, below);
}
