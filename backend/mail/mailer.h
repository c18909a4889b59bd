/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "backend/config.h"
#include "mail.h"

G_BEGIN_DECLS

/**
 * CfdMailer:
 * Hands mail to the mail server of the configuration (SMTP, RFC 5321). Blocks; for one thread at a time.
 */
typedef struct _CfdMailer CfdMailer;

CfdMailer *cfd_mailer_new      (const CfdConfig *config, GError **error);
gboolean   cfd_mailer_send     (CfdMailer *self, const CfdMail *mail, GCancellable *cancellable, GError **error);
void       cfd_mailer_free     (CfdMailer *self);

void       cfd_mail_set_up     (gboolean there);
gboolean   cfd_mail_is_set_up  (void);
gboolean   cfd_mail_require    (GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdMailer, cfd_mailer_free)

G_END_DECLS
