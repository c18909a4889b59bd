/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db-driver.h"

/* Every engine that the suite runs on, NULL-terminated. */
extern const CfdDbDriver *const test_drivers[];
