/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-files.h"

static const CfField fields[] = {
  CF_ROW (CfSiteFiles, off, CF_KIND_BOOLEAN, "off", 0, CF_AUDIENCE_ALL, .help = "Visitors send none."),
  CF_ROW (CfSiteFiles, max_size, CF_KIND_INTEGER, "max_size", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_SITE_FILE_SIZE_MAX,
          .help = "Bytes of one, within the server's limit; 0: that one."),
  CF_ROW (CfSiteFiles, types, CF_KIND_STRINGS, "types", 0, CF_AUDIENCE_ALL, .min = 1, .max = 127,
          .help = "Media types, of those that the server takes; a star at the end stands for anything."),
};

const CfShape cf_site_files_shape = {
  .name = "site_files",
  .size = sizeof (CfSiteFiles),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};
