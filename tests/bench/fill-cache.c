/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Fills the cache of a signed-in agent as a server would, through the client's own code, for tests/bench/client.mjs:
 *
 *   fill-cache CONVERSATIONS
 *
 * in XDG_DATA_HOME. Of every ten conversations seven are the agent's, one is nobody's, one a colleague's and one closed, over two years;
 * the newest has 5,000 messages, of which the last 60 are unread. No token is kept, so the client shows the cache and calls nobody.
 */
#include "app/cache/account.h"
#include "app/cache/cache.h"

#include "protocol/id.h"
#include "protocol/records/agent.h"
#include "protocol/records/conversation.h"
#include "protocol/records/message.h"
#include "protocol/records/organisation.h"
#include "protocol/records/read-mark.h"
#include "protocol/records/site.h"
#include "protocol/records/visitor.h"

#include <stdlib.h>

#define SERVER "https://chat.example.com"
#define BATCH 500
#define UNDER_WAY_MAX 8
#define SPAN_MS ((gint64) 730 * 24 * 60 * 60 * 1000)
#define LONG_MESSAGES 5000
#define LONG_UNREAD 60

static const char *const first_names[] = { "Ana", "Bruno", "Chiara", "Dmitri", "Elif", "Farid", "Grace", "Hiroshi", "Ines", "Jürgen", "Kofi",
                                           "Leïla", "Mei", "Nikola", "Olga", "Priya", "Søren", "林", "Tomás", "ليلى" };
static const char *const last_names[] = { "Sousa", "Keller", "Conti", "Ivanov", "Yılmaz", "Haddad", "Okafor", "Tanaka", "Weiß", "O’Brien", "小明" };
static const char *const texts[] = { "Hi, my order hasn't arrived yet", "Do you ship to Iceland?", "你好，我想退貨，請問要怎麼做？", "Thanks, that was quick 🎉",
                                     "Could you send me the invoice for last month? The one in my account is empty.", "Is the blue one back in stock?",
                                     "I can't sign in any more since the update, it says that my session has expired", "Great, have a nice day!" };

typedef struct
{
  CfaCache *cache;
  GRand *rand;
  GPtrArray *records;
  gint64 rev;
  gint64 stored; /* up to where the records were given to the cache */
  guint under_way;
  char *agent_id, *site_id;
} Filler;

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = cfa_cache_delta_finish (result, &error);

  ((Filler *) data)->under_way--;
  if (delta == NULL)
    g_error ("fill-cache: %s", error->message);
}

static void
flush (Filler *self)
{
  self->under_way++;
  cfa_cache_apply_changes_async (self->cache, self->stored, self->rev, FALSE, self->records, on_stored, self);
  g_ptr_array_unref (self->records);
  self->records = cf_structs_new ();
  self->stored = self->rev;
  while (self->under_way > UNDER_WAY_MAX)
    g_main_context_iteration (NULL, TRUE);
}

/* @record: (transfer full) */
static void
add (Filler *self, gpointer record)
{
  CfRecord *base = record;

  if (base->id == NULL)
    base->id = cf_id_new ();
  base->rev = ++self->rev;
  g_ptr_array_add (self->records, record);
  if (self->records->len >= BATCH)
    flush (self);
}

static const char *
pick (Filler *self, const char *const *words, guint n)
{
  return words[g_rand_int_range (self->rand, 0, n)];
}

static CfMessage *
add_message (Filler *self, const char *conversation_id, gboolean visitor, gint64 at)
{
  CfMessage *message = cf_struct_new (&cf_message_shape);

  message->conversation_id = g_strdup (conversation_id);
  message->author_kind = visitor ? CF_AUTHOR_VISITOR : CF_AUTHOR_AGENT;
  message->author_id = visitor ? cf_id_new () : g_strdup (self->agent_id);
  message->author_name = g_strdup (visitor ? "Visitor" : "Ana");
  message->text = g_strdup (pick (self, texts, G_N_ELEMENTS (texts)));
  message->created_at = at;
  message->position = self->rev + 1;
  add (self, message);
  return message;
}

