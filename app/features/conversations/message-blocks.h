/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CFA_TYPE_MESSAGE_BLOCKS (cfa_message_blocks_get_type ())
G_DECLARE_FINAL_TYPE (CfaMessageBlocks, cfa_message_blocks, CFA, MESSAGE_BLOCKS, GtkBox)

GtkWidget *cfa_message_blocks_new (GPtrArray *blocks, const char *name);

G_END_DECLS
