/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "author-kind.h"

G_BEGIN_DECLS

/**
 * CfReadMark:
 * How far one reader has read one conversation. It only moves forward, and always rests on a
 * public message.
 */
typedef struct
{
  CfRecord parent;
  char *conversation_id;
  char *visitor_id; /* whose conversation it is; never on the wire */
  CfAuthorKind reader_kind;
  char *reader_id;
  gint64 position;
  gint64 read_at;
} CfReadMark;

extern const CfShape cf_read_mark_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfReadMark, cf_struct_unref)

G_END_DECLS
