/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfdCsvReader:
 * Reads a text of comma-separated values (RFC 4180) row by row; semicolons and tabs, which spreadsheets of some countries write instead,
 * are told by the first line. Initialise by cfd_csv_reader_init().
 */
typedef struct
{
  const char *at;
  char separator;
  guint line; /* of "at", from 1 */
} CfdCsvReader;

void     cfd_csv_add_cell    (GString *out, const char *text, char after);
void     cfd_csv_reader_init (CfdCsvReader *self, const char *text);
gboolean cfd_csv_reader_next (CfdCsvReader *self, GPtrArray *cells, guint *line, GError **error);

G_END_DECLS
