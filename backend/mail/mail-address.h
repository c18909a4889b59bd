/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RFC 5321 section 4.5.3.1; the whole with both angle brackets fits into a path of 256. */
#define CFD_MAIL_ADDRESS_MAX 254

char     *cfd_mail_address_normalise (const char *text, GError **error);
gboolean  cfd_mail_address_split     (const char *text, char **name, char **address, GError **error);

G_END_DECLS
