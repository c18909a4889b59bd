/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db-driver.h"

G_BEGIN_DECLS

guint              plan_count_parameters (const char *sql);
char              *plan_find_scan        (CfdDbHandle *handle, const char *sql);
char              *plan_find_sort        (CfdDbHandle *handle, const char *sql);
const CfdDbDriver *plan_driver           (void);

G_END_DECLS
