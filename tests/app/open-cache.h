/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cache/cache.h"
#include "wait.h"

/* Returns: (transfer full) */
static inline CfaCache *
open_cache (const char *server, const char *agent_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CfaCache *cache;

  cfa_cache_open_async (server, agent_id, wait_keep_result, &result);
  wait_until (result != NULL);
  cache = cfa_cache_open_finish (result, &error);
  g_assert_no_error (error);
  return cache;
}
