/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crowd.h"

#include "dummy.h"

#include "protocol/id.h"
#include "protocol/methods/conversation-params.h"
#include "protocol/methods/monitor-params.h"

#include <string.h>

#define MANY 10000
#define SITE_ID "0190a000-0000-7000-8000-000000000011"
#define MINUTE 60000

struct _DummyCrowd
{
  CfaSession *session; /* owns it */
  GPtrArray *visitors; /* of CfMonitorVisitor, newest id first */
  CfMonitorScope scope;
};

static const struct
{
  const char *name, *city, *country, *title, *path, *referrer, *campaign, *browser, *system;
  CfSource source;
  CfDevice device;
  int minutes, stay;
} people[] = {
  { NULL, "Lyon", "France", "Fisherman’s blanket – Northwind", "/blankets/fisherman", "https://www.google.com/", NULL, "Firefox 115", "Windows 10", CF_SOURCE_ORGANIC, CF_DEVICE_DESKTOP, 0, 0 },
  { "Ana Sousa", "Lisbon", "Portugal", "Your order 1182", "/orders/1182?from=mail", NULL, "spring / newsletter", "Chrome Mobile 118", "Android 13", CF_SOURCE_EMAIL, CF_DEVICE_PHONE, 9, 4 },
  { NULL, NULL, "Japan", "ハーバーランプ", "/ja/lamps/harbour", "https://news.example/lamps", NULL, "Safari 17", "Mac OS X 10", CF_SOURCE_REFERRAL, CF_DEVICE_DESKTOP, 14, 12 },
  { NULL, NULL, NULL, NULL, "/very/long/path/that/goes/on/and/on/until/nobody/can/read/it/any/more?with=parameters&and=more", NULL, NULL, NULL, NULL, CF_SOURCE_DIRECT, CF_DEVICE_UNKNOWN, 31, 2 },
  { "ليلى حداد", "Beirut", "Lebanon", "سلة المشتريات", "/ar/basket", "https://www.instagram.com/", NULL, "Mobile Safari 17", "iOS 17", CF_SOURCE_SOCIAL, CF_DEVICE_PHONE, 47, 5 },
  { "Maximiliane von Habsburg-Lothringen-Österreichische Nachnamengesellschaft", "Llanfairpwllgwyngyll", "United Kingdom", "A page whose title is longer than any row could ever show, and then a little longer", "/x", NULL, "google / cpc / autumn", "Edge 118", "Windows 11", CF_SOURCE_PAID, CF_DEVICE_DESKTOP, 190, 61 },
};

static CfMonitorVisitor *
new_visitor (guint i, gint64 now)
{
  guint n = i % G_N_ELEMENTS (people);
  CfMonitorVisitor *visitor = cf_struct_new (&cf_monitor_visitor_shape);

  visitor->id = cf_id_new_at (now - i * 1000);
  visitor->site_id = g_strdup (SITE_ID);
  visitor->visit_id = cf_id_new ();
  visitor->name = i < G_N_ELEMENTS (people) ? g_strdup (people[n].name) : people[n].name != NULL ? g_strdup_printf ("Customer %05u", i) : NULL;
  visitor->city = g_strdup (people[n].city);
  visitor->country = g_strdup (people[n].country);
  visitor->title = g_strdup (people[n].title);
  visitor->url = g_strconcat ("https://northwind.example", people[n].path, NULL);
  visitor->landing = g_strdup (visitor->url);
  visitor->referrer = g_strdup (people[n].referrer);
  visitor->campaign = g_strdup (people[n].campaign);
  visitor->browser = g_strdup (people[n].browser);
  visitor->system = g_strdup (people[n].system);
  visitor->source = people[n].source;
  visitor->device = people[n].device;
  visitor->came = now - (gint64) people[n].minutes * MINUTE - i;
  visitor->since = now - (gint64) people[n].stay * MINUTE;
  visitor->pages = 1 + n;
  return visitor;
}

/* Ana talks with the agent already; so the page has somebody of each kind. */
static void
let_talk (DummyCrowd *self)
{
  GPtrArray *all = dummy_session_get_all (self->session);

  for (guint i = 0; i < all->len; i++)
    {
      CfaConversation *conversation = all->pdata[i];

      for (guint n = 0; n < self->visitors->len && n < G_N_ELEMENTS (people); n++)
        {
          CfMonitorVisitor *visitor = self->visitors->pdata[n];

          if (visitor->conversation_id != NULL || g_strcmp0 (visitor->name, conversation->title) != 0)
            continue;
          visitor->conversation_id = g_strdup (conversation->id);
          visitor->assignee_id = g_strdup (conversation->assignee_id);
          visitor->assignee_name = g_strdup (conversation->assignee_name);
        }
    }
}

static void
tell (DummyCrowd *self, CfMonitorNews *news)
{
  news->total = self->visitors->len;
  if (self->scope != CF_MONITOR_NOTHING)
    g_signal_emit_by_name (self->session, "monitored", news);
}

