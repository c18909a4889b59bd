/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GVariant *cfa_avatar_image_new (const char *name, const char *id);

G_END_DECLS
