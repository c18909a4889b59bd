/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "channel.h"

G_BEGIN_DECLS

#define CFA_TYPE_CHANNEL_ROW (cfa_channel_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaChannelRow, cfa_channel_row, CFA, CHANNEL_ROW, GtkListBoxRow)

GtkWidget  *cfa_channel_row_new         (CfaChannel *channel);
CfaChannel *cfa_channel_row_get_channel (CfaChannelRow *self);

G_END_DECLS
