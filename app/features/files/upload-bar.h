/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upload-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CFA_TYPE_UPLOAD_BAR (cfa_upload_bar_get_type ())
G_DECLARE_FINAL_TYPE (CfaUploadBar, cfa_upload_bar, CFA, UPLOAD_BAR, GtkBox)

/* The files of a draft above its text; hidden while there are none. Signal: "retried" (CfaUpload). */
GtkWidget *cfa_upload_bar_new      (void);
void       cfa_upload_bar_set_list (CfaUploadBar *self, CfaUploadList *list);

G_END_DECLS
