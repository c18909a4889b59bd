/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "protocol/shape.h"

G_BEGIN_DECLS

void         cfa_front_door_async    (const char *address, const char *path, gpointer params, const CfShape *result,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gpointer     cfa_front_door_finish   (GAsyncResult *result, char **server, GError **error);
SoupSession *cfa_front_door_new_http (void);

G_END_DECLS
