/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The text format of Prometheus, version 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/ */

/* After @number or @sum: the labels and their values, in pairs, then NULL. */
void cfd_metrics_family    (GString *out, const char *name, const char *type, const char *help);
void cfd_metrics_sample    (GString *out, const char *name, double number, ...) G_GNUC_NULL_TERMINATED;
void cfd_metrics_histogram (GString *out, const char *name, const double *bounds, const guint64 *counts, guint n_bounds, double sum, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
