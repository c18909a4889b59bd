/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/record.h"

G_BEGIN_DECLS

gpointer sample_full   (const CfShape *shape);
gpointer sample_random (const CfShape *shape, GRand *random);

G_END_DECLS