static void
tell_of (DummyCrowd *self, CfMonitorVisitor *visitor)
{
  g_autoptr (CfMonitorNews) news = cf_struct_new (&cf_monitor_news_shape);

  news->visitors = cf_structs_new ();
  g_ptr_array_add (news->visitors, cf_struct_ref (visitor));
  tell (self, news);
}

static void
list (DummyCrowd *self, const CfMonitorListParams *params, GTask *task)
{
  CfMonitorListResult *answer = cf_struct_new (&cf_monitor_list_result_shape);

  answer->total = self->visitors->len;
  answer->visitors = cf_structs_new ();
  for (guint i = 0; i < self->visitors->len && !answer->more; i++)
    {
      CfMonitorVisitor *visitor = self->visitors->pdata[i];

      if (params->before != NULL && strcmp (visitor->id, params->before) >= 0)
        continue;
      if (answer->visitors->len == params->limit)
        answer->more = TRUE;
      else
        g_ptr_array_add (answer->visitors, cf_struct_ref (visitor));
    }
  g_task_return_pointer (task, answer, cf_struct_unref);
}

/* The words are in a conversation that the inbox shows. */
static void
start (DummyCrowd *self, const CfConversationStartParams *params, GTask *task)
{
  CfRecordsResult *answer = cf_struct_new (&cf_records_result_shape);
  CfConversation *record = cf_struct_new (&cf_conversation_shape);
  CfaConversation *conversation = dummy_conversation_new ("Visitor from Lyon", "Northwind store", cf_now ());

  g_free (conversation->id);
  conversation->id = g_strdup (params->id);
  conversation->assignee_id = g_strdup (DUMMY_AGENT_ID);
  conversation->assignee_name = g_strdup (DUMMY_AGENT_NAME);
  dummy_conversation_add (conversation, dummy_message_new (CF_MESSAGE_TEXT, CF_AUTHOR_AGENT, DUMMY_AGENT_NAME, params->text, cf_now ()));
  g_ptr_array_insert (dummy_session_get_all (self->session), 0, conversation);
  dummy_session_refill (self->session);
  record->parent.id = g_strdup (params->id);
  answer->records = cf_structs_new ();
  g_ptr_array_add (answer->records, record);
  g_task_return_pointer (task, answer, cf_struct_unref);
}

DummyCrowd *
dummy_crowd_new (CfaSession *session)
{
  DummyCrowd *self = g_new0 (DummyCrowd, 1);
  gint64 now = cf_now ();
  guint n = dummy_wants ("empty") ? 0 : dummy_wants ("many") ? MANY : G_N_ELEMENTS (people);

  self->session = session;
  self->visitors = cf_structs_new ();
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->visitors, new_visitor (i, now));
  let_talk (self);
  return self;
}

void
dummy_crowd_free (DummyCrowd *self)
{
  g_ptr_array_unref (self->visitors);
  g_free (self);
}

gboolean
dummy_crowd_call (DummyCrowd *self, const char *method, gconstpointer params, GTask *task)
{
  if (g_str_equal (method, "monitor.list"))
    list (self, params, task);
  else if (g_str_equal (method, "conversation.start"))
    start (self, params, task);
  else if (g_str_equal (method, "monitor.watch"))
    {
      g_autoptr (CfMonitorNews) news = cf_struct_new (&cf_monitor_news_shape);

      self->scope = ((const CfMonitorWatchParams *) params)->scope;
      g_task_return_pointer (task, cf_struct_new (&cf_no_params_shape), cf_struct_unref);
      tell (self, news);
    }
  else
    return FALSE;
  return TRUE;
}

/* Another page. What others hold of the visitor stays as it was. */
void
dummy_crowd_move (DummyCrowd *self, guint i, const char *title)
{
  CfMonitorVisitor *visitor = cf_struct_copy (self->visitors->pdata[i]);

  g_free (visitor->title);
  visitor->title = g_strdup (title);
  visitor->since = cf_now ();
  visitor->pages++;
  cf_struct_unref (self->visitors->pdata[i]);
  self->visitors->pdata[i] = visitor;
  tell_of (self, visitor);
}

/* Somebody else. */
void
dummy_crowd_arrive (DummyCrowd *self)
{
  g_ptr_array_add (self->visitors, new_visitor (self->visitors->len, cf_now ()));
  tell_of (self, self->visitors->pdata[self->visitors->len - 1]);
}

void
dummy_crowd_leave (DummyCrowd *self, guint i)
{
  g_autoptr (CfMonitorNews) news = cf_struct_new (&cf_monitor_news_shape);
  const char *gone[] = { ((CfMonitorVisitor *) self->visitors->pdata[i])->id, NULL };

  news->gone = g_strdupv ((char **) gone);
  g_ptr_array_remove_index (self->visitors, i);
  tell (self, news);
}

/* The first @n go to another page each. */
void
dummy_crowd_browse (DummyCrowd *self, guint n)
{
  for (guint i = 0; i < n && i < self->visitors->len; i++)
    {
      g_autofree char *title = g_strdup_printf ("Page %u", i);

      dummy_crowd_move (self, i, title);
    }
}
