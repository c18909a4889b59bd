/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/hub/hub.h"
#include "backend/hub/room.h"
#include "backend/hub/roster.h"
#include "fake-peer.h"
#include "protocol/id.h"
#include "protocol/records/conversation.h"
#include "protocol/records/login-session.h"
#include "protocol/records/message.h"
#include "protocol/records/site.h"
#include "protocol/records/visitor.h"
#include "tests/db/temp-db.h"

#include <string.h>

#define GRACE_MS 50

/* One organisation in a hub; the database is only there for what the hub has never heard of. */
typedef struct
{
  TempDb *temp;
  CfdHub *hub;
  char *organisation_id, *site_id, *visitor_id, *conversation_id, *agent_id;
  gint64 rev;
  GPtrArray *subscribers;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->temp = temp_db_new (&cfd_sqlite_driver);
  temp_db_open (f->temp);
  f->hub = cfd_hub_new (f->temp->db, GRACE_MS);
  f->organisation_id = cf_id_new ();
  f->site_id = cf_id_new ();
  f->visitor_id = cf_id_new ();
  f->conversation_id = cf_id_new ();
  f->agent_id = cf_id_new ();
  f->rev = 10;
  f->subscribers = g_ptr_array_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  temp_db_close (f->temp);
  for (guint i = 0; i < f->subscribers->len; i++)
    cfd_hub_detach (f->hub, f->subscribers->pdata[i]);
  g_ptr_array_unref (f->subscribers);
  cfd_hub_free (f->hub);
  temp_db_free (f->temp);
  g_free (f->organisation_id);
  g_free (f->site_id);
  g_free (f->visitor_id);
  g_free (f->conversation_id);
  g_free (f->agent_id);
}

static CfdSubscriber *
attach (Fixture *f, CfdCaller *caller, CfdPeer **peer)
{
  CfdSubscriber *subscriber;

  *peer = fake_peer_new ();
  subscriber = cfd_hub_attach (f->hub, *peer, caller, f->rev, NULL);
  cfd_caller_unref (caller);
  g_assert_nonnull (subscriber);
  g_ptr_array_add (f->subscribers, subscriber);
  cfd_peer_unref (*peer); /* the subscriber holds it */
  return subscriber;
}

static CfdCaller *
make_agent (Fixture *f, const char *id)
{
  CfdCaller *caller = cfd_caller_new (CFD_ALLOW_AGENT);

  caller->organisation_id = cfd_shared_text (f->organisation_id);
  caller->id = g_strdup (id);
  caller->name = g_strdup ("Ana");
  caller->session_id = cf_id_new ();
  return caller;
}

static CfdCaller *
make_visitor (Fixture *f, const char *id, const char *secret_hash)
{
  CfdCaller *caller = cfd_caller_new (CFD_ALLOW_VISITOR);

  caller->organisation_id = cfd_shared_text (f->organisation_id);
  caller->id = g_strdup (id);
  caller->site_id = cfd_shared_text (f->site_id);
  caller->secret_hash = g_strdup (secret_hash);
  return caller;
}

static CfdSubscriber *
live (Fixture *f, CfdCaller *caller, CfdPeer **peer)
{
  CfdSubscriber *subscriber = attach (f, caller, peer);

  cfd_hub_resume (f->hub, subscriber, f->rev);
  return subscriber;
}

/* Publishes one record under the next revision. */
static void
publish (Fixture *f, gpointer record)
{
  g_autoptr (CfdChangeset) changes = cfd_changeset_new (f->organisation_id, ++f->rev);

  CF_RECORD (record)->organisation_id = g_strdup (f->organisation_id);
  CF_RECORD (record)->rev = f->rev;
  if (CF_RECORD (record)->id == NULL)
    CF_RECORD (record)->id = cf_id_new ();
  cfd_changeset_add (changes, record);
  changes->sites = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (changes->sites, g_strdup (f->conversation_id), g_strdup (f->site_id));
  cf_struct_unref (record);
  cfd_hub_publish (changes, f->hub);
}

static gpointer
message (Fixture *f, CfMessageKind kind)
{
  CfMessage *record = cf_struct_new (&cf_message_shape);

  record->conversation_id = g_strdup (f->conversation_id);
  record->visitor_id = g_strdup (f->visitor_id);
  record->kind = kind;
  record->staff_only = kind == CF_MESSAGE_NOTE;
  record->text = g_strdup (kind == CF_MESSAGE_NOTE ? "between us" : "hello");
  return record;
}

