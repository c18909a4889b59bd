/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "attaching.h"

#include <glib/gi18n.h>

struct _CfaAttaching
{
  GObject parent_instance;
  CfaComposer *composer; /* not owned: it lives as long as the page, which owns this */
  GtkWidget *page;       /* not owned */
  CfaAttachingSend send;
  GtkEventController *drops; /* not owned */
  CfaSession *session;
  GObject *place;
  char *id;
  gboolean paused;       /* an old message is being edited, which keeps its files */
  CfaUploadList *list;   /* (nullable): the one that is shown */
  GHashTable *awaited;   /* CfaUploadList -> its place */
  GtkFileChooserNative *dialog;
};

G_DEFINE_FINAL_TYPE (CfaAttaching, cfa_attaching, G_TYPE_OBJECT)

/* A picture from the clipboard on its way into a list. */
typedef struct
{
  CfaSession *session;
  CfaUploadList *list;
  char *name;
} Paste;

static void
paste_free (Paste *paste)
{
  g_object_unref (paste->session);
  g_object_unref (paste->list);
  g_free (paste->name);
  g_free (paste);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paste, paste_free)

static Paste *
paste_new (CfaAttaching *self)
{
  Paste *paste = g_new0 (Paste, 1);

  paste->session = g_object_ref (self->session);
  paste->list = g_object_ref (self->list);
  return paste;
}

static void
attach_file (CfaSession *session, CfaUploadList *list, GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : g_file_get_uri (file);
  g_autoptr (CfaUpload) upload = cfa_upload_new (name, file, NULL);

  cfa_session_attach (session, list, upload);
}

static void
on_list_changed (CfaUploadList *list, CfaAttaching *self)
{
  g_autoptr (CfaUploadList) kept = g_object_ref (list);
  g_autoptr (GObject) place = NULL;

  if (!cfa_upload_list_get_awaited (list))
    {
      g_hash_table_remove (self->awaited, list);
      if (list != self->list)
        g_signal_handlers_disconnect_by_func (list, on_list_changed, self);
      return;
    }
  if (!g_hash_table_contains (self->awaited, list) && self->place != NULL)
    g_hash_table_insert (self->awaited, g_object_ref (list), g_object_ref (self->place));
  if (cfa_upload_list_get_state (list) != CFA_UPLOADS_READY || self->session == NULL)
    return;
  place = g_object_ref (g_hash_table_lookup (self->awaited, list));
  cfa_upload_list_set_awaited (list, FALSE);
  if (list == self->list)
    cfa_composer_submit (self->composer);
  else
    self->send (self->page, place, cfa_upload_list_get_note (list));
}

/* Which files belong to what is being written now. */
static void
follow (CfaAttaching *self)
{
  gboolean there = self->session != NULL && self->id != NULL && !self->paused;
  CfaUploadList *list = there ? cfa_session_get_uploads (self->session, self->id, cfa_composer_get_note (self->composer)) : NULL;

  if (list == self->list)
    return;
  if (self->list != NULL && !cfa_upload_list_get_awaited (self->list))
    g_signal_handlers_disconnect_by_func (self->list, on_list_changed, self);
  g_set_object (&self->list, list);
  if (list != NULL)
    {
      g_signal_handlers_disconnect_by_func (list, on_list_changed, self);
      g_signal_connect_object (list, "changed", G_CALLBACK (on_list_changed), self, 0);
    }
  gtk_event_controller_set_propagation_phase (self->drops, list != NULL ? GTK_PHASE_CAPTURE : GTK_PHASE_NONE);
  cfa_composer_set_uploads (self->composer, list);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, Paste *paste)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

  for (guint i = 0; response == GTK_RESPONSE_ACCEPT && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      attach_file (paste->session, paste->list, file);
    }
}

static void
on_attach (CfaAttaching *self)
{
  GtkRoot *root = gtk_widget_get_root (self->page);

  if (self->list == NULL)
    return;
  g_clear_object (&self->dialog);
  self->dialog = gtk_file_chooser_native_new (_("Attach files"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              GTK_FILE_CHOOSER_ACTION_OPEN, _("_Attach"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->dialog), TRUE);
  g_signal_connect_data (self->dialog, "response", G_CALLBACK (on_chosen), paste_new (self), (GClosureNotify) (void (*) (void)) paste_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->dialog));
}

static void
on_retried (CfaAttaching *self, CfaUpload *upload)
{
  if (self->session != NULL)
    cfa_session_retry_upload (self->session, upload);
}

static void
on_encoded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Paste) paste = data;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (CfaUpload) upload = cfa_upload_new (paste->name, NULL, bytes);

  cfa_session_attach (paste->session, paste->list, upload);
}

