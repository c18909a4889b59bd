/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers.h"

const CfdDbDriver *const test_drivers[] = { &cfd_sqlite_driver, NULL };
