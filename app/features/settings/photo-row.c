/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo-row.h"

#include "app/features/session/face.h"
#include "change.h"
#include "photo-maker.h"
#include "setting-rows.h"

#include "protocol/methods/agent-params.h"
#include "protocol/records/agent.h"

#include <glib/gi18n.h>

#define AVATAR_SIZE 64

struct _CfaPhotoRow
{
  AdwActionRow parent_instance;

  CfaSession *session;
  char *agent_id;
  CfaRecordItem *item; /* (nullable): not known yet */
  gboolean busy;       /* a picture is on its way */

  GtkWidget *avatar;
  GtkWidget *spinner;
  GtkWidget *choose_button;
  GtkWidget *remove_button;
  GtkFileChooserNative *dialog; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CfaPhotoRow, cfa_photo_row, ADW_TYPE_ACTION_ROW)

/* A change that waits until it is known how to take it back. */
typedef struct
{
  CfaPhotoRow *row;
  char *picture; /* (nullable): base64; NULL = none any more */
} Wish;

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->row);
  g_free (wish->picture);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static const CfAgent *
record (CfaPhotoRow *self)
{
  return self->item != NULL && !cfa_record_item_is_gone (self->item) ? cfa_record_item_get (self->item) : NULL;
}

static gboolean
is_me (CfaPhotoRow *self)
{
  return g_strcmp0 (self->agent_id, cfa_session_get_agent_id (self->session)) == 0;
}

static void
update (CfaPhotoRow *self)
{
  const CfAgent *agent = record (self);
  gboolean may = agent != NULL && cfa_change_allowed (self->session, is_me (self) ? CF_ROLE_AGENT : CF_ROLE_ADMIN);
  gboolean has = agent != NULL && agent->photo != NULL;

  adw_avatar_set_text (ADW_AVATAR (self->avatar), agent != NULL ? agent->name : NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), has ? _("Colleagues and visitors see it") : _("Colleagues and visitors see the initials"));
  gtk_widget_set_sensitive (self->choose_button, may && !self->busy);
  gtk_widget_set_sensitive (self->remove_button, may && !self->busy);
  gtk_widget_set_visible (self->remove_button, has);
  gtk_widget_set_visible (self->spinner, self->busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->busy);
}

static void
set_busy (CfaPhotoRow *self, gboolean busy)
{
  self->busy = busy;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  if (self->session != NULL)
    update (self);
}

static void
on_ended (GObject *asker, const CfRecordsResult *answer)
{
  set_busy (CFA_PHOTO_ROW (asker), FALSE);
}

/* @picture, @before: (nullable): base64 */
static CfAgentPhotoParams *
params_of (CfaPhotoRow *self, const char *picture)
{
  CfAgentPhotoParams *params = cf_struct_new (&cf_agent_photo_params_shape);

  params->agent_id = is_me (self) ? NULL : g_strdup (self->agent_id);
  params->picture = g_strdup (picture);
  return params;
}

static char *
done_words (CfaPhotoRow *self, gboolean shown)
{
  if (is_me (self))
    return g_strdup (shown ? _("Your photo is shown now") : _("Your photo is not shown any more"));
  return g_strdup_printf (shown ? _("The photo of %s is shown now") : _("The photo of %s is not shown any more"), record (self)->name);
}

/* @before: (nullable): base64 of what is shown until now */
static void
run (Wish *wish, const char *before)
{
  CfaPhotoRow *self = wish->row;
  gboolean had = record (self) != NULL && record (self)->photo != NULL;
  CfaChange change = { .method = "agent.photo", .ended = on_ended, .asker = G_OBJECT (self) };

  if (self->session == NULL || record (self) == NULL)
    {
      set_busy (self, FALSE);
      return;
    }
  change.params = params_of (self, wish->picture);
  /* What cannot be brought back is not offered. */
  if (!had || (before != NULL && strlen (before) <= CF_PHOTO_TEXT_MAX))
    {
      change.undo_method = "agent.photo";
      change.undo_params = params_of (self, before);
    }
  change.done = done_words (self, wish->picture != NULL);
  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Wish) wish = data;
  g_autofree char *bytes = NULL, *before = NULL;
  gsize length;

  if (g_file_load_contents_finish (G_FILE (source), result, &bytes, &length, NULL, NULL))
    before = g_base64_encode ((const guint8 *) bytes, length);
  run (wish, before);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Wish) wish = data;
  g_autofree char *path = cfa_session_fetch_photo_finish (CFA_SESSION (source), result, NULL);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  if (file != NULL)
    g_file_load_contents_async (file, NULL, on_read, g_steal_pointer (&wish));
  else
    run (wish, NULL);
}

/* @picture: (transfer full) (nullable): first what is shown now is read, so that it can be taken back */
static void
change (CfaPhotoRow *self, char *picture)
{
  g_autoptr (Wish) wish = g_new0 (Wish, 1);

  wish->row = g_object_ref (self);
  wish->picture = picture;
  if (record (self) != NULL && record (self)->photo != NULL)
    cfa_session_fetch_photo_async (self->session, record (self)->photo, on_fetched, g_steal_pointer (&wish));
  else
    run (wish, NULL);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaPhotoRow) self = data;
  g_autoptr (GError) error = NULL;
  char *picture = cfa_photo_make_finish (result, &error);

  if (picture != NULL && self->session != NULL)
    {
      change (self, picture);
      return;
    }
  g_free (picture);
  set_busy (self, FALSE);
  if (error != NULL && error->domain == G_IO_ERROR && (error->code == G_IO_ERROR_MESSAGE_TOO_LARGE || error->code == G_IO_ERROR_NOT_SUPPORTED))
    cfa_change_tell (GTK_WIDGET (self), error->message);
  else if (error != NULL)
    cfa_change_tell (GTK_WIDGET (self), _("This picture cannot be read: choose a JPEG, PNG, WebP or GIF"));
}