/* A large screenshot takes its time. */
static void
encode (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (GDK_TEXTURE (data)), (GDestroyNotify) g_bytes_unref);
}

static void
on_texture (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Paste) paste = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, &error);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GTask) task = NULL;

  if (texture == NULL)
    {
      g_message ("the picture could not be pasted: %s", error->message);
      return;
    }
  paste->name = g_date_time_format (now, "Screenshot %Y-%m-%d %H-%M-%S.png");
  task = g_task_new (NULL, NULL, on_encoded, g_steal_pointer (&paste));
  g_task_set_task_data (task, g_object_ref (texture), g_object_unref);
  g_task_run_in_thread (task, encode);
}

static void
attach_list (CfaSession *session, CfaUploadList *list, const GValue *value)
{
  GdkFileList *boxed = g_value_get_boxed (value);
  g_autoptr (GSList) files = boxed != NULL ? gdk_file_list_get_files (boxed) : NULL;

  for (GSList *l = files; l != NULL; l = l->next)
    attach_file (session, list, l->data);
}

static void
on_files (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Paste) paste = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL)
    attach_list (paste->session, paste->list, value);
}

/* Files and pictures become files of the message; where there are words too, the words are meant. */
static void
on_paste (GtkTextView *view, CfaAttaching *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (view));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (self->list == NULL)
    return;
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, on_files, paste_new (self));
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) && !gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
    gdk_clipboard_read_texture_async (clipboard, NULL, on_texture, paste_new (self));
  else
    return;
  g_signal_stop_emission_by_name (view, "paste-clipboard");
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, CfaAttaching *self)
{
  if (self->list == NULL)
    return FALSE;
  attach_list (self->session, self->list, value);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
  return TRUE;
}

static void
cfa_attaching_dispose (GObject *object)
{
  CfaAttaching *self = CFA_ATTACHING (object);

  if (self->dialog != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->dialog));
  g_clear_object (&self->dialog);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  g_clear_object (&self->place);
  g_hash_table_remove_all (self->awaited);
  G_OBJECT_CLASS (cfa_attaching_parent_class)->dispose (object);
}

static void
cfa_attaching_finalize (GObject *object)
{
  CfaAttaching *self = CFA_ATTACHING (object);

  g_hash_table_unref (self->awaited);
  g_free (self->id);
  G_OBJECT_CLASS (cfa_attaching_parent_class)->finalize (object);
}

static void
cfa_attaching_class_init (CfaAttachingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_attaching_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_attaching_finalize;
}

static void
cfa_attaching_init (CfaAttaching *self)
{
  self->awaited = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
}

/**
 * cfa_attaching_new:
 * @page: on which files can be dropped; owns what is returned
 * @send: for a draft that is not shown any more when its files are up
 */
CfaAttaching *
cfa_attaching_new (CfaComposer *composer, GtkWidget *page, CfaAttachingSend send)
{
  CfaAttaching *self = g_object_new (CFA_TYPE_ATTACHING, NULL);
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->composer = composer;
  self->page = page;
  self->send = send;
  self->drops = GTK_EVENT_CONTROLLER (target);
  /* Before the text, which would take the files' names for words. */
  gtk_event_controller_set_propagation_phase (self->drops, GTK_PHASE_NONE);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_css_class (page, "drop-place");
  gtk_widget_add_controller (page, self->drops);
  g_signal_connect_object (composer, "attach", G_CALLBACK (on_attach), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composer, "retried", G_CALLBACK (on_retried), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composer, "notify::note", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cfa_composer_get_view (composer), "paste-clipboard", G_CALLBACK (on_paste), self, 0);
  return self;
}

/**
 * cfa_attaching_set_place:
 * @session: (nullable):
 * @place: (nullable): the conversation or channel that is shown now
 * @id: (nullable): its id
 */
void
cfa_attaching_set_place (CfaAttaching *self, CfaSession *session, gpointer place, const char *id)
{
  g_set_object (&self->session, session);
  g_set_object (&self->place, place);
  g_free (self->id);
  self->id = g_strdup (id);
  self->paused = FALSE;
  follow (self);
}

/**
 * cfa_attaching_pause:
 * @pause: whether something is being written that cannot have files
 */
void
cfa_attaching_pause (CfaAttaching *self, gboolean pause)
{
  self->paused = pause;
  follow (self);
}

/**
 * cfa_attaching_take:
 * @id: of the conversation or channel in which a message is sent
 *
 * Returns: (transfer full): the ids of its files; empty while they are not all up
 */
char **
cfa_attaching_take (CfaSession *session, const char *id, gboolean note)
{
  CfaUploadList *list = cfa_session_get_uploads (session, id, note);

  return cfa_upload_list_get_state (list) == CFA_UPLOADS_READY ? cfa_upload_list_take (list) : g_new0 (char *, 1);
}
