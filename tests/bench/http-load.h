/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "histogram.h"

#include <sys/types.h>

G_BEGIN_DECLS

/**
 * HttpPlan:
 * One address, asked for again and again over connections that stay open; each asks as soon as it has its answer.
 */
typedef struct
{
  guint16 port;
  const char *path, *bearer; /* bearer nullable */
  guint connections;
  double warm_up, seconds;
  pid_t server;
} HttpPlan;

typedef struct
{
  guint64 wall, server_cpu, own_cpu; /* ns */
  guint64 answers, answer_bytes;     /* bytes of one body */
  Histogram *times;                  /* ns */
} HttpResult;

gboolean http_load_run     (const HttpPlan *plan, HttpResult *out, GError **error);
void     http_result_clear (HttpResult *self);

G_END_DECLS
