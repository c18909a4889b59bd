/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfCsvReader:
 * Reads a text of comma-separated values (RFC 4180) row by row; semicolons and tabs, which spreadsheets of some countries write instead,
 * are told by the first line. Initialise by cf_csv_reader_init().
 */
typedef struct
{
  const char *at;
  char separator;
  guint line; /* of "at", from 1 */
} CfCsvReader;

void     cf_csv_add_cell    (GString *out, const char *text, char after);
void     cf_csv_reader_init (CfCsvReader *self, const char *text);
gboolean cf_csv_reader_next (CfCsvReader *self, GPtrArray *cells, guint *line, GError **error);

G_END_DECLS
