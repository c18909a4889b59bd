/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "attachment.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _CfaAttachment
{
  GObject parent_instance;
  char *id;
  CfFile *record;
  CfaAttachmentState state;
  gint64 done;
  char *path;
  char *problem;
  GCancellable *cancellable;
};

/* What a browser and this client show in place. */
static const char *const pictures[] = { "image/png", "image/jpeg", "image/gif", "image/webp", NULL };

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CfaAttachment, cfa_attachment, G_TYPE_OBJECT)

static void
changed (CfaAttachment *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
cfa_attachment_finalize (GObject *object)
{
  CfaAttachment *self = CFA_ATTACHMENT (object);

  g_clear_pointer (&self->record, cf_struct_unref);
  g_clear_object (&self->cancellable);
  g_free (self->id);
  g_free (self->path);
  g_free (self->problem);
  G_OBJECT_CLASS (cfa_attachment_parent_class)->finalize (object);
}

static void
cfa_attachment_class_init (CfaAttachmentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_attachment_finalize;
  changed_signal = g_signal_new ("changed", CFA_TYPE_ATTACHMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_attachment_init (CfaAttachment *self)
{
  self->cancellable = g_cancellable_new ();
}

CfaAttachment *
cfa_attachment_new (const char *id)
{
  CfaAttachment *self = g_object_new (CFA_TYPE_ATTACHMENT, NULL);

  self->id = g_strdup (id);
  return self;
}

const char *
cfa_attachment_get_id (CfaAttachment *self)
{
  return self->id;
}

/**
 * cfa_attachment_get_record:
 * Returns: (transfer none) (nullable): what is known of it
 */
const CfFile *
cfa_attachment_get_record (CfaAttachment *self)
{
  return self->record;
}

const char *
cfa_attachment_get_name (CfaAttachment *self)
{
  return self->record != NULL && self->record->name != NULL ? self->record->name : _("File");
}

/**
 * cfa_attachment_is_picture:
 * Returns: whether it is shown as a picture: the server has looked into it and knows how large it is
 */
gboolean
cfa_attachment_is_picture (CfaAttachment *self)
{
  const CfFile *record = self->record;

  return record != NULL && record->media_type != NULL && g_strv_contains (pictures, record->media_type) && record->width > 0 && record->height > 0;
}

/**
 * cfa_attachment_get_bounds:
 * @width: (out): pixels of the picture when it is shown within the given room, never larger than it is; at least 1
 */
void
cfa_attachment_get_bounds (CfaAttachment *self, int max_width, int max_height, int *width, int *height)
{
  double scale = MIN (1.0, MIN ((double) max_width / (double) self->record->width, (double) max_height / (double) self->record->height));

  *width = MAX (1, (int) ((double) self->record->width * scale + 0.5));
  *height = MAX (1, (int) ((double) self->record->height * scale + 0.5));
}

CfaAttachmentState
cfa_attachment_get_state (CfaAttachment *self)
{
  return self->state;
}

/**
 * cfa_attachment_get_fraction:
 * Returns: from 0 to 1: how much of it has come
 */
double
cfa_attachment_get_fraction (CfaAttachment *self)
{
  return self->record != NULL && self->record->size > 0 ? CLAMP ((double) self->done / (double) self->record->size, 0, 1) : 0;
}

/**
 * cfa_attachment_get_path:
 * Returns: (nullable): where its content is on this computer
 */
const char *
cfa_attachment_get_path (CfaAttachment *self)
{
  return self->path;
}

const char *
cfa_attachment_get_problem (CfaAttachment *self)
{
  return self->problem;
}

/**
 * cfa_attachment_get_cancellable:
 * Returns: (transfer none): ends the download that is on its way
 */
GCancellable *
cfa_attachment_get_cancellable (CfaAttachment *self)
{
  return self->cancellable;
}

/**
 * cfa_attachment_dup_description:
 * Returns: (transfer full): what a screen reader says of it
 */
char *
cfa_attachment_dup_description (CfaAttachment *self)
{
  g_autofree char *size = self->record != NULL ? g_format_size (self->record->size) : NULL;

  if (self->record == NULL)
    return g_strdup (_("File"));
  if (cfa_attachment_is_picture (self))
    /* Translators: name, width and height of a picture */
    return g_strdup_printf (_("Picture %s, %d by %d"), cfa_attachment_get_name (self), (int) self->record->width, (int) self->record->height);
  /* Translators: name and size of a file */
  return g_strdup_printf (_("File %s, %s"), cfa_attachment_get_name (self), size);
}

/**
 * cfa_attachment_dup_words:
 * Returns: (transfer full): one line below the name: its size, how much of it has come, or what is wrong
 */
char *
cfa_attachment_dup_words (CfaAttachment *self)
{
  g_autofree char *size = self->record != NULL ? g_format_size (self->record->size) : g_strdup ("…");
  g_autofree char *done = g_format_size (self->done);

  if (self->state == CFA_ATTACHMENT_LOADING)
    return g_strdup_printf (_("%s of %s"), done, size);
  if (self->state == CFA_ATTACHMENT_FAILED)
    return g_strdup (self->problem);
  return g_steal_pointer (&size);
}

void
cfa_attachment_take_record (CfaAttachment *self, const CfFile *record)
{
  CfFile *before = self->record;

  if (record->parent.deleted || (before != NULL && before->parent.rev > record->parent.rev))
    return;
  self->record = cf_struct_ref ((gpointer) record);
  g_clear_pointer (&before, cf_struct_unref);
  changed (self);
}

/**
 * cfa_attachment_begin:
 * Its content is being fetched.
 */
void
cfa_attachment_begin (CfaAttachment *self)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->problem, g_free);
  self->done = 0;
  self->state = CFA_ATTACHMENT_LOADING;
  changed (self);
}

void
cfa_attachment_set_done (CfaAttachment *self, gint64 done)
{
  self->done = done;
  changed (self);
}

/**
 * cfa_attachment_arrive:
 * @path: where its content is on this computer
 */
void
cfa_attachment_arrive (CfaAttachment *self, const char *path)
{
  g_free (self->path);
  self->path = g_strdup (path);
  self->state = CFA_ATTACHMENT_HERE;
  changed (self);
}

/**
 * cfa_attachment_fail:
 * @problem: (nullable): why it could not be fetched; NULL when the person wanted it no longer
 */
void
cfa_attachment_fail (CfaAttachment *self, const char *problem)
{
  g_free (self->problem);
  self->problem = g_strdup (problem);
  self->state = problem != NULL ? CFA_ATTACHMENT_FAILED : CFA_ATTACHMENT_REMOTE;
  changed (self);
}
