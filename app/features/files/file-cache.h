/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "protocol/records/file.h"

G_BEGIN_DECLS

/* So much content is kept on this computer; what was not looked at for longest goes first. */
#define CFA_FILE_CACHE_MAX ((gint64) 256 * 1024 * 1024)

/* The folder with the content of files that were fetched: one folder for each id, in it the file by its own name. */
char  *cfa_file_cache_folder      (const char *agent_id);
GFile *cfa_file_cache_place       (const char *folder, const CfFile *record);
void   cfa_file_cache_look_async  (const char *folder, const CfFile *record, GAsyncReadyCallback callback, gpointer user_data);
char  *cfa_file_cache_look_finish (GAsyncResult *result);
void   cfa_file_cache_prune       (const char *folder);
void   cfa_file_cache_trim        (const char *folder, gint64 most);
void   cfa_file_cache_erase       (const char *folder);
void   cfa_file_cache_forget      (const char *folder, const char *id);

G_END_DECLS