static gpointer
conversation (Fixture *f, const char *assignee_id)
{
  CfConversation *record = cf_struct_new (&cf_conversation_shape);

  record->parent.id = g_strdup (f->conversation_id);
  record->site_id = g_strdup (f->site_id);
  record->visitor_id = g_strdup (f->visitor_id);
  record->assignee_id = g_strdup (assignee_id);
  record->waiting_since = 77;
  return record;
}

static void
expect_changes (CfdPeer *peer, gint64 prev, gint64 rev)
{
  const char *text = fake_peer_next (peer);
  g_autoptr (JsonObject) frame = NULL;
  JsonObject *params;

  g_assert_nonnull (text);
  frame = fake_peer_parse (text);
  g_assert_cmpstr (json_object_get_string_member (frame, "method"), ==, "changes");
  params = json_object_get_object_member (frame, "params");
  g_assert_cmpint (json_object_get_int_member (params, "prev"), ==, prev);
  g_assert_cmpint (json_object_get_int_member (params, "rev"), ==, rev);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (params, "records")), >, 0);
}

static void
skip_all (CfdPeer *peer)
{
  while (fake_peer_next (peer) != NULL)
    ;
}

static char *
wait_signal (CfdPeer *peer)
{
  g_autoptr (JsonObject) frame = fake_peer_wait (peer);
  JsonObject *params = json_object_get_object_member (frame, "params");
  const char *who = json_object_get_string_member_with_default (params, "actor_id", "team");

  g_assert_cmpstr (json_object_get_string_member (frame, "method"), ==, "signal");
  return g_strdup_printf ("%s %s %s %s", json_object_get_string_member (params, "kind"), who,
                          json_object_get_string_member_with_default (params, "state", "-"),
                          json_object_get_string_member_with_default (params, "text", "-"));
}

static void
test_chain (Fixture *f, gconstpointer data)
{
  CfdPeer *staff, *visitor, *other;
  g_autofree char *other_id = cf_id_new ();

  live (f, make_visitor (f, f->visitor_id, NULL), &visitor);
  live (f, make_visitor (f, other_id, NULL), &other);
  live (f, make_agent (f, f->agent_id), &staff);
  skip_all (visitor);
  skip_all (other);
  publish (f, message (f, CF_MESSAGE_TEXT));
  publish (f, message (f, CF_MESSAGE_NOTE));
  publish (f, message (f, CF_MESSAGE_TEXT));
  expect_changes (staff, 10, 11);
  expect_changes (staff, 11, 12);
  expect_changes (staff, 12, 13);
  /* the note does not exist for the visitor, not even as a hole */
  expect_changes (visitor, 10, 11);
  expect_changes (visitor, 11, 13);
  g_assert_null (fake_peer_next (visitor));
  g_assert_null (fake_peer_next (other));
}

static void
test_joins (Fixture *f, gconstpointer data)
{
  CfdPeer *staff;
  CfdSubscriber *subscriber;

  publish (f, message (f, CF_MESSAGE_TEXT)); /* 11 */
  subscriber = attach (f, make_agent (f, f->agent_id), &staff);
  publish (f, message (f, CF_MESSAGE_TEXT)); /* 12: between the reading and the answer */
  g_assert_null (fake_peer_next (staff));
  g_assert_true (cfd_hub_can_resume (f->hub, f->organisation_id, 11));
  cfd_hub_resume (f->hub, subscriber, 11);
  expect_changes (staff, 11, 12);
  publish (f, message (f, CF_MESSAGE_TEXT));
  expect_changes (staff, 12, 13);
  /* asked once more while live: nothing is sent twice */
  cfd_hub_resume (f->hub, subscriber, 11);
  g_assert_null (fake_peer_next (staff));
}

/* The database may be ahead of what was published: what the answer held must not come again. */
static void
test_reads_ahead (Fixture *f, gconstpointer data)
{
  CfdPeer *staff;
  CfdSubscriber *subscriber = attach (f, make_agent (f, f->agent_id), &staff);

  cfd_hub_resume (f->hub, subscriber, 12);
  publish (f, message (f, CF_MESSAGE_TEXT)); /* 11 */
  publish (f, message (f, CF_MESSAGE_TEXT)); /* 12 */
  g_assert_null (fake_peer_next (staff));
  publish (f, message (f, CF_MESSAGE_TEXT));
  expect_changes (staff, 12, 13);
}

