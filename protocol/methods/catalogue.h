/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../shape.h"

G_BEGIN_DECLS

/**
 * CfWordList:
 * The words of an enum and what it is called where types are generated.
 */
typedef struct
{
  const char *name;
  const char *const *words;
} CfWordList;

const CfShape *const *cf_method_shapes (void);
const CfWordList     *cf_word_lists    (void);

G_END_DECLS
