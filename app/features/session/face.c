/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "face.h"

#include "app/features/files/picture-loader.h"

#include "protocol/records/agent.h"

#define SIDE 256 /* pixels: as large as the server has them */

/**
 * Faces:
 * The photos that were looked at in a session. Each is read and decoded once, whoever shows it, and kept for as long as somebody has it.
 */
typedef struct
{
  GHashTable *pictures; /* photo -> GdkPaintable */
  GHashTable *awaited;  /* photo -> GPtrArray of GWeakRef: the avatars that wait for it */
} Faces;

/* Whose photo an avatar shows. */
typedef struct
{
  AdwAvatar *avatar; /* not owned: it owns this */
  CfaSession *session;
  char *agent_id;
  CfaRecordItem *item; /* (nullable): not known, or not yet */
  char *photo; /* (nullable): what is shown or on its way */
} Face;

typedef struct
{
  CfaSession *session;
  char *photo;
} Fetch;

static void
faces_free (Faces *faces)
{
  g_hash_table_unref (faces->pictures);
  g_hash_table_unref (faces->awaited);
  g_free (faces);
}

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static Faces *
faces_of (CfaSession *session)
{
  Faces *faces = g_object_get_data (G_OBJECT (session), "faces");

  if (faces != NULL)
    return faces;
  faces = g_new0 (Faces, 1);
  faces->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  faces->awaited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_object_set_data_full (G_OBJECT (session), "faces", faces, (GDestroyNotify) faces_free);
  return faces;
}

static void
fetch_free (Fetch *fetch)
{
  g_object_unref (fetch->session);
  g_free (fetch->photo);
  g_free (fetch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetch, fetch_free)

static void
show (AdwAvatar *avatar, const char *photo, GdkPaintable *picture)
{
  const Face *face = g_object_get_data (G_OBJECT (avatar), "face");

  if (face != NULL && g_strcmp0 (face->photo, photo) == 0)
    adw_avatar_set_custom_image (avatar, picture);
}

/* The initials stay; when something is heard of the agent, as after a new connection, it is tried again. */
static void
give_up (AdwAvatar *avatar, const char *photo)
{
  Face *face = g_object_get_data (G_OBJECT (avatar), "face");

  if (face != NULL && g_strcmp0 (face->photo, photo) == 0)
    g_clear_pointer (&face->photo, g_free);
}

/* @picture: (nullable): NULL where it failed */
static void
arrive (CfaSession *session, const char *photo, GdkPaintable *picture)
{
  Faces *faces = faces_of (session);
  g_autoptr (GPtrArray) waiting = g_ptr_array_ref (g_hash_table_lookup (faces->awaited, photo));

  g_hash_table_remove (faces->awaited, photo);
  if (picture != NULL)
    g_hash_table_replace (faces->pictures, g_strdup (photo), g_object_ref (picture));
  for (guint i = 0; i < waiting->len; i++)
    {
      g_autoptr (AdwAvatar) avatar = g_weak_ref_get (waiting->pdata[i]);

      if (avatar != NULL && picture != NULL)
        show (avatar, photo, picture);
      else if (avatar != NULL)
        give_up (avatar, photo);
    }
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Fetch) fetch = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPaintable) picture = cfa_picture_load_finish (result, &error);

  if (picture == NULL)
    g_message ("a photo cannot be shown: %s", error->message);
  arrive (fetch->session, fetch->photo, picture);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Fetch) fetch = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = cfa_session_fetch_photo_finish (fetch->session, result, &error);

  if (path != NULL)
    {
      cfa_picture_load_async (path, SIDE, SIDE, NULL, on_loaded, g_steal_pointer (&fetch));
      return;
    }
  g_debug ("a photo was not fetched: %s", error->message);
  arrive (fetch->session, fetch->photo, NULL);
}

