/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "method.h"

G_BEGIN_DECLS

GBytes *cfd_openapi_new (const GPtrArray *methods);

G_END_DECLS
