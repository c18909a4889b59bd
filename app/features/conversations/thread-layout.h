/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/message.h"

G_BEGIN_DECLS

/**
 * CfaThreadLine:
 * What the layout must know of a message. Borrowed words.
 */
typedef struct
{
  CfMessageKind kind;
  CfAuthorKind author_kind;
  const char *author_id;
  gint64 created_at; /* ms UTC */
} CfaThreadLine;

/**
 * CfaThreadPlace:
 * Where a message stands among its neighbours.
 */
typedef struct
{
  gboolean new_day; /* a day heading goes above it */
  gboolean first;   /* of its group: name and avatar */
  gboolean last;    /* of its group: the time goes below */
} CfaThreadPlace;

CfaThreadPlace cfa_thread_layout (const CfaThreadLine *previous, const CfaThreadLine *line, const CfaThreadLine *next,
                                  GTimeZone *zone);

G_END_DECLS
