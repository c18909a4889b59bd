/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "histogram.h"

G_BEGIN_DECLS

/**
 * Report:
 * The figures of one run, as one JSON object of numbers.
 */
typedef struct _Report Report;

Report *report_new        (void);
void    report_integer    (Report *self, const char *name, gint64 value);
void    report_number     (Report *self, const char *name, double value);
void    report_times      (Report *self, const char *name, const Histogram *times); /* ns; told in ms */
void    report_print      (Report *self);
void    report_free       (Report *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Report, report_free)

G_END_DECLS
