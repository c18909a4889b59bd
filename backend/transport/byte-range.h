/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CFD_RANGE_ALL,  /* nothing that we take is asked for: all of it */
  CFD_RANGE_PART,
  CFD_RANGE_NONE, /* nothing of what is asked for is there */
} CfdRange;

CfdRange cfd_byte_range_wanted (const char *header, guint64 size, guint64 *first, guint64 *length);
gboolean cfd_byte_range_given  (const char *header, guint64 *first, guint64 *last, guint64 *size);

G_END_DECLS