static void
test_ring_ends (Fixture *f, gconstpointer data)
{
  g_autoptr (CfdCaller) caller = make_agent (f, f->agent_id);
  CfdPeer *peer = fake_peer_new ();

  for (guint i = 0; i < 2000; i++)
    publish (f, message (f, CF_MESSAGE_TEXT));
  g_assert_false (cfd_hub_can_resume (f->hub, f->organisation_id, 11));
  g_assert_true (cfd_hub_can_resume (f->hub, f->organisation_id, f->rev));
  g_assert_null (cfd_hub_attach (f->hub, peer, caller, 11, NULL));
  cfd_peer_unref (peer);
}

static void
test_claimed_visitor (Fixture *f, gconstpointer data)
{
  CfdPeer *right, *wrong;
  CfdSubscriber *honest = live (f, make_visitor (f, f->visitor_id, "right"), &right);
  CfVisitor *record = cf_struct_new (&cf_visitor_shape);

  live (f, make_visitor (f, f->visitor_id, "wrong"), &wrong);
  publish (f, message (f, CF_MESSAGE_TEXT));
  g_assert_null (fake_peer_next (right)); /* not proved yet */
  record->parent.id = g_strdup (f->visitor_id);
  record->secret_hash = g_strdup ("right");
  publish (f, record);
  expect_changes (right, 10, 12);
  g_assert_null (honest->caller->secret_hash);
  temp_wait (!wrong->open);
  g_assert_cmpuint (wrong->close_code, ==, CFD_CLOSE_SESSION);
  g_assert_cmpstr (wrong->close_reason, ==, "unauthenticated");
  publish (f, message (f, CF_MESSAGE_TEXT));
  expect_changes (right, 12, 13);
  g_assert_cmpuint (wrong->sent->len, ==, 0);
}

static void
test_sessions_end (Fixture *f, gconstpointer data)
{
  CfdPeer *here, *elsewhere, *colleague;
  g_autofree char *colleague_id = cf_id_new ();
  CfdSubscriber *first = live (f, make_agent (f, f->agent_id), &here);
  CfLoginSession *session = cf_struct_new (&cf_login_session_shape);
  CfAgent *agent = cf_struct_new (&cf_agent_shape);

  live (f, make_agent (f, f->agent_id), &elsewhere);
  live (f, make_agent (f, colleague_id), &colleague);
  skip_all (elsewhere);
  skip_all (colleague);
  session->parent.id = g_strdup (first->caller->session_id);
  session->parent.deleted = TRUE;
  session->agent_id = g_strdup (f->agent_id);
  publish (f, session);
  g_assert_true (here->open); /* whoever signed out still gets that answer */
  temp_wait (!here->open);
  g_assert_cmpstr (here->close_reason, ==, "revoked");
  g_assert_true (elsewhere->open);
  expect_changes (elsewhere, 10, 11);
  g_assert_null (fake_peer_next (colleague)); /* the login sessions of others are nobody's business */

  agent->parent.id = g_strdup (f->agent_id);
  agent->disabled = TRUE;
  publish (f, agent);
  temp_wait (!elsewhere->open);
  g_assert_cmpstr (elsewhere->close_reason, ==, "disabled");
  expect_changes (colleague, 10, 12);
}

static void
test_role_and_expiry (Fixture *f, gconstpointer data)
{
  CfdPeer *peer;
  CfdCaller *caller = make_agent (f, f->agent_id);
  CfdSubscriber *subscriber;
  CfAgent *agent = cf_struct_new (&cf_agent_shape);

  caller->expires_at = 5000;
  subscriber = live (f, caller, &peer);
  agent->parent.id = g_strdup (f->agent_id);
  agent->role = CF_ROLE_ADMIN;
  agent->name = g_strdup ("Ana Sousa");
  publish (f, agent);
  g_assert_cmpint (subscriber->caller->kind, ==, CFD_ALLOW_ADMIN);
  g_assert_cmpstr (subscriber->caller->name, ==, "Ana Sousa");
  cfd_hub_expire (f->hub, 4999);
  g_assert_false (subscriber->ending);
  cfd_hub_expire (f->hub, 5000);
  temp_wait (!peer->open);
  g_assert_cmpstr (peer->close_reason, ==, "expired");
}

