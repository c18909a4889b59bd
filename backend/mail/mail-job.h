/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/jobs/job-service.h"
#include "mail.h"
#include "mailer.h"

G_BEGIN_DECLS

/* The lane of all mail. Its kinds prepare a CfdMail, perform and discard with these; the worker's data is the CfdMailer. */
#define CFD_MAIL_LANE "mail"

gboolean cfd_mail_job_perform (gpointer prepared, gpointer data, GCancellable *cancellable, GError **error);
void     cfd_mail_job_discard (gpointer prepared);

G_END_DECLS
