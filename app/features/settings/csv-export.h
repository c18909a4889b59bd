/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

G_BEGIN_DECLS

/**
 * CfaCsvSource:
 * A method that answers with one page of a table. Offsets are those of its params and result.
 */
typedef struct
{
  const char *method;
  const CfShape *result;
  gsize cursor;          /* in the params: gint64, 0 = from the beginning */
  gsize more, next, csv; /* in the result: gboolean, gint64, char * */
} CfaCsvSource;

#define CFA_TYPE_CSV_EXPORT (cfa_csv_export_get_type ())
G_DECLARE_FINAL_TYPE (CfaCsvExport, cfa_csv_export, CFA, CSV_EXPORT, GObject)

/*
 * Writes a table into a file, page by page, as the server gives it; it lives until it has ended. Signals: "progress" (uint64 bytes that are written) ·
 * "ended" (nullable GError): once; G_IO_ERROR_CANCELLED when it was stopped, the file is as it was then. Main thread.
 */
CfaCsvExport *cfa_csv_export_new   (CfaSession *session, const CfaCsvSource *source, gpointer params);
void          cfa_csv_export_begin (CfaCsvExport *self, GFile *file);
void          cfa_csv_export_stop  (CfaCsvExport *self);

G_END_DECLS