static void
type (Fixture *f, CfdSubscriber *subscriber, const char *conversation_id, const char *text)
{
  g_autoptr (CfTypingParams) params = cf_struct_new (&cf_typing_params_shape);

  params->conversation_id = g_strdup (conversation_id);
  params->active = TRUE;
  params->text = g_strdup (text);
  cfd_hub_typing (f->hub, subscriber, params);
}

static void
test_typing (Fixture *f, gconstpointer data)
{
  CfdPeer *agent, *colleague, *visitor, *stranger;
  g_autofree char *colleague_id = cf_id_new (), *stranger_id = cf_id_new (), *got = NULL, *seen = NULL, *told = NULL;
  g_autofree char *peek = NULL, *from_agent = NULL;
  CfdSubscriber *ana = live (f, make_agent (f, f->agent_id), &agent), *writer, *other;

  live (f, make_agent (f, colleague_id), &colleague);
  writer = live (f, make_visitor (f, f->visitor_id, NULL), &visitor);
  other = live (f, make_visitor (f, stranger_id, NULL), &stranger);
  publish (f, conversation (f, NULL));
  skip_all (agent);
  skip_all (colleague);
  skip_all (visitor);
  type (f, other, f->conversation_id, "not mine");
  type (f, writer, f->conversation_id, "and I need");
  type (f, writer, f->conversation_id, "and I need it by fr");
  got = wait_signal (agent);
  peek = g_strdup_printf ("typing %s - and I need it by fr", f->visitor_id);
  g_assert_cmpstr (got, ==, peek); /* one signal, the latest; and nothing of the stranger's */
  skip_all (colleague);
  type (f, ana, f->conversation_id, "a secret draft");
  seen = wait_signal (visitor);
  told = wait_signal (colleague);
  from_agent = g_strdup_printf ("typing %s - -", f->agent_id);
  g_assert_cmpstr (seen, ==, from_agent);
  g_assert_cmpstr (told, ==, from_agent);
  g_assert_null (fake_peer_next (agent));
  g_assert_cmpuint (stranger->sent->len, ==, 0);
}

static void
publish_site (Fixture *f, gboolean peek_off)
{
  CfSite *site = cf_struct_new (&cf_site_shape);

  site->parent.id = g_strdup (f->site_id);
  site->peek_off = peek_off;
  publish (f, site);
}

/* A site can keep to its visitors what they have not sent: that they type is still seen. */
static void
test_typing_unseen (Fixture *f, gconstpointer data)
{
  CfdCaller *caller = make_visitor (f, f->visitor_id, NULL);
  CfdPeer *agent, *visitor;
  CfdSubscriber *writer;
  g_autofree char *first = NULL, *second = NULL, *third = NULL;
  g_autofree char *unseen = g_strdup_printf ("typing %s - -", f->visitor_id), *seen = g_strdup_printf ("typing %s - now", f->visitor_id);

  caller->peek_off = TRUE;
  live (f, make_agent (f, f->agent_id), &agent);
  writer = live (f, caller, &visitor);
  publish (f, conversation (f, NULL));
  skip_all (agent);
  type (f, writer, f->conversation_id, "secret");
  first = wait_signal (agent);
  g_assert_cmpstr (first, ==, unseen);
  publish_site (f, FALSE);
  skip_all (agent);
  type (f, writer, f->conversation_id, "now");
  second = wait_signal (agent);
  g_assert_cmpstr (second, ==, seen);
  publish_site (f, TRUE);
  skip_all (agent);
  type (f, writer, f->conversation_id, "secret");
  third = wait_signal (agent);
  g_assert_cmpstr (third, ==, unseen);
}

static gboolean
store (CfdTx *tx, gpointer data, GError **error)
{
  return cfd_tx_put (tx, data, error);
}

