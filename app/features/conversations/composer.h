/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/features/files/upload-list.h"
#include "app/features/replies/placeholders.h"
#include "app/features/replies/reply.h"

G_BEGIN_DECLS

#define CFA_TYPE_COMPOSER (cfa_composer_get_type ())
G_DECLARE_FINAL_TYPE (CfaComposer, cfa_composer, CFA, COMPOSER, GtkBox)

/*
 * Where an answer or a note is written.
 * Property: "note" boolean, read and write: what is written is a staff note.
 * Signals: "changed" (the person has typed) · "submit" (string text, boolean note): trimmed, within the limit, not empty ·
 * "take-back" () → boolean: whether a message that was just sent was called back ·
 * "quote-closed": the person does not want to answer, or edit, what is quoted · "reply-used" (CfaReply: a canned response was
 * inserted) · "macro" (CfaReply: a macro was chosen).
 */
char    *cfa_composer_dup_text        (CfaComposer *self);
void     cfa_composer_set_text        (CfaComposer *self, const char *text);
gboolean cfa_composer_get_note        (CfaComposer *self);
void     cfa_composer_set_note        (CfaComposer *self, gboolean note);
void     cfa_composer_set_placeholder (CfaComposer *self, const char *placeholder);
void     cfa_composer_set_replies     (CfaComposer *self, GListModel *canned, GListModel *macros);
void     cfa_composer_set_values      (CfaComposer *self, const CfaPlaceholderValues *values);
void     cfa_composer_ask_to_fill     (CfaComposer *self);
void     cfa_composer_submit          (CfaComposer *self);
void     cfa_composer_set_quote       (CfaComposer *self, const char *title, const char *text);
void     cfa_composer_set_without_notes (CfaComposer *self);
void     cfa_composer_set_now_only    (CfaComposer *self, gboolean now_only);
gint64   cfa_composer_get_send_at     (CfaComposer *self, gboolean *unless_reply);
GtkTextView *
         cfa_composer_get_view        (CfaComposer *self);
void        cfa_composer_set_uploads       (CfaComposer *self, CfaUploadList *uploads);

G_END_DECLS
