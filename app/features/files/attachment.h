/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "protocol/records/file.h"

G_BEGIN_DECLS

typedef enum
{
  CFA_ATTACHMENT_REMOTE, /* on the server only, as far as is known */
  CFA_ATTACHMENT_LOADING,
  CFA_ATTACHMENT_HERE,   /* on this computer, see the path */
  CFA_ATTACHMENT_FAILED, /* see the problem */
} CfaAttachmentState;

#define CFA_TYPE_ATTACHMENT (cfa_attachment_get_type ())
G_DECLARE_FINAL_TYPE (CfaAttachment, cfa_attachment, CFA, ATTACHMENT, GObject)

/*
 * A file that a message has brought, as pages show it.
 * Signal: "changed".
 */
CfaAttachment     *cfa_attachment_new             (const char *id);
const char        *cfa_attachment_get_id          (CfaAttachment *self);
const CfFile      *cfa_attachment_get_record      (CfaAttachment *self); /* nullable: not known yet */
const char        *cfa_attachment_get_name        (CfaAttachment *self);
gboolean           cfa_attachment_is_picture      (CfaAttachment *self);
void               cfa_attachment_get_bounds      (CfaAttachment *self, int max_width, int max_height, int *width, int *height);
CfaAttachmentState cfa_attachment_get_state       (CfaAttachment *self);
double             cfa_attachment_get_fraction    (CfaAttachment *self);
const char        *cfa_attachment_get_path        (CfaAttachment *self); /* nullable */
const char        *cfa_attachment_get_problem     (CfaAttachment *self); /* nullable */
GCancellable      *cfa_attachment_get_cancellable (CfaAttachment *self);
char              *cfa_attachment_dup_description (CfaAttachment *self);
char              *cfa_attachment_dup_words       (CfaAttachment *self);
void               cfa_attachment_take_record     (CfaAttachment *self, const CfFile *record);
void               cfa_attachment_begin           (CfaAttachment *self);
void               cfa_attachment_set_done        (CfaAttachment *self, gint64 done);
void               cfa_attachment_arrive          (CfaAttachment *self, const char *path);
void               cfa_attachment_fail            (CfaAttachment *self, const char *problem);

G_END_DECLS