/* Nothing was ever published of this conversation: the database is asked whose it is. */
static void
test_typing_in_unknown_conversation (Fixture *f, gconstpointer data)
{
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (f->temp);
  g_autoptr (CfConversation) record = conversation (f, NULL);
  g_autoptr (GError) error = NULL;
  CfdPeer *agent, *visitor;
  CfdSubscriber *ana, *writer;
  g_autofree char *got = NULL, *wanted = NULL, *nowhere = cf_id_new ();

  g_free (f->organisation_id);
  f->organisation_id = g_strdup (organisation->parent.id);
  record->parent.organisation_id = g_strdup (f->organisation_id);
  g_assert_true (cfd_db_run (f->temp->db, CFD_DB_WRITE, store, record, &error));
  g_assert_no_error (error);
  ana = live (f, make_agent (f, f->agent_id), &agent);
  writer = live (f, make_visitor (f, f->visitor_id, NULL), &visitor);
  skip_all (visitor);
  type (f, ana, nowhere, NULL); /* dropped */
  type (f, ana, f->conversation_id, NULL);
  got = wait_signal (visitor);
  wanted = g_strdup_printf ("typing %s - -", f->agent_id);
  g_assert_cmpstr (got, ==, wanted);
  agent->behind = TRUE;
  type (f, writer, f->conversation_id, "who is behind does not get this");
  g_clear_pointer (&got, g_free);
  type (f, ana, f->conversation_id, NULL);
  got = wait_signal (visitor);
  g_assert_null (fake_peer_next (agent));
}

static void
test_presence (Fixture *f, gconstpointer data)
{
  CfdPeer *visitor, *agent, *again, *colleague, *second;
  g_autofree char *colleague_id = cf_id_new ();
  g_autoptr (GPtrArray) snapshot = NULL;
  CfdSubscriber *watcher = live (f, make_visitor (f, f->visitor_id, NULL), &visitor), *ana, *one;
  g_autofree char *team = NULL, *assignee = NULL, *away = NULL, *away_assignee = NULL, *gone = NULL, *gone_assignee = NULL, *seen = NULL;
  g_autofree char *wanted = g_strdup_printf ("presence %s online -", f->agent_id);
  g_autofree char *wanted_visitor = g_strdup_printf ("presence %s online -", f->visitor_id);
  g_autofree char *wanted_away = g_strdup_printf ("presence %s away -", f->agent_id);
  g_autofree char *wanted_gone = g_strdup_printf ("presence %s offline -", f->agent_id);

  ana = live (f, make_agent (f, f->agent_id), &agent);
  team = wait_signal (visitor);
  g_assert_cmpstr (team, ==, "presence team online -");
  publish (f, conversation (f, f->agent_id));
  assignee = wait_signal (visitor);
  g_assert_cmpstr (assignee, ==, wanted);
  seen = wait_signal (agent);
  g_assert_cmpstr (seen, ==, wanted_visitor);
  snapshot = cfd_hub_snapshot (f->hub, watcher);
  g_assert_cmpuint (snapshot->len, ==, 2);
  skip_all (visitor);

  /* a reconnect within the grace is not seen */
  one = live (f, make_agent (f, colleague_id), &colleague);
  g_assert_true (cfd_roster_is_online (colleague_id));
  skip_all (visitor);
  cfd_hub_set_presence (f->hub, ana, CF_PRESENCE_AWAY);
  away_assignee = wait_signal (visitor);
  g_assert_cmpstr (away_assignee, ==, wanted_away);
  g_ptr_array_remove (f->subscribers, ana);
  cfd_hub_detach (f->hub, ana);
  g_assert_false (cfd_roster_is_gone (colleague_id, 0));
  g_assert_true (cfd_roster_is_gone (f->agent_id, 0)); /* but for what is given, which would wait there */
  ana = live (f, make_agent (f, f->agent_id), &again);
  g_assert_false (cfd_roster_is_gone (f->agent_id, 0));
  g_assert_null (fake_peer_next (visitor));
  live (f, make_agent (f, colleague_id), &second);
  g_ptr_array_remove (f->subscribers, one);
  cfd_hub_detach (f->hub, one);
  g_assert_true (cfd_roster_is_online (colleague_id)); /* on the other device */
  g_ptr_array_remove (f->subscribers, ana);
  cfd_hub_detach (f->hub, ana);
  gone_assignee = wait_signal (visitor);
  g_assert_cmpstr (gone_assignee, ==, wanted_gone);
}

