/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/web-preview/web-preview.h"

G_BEGIN_DECLS

/*
 * What draws the widget is a module of its own, since it needs WebKit: it is opened when it is asked for.
 */
void             cfa_preview_module_open        (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
CfaWebPreviewNew cfa_preview_module_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
