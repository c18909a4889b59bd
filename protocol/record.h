/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shape.h"

G_BEGIN_DECLS

/**
 * CfRecord:
 * The head of everything that both ends keep. Its maker gave it its id; the server stamps it
 * with the organisation's revision each time that it changes.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *organisation_id; /* never on the wire */
  gint64 rev;            /* 0 until the server has stored it */
  gboolean deleted;      /* a tombstone: only id, rev and deleted count */
} CfRecord;

/* The rows that each record's table begins with. */
#define CF_RECORD_ROWS(s)                                                                                               \
  CF_ROW (s, parent.id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .help = "Made by whoever makes the record."), \
  CF_ROW (s, parent.organisation_id, CF_KIND_ID, "organisation_id", 0, CF_AUDIENCE_NONE),                                   \
  CF_ROW (s, parent.rev, CF_KIND_INTEGER, "rev", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64,                           \
          .help = "The organisation's revision of the last change."),                                                      \
  CF_ROW (s, parent.deleted, CF_KIND_BOOLEAN, "deleted", 0, CF_AUDIENCE_ALL, .help = "A tombstone: forget this record.")

#define CF_RECORD(p) ((CfRecord *) (p))

gboolean        cf_record_visible    (const CfRecord *record, CfAudience audience);
CfRecord       *cf_record_tombstone  (const CfRecord *record);
const CfShape  *cf_record_shape      (const char *type);
const CfShape *const *cf_record_shapes (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfRecord, cf_struct_unref)

G_END_DECLS
