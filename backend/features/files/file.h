/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/file.h"

G_BEGIN_DECLS

char       *cfd_file_clean_name    (const char *name);
gboolean    cfd_file_type_matches  (const char *const *types, const char *media_type);
const char *cfd_file_served_type   (const char *media_type, gboolean *is_inline);
char       *cfd_file_disposition   (const char *name, gboolean is_inline);
gboolean    cfd_file_is_visible_to (const CfFile *file, gboolean staff, const char *visitor_id);

G_END_DECLS
