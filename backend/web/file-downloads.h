/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"
#include "backend/transport/request.h"

G_BEGIN_DECLS

/**
 * CfdFileDownloads:
 * /files/…: a file for whoever has its address, which nobody can guess and which ends.
 */
typedef struct _CfdFileDownloads CfdFileDownloads;

CfdFileDownloads *cfd_file_downloads_new     (CfdDb *db, const char *folder);
void              cfd_file_downloads_request (CfdFileDownloads *self, CfdRequest *request);
void              cfd_file_downloads_free    (CfdFileDownloads *self);

G_END_DECLS
