/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inbox.h"

#include <glib.h>

G_BEGIN_DECLS

/*
 * A folder is any list of conversations that the sidebar offers: an inbox, the open ones of a department or of a site, or what a saved
 * view shows. It is told by its key, a word.
 */
/**
 * CfaCount:
 * How much there is in a folder.
 */
typedef struct
{
  guint n;
  guint unread; /* conversations with unread messages */
} CfaCount;

const char *cfa_folder_of_inbox       (CfaInbox inbox);
char       *cfa_folder_of_department  (const char *id);
char       *cfa_folder_of_site        (const char *id);
char       *cfa_folder_of_view        (const char *id);
gboolean    cfa_folder_is_inbox       (const char *folder, CfaInbox *inbox);
const char *cfa_folder_get_department (const char *folder);
const char *cfa_folder_get_site       (const char *folder);
const char *cfa_folder_get_view       (const char *folder);
const char *cfa_folder_get_id         (const char *folder);

G_END_DECLS
