/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CF_INVITE_LINK_SCHEME "chatflow"

char     *cf_invite_link_new  (const char *server, const char *token);
gboolean  cf_invite_link_read (const char *text, char **server, char **token);

G_END_DECLS
