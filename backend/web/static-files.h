/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/transport/request.h"

G_BEGIN_DECLS

/**
 * CfdStaticFiles:
 * Files of one folder over HTTP, kept in memory: the widget.
 */
typedef struct _CfdStaticFiles CfdStaticFiles;

CfdStaticFiles *cfd_static_files_new     (const char *folder);
gboolean        cfd_static_files_respond (CfdStaticFiles *self, CfdRequest *request, const char *path, const char *cache_control);
void            cfd_static_files_free    (CfdStaticFiles *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdStaticFiles, cfd_static_files_free)

G_END_DECLS
