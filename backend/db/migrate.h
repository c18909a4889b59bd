/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db-driver.h"

G_BEGIN_DECLS

/**
 * CfdMigration:
 * One numbered file: what leads from version @number - 1 to @number.
 */
typedef struct
{
  guint number;
  char *name; /* "0001-spine.sql" */
  GBytes *sql; /* ends with a zero byte that its size does not count */
} CfdMigration;

GPtrArray *cfd_migrations    (void);
gboolean   cfd_migrate_check (const CfdDbDriver *driver, CfdDbHandle *handle, GPtrArray *migrations, GError **error);
gboolean   cfd_migrate       (const CfdDbDriver *driver, CfdDbHandle *handle, GPtrArray *migrations, GError **error);

G_END_DECLS
