/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaLanguage:
 * A language that the client speaks.
 */
typedef struct
{
  const char *code;   /* as in po/LINGUAS; empty: as the desktop */
  const char *name;   /* in itself */
  const char *locale; /* by which dates are written, where the system has it */
  gboolean right_to_left;
} CfaLanguage;

const CfaLanguage *cfa_languages      (guint *n);
const CfaLanguage *cfa_language_load  (void);
void               cfa_language_save  (const CfaLanguage *language);
void               cfa_language_begin (void);

G_END_DECLS
