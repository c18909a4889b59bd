/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CFA_CACHE_ERROR (cfa_cache_error_quark ())

/**
 * CfaCacheError:
 * Why the local copy could not do what was asked.
 */
typedef enum
{
  CFA_CACHE_ERROR_FAILED,
  CFA_CACHE_ERROR_FULL,    /* the disk */
  CFA_CACHE_ERROR_CORRUPT, /* it must be built anew */
  CFA_CACHE_ERROR_BUSY,    /* another process uses it */
  CFA_CACHE_ERROR_HOLE,    /* revisions are missing before these: catch up first */
} CfaCacheError;

GQuark cfa_cache_error_quark (void);

G_END_DECLS
