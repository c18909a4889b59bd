/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/transport/request.h"
#include "protocol/error.h"

G_BEGIN_DECLS

/* Errors over HTTP: RFC 9457 problem details, with the same reason words as on the socket. */

void cfd_problem_respond (CfdRequest *request, const GError *error, gint64 retry_after_ms);
void cfd_problem_respond_status (CfdRequest *request, guint status, CfError code, const char *detail, gint64 retry_after_ms);

G_END_DECLS
