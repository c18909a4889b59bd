/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/rpc/method.h"

G_BEGIN_DECLS

extern const CfdFeature cfd_automation_feature;

G_END_DECLS
