/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfAuthorKind:
 * Which side a message, a read mark or a signal comes from.
 */
typedef enum
{
  CF_AUTHOR_VISITOR,
  CF_AUTHOR_AGENT,
  CF_AUTHOR_SYSTEM,
} CfAuthorKind;

extern const char *const cf_author_kind_words[];

G_END_DECLS
