/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/rich-text.h"

#include <glib.h>

G_BEGIN_DECLS

char     *cfa_text_markup   (const CfRichBlock *block, const char *name);
gboolean  cfa_text_is_emoji (const char *text);

G_END_DECLS
