/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "status.h"

G_BEGIN_DECLS

/* The metrics of a running server as Prometheus reads them. Names are kept: data/server/monitoring/ and docs/operations.md speak of them. */

GBytes *cfd_metrics (const CfdStatus *status);

G_END_DECLS