/* "<agent> looks" or "<agent> left" of the next viewing signal; presence is passed over. */
static char *
wait_viewing (CfdPeer *peer)
{
  for (;;)
    {
      g_autoptr (JsonObject) text = fake_peer_wait (peer);
      JsonObject *params = json_object_get_object_member (text, "params");

      if (g_strcmp0 (json_object_get_string_member (params, "kind"), "viewing") == 0)
        return g_strdup_printf ("%s %s %s", json_object_get_string_member (params, "conversation_id"),
                                json_object_get_string_member (params, "actor_id"),
                                json_object_get_boolean_member_with_default (params, "active", FALSE) ? "looks" : "left");
    }
}

static guint
count_viewing (Fixture *f, CfdSubscriber *subscriber)
{
  g_autoptr (GPtrArray) snapshot = cfd_hub_snapshot (f->hub, subscriber);
  guint n = 0;

  for (guint i = 0; i < snapshot->len; i++)
    n += ((CfSignal *) snapshot->pdata[i])->kind == CF_SIGNAL_VIEWING;
  return n;
}

static void
assert_viewing (CfdPeer *peer, const char *conversation_id, const char *agent_id, const char *what)
{
  g_autofree char *wanted = g_strdup_printf ("%s %s %s", conversation_id, agent_id, what);
  g_autofree char *got = wait_viewing (peer);

  g_assert_cmpstr (got, ==, wanted);
}

static void
test_viewing (Fixture *f, gconstpointer data)
{
  CfdPeer *peer, *second, *watching, *widget;
  g_autofree char *colleague_id = cf_id_new (), *other = cf_id_new (), *passing = cf_id_new ();
  CfdSubscriber *ana = live (f, make_agent (f, f->agent_id), &peer), *twin = live (f, make_agent (f, f->agent_id), &second);
  CfdSubscriber *bea = live (f, make_agent (f, colleague_id), &watching), *visitor = live (f, make_visitor (f, f->visitor_id, NULL), &widget);
  const char *text;

  cfd_hub_viewing (f->hub, ana, f->conversation_id);
  assert_viewing (watching, f->conversation_id, f->agent_id, "looks");
  g_assert_cmpuint (count_viewing (f, bea), ==, 1);
  g_assert_cmpuint (count_viewing (f, ana), ==, 0); /* they know */
  g_assert_cmpuint (count_viewing (f, visitor), ==, 0);

  /* The second device changes nothing, nor does the first one's leaving; what is only passed is not told. */
  cfd_hub_viewing (f->hub, twin, f->conversation_id);
  cfd_hub_viewing (f->hub, ana, passing);
  cfd_hub_viewing (f->hub, ana, other);
  assert_viewing (watching, other, f->agent_id, "looks");
  cfd_hub_viewing (f->hub, twin, NULL);
  assert_viewing (watching, f->conversation_id, f->agent_id, "left");
  g_assert_cmpuint (count_viewing (f, bea), ==, 1);

  g_ptr_array_remove (f->subscribers, ana);
  cfd_hub_detach (f->hub, ana);
  assert_viewing (watching, other, f->agent_id, "left");
  g_assert_cmpuint (count_viewing (f, bea), ==, 0);
  while ((text = fake_peer_next (widget)) != NULL)
    g_assert_null (strstr (text, "viewing"));
  while ((text = fake_peer_next (second)) != NULL)
    g_assert_null (strstr (text, "viewing"));
}

static CfdCaller *
make_limited (Fixture *f, const char *id, const char *site_id)
{
  CfdCaller *caller = make_agent (f, id);

  caller->sites = g_strdupv ((char *[]) { (char *) site_id, NULL });
  return caller;
}

/* Whether anything that has come since names @id. */
static gboolean
hears_of (CfdPeer *peer, const char *id)
{
  gboolean heard = FALSE;
  const char *text;

  while ((text = fake_peer_next (peer)) != NULL)
    heard |= strstr (text, id) != NULL;
  return heard;
}

static void
wait_for (CfdPeer *peer, const char *kind)
{
  for (;;)
    {
      g_autoptr (JsonObject) frame = fake_peer_wait (peer);

      if (g_strcmp0 (json_object_get_string_member_with_default (json_object_get_object_member (frame, "params"), "kind", NULL), kind) == 0)
        return;
    }
}

