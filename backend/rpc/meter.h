/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/histogram.h"
#include "protocol/error.h"

G_BEGIN_DECLS

/* What became of the calls of one method. */
typedef struct
{
  guint64 done;
  guint64 failed[CF_N_ERRORS];
  CfdHistogram time; /* from the door to the answer */
} CfdMethodMeter;

/**
 * CfdMeter:
 * Counts calls by method and outcome, and all refusals by reason, for /metrics.
 */
typedef struct
{
  GHashTable *methods; /* name (static, by address) -> CfdMethodMeter */
  guint64 errors[CF_N_ERRORS]; /* also of what never became a call of a method */
} CfdMeter;

CfdMeter *cfd_meter_new   (void);
void      cfd_meter_call  (CfdMeter *self, const char *method, const GError *error, gint64 microseconds);
void      cfd_meter_error (CfdMeter *self, const GError *error);
void      cfd_meter_free  (CfdMeter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdMeter, cfd_meter_free)

G_END_DECLS
