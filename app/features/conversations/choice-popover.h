/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CFA_TYPE_CHOICE_POPOVER (cfa_choice_popover_get_type ())
G_DECLARE_FINAL_TYPE (CfaChoicePopover, cfa_choice_popover, CFA, CHOICE_POPOVER, GtkPopover)

/*
 * A list to choose from by typing. Enter takes the first that fits, Down goes into the list. With a note the words below the list go
 * with the choice. Signal: "chosen" (string id, string note).
 */
GtkWidget *cfa_choice_popover_new   (const char *title, const char *note_hint);
void       cfa_choice_popover_clear (CfaChoicePopover *self);
void       cfa_choice_popover_add   (CfaChoicePopover *self, GtkWidget *picture, const char *id, const char *markup, const char *words, gboolean checked);
void       cfa_choice_popover_open  (CfaChoicePopover *self);

G_END_DECLS
