/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/accounts/photo-service.h"
#include "backend/features/files/clean-image.h"
#include "backend/features/files/photo.h"
#include "protocol/error.h"
#include "protocol/id.h"

#include <string.h>

#define PICTURE "/9j/4AAQSkZJRg=="
#define OTHER_PICTURE "/9j/4AAQSkZJRgE="

typedef struct
{
  const CfdCaller *by;
  const char *agent_id, *picture, *token;
  CfAgent *agent;
  GBytes *bytes;
} Setting;

static gboolean
set_work (CfdTx *tx, gpointer data, GError **error)
{
  Setting *setting = data;

  setting->agent = cfd_photos_set (tx, setting->by, setting->agent_id, setting->picture, error);
  return setting->agent != NULL;
}

static CfAgent *
set (World *world, const CfdCaller *by, const char *agent_id, const char *picture)
{
  Setting setting = { .by = by, .agent_id = agent_id, .picture = picture };
  g_autoptr (GError) error = NULL;

  world_run (world, CFD_DB_WRITE, set_work, &setting, &error);
  g_assert_no_error (error);
  return setting.agent;
}

static gboolean
read_work (CfdTx *tx, gpointer data, GError **error)
{
  Setting *setting = data;

  setting->bytes = cfd_photos_read (tx, setting->token, error);
  return setting->bytes != NULL;
}

static gboolean
is_there (World *world, const char *token)
{
  Setting setting = { .token = token };
  g_autoptr (GError) error = NULL;
  gboolean there = world_run (world, CFD_DB_READ, read_work, &setting, &error);

  g_assert_true (there || g_error_matches (error, CF_ERROR, CF_ERROR_NOT_FOUND));
  if (there)
    g_assert_cmpmem (g_bytes_get_data (setting.bytes, NULL), 3, "\xff\xd8\xff", 3);
  g_clear_pointer (&setting.bytes, g_bytes_unref);
  return there;
}

/* Each picture is elsewhere, and what nobody shows any more is nowhere. */
static void
test_set (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CfAgent) first = set (world, world->agent, world->agent->id, PICTURE), same = set (world, world->agent, world->agent->id, PICTURE);
  g_autoptr (CfAgent) second = NULL, none = NULL;

  g_assert_cmpint (strlen (first->photo), ==, CF_AGENT_PHOTO_LENGTH);
  g_assert_cmpstr (same->photo, ==, first->photo);
  g_assert_cmpint (same->parent.rev, ==, first->parent.rev);
  g_assert_true (is_there (world, first->photo));
  second = set (world, world->admin, world->agent->id, OTHER_PICTURE);
  g_assert_cmpstr (second->photo, !=, first->photo);
  g_assert_false (is_there (world, first->photo));
  g_assert_true (is_there (world, second->photo));
  none = set (world, world->agent, world->agent->id, NULL);
  g_assert_null (none->photo);
  g_assert_false (is_there (world, second->photo));
}

static void
test_rights (void)
{
  g_autoptr (World) world = world_new ();

  world_refuses (world, world->agent, "agent.photo", CF_ERROR_FORBIDDEN, "{\"agent_id\":\"%s\"}", world->admin->id);
  world_refuses (world, world->agent, "agent.photo", CF_ERROR_FORBIDDEN, "{\"agent_id\":\"%s\",\"picture\":\"" PICTURE "\"}", world->admin->id);
  world_refuses (world, world->stranger, "agent.photo", CF_ERROR_NOT_FOUND, "{\"agent_id\":\"%s\"}", world->agent->id);
  /* Nothing is taken that nobody has looked into. */
  world_refuses (world, world->agent, "agent.photo", CF_ERROR_UNAVAILABLE, "{\"picture\":\"" PICTURE "\"}");
}

static guint
count_photos (World *world, const CfdCaller *visitor, const char *agent_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfAgentPhotosResult) result = world_call (world, visitor, "agent.photos", &error, "{\"agent_ids\":[\"%s\"]}", agent_id);

  g_assert_no_error (error);
  return result->photos->len;
}

