/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaRule:
 * Looks at what a person types. Returns: (transfer full) (nullable): what is wrong and what is expected, in their language; NULL when
 * it is fine.
 */
typedef char *(*CfaRule) (const char *text);

char *cfa_rule_name     (const char *text);
char *cfa_rule_key_name (const char *text);
char *cfa_rule_tag      (const char *text);
char *cfa_rule_email    (const char *text);
char *cfa_rule_origin   (const char *text);
char *cfa_rule_password (const char *text);
char *cfa_rule_greeting (const char *text);

/* Of what may be left empty. */
char *cfa_rule_person   (const char *text);
char *cfa_rule_address  (const char *text);
char *cfa_rule_phone    (const char *text);
char *cfa_rule_value    (const char *text);
char *cfa_rule_number   (const char *text);
char *cfa_rule_date     (const char *text);

char *cfa_rule_length   (const char *text, glong max);

/**
 * CfaStrength:
 * How long a password would withstand somebody who guesses.
 */
typedef enum
{
  CFA_STRENGTH_REFUSED, /* the server would not take it */
  CFA_STRENGTH_WEAK,
  CFA_STRENGTH_FAIR,
  CFA_STRENGTH_STRONG,
} CfaStrength;

CfaStrength cfa_password_strength (const char *password, const char *email, const char **advice);

G_END_DECLS