static void
add_read_mark (Filler *self, const char *conversation_id, gint64 position)
{
  CfReadMark *mark = cf_struct_new (&cf_read_mark_shape);

  mark->conversation_id = g_strdup (conversation_id);
  mark->reader_kind = CF_AUTHOR_AGENT;
  mark->reader_id = g_strdup (self->agent_id);
  mark->position = position;
  add (self, mark);
}

static void
add_conversation (Filler *self, guint i, gint64 at, gboolean last)
{
  CfVisitor *visitor = cf_struct_new (&cf_visitor_shape);
  CfConversation *conversation = cf_struct_new (&cf_conversation_shape);
  guint n = last ? LONG_MESSAGES : 2;
  gint64 seen = 0;

  visitor->parent.id = cf_id_new ();
  visitor->site_id = g_strdup (self->site_id);
  visitor->name = g_strdup_printf ("%s %s", pick (self, first_names, G_N_ELEMENTS (first_names)), pick (self, last_names, G_N_ELEMENTS (last_names)));
  visitor->email = g_strdup_printf ("visitor%u@example.com", i);
  conversation->parent.id = cf_id_new ();
  conversation->visitor_id = g_strdup (visitor->parent.id);
  conversation->site_id = g_strdup (self->site_id);
  conversation->status = i % 10 == 9 && !last ? CF_CONVERSATION_CLOSED : CF_CONVERSATION_OPEN;
  if (i % 10 != 7)
    conversation->assignee_id = g_strdup (i % 10 == 8 && !last ? visitor->parent.id : self->agent_id);
  conversation->assignee_name = conversation->assignee_id != NULL ? g_strdup (i % 10 == 8 && !last ? "Bruno" : "Ana") : NULL;
  conversation->created_at = conversation->last_message_at = at;
  conversation->preview = g_strdup (pick (self, texts, G_N_ELEMENTS (texts)));
  add (self, visitor);
  for (guint j = 0; j < n; j++)
    {
      CfMessage *message = add_message (self, conversation->parent.id, j % 3 != 1, at - (gint64) (n - j) * 60000);

      if (j + LONG_UNREAD < n || (!last && i % 12 > 0))
        seen = message->position;
      conversation->last_position = message->position;
    }
  if (seen > 0)
    add_read_mark (self, conversation->parent.id, seen);
  add (self, conversation);
}

static void
add_team (Filler *self)
{
  CfOrganisation *organisation = cf_struct_new (&cf_organisation_shape);
  CfAgent *agent = cf_struct_new (&cf_agent_shape);
  CfSite *site = cf_struct_new (&cf_site_shape);

  organisation->name = g_strdup ("Northwind");
  agent->parent.id = g_strdup (self->agent_id);
  agent->name = g_strdup ("Ana");
  agent->email = g_strdup ("ana@example.com");
  site->parent.id = g_strdup (self->site_id);
  site->name = g_strdup ("Northwind Store");
  add (self, organisation);
  add (self, agent);
  add (self, site);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  ((Filler *) data)->cache = cfa_cache_open_finish (result, &error);
  if (error != NULL)
    g_error ("fill-cache: %s", error->message);
}

int
main (int argc, char **argv)
{
  guint n = argc == 2 ? (guint) strtoul (argv[1], NULL, 10) : 0;
  Filler self = { .agent_id = cf_id_new (), .site_id = cf_id_new (), .rand = g_rand_new_with_seed (17), .records = cf_structs_new () };
  g_autoptr (CfaAccount) account = cfa_account_new (SERVER, self.agent_id, "Ana", "ana@example.com");
  g_autoptr (GError) error = NULL;
  gint64 now = cf_now ();

  if (n == 0)
    {
      g_printerr ("usage: fill-cache CONVERSATIONS\n");
      return 2;
    }
  if (!cfa_account_save (account, &error))
    g_error ("fill-cache: %s", error->message);
  cfa_cache_open_async (SERVER, self.agent_id, on_opened, &self);
  while (self.cache == NULL)
    g_main_context_iteration (NULL, TRUE);
  add_team (&self);
  for (guint i = 0; i < n; i++)
    add_conversation (&self, i, now - SPAN_MS / n * (n - 1 - i), i + 1 == n);
  flush (&self);
  while (self.under_way > 0)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (self.cache);
  g_ptr_array_unref (self.records);
  g_rand_free (self.rand);
  g_free (self.agent_id);
  g_free (self.site_id);
  return 0;
}
