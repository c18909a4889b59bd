/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/conversations/conversation-private.h"
#include "app/features/conversations/conversations.h"
#include "app/features/conversations/message-list-private.h"
#include "app/features/session/write.h"

#include "protocol/id.h"

/* A copy of a list that follows items-changed alone, as a widget does. */
typedef struct
{
  GListModel *model;
  GPtrArray *copy;
  guint changes;
} Follower;

static void
follow (GListModel *model, guint position, guint removed, guint added, Follower *self)
{
  self->changes++;
  g_assert_cmpuint (position + removed, <=, self->copy->len);
  if (removed > 0)
    g_ptr_array_remove_range (self->copy, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->copy, position + i, g_list_model_get_item (model, position + i));
}

static void
check (Follower *self)
{
  CfaConversation *before = NULL;

  g_assert_cmpuint (self->copy->len, ==, g_list_model_get_n_items (self->model));
  for (guint i = 0; i < self->copy->len; i++)
    {
      g_autoptr (CfaConversation) conversation = g_list_model_get_item (self->model, i);

      g_assert_true (conversation == self->copy->pdata[i]);
      if (before != NULL)
        g_assert_cmpint (cfa_conversation_get_last_message_at (before), >=, cfa_conversation_get_last_message_at (conversation));
      before = conversation;
    }
  g_assert_null (g_list_model_get_item (self->model, self->copy->len));
}

static CfaConversationRow *
random_row (char **ids, guint n, const char *me)
{
  CfaConversationRow *row = g_new0 (CfaConversationRow, 1);

  row->record = cf_struct_new (&cf_conversation_shape);
  row->record->parent.id = g_strdup (ids[g_test_rand_int_range (0, n)]);
  row->record->visitor_id = g_strdup (row->record->parent.id);
  row->record->status = g_test_rand_bit () ? CF_CONVERSATION_OPEN : CF_CONVERSATION_CLOSED;
  row->record->assignee_id = g_test_rand_bit () ? g_strdup (me) : NULL;
  row->record->last_message_at = g_test_rand_int_range (1, 40);
  row->unread = g_test_rand_int_range (0, 2);
  return row;
}

static guint
count_unread (Follower *self)
{
  guint n = 0;

  for (guint i = 0; i < self->copy->len; i++)
    n += cfa_conversation_get_status (self->copy->pdata[i]) == CF_CONVERSATION_OPEN
         && cfa_conversation_get_unread (self->copy->pdata[i]) > 0 ? 1 : 0;
  return n;
}

static void
random_step (CfaConversations *all, char **ids, guint n, const char *me)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_conversation_row_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const char *id = ids[g_test_rand_int_range (0, n)];
  int what = g_test_rand_int_range (0, 10);

  if (what == 0)
    cfa_conversations_remove (all, id);
  else if (what == 1)
    {
      g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_outbox_row_unref);

      g_ptr_array_add (writes, g_test_rand_bit () ? cfa_write_new_action ("conversation.close", id) : cfa_write_new_text (id, "x", FALSE));
      cfa_conversations_set_writes (all, id, writes, TRUE);
    }
  else if (what == 2)
    cfa_conversations_set_writes (all, id, NULL, TRUE);
  else
    {
      for (int i = g_test_rand_int_range (1, 6); i > 0; i--)
        {
          CfaConversationRow *row = random_row (ids, n, me);

          if (g_hash_table_contains (seen, row->record->parent.id))
            {
              cfa_conversation_row_free (row);
              continue;
            }
          g_hash_table_add (seen, row->record->parent.id);
          g_ptr_array_add (rows, row);
        }
      cfa_conversations_take_rows (all, rows);
    }
}

