/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who was erased at the server is in no file of the copy: neither table nor index, log, draft or outbox. */
#define _GNU_SOURCE /* memmem() */
#include "app/cache/cache.h"
#include "app/features/session/write.h"

#include "open-cache.h"

#include "protocol/id.h"
#include "protocol/records/conversation.h"
#include "protocol/records/file.h"
#include "protocol/records/message.h"
#include "protocol/records/scheduled-message.h"
#include "protocol/records/visitor.h"

#include <string.h>

#define SERVER "https://chat.example.com"
#define WORD 14
#define TEXTS 120

typedef struct
{
  char *agent_id, *path;
  CfaCache *cache;
  GRand *random;
  gint64 rev;
} World;

typedef struct
{
  char *visitor_id, *conversation_id, *file_id, *scheduled_id;
  GPtrArray *messages; /* ids */
  GPtrArray *words;    /* that nobody else has said */
} Person;

static char *
new_word (World *world, Person *person)
{
  static const char letters[] = "bcdfghjklmnpqrstvwxz";
  char *word = g_malloc0 (WORD + 1);

  for (int i = 0; i < WORD; i++)
    word[i] = letters[g_rand_int_range (world->random, 0, sizeof letters - 1)];
  g_ptr_array_add (person->words, g_strdup (word));
  return word;
}

/* @record: (transfer full) */
static void
put (World *world, gpointer record)
{
  g_autoptr (GPtrArray) records = cf_structs_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CfaDelta) delta = NULL;
  g_autoptr (GError) error = NULL;

  ((CfRecord *) record)->rev = world->rev + 1;
  g_ptr_array_add (records, record);
  cfa_cache_apply_changes_async (world->cache, world->rev, world->rev + 1, FALSE, records, wait_keep_result, &result);
  world->rev++;
  wait_until (result != NULL);
  delta = cfa_cache_delta_finish (result, &error);
  g_assert_no_error (error);
}

static void
take_away (World *world, const CfShape *shape, const char *id)
{
  CfRecord *record = cf_struct_new (shape);

  record->id = g_strdup (id);
  record->deleted = TRUE;
  put (world, record);
}

static void
say (World *world, Person *person, guint n_words)
{
  CfMessage *message = cf_struct_new (&cf_message_shape);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    {
      g_autofree char *word = new_word (world, person);

      g_string_append_printf (text, "%s hello ", word);
    }
  message->parent.id = cf_id_new ();
  message->conversation_id = g_strdup (person->conversation_id);
  message->position = world->rev;
  message->author_kind = CF_AUTHOR_VISITOR;
  message->text = g_string_free (text, FALSE);
  g_ptr_array_add (person->messages, g_strdup (message->parent.id));
  put (world, message);
}

static Person *
person_new (World *world)
{
  Person *person = g_new0 (Person, 1);
  CfVisitor *visitor = cf_struct_new (&cf_visitor_shape);
  CfConversation *conversation = cf_struct_new (&cf_conversation_shape);
  CfFile *file = cf_struct_new (&cf_file_shape);
  CfScheduledMessage *later = cf_struct_new (&cf_scheduled_message_shape);

  person->words = g_ptr_array_new_with_free_func (g_free);
  person->messages = g_ptr_array_new_with_free_func (g_free);
  visitor->parent.id = person->visitor_id = cf_id_new ();
  visitor->name = new_word (world, person);
  visitor->email = new_word (world, person);
  conversation->parent.id = person->conversation_id = cf_id_new ();
  conversation->visitor_id = g_strdup (person->visitor_id);
  conversation->preview = new_word (world, person);
  file->parent.id = person->file_id = cf_id_new ();
  file->conversation_id = g_strdup (person->conversation_id);
  file->name = new_word (world, person);
  later->parent.id = person->scheduled_id = cf_id_new ();
  later->conversation_id = g_strdup (person->conversation_id);
  later->text = new_word (world, person);
  person->visitor_id = g_strdup (person->visitor_id);
  person->conversation_id = g_strdup (person->conversation_id);
  person->file_id = g_strdup (person->file_id);
  person->scheduled_id = g_strdup (person->scheduled_id);
  put (world, visitor);
  put (world, conversation);
  put (world, file);
  put (world, later);
  return person;
}

static void
person_free (Person *person)
{
  g_free (person->visitor_id);
  g_free (person->conversation_id);
  g_free (person->file_id);
  g_free (person->scheduled_id);
  g_ptr_array_unref (person->messages);
  g_ptr_array_unref (person->words);
  g_free (person);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Person, person_free)

/* What the agent has written there, and not sent. */
static void
begin_to_answer (World *world, Person *person)
{
  g_autofree char *draft = new_word (world, person), *note = new_word (world, person), *answer = new_word (world, person);
  g_autoptr (CfaOutboxRow) row = cfa_write_new_text (NULL, person->conversation_id, answer, FALSE, NULL, NULL, NULL, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CfaDelta) delta = NULL;

  cfa_cache_enqueue_async (world->cache, row, wait_keep_result, &result);
  wait_until (result != NULL);
  delta = cfa_cache_delta_finish (result, NULL);
  g_assert_nonnull (delta);
  /* Later: what is sent takes the draft along. */
  cfa_cache_set_draft (world->cache, person->conversation_id, draft, FALSE);
  cfa_cache_set_draft (world->cache, person->conversation_id, note, TRUE);
}

