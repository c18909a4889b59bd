/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CfaUploadState:
 * How far a file has got on its way to the server.
 */
typedef enum
{
  CFA_UPLOAD_WAITING,  /* for the connection, or for those before it */
  CFA_UPLOAD_SENDING,
  CFA_UPLOAD_CHECKING, /* all of it is there, and is looked at */
  CFA_UPLOAD_READY,    /* a message may take it */
  CFA_UPLOAD_FAILED,   /* see the problem */
} CfaUploadState;

#define CFA_TYPE_UPLOAD (cfa_upload_get_type ())
G_DECLARE_FINAL_TYPE (CfaUpload, cfa_upload, CFA, UPLOAD, GObject)

/*
 * A file that an agent adds to what they are writing: what it is and how far it has got. Others carry it up.
 * Signal: "changed".
 */
CfaUpload     *cfa_upload_new             (const char *name, GFile *file, GBytes *bytes);
CfaUpload     *cfa_upload_new_known       (const char *id, const char *name, GFile *file, gint64 size);
const char    *cfa_upload_get_id          (CfaUpload *self);
const char    *cfa_upload_get_name        (CfaUpload *self);
GFile         *cfa_upload_get_file        (CfaUpload *self); /* nullable: else bytes */
GBytes        *cfa_upload_get_bytes       (CfaUpload *self);
gint64         cfa_upload_get_size        (CfaUpload *self); /* -1: not known yet */
gint64         cfa_upload_get_sent        (CfaUpload *self);
double         cfa_upload_get_fraction    (CfaUpload *self);
CfaUploadState cfa_upload_get_state       (CfaUpload *self);
const char    *cfa_upload_get_problem     (CfaUpload *self); /* nullable */
gboolean       cfa_upload_get_known       (CfaUpload *self); /* to the server already, perhaps: an earlier run began it */
gboolean       cfa_upload_get_can_retry   (CfaUpload *self);
GCancellable  *cfa_upload_get_cancellable (CfaUpload *self);
char          *cfa_upload_dup_words       (CfaUpload *self);
void           cfa_upload_set_size        (CfaUpload *self, gint64 size);
void           cfa_upload_set_sent        (CfaUpload *self, gint64 sent);
void           cfa_upload_set_state       (CfaUpload *self, CfaUploadState state);
void           cfa_upload_fail            (CfaUpload *self, const char *problem, gboolean can_retry);
void           cfa_upload_begin_again     (CfaUpload *self);

G_END_DECLS