/* Whatever happens, each list is in order, and who follows its signals sees the same list; one signal for each step. */
static void
test_random (void)
{
  g_autofree char *me = cf_id_new ();
  g_autoptr (CfaConversations) all = cfa_conversations_new (me, "Ana");
  char *ids[30];
  Follower followers[CFA_INBOX_CLOSED + 1];

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = cf_id_new ();
  for (guint i = 0; i < G_N_ELEMENTS (followers); i++)
    {
      followers[i].model = G_LIST_MODEL (cfa_conversations_get_inbox (all, i));
      followers[i].copy = g_ptr_array_new_with_free_func (g_object_unref);
      g_signal_connect (followers[i].model, "items-changed", G_CALLBACK (follow), &followers[i]);
    }
  for (guint step = 0; step < 3000; step++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (followers); i++)
        followers[i].changes = 0;
      random_step (all, ids, G_N_ELEMENTS (ids), me);
      for (guint i = 0; i < G_N_ELEMENTS (followers); i++)
        {
          g_assert_cmpuint (followers[i].changes, <=, 1);
          check (&followers[i]);
          g_assert_cmpuint (cfa_conversation_list_get_unread (CFA_CONVERSATION_LIST (followers[i].model)), ==, count_unread (&followers[i]));
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (followers); i++)
    g_ptr_array_unref (followers[i].copy);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
}

static CfMessage *
message_at (gint64 position, const char *text)
{
  CfMessage *record = cf_struct_new (&cf_message_shape);

  record->parent.id = cf_id_new ();
  record->position = position;
  record->author_kind = CF_AUTHOR_VISITOR;
  record->text = g_strdup (text);
  return record;
}

static void
add_one (CfaMessageList *list, CfMessage *record, gboolean page)
{
  g_autoptr (GPtrArray) records = cf_structs_new ();

  g_ptr_array_add (records, cf_struct_ref (record));
  if (page)
    cfa_message_list_add_page (list, records);
  else
    cfa_message_list_add_new (list, records);
}

/* Returns: the list's texts in order, in one word. */
static char *
spell (CfaMessageList *list, Follower *follower)
{
  GString *out = g_string_new (NULL);

  g_assert_cmpuint (follower->copy->len, ==, g_list_model_get_n_items (G_LIST_MODEL (list)));
  for (guint i = 0; i < follower->copy->len; i++)
    {
      g_autoptr (CfaMessage) message = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_true (message == follower->copy->pdata[i]);
      g_string_append (out, cfa_message_get_text (message));
    }
  return g_string_free (out, FALSE);
}

#define assert_spells(list, follower, word)                \
  G_STMT_START                                             \
  {                                                        \
    g_autofree char *spelled = spell (list, follower);     \
    g_assert_cmpstr (spelled, ==, word);                   \
  }                                                        \
  G_STMT_END

