/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dummy.h"

#include "protocol/id.h"
#include "protocol/records/channel.h"

#define KEY "dummy-team-chat"
#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define THIRD_ID "0190a000-0000-7000-8000-000000000003"

/* Channels with what was said in them. */
typedef struct
{
  CfaChannelList *channels;
  GHashTable *rooms; /* channel id -> CfaConversation, for its messages */
} TeamChat;

static void
team_chat_free (gpointer data)
{
  TeamChat *self = data;

  g_object_unref (self->channels);
  g_hash_table_unref (self->rooms);
  g_free (self);
}

static CfaConversation *
room_of (TeamChat *self, const char *id)
{
  CfaConversation *room = g_hash_table_lookup (self->rooms, id);

  if (room == NULL)
    {
      room = dummy_conversation_new ("Team", "", cf_now ());
      g_hash_table_insert (self->rooms, g_strdup (id), room);
    }
  return room;
}

static void
say (TeamChat *self, const char *id, const char *author, const char *text, gint64 created_at)
{
  CfaMessage *message = dummy_message_new (CF_MESSAGE_TEXT, CF_AUTHOR_AGENT, author, text, created_at);

  message->among = TRUE;
  dummy_conversation_add (room_of (self, id), message);
}

static void
put (CfaSession *session, const char *id, const char *name, const char *const *members, gint64 last)
{
  g_autoptr (CfChannel) record = cf_struct_new (&cf_channel_shape);

  record->parent.id = g_strdup (id);
  record->parent.rev = cf_now ();
  record->kind = name == NULL ? CF_CHANNEL_DIRECT : CF_CHANNEL_GROUP;
  record->name = g_strdup (name);
  record->members = g_strdupv ((char **) members);
  record->created_by = g_strdup (DUMMY_AGENT_ID);
  record->created_at = record->last_message_at = last;
  cfa_record_list_take (cfa_session_get_records (session, &cf_channel_shape), CF_RECORD (record));
}

static char *
put_direct (CfaSession *session, const char *agent_id, gint64 last)
{
  const char *members[] = { DUMMY_AGENT_ID, agent_id, NULL };
  char *id = cf_channel_direct_id (DUMMY_AGENT_ID, agent_id);

  put (session, id, NULL, members, last);
  return id;
}

static void
fill (CfaSession *session, TeamChat *self)
{
  const char *desk[] = { DUMMY_AGENT_ID, DUMMY_COLLEAGUE_ID, THIRD_ID, NULL }, *two[] = { DUMMY_AGENT_ID, THIRD_ID, NULL };
  gint64 now = cf_now ();
  g_autofree char *chiara = put_direct (session, DUMMY_COLLEAGUE_ID, now - 4 * MINUTE_MS), *dmitri = put_direct (session, THIRD_ID, now - 90 * MINUTE_MS);
  g_autofree char *group = cf_id_new (), *other = cf_id_new ();
  g_autoptr (GHashTable) unread = g_hash_table_new (g_str_hash, g_str_equal);

  put (session, group, "Front desk", desk, now - 20 * MINUTE_MS);
  put (session, other, "Holidays and who covers for whom until the end of summer", two, now - 3000 * MINUTE_MS);
  say (self, group, "Dmitri Sokolov", "The courier is late again. Please tell visitors tomorrow, not today.", now - 40 * MINUTE_MS);
  say (self, group, "Dmitri Sokolov", "حسناً، سأخبرهم بذلك.", now - 38 * MINUTE_MS);
  say (self, group, DUMMY_AGENT_NAME, "Thanks, I have put it into the greeting of the shop as well.", now - 30 * MINUTE_MS);
  say (self, group, "Chiara Conti", "@Bruno Keller can you take the one from Lisbon? They ask for you.", now - 21 * MINUTE_MS);
  say (self, group, "Chiara Conti", "🙏", now - 20 * MINUTE_MS);
  for (int i = 1; i <= 60; i++)
    {
      g_autofree char *text = g_strdup_printf ("Week %d is covered.", i);

      say (self, other, i % 2 ? "Dmitri Sokolov" : DUMMY_AGENT_NAME, text, now - (3100 - i) * MINUTE_MS);
    }
  say (self, chiara, DUMMY_AGENT_NAME, "Lunch at one?", now - 9 * MINUTE_MS);
  say (self, chiara, "Chiara Conti", "Make it half past, I still have two people waiting.", now - 5 * MINUTE_MS);
  say (self, chiara, "Chiara Conti", "The usual place", now - 4 * MINUTE_MS);
  say (self, dmitri, "Dmitri Sokolov", "هل يمكنك مراجعة الطلب رقم ١٢٣٤؟", now - 90 * MINUTE_MS);
  g_hash_table_insert (unread, chiara, GUINT_TO_POINTER (2));
  g_hash_table_insert (unread, other, GUINT_TO_POINTER (120));
  cfa_channel_list_count (self->channels, unread);
}

