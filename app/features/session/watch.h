/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cache/cache.h"
#include "app/features/alerts/alert-event.h"

#include "protocol/methods/signal.h"

G_BEGIN_DECLS

#define CFA_TYPE_WATCH (cfa_watch_get_type ())
G_DECLARE_FINAL_TYPE (CfaWatch, cfa_watch, CFA, WATCH, GObject)

/*
 * Finds in what comes from the server that which an agent may want to be called for. It judges nothing.
 * Signals: "happened" (pointer CfaAlertEvent) · "settled" (string conversation id): whoever was called to it need not come any more.
 */
CfaWatch *cfa_watch_new              (CfaCache *cache, const char *agent_id);
void      cfa_watch_see              (CfaWatch *self, const CfaDelta *delta, gboolean stream);
void      cfa_watch_tell             (CfaWatch *self);
void      cfa_watch_hear             (CfaWatch *self, const CfSignal *signal);
void      cfa_watch_set_live         (CfaWatch *self, gboolean live);
void      cfa_watch_set_urgent_after (CfaWatch *self, guint minutes);

G_END_DECLS
