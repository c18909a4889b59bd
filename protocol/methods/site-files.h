/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../shape.h"

G_BEGIN_DECLS

/* Bytes; who allows more allows what the server does. */
#define CF_SITE_FILE_SIZE_MAX (G_GINT64_CONSTANT (1) << 40)

/**
 * CfSiteFiles:
 * What files a site takes from its visitors. Empty, as without the section: those that the server takes.
 */
typedef struct
{
  CfStruct parent;
  gboolean off; /* none */
  gint64 max_size; /* bytes of one, within the server's limit; 0 = that one */
  char **types; /* media types, also "image/" followed by a star, of those that the server takes; NULL = all of them */
} CfSiteFiles;

extern const CfShape cf_site_files_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteFiles, cf_struct_unref)

G_END_DECLS