static TeamChat *
chat_of (CfaSession *session)
{
  TeamChat *self = g_object_get_data (G_OBJECT (session), KEY);

  if (self != NULL)
    return self;
  self = g_new0 (TeamChat, 1);
  self->rooms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->channels = cfa_channel_list_new (DUMMY_AGENT_ID, cfa_session_get_directory (session), cfa_session_get_records (session, &cf_channel_shape));
  g_object_set_data_full (G_OBJECT (session), KEY, self, team_chat_free);
  if (!dummy_wants ("empty"))
    fill (session, self);
  return self;
}

/* The colleague writes, or begins to. @text: NULL types */
void
dummy_team_chat_hear (CfaSession *session, const char *text)
{
  TeamChat *self = chat_of (session);
  g_autofree char *id = cf_channel_direct_id (DUMMY_AGENT_ID, DUMMY_COLLEAGUE_ID);
  g_autoptr (CfSignal) signal = cf_struct_new (&cf_signal_shape);

  signal->kind = CF_SIGNAL_TYPING;
  signal->conversation_id = g_strdup (id);
  signal->actor_kind = CF_AUTHOR_AGENT;
  signal->actor_id = g_strdup (DUMMY_COLLEAGUE_ID);
  signal->actor_name = g_strdup ("Chiara Conti");
  signal->active = text == NULL;
  cfa_channel_list_hear (self->channels, signal);
  if (text != NULL)
    say (self, id, "Chiara Conti", text, cf_now ());
}

/* What was said with all the words of @query, as hits. */
void
dummy_team_chat_find (CfaSession *session, const CfSearchQuery *query, GPtrArray *hits)
{
  TeamChat *self = chat_of (session);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->channels)); i++)
    {
      g_autoptr (CfaChannel) channel = g_list_model_get_item (G_LIST_MODEL (self->channels), i);
      g_autofree char *title = cfa_channel_dup_title (channel);
      CfaConversation *room = room_of (self, cfa_channel_get_id (channel));

      for (guint j = 0; j < room->messages->len; j++)
        {
          CfaMessage *message = room->messages->pdata[j];
          g_autoptr (CfSearchHit) found = cf_search_query_mark (query, message->id, message->text);
          CfaSearchHit *hit;

          if (found == NULL)
            continue;
          hit = cfa_search_hit_new (CFA_HIT_TEAM_MESSAGE, message->id, message->author_name, found->snippet, title);
          hit->text_marks = g_ptr_array_ref (found->marks);
          hit->time = message->created_at;
          hit->conversation_id = g_strdup (cfa_channel_get_id (channel));
          hit->agent_id = g_strdup (message->author_id);
          g_ptr_array_add (hits, hit);
        }
    }
}

CfaChannelList *cfa_session_get_channels (CfaSession *self) { return chat_of (self)->channels; }
void cfa_session_type_in_channel (CfaSession *self, CfaChannel *channel, gboolean active) { }
char *cfa_session_open_direct (CfaSession *self, const char *agent_id) { return put_direct (self, agent_id, cf_now ()); }
void cfa_session_read_channel (CfaSession *self, CfaChannel *channel) { cfa_channel_set_unread (channel, 0); }

CfaMessageList *
cfa_session_open_channel (CfaSession *self, CfaChannel *channel)
{
  CfaConversation *room = room_of (chat_of (self), cfa_channel_get_id (channel));
  CfaMessageList *list = g_weak_ref_get (&room->list);

  if (list == NULL)
    {
      list = dummy_message_list_new (room);
      g_weak_ref_set (&room->list, list);
    }
  return list;
}

char *
cfa_session_put_channel (CfaSession *self, const char *id, const char *name, const char *const *members)
{
  char *channel_id = id != NULL ? g_strdup (id) : cf_id_new ();

  put (self, channel_id, name, members, cf_now ());
  return channel_id;
}

void
cfa_session_leave_channel (CfaSession *self, CfaChannel *channel)
{
  g_autoptr (CfRecord) gone = cf_struct_new (&cf_channel_shape);

  gone->id = g_strdup (cfa_channel_get_id (channel));
  gone->rev = cf_now ();
  gone->deleted = TRUE;
  cfa_record_list_take (cfa_session_get_records (self, &cf_channel_shape), gone);
}

void
cfa_session_say (CfaSession *self, CfaChannel *channel, const char *text, const char *reply_to, const char *const *mentions,
                 const char *const *files)
{
  CfaMessage *message = dummy_message_new (CF_MESSAGE_TEXT, CF_AUTHOR_AGENT, DUMMY_AGENT_NAME, text, cf_now ());

  message->among = TRUE;
  message->reply_to = g_strdup (reply_to);
  message->files = files != NULL && files[0] != NULL ? g_strdupv ((char **) files) : NULL;
  dummy_conversation_add (room_of (chat_of (self), cfa_channel_get_id (channel)), message);
}

void
cfa_session_edit_said (CfaSession *self, CfaChannel *channel, CfaMessage *message, const char *text)
{
  g_free (message->text);
  message->text = g_strdup (text);
  message->edited = TRUE;
  dummy_message_set_state (message, CFA_MESSAGE_SENT, NULL);
}

void
cfa_session_remove_said (CfaSession *self, CfaChannel *channel, CfaMessage *message)
{
  message->removed = TRUE;
  dummy_message_set_state (message, CFA_MESSAGE_SENT, NULL);
}
