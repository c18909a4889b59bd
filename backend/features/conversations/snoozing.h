/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/due-timer.h"

G_BEGIN_DECLS

/* Conversations that are put off, and wake when their time has come. */
extern const CfdDueKind cfd_snoozing;

G_END_DECLS
