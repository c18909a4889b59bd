/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CFA_TYPE_MESSAGE_FILES (cfa_message_files_get_type ())
G_DECLARE_FINAL_TYPE (CfaMessageFiles, cfa_message_files, CFA, MESSAGE_FILES, GtkBox)

/* The files that a message has brought, below its words. */
GtkWidget *cfa_message_files_new       (CfaSession *session, const char *const *ids);
void       cfa_message_files_set_words (CfaMessageFiles *self, const char *words, GtkWidget *label);

G_END_DECLS
