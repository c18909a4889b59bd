/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/error.h"

G_BEGIN_DECLS

/**
 * CfdMeter:
 * Counts calls by method and refusals by reason, for /metrics.
 */
typedef struct
{
  GHashTable *calls; /* method name (static) -> count as pointer */
  guint64 errors[CF_N_ERRORS];
} CfdMeter;

CfdMeter *cfd_meter_new   (void);
void      cfd_meter_call  (CfdMeter *self, const char *method);
void      cfd_meter_error (CfdMeter *self, const GError *error);
void      cfd_meter_free  (CfdMeter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdMeter, cfd_meter_free)

G_END_DECLS