/* An agent who does not see a site hears of nobody and nothing there: neither records nor who is there, types, or looks. */
static void
test_other_sites (Fixture *f, gconstpointer data)
{
  CfdPeer *all, *here, *there, *late, *widget;
  g_autofree char *near_id = cf_id_new (), *far_id = cf_id_new (), *far_site = cf_id_new (), *late_id = cf_id_new ();
  CfdSubscriber *boss = live (f, make_agent (f, f->agent_id), &all), *visitor, *far;
  CfMessage *changed = message (f, CF_MESSAGE_TEXT);
  g_autoptr (GPtrArray) snapshot = NULL, own = NULL;

  live (f, make_limited (f, near_id, f->site_id), &here);
  far = live (f, make_limited (f, far_id, far_site), &there);
  visitor = live (f, make_visitor (f, f->visitor_id, NULL), &widget);
  skip_all (here);
  skip_all (there);
  publish (f, conversation (f, NULL)); /* and with it the visitor is somebody who is there */
  publish (f, changed);                /* a message that comes without its conversation */
  type (f, visitor, f->conversation_id, "some words");
  cfd_hub_viewing (f->hub, boss, f->conversation_id);
  wait_for (here, "presence");
  wait_for (here, "typing");
  wait_for (here, "viewing");
  skip_all (widget);
  type (f, far, f->conversation_id, NULL); /* who doesn't see it says nothing there either */
  type (f, boss, f->conversation_id, NULL);
  wait_for (widget, "typing");
  g_assert_true (hears_of (all, f->visitor_id));
  g_assert_false (hears_of (widget, far_id));
  g_assert_false (hears_of (there, f->conversation_id));
  snapshot = cfd_hub_snapshot (f->hub, far);
  for (guint i = 0; i < snapshot->len; i++)
    {
      const CfSignal *signal = snapshot->pdata[i];

      g_assert_cmpint (signal->kind, ==, CF_SIGNAL_PRESENCE);
      g_assert_cmpint (signal->actor_kind, ==, CF_AUTHOR_AGENT);
    }
  live (f, make_agent (f, late_id), &late);
  g_assert_true (hears_of (there, late_id)); /* of the team they do hear */
  for (guint i = 0; i < there->sent->len; i++)
    g_assert_null (strstr (there->sent->pdata[i], f->visitor_id));
}

static void
publish_sites (Fixture *f, const char *agent_id, CfRole role, const char *site_id)
{
  CfAgent *agent = cf_struct_new (&cf_agent_shape);

  agent->parent.id = g_strdup (agent_id);
  agent->name = g_strdup ("Ana");
  agent->role = role;
  agent->sites = site_id != NULL ? g_strdupv ((char *[]) { (char *) site_id, NULL }) : NULL;
  publish (f, agent);
}

/* Whoever sees other sites than before is told nothing more on that socket, and comes again. */
static void
test_sites_change (Fixture *f, gconstpointer data)
{
  CfdPeer *limited, *free_one, *admin;
  g_autofree char *other_id = cf_id_new (), *admin_id = cf_id_new (), *far_site = cf_id_new ();
  CfdSubscriber *subscriber = live (f, make_limited (f, f->agent_id, far_site), &limited);

  live (f, make_agent (f, other_id), &free_one);
  live (f, make_agent (f, admin_id), &admin);
  publish_sites (f, f->agent_id, CF_ROLE_AGENT, far_site);
  publish_sites (f, admin_id, CF_ROLE_ADMIN, far_site); /* a division of work, no limit */
  g_assert_false (subscriber->ending);
  skip_all (limited);
  publish_sites (f, f->agent_id, CF_ROLE_AGENT, f->site_id);
  publish (f, conversation (f, NULL));
  g_assert_null (fake_peer_next (limited));
  temp_wait (!limited->open);
  g_assert_cmpuint (limited->close_code, ==, CFD_CLOSE_RESTART);
  publish_sites (f, other_id, CF_ROLE_SUPERVISOR, far_site);
  temp_wait (!free_one->open);
  g_assert_cmpuint (free_one->close_code, ==, CFD_CLOSE_RESTART);
  g_assert_true (admin->open);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add ("/hub/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  TEST (chain);
  TEST (joins);
  TEST (reads_ahead);
  TEST (ring_ends);
  TEST (claimed_visitor);
  TEST (sessions_end);
  TEST (role_and_expiry);
  TEST (typing);
  TEST (typing_unseen);
  TEST (typing_in_unknown_conversation);
  TEST (presence);
  TEST (viewing);
  TEST (other_sites);
  TEST (sites_change);
  return g_test_run ();
}
