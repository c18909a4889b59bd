/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dummy.h"

#include "protocol/id.h"

#include <gtk/gtk.h>
#include <string.h>

#define STEP_MS 60
#define STEPS 12
#define HELD_AT 5
#define SIZE_MAX_HERE (4 * 1024 * 1024)

typedef struct
{
  CfaSession *session;
  GHashTable *lists;       /* key -> CfaUploadList */
  GHashTable *attachments; /* id -> CfaAttachment */
  gboolean held;
} Files;

/* A file on its way, up or down. */
typedef struct
{
  Files *files;
  CfaUpload *upload;
  CfaAttachment *attachment;
  guint step;
} Way;

static void
files_free (Files *files)
{
  g_hash_table_unref (files->lists);
  g_hash_table_unref (files->attachments);
  g_free (files);
}

static Files *
files_of (CfaSession *session)
{
  Files *files = g_object_get_data (G_OBJECT (session), "files");

  if (files != NULL)
    return files;
  files = g_new0 (Files, 1);
  files->session = session;
  files->held = dummy_wants ("held-upload");
  files->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  files->attachments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_object_set_data_full (G_OBJECT (session), "files", files, (GDestroyNotify) files_free);
  return files;
}

static void
way_free (Way *way)
{
  g_clear_object (&way->upload);
  g_clear_object (&way->attachment);
  g_free (way);
}

static CfaAttachment *
add_attachment (Files *files, const char *id, const char *name, const char *media_type, gint64 size, int width, int height)
{
  g_autoptr (CfFile) record = cf_struct_new (&cf_file_shape);
  CfaAttachment *attachment = cfa_attachment_new (id);

  record->parent.id = g_strdup (id);
  record->name = g_strdup (name);
  record->media_type = g_strdup (media_type);
  record->size = size;
  record->width = width;
  record->height = height;
  record->state = CF_FILE_READY;
  cfa_attachment_take_record (attachment, record);
  g_hash_table_insert (files->attachments, g_strdup (id), attachment);
  return attachment;
}

static void
be_sent (Way *way)
{
  GFile *file = cfa_upload_get_file (way->upload);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : g_build_filename (g_get_user_cache_dir (), cfa_upload_get_id (way->upload), NULL);
  GBytes *bytes = cfa_upload_get_bytes (way->upload);
  int width = 0, height = 0;
  gboolean picture;

  if (bytes != NULL && g_mkdir_with_parents (g_get_user_cache_dir (), 0700) == 0)
    g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL);
  picture = gdk_pixbuf_get_file_info (path, &width, &height) != NULL;
  cfa_attachment_arrive (add_attachment (way->files, cfa_upload_get_id (way->upload), cfa_upload_get_name (way->upload),
                                         picture ? "image/png" : "application/pdf", cfa_upload_get_size (way->upload), width, height), path);
  if (g_str_has_suffix (cfa_upload_get_name (way->upload), ".exe"))
    cfa_upload_fail (way->upload, "Files of this kind may not be sent here", FALSE);
  else
    cfa_upload_set_state (way->upload, CFA_UPLOAD_READY);
}

static gboolean
step_up (gpointer data)
{
  Way *way = data;

  if (g_cancellable_is_cancelled (cfa_upload_get_cancellable (way->upload)))
    return G_SOURCE_REMOVE;
  if (cfa_session_get_link (way->files->session) != CFA_LINK_LIVE)
    {
      cfa_upload_set_state (way->upload, CFA_UPLOAD_WAITING);
      return G_SOURCE_CONTINUE;
    }
  cfa_upload_set_state (way->upload, CFA_UPLOAD_SENDING);
  if (way->step == HELD_AT && way->files->held)
    return G_SOURCE_CONTINUE;
  way->step++;
  cfa_upload_set_sent (way->upload, cfa_upload_get_size (way->upload) * way->step / STEPS);
  if (way->step < STEPS)
    return G_SOURCE_CONTINUE;
  be_sent (way);
  return G_SOURCE_REMOVE;
}

static void
go_up (Files *files, CfaUpload *upload)
{
  Way *way = g_new0 (Way, 1);

  way->files = files;
  way->upload = g_object_ref (upload);
  g_timeout_add_full (G_PRIORITY_DEFAULT, STEP_MS, step_up, way, (GDestroyNotify) way_free);
}

CfaUploadList *
cfa_session_get_uploads (CfaSession *self, const char *conversation_id, gboolean note)
{
  Files *files = files_of (self);
  g_autofree char *key = g_strconcat (conversation_id, note ? " note" : "", NULL);
  CfaUploadList *list = g_hash_table_lookup (files->lists, key);

  if (list == NULL)
    {
      list = cfa_upload_list_new (conversation_id, note);
      g_hash_table_insert (files->lists, g_strdup (key), list);
    }
  return list;
}

