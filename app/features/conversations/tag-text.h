/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory.h"

#include "protocol/records/conversation.h"

G_BEGIN_DECLS

char *cfa_tag_markup    (CfaDirectory *directory, const char *const *tags, guint most);
char *cfa_tag_names     (CfaDirectory *directory, const char *const *tags);
char *cfa_viewers_words (const char *const *names);
const char *cfa_mood_words (CfMood mood);

G_END_DECLS
