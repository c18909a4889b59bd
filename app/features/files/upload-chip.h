/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upload.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CFA_TYPE_UPLOAD_CHIP (cfa_upload_chip_get_type ())
G_DECLARE_FINAL_TYPE (CfaUploadChip, cfa_upload_chip, CFA, UPLOAD_CHIP, GtkBox)

/* Signals: "removed" (CfaUpload), "retried" (CfaUpload): what the person asks for. */
GtkWidget *cfa_upload_chip_new (CfaUpload *upload);

G_END_DECLS
