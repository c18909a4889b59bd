/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail-job.h"

/**
 * cfd_mail_job_perform:
 * @prepared: a CfdMail
 * @data: the CfdMailer
 */
gboolean
cfd_mail_job_perform (gpointer prepared, gpointer data, GCancellable *cancellable, GError **error)
{
  return cfd_mailer_send (data, prepared, cancellable, error);
}

void
cfd_mail_job_discard (gpointer prepared)
{
  cfd_mail_free (prepared);
}
