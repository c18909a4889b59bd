/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/config.h"

G_BEGIN_DECLS

/**
 * CfdDemoSize:
 * How much data to generate.
 */
typedef struct
{
  gint64 visitors, conversations, messages;
  gint64 seed;
  gint64 now; /* ms UTC; 0 = the present */
} CfdDemoSize;

gboolean cfd_demo_data_generate (const CfdConfig *config, const CfdDemoSize *size, GError **error);

G_END_DECLS
