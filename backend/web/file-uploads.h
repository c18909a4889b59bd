/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/features/files/file-checks.h"
#include "backend/rpc/rest-door.h"

G_BEGIN_DECLS

/**
 * CfdFileUploads:
 * /api/v1/files/ID/content: the bytes of a file as they come, which may be in pieces and with breaks.
 */
typedef struct _CfdFileUploads CfdFileUploads;

CfdFileUploads *cfd_file_uploads_new     (CfdRestDoor *rest, CfdFileChecks *checks, const char *folder);
gboolean        cfd_file_uploads_owns    (CfdRequest *request);
void            cfd_file_uploads_begin   (CfdFileUploads *self, CfdRequest *request);
void            cfd_file_uploads_request (CfdFileUploads *self, CfdRequest *request);
void            cfd_file_uploads_stop    (CfdFileUploads *self); /* what has come is on the disk; before the database is closed */
void            cfd_file_uploads_free    (CfdFileUploads *self);

G_END_DECLS