/* Piece by piece, as the daemon does it. */
static void
erase (World *world, Person *person)
{
  take_away (world, &cf_visitor_shape, person->visitor_id);
  take_away (world, &cf_conversation_shape, person->conversation_id);
  for (guint i = 0; i < person->messages->len; i++)
    take_away (world, &cf_message_shape, person->messages->pdata[i]);
  take_away (world, &cf_file_shape, person->file_id);
  take_away (world, &cf_scheduled_message_shape, person->scheduled_id);
}

/* An index keeps of a word what the one before it has not, so the second half counts too. */
static guint
count_traces (World *world, const Person *person, gboolean halves)
{
  static const char *const parts[] = { "", "-wal" };
  guint found = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strconcat (world->path, parts[i], NULL), *bytes = NULL;
      gsize length;

      if (!g_file_get_contents (path, &bytes, &length, NULL))
        continue;
      for (guint k = 0; k < person->words->len; k++)
        {
          const char *word = (const char *) person->words->pdata[k] + (halves ? WORD / 2 : 0);

          found += memmem (bytes, length, word, strlen (word)) != NULL;
        }
    }
  return found;
}

static void
reopen (World *world)
{
  wait_idle ();
  g_assert_finalize_object (g_steal_pointer (&world->cache));
  world->cache = open_cache (SERVER, world->agent_id);
}

static void
set_up (World *world, gconstpointer data)
{
  world->agent_id = cf_id_new ();
  world->path = cfa_cache_path (SERVER, world->agent_id);
  world->cache = open_cache (SERVER, world->agent_id);
  world->random = g_rand_new_with_seed (17);
}

static void
tear_down (World *world, gconstpointer data)
{
  wait_idle ();
  g_assert_finalize_object (g_steal_pointer (&world->cache));
  g_rand_free (world->random);
  g_free (world->agent_id);
  g_free (world->path);
}

/* Both talk at once, so that their words share pages, and pages are split. */
static void
talk (World *world, Person *one, Person *other)
{
  for (guint i = 0; i < TEXTS; i++)
    {
      say (world, one, 1 + i % 20);
      say (world, other, 1 + i % 13);
    }
  begin_to_answer (world, one);
  begin_to_answer (world, other);
}

static gpointer
outbox (World *world)
{
  g_autoptr (GAsyncResult) result = NULL;

  cfa_cache_outbox_async (world->cache, wait_keep_result, &result);
  wait_until (result != NULL);
  return cfa_cache_array_finish (result, NULL);
}

static void
test_erased (World *world, gconstpointer data)
{
  g_autoptr (Person) theirs = person_new (world), others = person_new (world);
  g_autoptr (GPtrArray) waiting = NULL;

  talk (world, theirs, others);
  g_assert_cmpuint (count_traces (world, theirs, FALSE), >=, theirs->words->len);
  erase (world, theirs);
  wait_until (count_traces (world, theirs, TRUE) == 0);
  /* Nothing of anybody else is lost. */
  reopen (world);
  g_assert_cmpuint (count_traces (world, others, FALSE), >=, others->words->len);
  waiting = outbox (world);
  g_assert_cmpuint (waiting->len, ==, 1);
  g_assert_cmpstr (((CfaOutboxRow *) waiting->pdata[0])->conversation_id, ==, others->conversation_id);
}

static void
test_after_the_next_start (World *world, gconstpointer data)
{
  g_autoptr (Person) theirs = person_new (world), others = person_new (world);

  talk (world, theirs, others);
  erase (world, theirs);
  reopen (world); /* before it has begun */
  g_assert_cmpuint (count_traces (world, theirs, TRUE), >, 0);
  wait_until (count_traces (world, theirs, TRUE) == 0);
}

/* The words that are typed in the moment in which the person goes. */
static void
test_late_draft (World *world, gconstpointer data)
{
  g_autoptr (Person) theirs = person_new (world);
  g_autofree char *draft = NULL;

  take_away (world, &cf_conversation_shape, theirs->conversation_id);
  draft = new_word (world, theirs);
  cfa_cache_set_draft (world->cache, theirs->conversation_id, draft, FALSE);
  take_away (world, &cf_visitor_shape, theirs->visitor_id);
  take_away (world, &cf_file_shape, theirs->file_id);
  take_away (world, &cf_scheduled_message_shape, theirs->scheduled_id);
  wait_until (count_traces (world, theirs, TRUE) == 0);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*test) (World *, gconstpointer); } tests[] = {
    { "/app/forget/erased", test_erased },
    { "/app/forget/after-the-next-start", test_after_the_next_start },
    { "/app/forget/late-draft", test_late_draft },
  };
  g_autofree char *folder = g_dir_make_tmp ("chatflow-forget-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, World, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
