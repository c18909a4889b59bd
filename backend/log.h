/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CFD_LOG_TEXT,
  CFD_LOG_JSON,
} CfdLogFormat;

void  cfd_log_set_up  (const char *level, const char *format);
void  cfd_log         (GLogLevelFlags level, const char *room, const char *message, ...) G_GNUC_NULL_TERMINATED;
char *cfd_log_format  (CfdLogFormat format, GLogLevelFlags level, gint64 time_us, const GLogField *fields, gsize n_fields);

G_END_DECLS
