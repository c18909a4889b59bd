/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/files/file-address.h"
#include "backend/features/files/file-service.h"
#include "backend/features/files/file.h"
#include "protocol/error.h"
#include "protocol/id.h"

#include <string.h>

typedef struct
{
  const CfdCaller *caller;
  const char *conversation_id, *id;
  gboolean staff_only;
  guint taken;
} Taking;

static gboolean
make_ready (CfdTx *tx, gpointer data, GError **error)
{
  g_autoptr (CfFile) file = cfd_tx_get (tx, error, &cf_file_shape, data);

  file->state = CF_FILE_READY;
  return cfd_tx_put (tx, file, error);
}

static gboolean
take (CfdTx *tx, gpointer data, GError **error)
{
  Taking *taking = data;
  const char *const ids[] = { taking->id, NULL };
  g_autoptr (CfConversation) conversation = cfd_tx_get (tx, error, &cf_conversation_shape, taking->conversation_id);
  g_autoptr (GPtrArray) files = cfd_files_take (tx, taking->caller, conversation, ids, taking->staff_only, error);

  taking->taken = files != NULL ? files->len : 0;
  return files != NULL;
}

static char *
create (World *world, const CfdCaller *caller, const char *conversation, const char *note)
{
  g_autofree char *id = cf_id_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) result = world_call (world, caller, "file.create", &error, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"name\":\"a.txt\",\"size\":5%s}",
                                            id, conversation, note);

  g_assert_no_error (error);
  return g_steal_pointer (&id);
}

static void
takes (World *world, Taking taking, int code)
{
  g_autoptr (GError) error = NULL;
  gboolean good = world_run (world, CFD_DB_WRITE, take, &taking, &error);

  g_assert_cmpint (good, ==, code < 0);
  if (code < 0)
    g_assert_cmpuint (taking.taken, ==, 1);
  else
    g_assert_error (error, CF_ERROR, code);
}

/* Each rule by which a message takes a file. */
static void
test_take (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello"), *other = world_start (world, world->other_visitor, "hello");
  g_autofree char *id = create (world, world->agent, conversation, ""), *note = create (world, world->agent, conversation, ",\"note\":true");

  takes (world, (Taking) { world->agent, conversation, id, FALSE }, CF_ERROR_CONFLICT); /* not ready */
  g_assert_true (world_run (world, CFD_DB_WRITE, make_ready, id, NULL));
  g_assert_true (world_run (world, CFD_DB_WRITE, make_ready, note, NULL));
  takes (world, (Taking) { world->admin, conversation, id, FALSE }, CF_ERROR_NOT_FOUND);    /* another author's */
  takes (world, (Taking) { world->visitor, conversation, id, FALSE }, CF_ERROR_NOT_FOUND);  /* which the visitor does not see yet */
  takes (world, (Taking) { world->stranger, conversation, id, FALSE }, CF_ERROR_NOT_FOUND); /* another organisation's */
  takes (world, (Taking) { world->agent, other, id, FALSE }, CF_ERROR_NOT_FOUND);           /* another conversation */
  takes (world, (Taking) { world->agent, conversation, id, TRUE }, CF_ERROR_CONFLICT);
  takes (world, (Taking) { world->agent, conversation, note, FALSE }, CF_ERROR_CONFLICT);
  takes (world, (Taking) { world->agent, conversation, id, FALSE }, -1);
  takes (world, (Taking) { world->agent, conversation, id, FALSE }, CF_ERROR_CONFLICT); /* a second time */
  takes (world, (Taking) { world->agent, conversation, note, TRUE }, -1);
  world_refuses (world, world->stranger, "file.link", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", id);
  world_refuses (world, world->visitor, "file.link", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", note);
  world_refuses (world, world->other_visitor, "file.link", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", id);
  cf_struct_unref (world_call (world, world->visitor, "file.link", NULL, "{\"id\":\"%s\"}", id));
}

static void
test_address (void)
{
  g_autofree char *address = cfd_file_address_new ("secret", "id", "a b.txt", 1000);
  g_auto (GStrv) parts = g_strsplit (address, "/", -1);
  gint64 expires_at;

  g_assert_cmpstr (parts[4], ==, "a%20b.txt");
  g_assert_true (cfd_file_address_check ("secret", "id", parts[3], 999, &expires_at));
  g_assert_cmpint (expires_at, ==, 1000);
  g_assert_false (cfd_file_address_check ("secret", "id", parts[3], 1000, &expires_at));
  g_assert_false (cfd_file_address_check ("secret", "di", parts[3], 999, &expires_at));
  g_assert_false (cfd_file_address_check ("other", "id", parts[3], 999, &expires_at));
  g_assert_false (cfd_file_address_check (NULL, "id", parts[3], 999, &expires_at));
  parts[3][0] = 'f'; /* a later end */
  g_assert_false (cfd_file_address_check ("secret", "id", parts[3], 999, &expires_at));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/take", test_take);
  g_test_add_func ("/files/address", test_address);
  return g_test_run ();
}
