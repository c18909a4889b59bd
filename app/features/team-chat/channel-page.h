/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_CHANNEL_PAGE (cfa_channel_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaChannelPage, cfa_channel_page, CFA, CHANNEL_PAGE, GtkBox)

/*
 * What colleagues say among themselves. Property: "narrow" boolean: whether there is a way back.
 */
void        cfa_channel_page_set_session       (CfaChannelPage *self, CfaSession *session);
void        cfa_channel_page_set_channel       (CfaChannelPage *self, CfaChannel *channel);
CfaChannel *cfa_channel_page_get_channel       (CfaChannelPage *self);
void        cfa_channel_page_show_message      (CfaChannelPage *self, const char *id);
void        cfa_channel_page_submit            (CfaChannelPage *self);
void        cfa_channel_page_scroll            (CfaChannelPage *self, double pages);
void        cfa_channel_page_attend            (CfaChannelPage *self);
void        cfa_channel_page_set_title_buttons (CfaChannelPage *self, gboolean start, gboolean end);

G_END_DECLS