/* Pages, live messages and own ones on their way meet in one list, in order and without a gap. */
static void
test_messages (void)
{
  g_autofree char *me = cf_id_new ();
  g_autoptr (CfaMessageList) list = cfa_message_list_new (me, "Ana");
  Follower follower = { G_LIST_MODEL (list), g_ptr_array_new_with_free_func (g_object_unref), 0 };
  g_autoptr (CfMessage) b = message_at (20, "b"), d = message_at (40, "d"), a = message_at (10, "a"), c = message_at (30, "c");
  g_autoptr (CfMessage) twin = message_at (20, "t"), sent = message_at (50, "X");
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_outbox_row_unref);
  CfaMessage *own;

  /* between equal positions the id decides */
  g_free (twin->parent.id);
  twin->parent.id = g_strconcat (b->parent.id, "x", NULL);
  g_signal_connect (list, "items-changed", G_CALLBACK (follow), &follower);
  add_one (list, b, TRUE);
  add_one (list, d, FALSE);
  assert_spells (list, &follower, "bd");
  add_one (list, a, FALSE); /* above the window, where others may be missing */
  assert_spells (list, &follower, "bd");
  add_one (list, c, FALSE);
  add_one (list, c, FALSE);
  assert_spells (list, &follower, "bcd");
  add_one (list, twin, FALSE); /* of the same revision */
  assert_spells (list, &follower, "btcd");
  g_ptr_array_add (writes, cfa_write_new_text (a->parent.id, "X", FALSE));
  g_ptr_array_add (writes, cfa_write_new_text (a->parent.id, "Y", TRUE));
  cfa_message_list_set_writes (list, writes);
  assert_spells (list, &follower, "btcdXY");
  own = follower.copy->pdata[4];
  g_assert_cmpint (cfa_message_get_state (own), ==, CFA_MESSAGE_SENDING);
  g_free (sent->parent.id);
  sent->parent.id = g_strdup (cfa_message_get_id (own));
  follower.changes = 0;
  add_one (list, sent, FALSE);
  g_ptr_array_remove_index (writes, 0);
  cfa_message_list_set_writes (list, writes);
  assert_spells (list, &follower, "btcdXY");
  g_assert_cmpuint (follower.changes, ==, 0);
  g_assert_true (follower.copy->pdata[4] == own);
  g_assert_cmpint (cfa_message_get_state (own), ==, CFA_MESSAGE_SENT);
  g_assert_cmpint (cfa_message_get_position (own), ==, 50);
  c->parent.deleted = TRUE;
  add_one (list, c, FALSE);
  cfa_message_list_set_writes (list, NULL);
  add_one (list, a, TRUE);
  assert_spells (list, &follower, "abtdX");
  g_ptr_array_unref (follower.copy);
}

/* Ten thousand come in like the cache brings them; then one of them moves to the top. How long it took is only told. */
static void
test_many (void)
{
  g_autofree char *me = cf_id_new ();
  g_autoptr (CfaConversations) all = cfa_conversations_new (me, "Ana");
  GListModel *model = G_LIST_MODEL (cfa_conversations_get_inbox (all, CFA_INBOX_ALL));
  Follower follower = { model, g_ptr_array_new_with_free_func (g_object_unref), 0 };
  gint64 longest = 0, begun;

  g_signal_connect (model, "items-changed", G_CALLBACK (follow), &follower);
  for (guint chunk = 0; chunk < 20; chunk++)
    {
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_conversation_row_free);

      for (guint i = 0; i < 500; i++)
        {
          CfaConversationRow *row = g_new0 (CfaConversationRow, 1);

          row->record = cf_struct_new (&cf_conversation_shape);
          row->record->parent.id = cf_id_new ();
          row->record->visitor_id = cf_id_new ();
          row->record->last_message_at = 20000 - chunk * 500 - i;
          g_ptr_array_add (rows, row);
        }
      begun = g_get_monotonic_time ();
      cfa_conversations_take_rows (all, rows);
      longest = MAX (longest, g_get_monotonic_time () - begun);
    }
  g_assert_cmpuint (follower.changes, ==, 20);
  check (&follower);
  g_test_message ("the slowest 500 took %" G_GINT64_FORMAT " us", longest);
  {
    g_autoptr (CfaConversation) last = g_list_model_get_item (model, 9999);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_conversation_row_free);
    CfaConversationRow *row = g_new0 (CfaConversationRow, 1);
    g_autoptr (CfaConversation) first = NULL;

    row->record = cf_struct_copy (cfa_conversation_get_record (last));
    row->record->last_message_at = 30000;
    g_ptr_array_add (rows, row);
    g_signal_handlers_disconnect_by_data (model, &follower);
    begun = g_get_monotonic_time ();
    cfa_conversations_take_rows (all, rows);
    g_test_message ("one move took %" G_GINT64_FORMAT " us", g_get_monotonic_time () - begun);
    first = g_list_model_get_item (model, 0);
    g_assert_true (first == last);
  }
  g_ptr_array_unref (follower.copy);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/lists/random", test_random);
  g_test_add_func ("/app/lists/messages", test_messages);
  g_test_add_func ("/app/lists/many", test_many);
  return g_test_run ();
}
