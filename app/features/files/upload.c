/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upload.h"

#include "protocol/id.h"

#include <glib/gi18n-lib.h>

struct _CfaUpload
{
  GObject parent_instance;
  char *id;
  char *name;
  GFile *file;
  GBytes *bytes;
  gint64 size;
  gint64 sent;
  CfaUploadState state;
  char *problem;
  gboolean can_retry;
  gboolean known;
  GCancellable *cancellable;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CfaUpload, cfa_upload, G_TYPE_OBJECT)

static void
changed (CfaUpload *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
cfa_upload_finalize (GObject *object)
{
  CfaUpload *self = CFA_UPLOAD (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->problem);
  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (cfa_upload_parent_class)->finalize (object);
}

static void
cfa_upload_class_init (CfaUploadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_upload_finalize;
  changed_signal = g_signal_new ("changed", CFA_TYPE_UPLOAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_upload_init (CfaUpload *self)
{
  self->id = cf_id_new ();
  self->size = -1;
  self->cancellable = g_cancellable_new ();
}

/**
 * cfa_upload_new:
 * @name: as it shall be called; made valid UTF-8
 * @file: (nullable): where its content is, or else
 * @bytes: (nullable): the content itself
 */
CfaUpload *
cfa_upload_new (const char *name, GFile *file, GBytes *bytes)
{
  CfaUpload *self = g_object_new (CFA_TYPE_UPLOAD, NULL);

  self->name = g_utf8_make_valid (name, -1);
  self->file = file != NULL ? g_object_ref (file) : NULL;
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  if (bytes != NULL)
    self->size = (gint64) g_bytes_get_size (bytes);
  return self;
}

/**
 * cfa_upload_new_known:
 * @id: that the server knows it by, perhaps
 * @file: (nullable): where its content is; %NULL when only the server has it
 * @size: in bytes; -1 when that was not known yet
 *
 * One that was begun before: by an earlier run, or for a message that was called back.
 */
CfaUpload *
cfa_upload_new_known (const char *id, const char *name, GFile *file, gint64 size)
{
  CfaUpload *self = cfa_upload_new (name, file, NULL);

  g_free (self->id);
  self->id = g_strdup (id);
  self->size = size;
  self->known = TRUE;
  return self;
}

const char *
cfa_upload_get_id (CfaUpload *self)
{
  return self->id;
}

const char *
cfa_upload_get_name (CfaUpload *self)
{
  return self->name;
}

GFile *
cfa_upload_get_file (CfaUpload *self)
{
  return self->file;
}

GBytes *
cfa_upload_get_bytes (CfaUpload *self)
{
  return self->bytes;
}

gint64
cfa_upload_get_size (CfaUpload *self)
{
  return self->size;
}

gint64
cfa_upload_get_sent (CfaUpload *self)
{
  return self->sent;
}

/**
 * cfa_upload_get_fraction:
 * Returns: from 0 to 1
 */
double
cfa_upload_get_fraction (CfaUpload *self)
{
  if (self->state == CFA_UPLOAD_CHECKING || self->state == CFA_UPLOAD_READY)
    return 1;
  return self->size > 0 ? CLAMP ((double) self->sent / (double) self->size, 0, 1) : 0;
}

CfaUploadState
cfa_upload_get_state (CfaUpload *self)
{
  return self->state;
}

/**
 * cfa_upload_get_problem:
 * Returns: (nullable): why it failed, or what it waits for, for the person.
 */
const char *
cfa_upload_get_problem (CfaUpload *self)
{
  return self->problem;
}

gboolean
cfa_upload_get_known (CfaUpload *self)
{
  return self->known;
}

gboolean
cfa_upload_get_can_retry (CfaUpload *self)
{
  return self->state == CFA_UPLOAD_FAILED && self->can_retry;
}

/**
 * cfa_upload_get_cancellable:
 * Returns: (transfer none): whoever cancels it ends what is done for this file
 */
GCancellable *
cfa_upload_get_cancellable (CfaUpload *self)
{
  return self->cancellable;
}

/**
 * cfa_upload_dup_words:
 * Returns: (transfer full): one line below the name: how far it is, or what is wrong
 */
char *
cfa_upload_dup_words (CfaUpload *self)
{
  g_autofree char *size = self->size >= 0 ? g_format_size (self->size) : NULL;
  g_autofree char *sent = g_format_size (self->sent);

  switch (self->state)
    {
    case CFA_UPLOAD_WAITING:
      return g_strdup (self->problem != NULL ? self->problem : _("Waiting"));
    case CFA_UPLOAD_SENDING:
      /* Translators: how much of a file is on the server, as "1.2 MB of 3 MB" */
      return g_strdup_printf (_("%s of %s"), sent, size);
    case CFA_UPLOAD_CHECKING:
      return g_strdup (_("Being checked"));
    case CFA_UPLOAD_FAILED:
      return g_strdup (self->problem);
    case CFA_UPLOAD_READY:
      break;
    }
  return g_strdup (size);
}

void
cfa_upload_set_size (CfaUpload *self, gint64 size)
{
  self->size = size;
  changed (self);
}

void
cfa_upload_set_sent (CfaUpload *self, gint64 sent)
{
  if (self->sent == sent)
    return;
  self->sent = sent;
  changed (self);
}

void
cfa_upload_set_state (CfaUpload *self, CfaUploadState state)
{
  if (self->state == state && self->problem == NULL)
    return;
  self->state = state;
  g_clear_pointer (&self->problem, g_free);
  changed (self);
}

/**
 * cfa_upload_fail:
 * @problem: why, for the person
 * @can_retry: whether the same file may fare better
 */
void
cfa_upload_fail (CfaUpload *self, const char *problem, gboolean can_retry)
{
  char *words = g_strdup (problem);

  g_free (self->problem);
  self->problem = words;
  self->can_retry = can_retry;
  self->state = CFA_UPLOAD_FAILED;
  changed (self);
}

/**
 * cfa_upload_begin_again:
 * As another file with the same content: the server may know the first one as refused.
 */
void
cfa_upload_begin_again (CfaUpload *self)
{
  g_free (self->id);
  self->id = cf_id_new ();
  self->sent = 0;
  self->known = FALSE;
  cfa_upload_set_state (self, CFA_UPLOAD_WAITING);
}