static void
want (Face *face)
{
  Faces *faces = faces_of (face->session);
  GdkPaintable *picture = g_hash_table_lookup (faces->pictures, face->photo);
  GPtrArray *waiting = g_hash_table_lookup (faces->awaited, face->photo);
  GWeakRef *weak;
  Fetch *fetch;

  if (picture != NULL)
    {
      adw_avatar_set_custom_image (face->avatar, picture);
      return;
    }
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, face->avatar);
  if (waiting != NULL)
    {
      g_ptr_array_add (waiting, weak);
      return;
    }
  waiting = g_ptr_array_new_with_free_func (weak_free);
  g_ptr_array_add (waiting, weak);
  g_hash_table_insert (faces->awaited, g_strdup (face->photo), waiting);
  fetch = g_new0 (Fetch, 1);
  fetch->session = g_object_ref (face->session);
  fetch->photo = g_strdup (face->photo);
  cfa_session_fetch_photo_async (face->session, face->photo, on_fetched, fetch);
}

/* The one before is nobody's any more. */
static void
forget (Face *face)
{
  if (g_hash_table_remove (faces_of (face->session)->pictures, face->photo))
    cfa_session_forget_photo (face->session, face->photo);
}

static void
update (Face *face)
{
  const CfAgent *agent = face->item != NULL && !cfa_record_item_is_gone (face->item) ? cfa_record_item_get (face->item) : NULL;
  const char *photo = agent != NULL ? agent->photo : NULL;

  if (g_strcmp0 (photo, face->photo) == 0)
    return;
  if (face->photo != NULL)
    forget (face);
  g_free (face->photo);
  face->photo = g_strdup (photo);
  adw_avatar_set_custom_image (face->avatar, NULL);
  if (photo != NULL)
    want (face);
}

static void on_changed (CfaRecordItem *item, AdwAvatar *avatar);
static void on_listed (GListModel *agents, guint position, guint removed, guint added, AdwAvatar *avatar);

static CfaRecordList *
agents_of (CfaSession *session)
{
  return cfa_session_get_records (session, &cf_agent_shape);
}

/* The list may come later than the avatar. */
static void
find (Face *face)
{
  CfaRecordItem *item = cfa_record_list_find (agents_of (face->session), face->agent_id);

  if (item == NULL || face->item != NULL)
    return;
  g_signal_handlers_disconnect_by_func (agents_of (face->session), on_listed, face->avatar);
  face->item = g_object_ref (item);
  g_signal_connect_object (item, "changed", G_CALLBACK (on_changed), face->avatar, 0);
  update (face);
}

static void
on_changed (CfaRecordItem *item, AdwAvatar *avatar)
{
  update (g_object_get_data (G_OBJECT (avatar), "face"));
}

static void
on_listed (GListModel *agents, guint position, guint removed, guint added, AdwAvatar *avatar)
{
  find (g_object_get_data (G_OBJECT (avatar), "face"));
}

static void
face_free (Face *face)
{
  g_clear_object (&face->item);
  g_object_unref (face->session);
  g_free (face->agent_id);
  g_free (face->photo);
  g_free (face);
}

/* Nobody's any more. */
static void
unfollow (AdwAvatar *avatar, Face *face)
{
  if (face->item != NULL)
    g_signal_handlers_disconnect_by_func (face->item, on_changed, avatar);
  else
    g_signal_handlers_disconnect_by_func (agents_of (face->session), on_listed, avatar);
  g_object_set_data (G_OBJECT (avatar), "face", NULL);
  adw_avatar_set_custom_image (avatar, NULL);
}

/**
 * cfa_face_follow:
 * @avatar: has its text by whoever made it
 * @session: (nullable):
 * @agent_id: (nullable): NULL, and where there is no session: nobody of the team, whoever it was before
 *
 * Shows the photo of an agent, whatever becomes of it; the initials while it is on its way, where they have none and where it cannot be shown.
 */
void
cfa_face_follow (AdwAvatar *avatar, CfaSession *session, const char *agent_id)
{
  Face *face = g_object_get_data (G_OBJECT (avatar), "face");

  if (face != NULL && face->session == session && g_strcmp0 (face->agent_id, agent_id) == 0)
    return;
  if (face != NULL)
    unfollow (avatar, face);
  if (session == NULL || agent_id == NULL)
    return;
  face = g_new0 (Face, 1);
  face->avatar = avatar;
  face->session = g_object_ref (session);
  face->agent_id = g_strdup (agent_id);
  g_object_set_data_full (G_OBJECT (avatar), "face", face, (GDestroyNotify) face_free);
  g_signal_connect_object (agents_of (session), "items-changed", G_CALLBACK (on_listed), avatar, 0);
  find (face);
}
