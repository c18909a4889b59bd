/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "worker.h"

G_BEGIN_DECLS

#define CFA_TYPE_FORGETTING (cfa_forgetting_get_type ())
G_DECLARE_FINAL_TYPE (CfaForgetting, cfa_forgetting, CFA, FORGETTING, GObject)

/*
 * Has the cache thread forget for good what was taken out of the copy, step by step, so that others are served in between. For the
 * main thread; forget-store.h does it.
 */
CfaForgetting *cfa_forgetting_new  (CfaWorker *worker);
void           cfa_forgetting_wake (CfaForgetting *self);
void           cfa_forgetting_stop (CfaForgetting *self);

G_END_DECLS
