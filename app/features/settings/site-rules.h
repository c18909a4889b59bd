/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What may be written into the settings of a site; each is a CfaRule. */
char *cfa_rule_launcher  (const char *text);
char *cfa_rule_title     (const char *text);
char *cfa_rule_bubble    (const char *text);
char *cfa_rule_offline   (const char *text);
char *cfa_rule_form_label (const char *text);
char *cfa_rule_form_hint (const char *text);
char *cfa_rule_time_zone (const char *text);
char *cfa_rule_holiday   (const char *text);

char *cfa_rule_form_choices (const char *const *choices);

char *cfa_clock_of       (const char *text);
char *cfa_color_note     (const char *color, gboolean *weak);

G_END_DECLS
