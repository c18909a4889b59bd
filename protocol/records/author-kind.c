/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "author-kind.h"

const char *const cf_author_kind_words[] = { "visitor", "agent", "system", NULL };
