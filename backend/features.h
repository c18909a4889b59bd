/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/rpc/method.h"

G_BEGIN_DECLS

const CfdFeature *const *cfd_features (void); /* NULL-terminated */

G_END_DECLS
