/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfdMail:
 * One message to one person, as text and as HTML.
 */
typedef struct
{
  char *id;      /* what stands before the '@' of its Message-ID: the same whenever it is sent again */
  char *to;      /* a normalised address */
  char *subject;
  char *text;    /* lines of plain text */
  char *html;    /* a whole document */
  char *language; /* (nullable): BCP 47 */
} CfdMail;

void     cfd_mail_prepare (void);
CfdMail *cfd_mail_new    (const char *id, const char *to);
GBytes  *cfd_mail_render (const CfdMail *self, const char *from_name, const char *from_address);
void     cfd_mail_free   (CfdMail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdMail, cfd_mail_free)

G_END_DECLS