void
cfa_session_attach (CfaSession *self, CfaUploadList *list, CfaUpload *upload)
{
  g_autofree char *path = cfa_upload_get_file (upload) != NULL ? g_file_get_path (cfa_upload_get_file (upload)) : NULL;
  g_autofree char *contents = NULL;
  gsize size = 0;

  cfa_upload_list_add (list, upload);
  if (cfa_upload_get_state (upload) != CFA_UPLOAD_WAITING)
    return;
  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      cfa_upload_fail (upload, "A folder cannot be sent. Make an archive of it first.", FALSE);
      return;
    }
  if (path != NULL && g_file_get_contents (path, &contents, &size, NULL))
    cfa_upload_set_size (upload, (gint64) size);
  if (size > SIZE_MAX_HERE)
    cfa_upload_fail (upload, "Too large for this server: 5.0 MB", FALSE);
  else
    go_up (files_of (self), upload);
}

void
cfa_session_retry_upload (CfaSession *self, CfaUpload *upload)
{
  cfa_upload_begin_again (upload);
  go_up (files_of (self), upload);
}

void
cfa_session_attach_again (CfaSession *self, const char *conversation_id, gboolean note, const char *const *files)
{
  for (guint i = 0; files[i] != NULL; i++)
    {
      CfaAttachment *attachment = g_hash_table_lookup (files_of (self)->attachments, files[i]);
      g_autoptr (CfaUpload) upload = cfa_upload_new_known (files[i], cfa_attachment_get_name (attachment), NULL, -1);

      cfa_upload_set_state (upload, CFA_UPLOAD_READY);
      cfa_upload_list_add (cfa_session_get_uploads (self, conversation_id, note), upload);
    }
}

CfaAttachment *
cfa_session_open_attachment (CfaSession *self, const char *id)
{
  CfaAttachment *attachment = g_hash_table_lookup (files_of (self)->attachments, id);

  return attachment != NULL ? g_object_ref (attachment) : cfa_attachment_new (id);
}

/* A picture with something in it. */
static char *
paint (CfaAttachment *attachment)
{
  const CfFile *record = cfa_attachment_get_record (attachment);
  char *path = g_build_filename (g_get_user_cache_dir (), record->name, NULL);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  guchar *pixels;
  int stride;

  if (record->width == 0)
    {
      g_file_set_contents (path, "%PDF-1.4 nothing", -1, NULL);
      return path;
    }
  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) record->width, (int) record->height);
  pixels = gdk_pixbuf_get_pixels (pixbuf);
  stride = gdk_pixbuf_get_rowstride (pixbuf);
  for (int y = 0; y < record->height; y++)
    for (int x = 0; x < record->width; x++)
      {
        gboolean box = x > record->width / 4 && x < record->width * 3 / 4 && y > record->height / 3 && y < record->height * 5 / 6;

        pixels[y * stride + x * 3] = (guchar) (box ? 171 : 230 - y * 120 / record->height);
        pixels[y * stride + x * 3 + 1] = (guchar) (box ? 120 + x * 40 / record->width : 235 - y * 60 / record->height);
        pixels[y * stride + x * 3 + 2] = (guchar) (box ? 70 : 245);
      }
  gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL);
  return path;
}

static gboolean
step_down (gpointer data)
{
  Way *way = data;
  g_autofree char *path = NULL;

  if (g_cancellable_is_cancelled (cfa_attachment_get_cancellable (way->attachment)))
    {
      cfa_attachment_fail (way->attachment, NULL);
      return G_SOURCE_REMOVE;
    }
  if (way->step == HELD_AT && way->files->held)
    return G_SOURCE_CONTINUE;
  way->step++;
  cfa_attachment_set_done (way->attachment, cfa_attachment_get_record (way->attachment)->size * way->step / STEPS);
  if (way->step < STEPS)
    return G_SOURCE_CONTINUE;
  path = paint (way->attachment);
  cfa_attachment_arrive (way->attachment, path);
  return G_SOURCE_REMOVE;
}

void
cfa_session_fetch_attachment (CfaSession *self, CfaAttachment *attachment)
{
  CfaAttachmentState state = cfa_attachment_get_state (attachment);
  Way *way;

  if (state == CFA_ATTACHMENT_LOADING || state == CFA_ATTACHMENT_HERE)
    return;
  cfa_attachment_begin (attachment);
  way = g_new0 (Way, 1);
  way->files = files_of (self);
  way->attachment = g_object_ref (attachment);
  g_timeout_add_full (G_PRIORITY_DEFAULT, STEP_MS, step_down, way, (GDestroyNotify) way_free);
}

/* A picture and a document that a visitor has sent; transfer full: their ids. */
char **
dummy_files_new (CfaSession *self)
{
  g_autofree char *picture = cf_id_new (), *paper = cf_id_new ();

  add_attachment (files_of (self), picture, "broken parcel.png", "image/png", 482133, 1600, 1200);
  add_attachment (files_of (self), paper, "Invoice 1182, with everything that was ordered since spring.pdf", "application/pdf", 1204133, 0, 0);
  return g_strdupv ((char *[]) { picture, paper, NULL });
}

void
dummy_files_release (CfaSession *self)
{
  files_of (self)->held = FALSE;
}
