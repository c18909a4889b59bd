/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/files/file-address.h"
#include "backend/features/files/file-service.h"
#include "backend/features/files/file.h"
#include "backend/features/files/site-files.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/methods/site-params.h"

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
configure (World *world, const char *files)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) before = world_call (world, world->admin, "site.settings", &error, "{\"id\":\"%s\"}", world->visitor->site_id);
  g_autoptr (CfStruct) after = NULL;

  g_assert_no_error (error);
  after = world_call (world, world->admin, "site.configure", &error, "{\"id\":\"%s\",\"version\":%" G_GINT64_FORMAT ",\"files\":%s}", world->visitor->site_id,
                      ((CfSiteSettings *) before)->version, files);
  g_assert_no_error (error);
}

typedef struct
{
  const char *id, *media_type;
  gboolean allowed;
} Asking;

static gboolean
ask_type (CfdTx *tx, gpointer data, GError **error)
{
  Asking *asking = data;
  g_autoptr (CfFile) file = cfd_tx_get (tx, error, &cf_file_shape, asking->id);

  return cfd_site_files_allow (tx, file, asking->media_type, &asking->allowed, error);
}

static gboolean
allows (World *world, const char *id, const char *media_type)
{
  Asking asking = { id, media_type, FALSE };

  g_assert_true (world_run (world, CFD_DB_READ, ask_type, &asking, NULL));
  return asking.allowed;
}

/* What a site takes from its visitors says nothing of what the team sends. */
static void
test_site (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello"), *new_id = cf_id_new ();
  g_autofree char *id = create (world, world->visitor, conversation, ""), *ours = create (world, world->agent, conversation, "");
  const char *const announce = "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"name\":\"a.txt\",\"size\":5}";

  g_assert_true (allows (world, id, "text/plain"));
  configure (world, "{\"max_size\":4,\"types\":[\"image/*\",\"application/pdf\"]}");
  world_refuses (world, world->visitor, "file.create", CF_ERROR_TOO_LARGE, announce, new_id, conversation);
  g_assert_false (allows (world, id, "text/plain"));
  g_assert_true (allows (world, id, "image/png"));
  g_assert_true (allows (world, id, "application/pdf"));
  g_assert_true (allows (world, ours, "text/plain"));
  configure (world, "{\"off\":true}");
  world_refuses (world, world->visitor, "file.create", CF_ERROR_FORBIDDEN, announce, new_id, conversation);
  cf_struct_unref (world_call (world, world->agent, "file.create", NULL, announce, new_id, conversation));
}

/* Whoever takes files away may bring others; nobody takes away what is another's, or what was sent. */
static void
test_cancel (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello"), *more = cf_id_new (), *sent = NULL;

  for (guint i = 0; i < CFD_FILES_UNFINISHED; i++)
    {
      g_autofree char *id = create (world, world->visitor, conversation, "");

      if (i > 0)
        continue;
      sent = g_strdup (id);
      world_refuses (world, world->other_visitor, "file.cancel", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", id);
      world_refuses (world, world->agent, "file.cancel", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\"}", id);
    }
  world_refuses (world, world->visitor, "file.create", CF_ERROR_RATE_LIMITED, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"name\":\"a\",\"size\":5}", more, conversation);
  for (guint i = 0; i < 2; i++) /* the second time it is so already */
    {
      g_autoptr (CfFileResult) result = (CfFileResult *) world_call (world, world->visitor, "file.cancel", NULL, "{\"id\":\"%s\"}", sent);

      g_assert_cmpint (((CfFile *) result->records->pdata[0])->state, ==, CF_FILE_REFUSED);
    }
  g_free (sent);
  sent = create (world, world->visitor, conversation, "");
  g_assert_true (world_run (world, CFD_DB_WRITE, make_ready, sent, NULL));
  takes (world, (Taking) { world->visitor, conversation, sent, FALSE }, -1);
  world_refuses (world, world->visitor, "file.cancel", CF_ERROR_CONFLICT, "{\"id\":\"%s\"}", sent);
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
  g_test_add_func ("/files/site", test_site);
  g_test_add_func ("/files/cancel", test_cancel);
  g_test_add_func ("/files/address", test_address);
  return g_test_run ();
}
