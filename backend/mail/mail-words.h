/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail.h"

G_BEGIN_DECLS

#define CFD_MAIL_HTML_END "</body></html>\n"

char *cfd_mail_words      (const char *language, const char *key, ...) G_GNUC_NULL_TERMINATED;
char *cfd_mail_words_language (const char *language, const char *key);
void  cfd_mail_begin_html (GString *html, const char *language);
void  cfd_mail_set_letter (CfdMail *mail, const char *const *paragraphs, const char *link);

G_END_DECLS
