/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What objects show of themselves: properties that are read and notified, and set by nobody else. (transfer floating) */
GParamSpec *cfa_param_string  (const char *name);
GParamSpec *cfa_param_int     (const char *name);
GParamSpec *cfa_param_uint    (const char *name);
GParamSpec *cfa_param_int64   (const char *name);
GParamSpec *cfa_param_boolean (const char *name, gboolean at_first);
GParamSpec *cfa_param_strv    (const char *name);

G_END_DECLS
