/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"

G_BEGIN_DECLS

/**
 * CfdFileChecks:
 * Looks at each file that has come, on a thread of its own, before anybody gets it: viruses, what it really is, and of pictures what is
 * in them besides pixels. Also removes what was forgotten. Lives on the main loop.
 */
typedef struct _CfdFileChecks CfdFileChecks;

typedef struct
{
  const char *folder;
  const char *const *types; /* media types that may be sent */
  const char *clamd;        /* nullable */
  const char *program;      /* chatflowd */
} CfdFileCheckOptions;

CfdFileChecks *cfd_file_checks_new  (CfdDb *db, const CfdFileCheckOptions *options);
void           cfd_file_checks_add  (CfdFileChecks *self, const char *id);
void           cfd_file_checks_stop (CfdFileChecks *self); /* before the database is closed */
void           cfd_file_checks_free (CfdFileChecks *self);

G_END_DECLS