/* Who has written to them, or has their conversation; not who has left a note. */
static void
test_met (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CfAgent) agent = set (world, world->agent, world->agent->id, PICTURE), admin = set (world, world->admin, world->admin->id, PICTURE);
  g_autoptr (GError) error = NULL;
  g_autofree char *conversation = world_start (world, world->visitor, "hello"), *other = world_start (world, world->other_visitor, "hello");
  g_autofree char *note_id = cf_id_new (), *said_id = cf_id_new (), *taken_id = cf_id_new ();
  g_autoptr (CfStruct) note = NULL, said = NULL, taken = NULL;

  note = world_call (world, world->agent, "note.add", &error, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\"}", note_id, conversation);
  g_assert_no_error (error);
  g_assert_cmpuint (count_photos (world, world->visitor, world->agent->id), ==, 0);
  said = world_call (world, world->agent, "message.send", &error, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"x\"}", said_id, conversation);
  g_assert_no_error (error);
  g_assert_cmpuint (count_photos (world, world->visitor, world->agent->id), ==, 1);
  g_assert_cmpuint (count_photos (world, world->visitor, world->admin->id), ==, 0);
  g_assert_cmpuint (count_photos (world, world->other_visitor, world->agent->id), ==, 0);
  taken = world_call (world, world->admin, "conversation.accept", &error, "{\"id\":\"%s\",\"event_id\":\"%s\"}", other, taken_id);
  g_assert_no_error (error);
  g_assert_cmpuint (count_photos (world, world->other_visitor, world->admin->id), ==, 1);
  g_assert_cmpuint (count_photos (world, world->other_visitor, world->stranger->id), ==, 0);
}

static void
fill (CfdPixels *pixels, guint x, guint y, guint width, guint height, guint32 color)
{
  for (guint row = y; row < y + height; row++)
    for (guint column = x; column < x + width; column++)
      for (guint i = 0; i < pixels->channels; i++)
        pixels->data[((gsize) row * pixels->width + column) * pixels->channels + i] = color >> (24 - 8 * i);
}

static guint32
color_at (const CfdPixels *pixels, guint x, guint y)
{
  const guint8 *pixel = pixels->data + ((gsize) y * pixels->width + x) * 3;

  return pixel[0] << 16 | pixel[1] << 8 | pixel[2];
}

/* The middle of it, on white, and no larger than is needed. */
static void
test_square (void)
{
  static const struct { guint width, height, side; } sizes[] = { { 1, 1, 1 }, { 3, 9, 3 }, { 256, 257, 256 }, { 1000, 600, 256 }, { 10000, 1, 1 } };
  g_auto (CfdPixels) wide = { 0 }, glass = { 0 }, photo = { 0 }, white = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto (CfdPixels) picture = { 0 }, made = { 0 };

      g_assert_true (cfd_pixels_alloc (&picture, sizes[i].width, sizes[i].height, 3, NULL));
      fill (&picture, 0, 0, picture.width, picture.height, 0x11223300);
      g_assert_true (cfd_photo_square (&picture, &made, &error));
      g_assert_cmpuint (made.width, ==, sizes[i].side);
      g_assert_cmpuint (made.height, ==, sizes[i].side);
      g_assert_cmphex (color_at (&made, made.width - 1, made.height - 1), ==, 0x112233);
    }
  g_assert_true (cfd_pixels_alloc (&wide, 1200, 400, 3, NULL));
  fill (&wide, 0, 0, 1200, 400, 0xff000000);
  fill (&wide, 400, 0, 400, 400, 0x0000ff00);
  g_assert_true (cfd_photo_square (&wide, &photo, &error));
  g_assert_cmphex (color_at (&photo, 0, 0), ==, 0x0000ff);
  g_assert_cmphex (color_at (&photo, 255, 255), ==, 0x0000ff);
  g_assert_true (cfd_pixels_alloc (&glass, 4, 4, 4, NULL));
  fill (&glass, 0, 0, 4, 4, 0x12345600);
  g_assert_true (cfd_photo_square (&glass, &white, &error));
  g_assert_cmphex (color_at (&white, 2, 2), ==, 0xffffff);
}

/* Of two frames, the red one. */
static void
test_first_frame (void)
{
  static const char gif[] = "R0lGODlhBAAEAPAAAP8AAAAAACH5BAAKAAAAIf8LTkVUU0NBUEUyLjADAQAAACwAAAAABAAEAAACBISPCQUAIfkEAAoAAAAsAAAAAAQABACAAAD/AAAAAgSEjwkFADs=";
  gsize length;
  guint8 *decoded = g_base64_decode (gif, &length);
  g_autoptr (GBytes) bytes = g_bytes_new_take (decoded, length), cut = g_bytes_new_from_bytes (bytes, 0, 30);
  g_auto (CfdPixels) pixels = { 0 }, none = { 0 };
  g_autoptr (GError) error = NULL, broken = NULL;

  g_assert_true (cfd_decode_gif (bytes, &pixels, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (pixels.width, ==, 4);
  g_assert_cmpmem (pixels.data, 4, "\xff\0\0\xff", 4);
  g_assert_false (cfd_decode_gif (cut, &none, &broken));
  g_assert_error (broken, CF_ERROR, CF_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/photos/set", test_set);
  g_test_add_func ("/photos/rights", test_rights);
  g_test_add_func ("/photos/met", test_met);
  g_test_add_func ("/photos/square", test_square);
  g_test_add_func ("/photos/first-frame", test_first_frame);
  return g_test_run ();
}
