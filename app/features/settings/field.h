/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_FIELD (cfa_field_get_type ())
G_DECLARE_FINAL_TYPE (CfaField, cfa_field, CFA, FIELD, GObject)

/*
 * A text that a person edits: an entry row, and a row below it that says what is wrong while they type, or that somebody else has
 * changed it meanwhile.
 * Signals: "changed" () · "apply" (string text): the person wants it saved; only of a text that is fine and another than the value.
 */
CfaField  *cfa_field_new        (GtkWidget *row, CfaRule rule, gboolean applies);
GtkWidget *cfa_field_get_row    (CfaField *self);
GtkWidget *cfa_field_get_note   (CfaField *self);
void       cfa_field_set_value  (CfaField *self, const char *value);
void       cfa_field_set_rule   (CfaField *self, CfaRule rule);
void       cfa_field_apply      (CfaField *self);
void       cfa_field_clear      (CfaField *self);
void       cfa_field_set_digits (CfaField *self);
void       cfa_field_reset      (CfaField *self);
void       cfa_field_set_who    (CfaField *self, const char *who);
gboolean   cfa_field_is_torn    (CfaField *self);
char      *cfa_field_dup_text   (CfaField *self);
gboolean   cfa_field_is_fine    (CfaField *self);
void       cfa_field_sketch     (CfaField *self, char **into);

G_END_DECLS
