/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dummy.h"

#include "protocol/methods/agent-params.h"
#include "protocol/records/agent.h"
#include "team.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define SIDE 256

static char *
path_of (const char *photo)
{
  g_autofree char *name = g_strconcat (photo, ".jpg", NULL);

  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  return g_build_filename (g_get_user_cache_dir (), name, NULL);
}

/* Somebody with a collar in front of a wall, by no means an artist's work. */
static void
paint (const char *path)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, SIDE, SIDE);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);

  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      {
        int dx = x - SIDE / 2, dy = y - 100;
        gboolean hair = dx * dx + (dy + 12) * (dy + 12) < 62 * 62 && dy < -8, face = dx * dx * 6 / 4 + dy * dy < 58 * 58;
        gboolean shirt = dx * dx / 2 + (y - 270) * (y - 270) < 95 * 95;
        guint32 color = hair ? 0x4a2f1f : face ? 0xe0ac85 : shirt ? 0x2f6f8f : 0xb9c9a8 - y / 8 * 0x010101;

        pixels[y * stride + x * 3] = color >> 16;
        pixels[y * stride + x * 3 + 1] = (color >> 8) & 255;
        pixels[y * stride + x * 3 + 2] = color & 255;
      }
  gdk_pixbuf_save (pixbuf, path, "jpeg", NULL, NULL);
}

/* The first one of somebody who was seen before this session. */
const char *
dummy_photos_first (void)
{
  static const char photo[] = "Zk3yq0d1Vx5c8mB2nL7pR4tW6uJ9eA-hG_sFoKiQvTY";
  g_autofree char *path = path_of (photo);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    paint (path);
  return photo;
}

/* Returns: (transfer full) (nullable): how it is called */
static char *
keep_picture (const char *picture)
{
  static guint n;
  g_autofree char *photo = g_strdup_printf ("photo-%037u", n++), *path = path_of (photo);
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (picture, &length);

  g_file_set_contents (path, (const char *) bytes, length, NULL);
  return g_steal_pointer (&photo);
}

/* Takes what agent.photo brings as it is. */
void
dummy_photos_set (DummyTeam *team, const CfAgentPhotoParams *params, GTask *task)
{
  CfaRecordItem *item = cfa_record_list_find (dummy_team_get (team, &cf_agent_shape), params->agent_id != NULL ? params->agent_id : DUMMY_AGENT_ID);
  CfAgent *agent = cf_struct_copy (cfa_record_item_get (item));

  g_free (agent->photo);
  agent->photo = params->picture != NULL ? keep_picture (params->picture) : NULL;
  dummy_team_keep (team, agent);
  g_task_return_pointer (task, cf_struct_new (&cf_records_result_shape), cf_struct_unref);
}

void
cfa_session_fetch_photo_async (CfaSession *self, const char *photo, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_return_pointer (task, path_of (photo), g_free);
}

char *
cfa_session_fetch_photo_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cfa_session_forget_photo (CfaSession *self, const char *photo)
{
}
