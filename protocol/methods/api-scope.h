/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an API key may be used for. A set of them is a word with a bit for each, CF_API_SCOPE_BIT. */
typedef enum
{
  CF_API_SCOPE_VISITORS_READ,
  CF_API_SCOPE_VISITORS_WRITE,
  CF_API_SCOPE_CONVERSATIONS_READ,
  CF_API_SCOPE_CONVERSATIONS_WRITE,
  CF_API_SCOPE_SETTINGS_READ,
  CF_API_SCOPE_SETTINGS_WRITE,
  CF_API_SCOPE_PRIVACY,
  CF_API_SCOPE_NUMBERS_READ,
  CF_N_API_SCOPES,
} CfApiScope;

#define CF_API_SCOPE_BIT(scope) (1u << (scope))

extern const char *const cf_api_scope_words[];

gboolean cf_api_scopes_read (const char *const *words, guint *bits, GError **error);
char   **cf_api_scopes_dup_words (guint bits);

G_END_DECLS
