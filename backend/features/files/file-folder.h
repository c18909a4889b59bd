/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The bytes of all files, in one folder of ours: ID.part while they come and are looked at, ID when they are ready, ID.new in between. */
gboolean cfd_file_folder_make    (const char *folder, GError **error);
char    *cfd_file_folder_path    (const char *folder, const char *id, const char *ending);
int      cfd_file_folder_open    (const char *folder, const char *id);
gboolean cfd_file_folder_publish (const char *folder, const char *id, const char *ending, GError **error);
void     cfd_file_folder_remove  (const char *folder, const char *id);

G_END_DECLS