/* @file, @texture: one of both */
static gboolean
take (CfaPhotoRow *self, GFile *file, GdkTexture *texture)
{
  if (!gtk_widget_get_sensitive (self->choose_button))
    return FALSE;
  set_busy (self, TRUE);
  cfa_photo_make_async (file, texture, NULL, on_made, g_object_ref (self));
  return TRUE;
}

static gboolean
take_value (CfaPhotoRow *self, const GValue *value)
{
  g_autoptr (GSList) files = NULL;

  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    return take (self, NULL, g_value_get_object (value));
  files = g_value_get_boxed (value) != NULL ? gdk_file_list_get_files (g_value_get_boxed (value)) : NULL;
  return files != NULL && take (self, files->data, NULL);
}

static void
on_chosen (CfaPhotoRow *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->dialog)) : NULL;

  if (file != NULL)
    take (self, file, NULL);
}

static void
on_choose (CfaPhotoRow *self)
{
  g_autoptr (GtkFileFilter) pictures = gtk_file_filter_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->dialog);
  self->dialog = gtk_file_chooser_native_new (_("Choose a picture"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, GTK_FILE_CHOOSER_ACTION_OPEN,
                                              _("_Choose"), _("_Cancel"));
  gtk_file_filter_set_name (pictures, _("Pictures"));
  gtk_file_filter_add_pixbuf_formats (pictures);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->dialog), pictures);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->dialog), TRUE);
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->dialog));
}

static void
on_remove (CfaPhotoRow *self)
{
  set_busy (self, TRUE);
  change (self, NULL);
}

static gboolean
on_drop (CfaPhotoRow *self, const GValue *value)
{
  return take_value (self, value);
}

static void
on_pasted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaPhotoRow) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL && self->session != NULL)
    take_value (self, value);
}

static gboolean
on_paste (GtkWidget *widget, GVariant *args, gpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  GType type = gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ? GDK_TYPE_FILE_LIST : GDK_TYPE_TEXTURE;

  if (!gdk_content_formats_contain_gtype (formats, type))
    return FALSE;
  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, NULL, on_pasted, g_object_ref (widget));
  return TRUE;
}

/* The list may come later than the row. */
static void
find (CfaPhotoRow *self)
{
  CfaRecordItem *item = cfa_record_list_find (cfa_session_get_records (self->session, &cf_agent_shape), self->agent_id);

  if (item == NULL || self->item != NULL)
    return;
  self->item = g_object_ref (item);
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
cfa_photo_row_dispose (GObject *object)
{
  CfaPhotoRow *self = CFA_PHOTO_ROW (object);

  if (self->dialog != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->dialog));
  g_clear_object (&self->dialog);
  g_clear_object (&self->session);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (cfa_photo_row_parent_class)->dispose (object);
}

static void
cfa_photo_row_finalize (GObject *object)
{
  g_free (CFA_PHOTO_ROW (object)->agent_id);
  G_OBJECT_CLASS (cfa_photo_row_parent_class)->finalize (object);
}

static void
cfa_photo_row_class_init (CfaPhotoRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_photo_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_photo_row_finalize;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_v, GDK_CONTROL_MASK, on_paste, NULL);
}

static void
cfa_photo_row_init (CfaPhotoRow *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  self->avatar = adw_avatar_new (AVATAR_SIZE, NULL, TRUE);
  self->spinner = gtk_spinner_new ();
  self->choose_button = gtk_button_new_with_label (_("Choose…"));
  self->remove_button = cfa_setting_remove (_("Remove the photo"));
  gtk_widget_set_margin_top (self->avatar, 12);
  gtk_widget_set_margin_bottom (self->avatar, 12);
  gtk_widget_set_valign (self->choose_button, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Photo"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->avatar);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->spinner);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->choose_button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->remove_button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->choose_button);
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (GTK_WIDGET (self), "drop-place");
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect_object (self->choose_button, "clicked", G_CALLBACK (on_choose), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->remove_button, "clicked", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_photo_row_new:
 * @agent_id: of the person who is signed in, or, for an admin, of anybody
 *
 * Returns: (transfer floating): the photo that is shown of an agent, which can be chosen, dropped, pasted and removed
 */
GtkWidget *
cfa_photo_row_new (CfaSession *session, const char *agent_id)
{
  CfaPhotoRow *self = g_object_new (CFA_TYPE_PHOTO_ROW, NULL);

  self->session = g_object_ref (session);
  self->agent_id = g_strdup (agent_id);
  cfa_face_follow (ADW_AVATAR (self->avatar), session, agent_id);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cfa_session_get_records (session, &cf_agent_shape), "items-changed", G_CALLBACK (find), self, G_CONNECT_SWAPPED);
  update (self);
  find (self);
  return GTK_WIDGET (self);
}
