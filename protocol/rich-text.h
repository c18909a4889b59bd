/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CF_RICH_BOLD = 1 << 0,
  CF_RICH_ITALIC = 1 << 1,
  CF_RICH_CODE = 1 << 2,
} CfRichStyle;

/* A stretch of words that look alike. */
typedef struct
{
  char *text;
  char *href; /* (nullable): where it leads: http, https, mailto or tel */
  CfRichStyle style;
} CfRichRun;

typedef enum
{
  CF_RICH_TEXT,   /* lines that stand together */
  CF_RICH_BULLET, /* an item of a list */
  CF_RICH_NUMBER, /* an item of a list that counts */
  CF_RICH_LINES,  /* of code, in one run */
} CfRichKind;

typedef struct
{
  CfRichKind kind;
  guint number; /* of CF_RICH_NUMBER, as it was written */
  GPtrArray *runs; /* CfRichRun */
} CfRichBlock;

GPtrArray *cf_rich_text_parse     (const char *text);
gboolean   cf_rich_text_is_simple (GPtrArray  *blocks);
char      *cf_rich_text_dup_plain (GPtrArray  *blocks);

G_END_DECLS
