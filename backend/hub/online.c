/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "online.h"

#include "protocol/id.h"
#include "protocol/records/conversation.h"
#include "protocol/records/visitor.h"
#include "protocol/rpc.h"
#include "room.h"

#include <string.h>

/* Who goes from page to page is without a socket in between. */
#define GRACE_US  (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)
#define TELL_MS   1000
/* Of one organisation; whoever comes beyond that is not shown. */
#define PEOPLE_MAX 50000
/* Looks that wait for the disk: some seconds of ten thousand people. */
#define LOOKS_MAX  20000
/* Told in one second; the others wait for the next, and only their last state counts. */
#define TOLD_MAX   (10 * CF_MONITOR_FRAME_MAX)

typedef struct
{
  CfMonitorVisitor *visitor;
  CfdCaller *caller;
  char *look_id; /* what is before their eyes */
  char *newest;  /* the look that was counted last: ids sort by time */
  guint tabs;
  gint64 left;    /* since when there is no tab, monotonic µs */
  gboolean dirty; /* in `dirty` */
} Person;

typedef struct
{
  CfMonitorScope scope;
  gboolean missed; /* news that did not fit into its queue */
  gint64 total;    /* what it was told last */
} Watcher;

struct _CfdOnline
{
  CfdRoom *room;
  GTree *people;         /* visitor id -> Person, newest id first */
  GHashTable *tabs;      /* CfdSubscriber -> Person, borrowed */
  GHashTable *leaving;   /* set of Person, borrowed: without a tab */
  GHashTable *watchers;  /* CfdSubscriber -> Watcher */
  GQueue dirty;          /* of Person, borrowed */
  GHashTable *crowds;    /* site id -> how many of them are there */
  GQueue gone;           /* of CfMonitorVisitor */
  GPtrArray *looks;      /* of CfdLook */
  guint64 lost;
  guint source;
};

/* Who is there, for the database threads: an agent may speak to somebody who has no record yet. */
static GMutex mutex;
static GHashTable *callers; /* visitor id -> CfdCaller; ids are unique in the whole server */

static void
remember (const char *visitor_id, CfdCaller *caller)
{
  g_mutex_lock (&mutex);
  if (callers == NULL)
    callers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cfd_caller_unref);
  if (caller != NULL)
    g_hash_table_insert (callers, g_strdup (visitor_id), cfd_caller_ref (caller));
  else
    g_hash_table_remove (callers, visitor_id);
  g_mutex_unlock (&mutex);
}

static void
free_person (gpointer data)
{
  Person *person = data;

  remember (person->visitor->id, NULL);
  cf_struct_unref (person->visitor);
  cfd_caller_unref (person->caller);
  g_free (person->look_id);
  g_free (person->newest);
  g_free (person);
}

static int
newest_first (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (b, a);
}

static void
set_text (char **slot, const char *text)
{
  g_free (*slot);
  *slot = g_strdup (text);
}

static gboolean
tell_soon (gpointer data)
{
  CfdOnline *self = data;

  if (cfd_online_tell (self, g_get_monotonic_time ()))
    return G_SOURCE_CONTINUE;
  self->source = 0;
  return G_SOURCE_REMOVE;
}

static void
arm (CfdOnline *self)
{
  if (self->source == 0)
    self->source = g_timeout_add (TELL_MS, tell_soon, self);
}

static void
soil (CfdOnline *self, Person *person)
{
  arm (self);
  if (person->dirty || g_hash_table_size (self->watchers) == 0)
    return;
  person->dirty = TRUE;
  g_queue_push_tail (&self->dirty, person);
}

/* One more on that site, or one less. */
static void
crowd (CfdOnline *self, const char *site_id, int more)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->crowds, site_id)) + more;

  if (n > 0)
    g_hash_table_replace (self->crowds, g_strdup (site_id), GUINT_TO_POINTER (n));
  else
    g_hash_table_remove (self->crowds, site_id);
}

/* How many are there, as far as @caller may know. */
static gint64
count_people (CfdOnline *self, const CfdCaller *caller)
{
  gint64 n = 0;

  if (caller->sites == NULL)
    return g_tree_nnodes (self->people);
  for (char **site = caller->sites; *site != NULL; site++)
    n += GPOINTER_TO_UINT (g_hash_table_lookup (self->crowds, *site));
  return n;
}

static Person *
add_person (CfdOnline *self, const CfdCaller *caller)
{
  Person *person = g_new0 (Person, 1);

  person->visitor = cf_struct_new (&cf_monitor_visitor_shape);
  person->visitor->id = g_strdup (caller->id);
  person->visitor->site_id = g_strdup (caller->site_id);
  person->visitor->name = g_strdup (caller->name);
  g_tree_insert (self->people, person->visitor->id, person);
  crowd (self, person->visitor->site_id, 1);
  return person;
}

/* The caller may have become another since: one who exists. */
static void
attach (CfdOnline *self, Person *person, CfdSubscriber *subscriber)
{
  if (person->caller != subscriber->caller)
    {
      g_clear_pointer (&person->caller, cfd_caller_unref);
      person->caller = cfd_caller_ref (subscriber->caller);
      remember (person->visitor->id, person->caller);
    }
  if (g_hash_table_lookup (self->tabs, subscriber) == person)
    return;
  person->tabs++;
  g_hash_table_remove (self->leaving, person);
  g_hash_table_insert (self->tabs, subscriber, person);
}

static void
begin_visit (Person *person, const CfVisitPageParams *page, gint64 now)
{
  CfMonitorVisitor *visitor = person->visitor;

  set_text (&visitor->visit_id, page->visit_id);
  set_text (&visitor->landing, page->landing != NULL ? page->landing : page->url);
  set_text (&visitor->referrer, page->referrer);
  set_text (&visitor->screen, page->screen);
  set_text (&visitor->languages, page->languages);
  set_text (&visitor->time_zone, page->time_zone);
  visitor->came = now;
  visitor->pages = 0;
  g_clear_pointer (&person->newest, g_free);
}

/* Each look once, however often it is told of. Returns: whether it is a new one */
static gboolean
count_page (Person *person, const CfVisitPageParams *page)
{
  if (person->newest != NULL && strcmp (page->id, person->newest) <= 0)
    return FALSE;
  set_text (&person->newest, page->id);
  person->visitor->pages++;
  return TRUE;
}

/* Returns: whether anything of it is to be seen by those who watch */
static gboolean
move_to (Person *person, const CfVisitPageParams *page, gint64 now)
{
  CfMonitorVisitor *visitor = person->visitor;
  gboolean other = g_strcmp0 (person->look_id, page->id) != 0;
  gboolean counted = count_page (person, page);

  if (other && page->left)
    return counted;
  if (!other && g_strcmp0 (visitor->title, page->title) == 0 && g_strcmp0 (visitor->url, page->url) == 0)
    return FALSE;
  set_text (&person->look_id, page->id);
  set_text (&visitor->url, page->url);
  set_text (&visitor->title, page->title);
  if (other)
    visitor->since = MAX (now - page->visible, visitor->came);
  return TRUE;
}

static void
keep_look (CfdOnline *self, CfdCaller *caller, const CfVisitPageParams *page, gint64 now, gboolean news)
{
  CfdLook *look;

  if (self->looks->len >= LOOKS_MAX)
    {
      self->lost++;
      return;
    }
  look = g_new0 (CfdLook, 1);
  look->caller = cfd_caller_ref (caller);
  look->page = cf_struct_ref ((gpointer) page);
  look->at = now;
  look->news = news;
  g_ptr_array_add (self->looks, look);
}

static void
send_news (CfdSubscriber *subscriber, Watcher *watcher, const GString *text, gint64 total)
{
  if (!cfd_peer_is_open (subscriber->peer) || subscriber->ending)
    return;
  if (cfd_peer_is_behind (subscriber->peer))
    {
      watcher->missed = TRUE;
      return;
    }
  cfd_peer_send (subscriber->peer, text->str, text->len, NULL, 0);
  watcher->total = total;
}

static GString *
write_news (CfMonitorNews *news)
{
  GString *text = g_string_new (NULL);

  cf_rpc_write_notification (text, "monitor", news, CF_AUDIENCE_STAFF);
  return text;
}

static CfMonitorNews *
new_news (CfdOnline *self, const CfdCaller *caller)
{
  CfMonitorNews *news = cf_struct_new (&cf_monitor_news_shape);

  news->total = count_people (self, caller);
  return news;
}

/* The part of @visitors that @caller may know of. */
static GPtrArray *
seen_of (const GPtrArray *visitors, const CfdCaller *caller)
{
  GPtrArray *seen = cf_structs_new ();

  for (guint i = 0; i < visitors->len; i++)
    if (cfd_caller_sees (caller, ((const CfMonitorVisitor *) visitors->pdata[i])->site_id))
      g_ptr_array_add (seen, cf_struct_ref (visitors->pdata[i]));
  return seen;
}

static char **
ids_of (const GPtrArray *visitors)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < visitors->len; i++)
    g_strv_builder_add (ids, ((const CfMonitorVisitor *) visitors->pdata[i])->id);
  return visitors->len > 0 ? g_strv_builder_end (ids) : NULL;
}

/* What one who watches is told of @visitors and @gone; NULL when that is nothing. */
static CfMonitorNews *
news_for (CfdOnline *self, const CfdCaller *caller, const GPtrArray *visitors, const GPtrArray *gone)
{
  g_autoptr (CfMonitorNews) news = new_news (self, caller);
  g_autoptr (GPtrArray) left = seen_of (gone, caller);

  news->visitors = seen_of (visitors, caller);
  news->gone = ids_of (left);
  return news->visitors->len + left->len > 0 ? g_steal_pointer (&news) : NULL;
}

/* Who sees all sites is told with the same bytes. */
static void
send_to_watchers (CfdOnline *self, const GPtrArray *visitors, const GPtrArray *gone)
{
  static const CfdCaller all = { .sites = NULL };
  g_autoptr (CfMonitorNews) news = news_for (self, &all, visitors, gone);
  g_autoptr (GString) text = write_news (news);
  GHashTableIter iter;
  gpointer subscriber, watcher;

  g_hash_table_iter_init (&iter, self->watchers);
  while (g_hash_table_iter_next (&iter, &subscriber, &watcher))
    {
      const CfdCaller *caller = ((CfdSubscriber *) subscriber)->caller;
      g_autoptr (CfMonitorNews) own = caller->sites != NULL ? news_for (self, caller, visitors, gone) : NULL;
      g_autoptr (GString) own_text = own != NULL ? write_news (own) : NULL;

      if (((Watcher *) watcher)->scope != CF_MONITOR_VISITORS)
        continue;
      if (caller->sites == NULL)
        send_news (subscriber, watcher, text, news->total);
      else if (own != NULL)
        send_news (subscriber, watcher, own_text, own->total);
    }
}

/* Who has not been told the number, or has missed something. */
static void
send_totals (CfdOnline *self)
{
  GHashTableIter iter;
  gpointer subscriber, value;

  g_hash_table_iter_init (&iter, self->watchers);
  while (g_hash_table_iter_next (&iter, &subscriber, &value))
    {
      Watcher *watcher = value;
      g_autoptr (CfMonitorNews) news = new_news (self, ((CfdSubscriber *) subscriber)->caller);
      g_autoptr (GString) text = NULL;

      news->again = watcher->missed && !cfd_peer_is_behind (((CfdSubscriber *) subscriber)->peer);
      if (!news->again && watcher->total == news->total)
        continue;
      watcher->missed &= !news->again;
      text = write_news (news);
      send_news (subscriber, watcher, text, news->total);
    }
}

/* One frame of what has changed. Returns: of how many it tells */
static guint
send_frame (CfdOnline *self)
{
  g_autoptr (GPtrArray) visitors = cf_structs_new (), gone = cf_structs_new ();

  while (gone->len < CF_MONITOR_FRAME_MAX && !g_queue_is_empty (&self->gone))
    g_ptr_array_add (gone, g_queue_pop_head (&self->gone));
  /* Who went and came back is told in this order. */
  while (visitors->len < CF_MONITOR_FRAME_MAX && g_queue_is_empty (&self->gone) && !g_queue_is_empty (&self->dirty))
    {
      Person *person = g_queue_pop_head (&self->dirty);

      person->dirty = FALSE;
      g_ptr_array_add (visitors, cf_struct_ref (person->visitor));
    }
  if (visitors->len + gone->len > 0)
    send_to_watchers (self, visitors, gone);
  return visitors->len + gone->len;
}

static void
remove_person (CfdOnline *self, Person *person)
{
  if (person->dirty)
    g_queue_remove (&self->dirty, person);
  if (g_hash_table_size (self->watchers) > 0)
    g_queue_push_tail (&self->gone, cf_struct_ref (person->visitor));
  crowd (self, person->visitor->site_id, -1);
  g_tree_remove (self->people, person->visitor->id);
}

static void
forget_gone (CfdOnline *self, gint64 now)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->leaving);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      Person *person = value;

      if (now - person->left < GRACE_US)
        continue;
      g_hash_table_iter_remove (&iter);
      remove_person (self, person);
    }
}

static gboolean
contains (const char *text, const char *part)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, part) != NULL;
}

static gboolean
matches (const CfMonitorVisitor *visitor, const CfMonitorListParams *params, const char *page, const char *text)
{
  if (params->site_id != NULL && g_strcmp0 (params->site_id, visitor->site_id) != 0)
    return FALSE;
  if (page != NULL && !contains (visitor->url, page))
    return FALSE;
  return text == NULL || contains (visitor->name, text) || contains (visitor->title, text) || contains (visitor->url, text)
         || contains (visitor->city, text) || contains (visitor->country, text) || contains (visitor->browser, text)
         || contains (visitor->system, text);
}

void
cfd_look_free (CfdLook *self)
{
  cfd_caller_unref (self->caller);
  cf_struct_unref (self->page);
  g_free (self);
}

CfdOnline *
cfd_online_new (CfdRoom *room)
{
  CfdOnline *self = g_new0 (CfdOnline, 1);

  self->room = room;
  self->people = g_tree_new_full (newest_first, NULL, NULL, free_person);
  self->crowds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tabs = g_hash_table_new (NULL, NULL);
  self->leaving = g_hash_table_new (NULL, NULL);
  self->watchers = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->looks = g_ptr_array_new_with_free_func ((GDestroyNotify) cfd_look_free);
  return self;
}

/**
 * cfd_online_page:
 * A visitor says on which page they are. Where their site asks first whether they may be followed, nothing is heard before they have agreed.
 */
gboolean
cfd_online_page (CfdOnline *self, CfdSubscriber *subscriber, const CfVisitPageParams *page, GError **error)
{
  gint64 now = cf_now ();
  Person *person;
  gboolean news;

  if (subscriber->caller->id == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "token: a visitor needs one to be recognised on the next page");
      return FALSE;
    }
  if (subscriber->caller->ask_first && !page->agreed)
    return TRUE;
  person = g_tree_lookup (self->people, subscriber->caller->id);
  if (person == NULL && g_tree_nnodes (self->people) >= PEOPLE_MAX)
    {
      self->lost++;
      return TRUE;
    }
  if (person == NULL)
    person = add_person (self, subscriber->caller);
  attach (self, person, subscriber);
  news = g_strcmp0 (person->visitor->visit_id, page->visit_id) != 0;
  if (news)
    begin_visit (person, page, now);
  if (move_to (person, page, now) || news)
    soil (self, person);
  keep_look (self, person->caller, page, now, news);
  return TRUE;
}

static gboolean
is_of (gpointer subscriber, gpointer person, gpointer data)
{
  return person == data;
}

/**
 * cfd_online_forget:
 * A visitor does not want to be followed any more: they are on no page, and of the visit nothing stays.
 */
gboolean
cfd_online_forget (CfdOnline *self, CfdSubscriber *subscriber, const char *visit_id, GError **error)
{
  g_autoptr (CfVisitPageParams) page = cf_struct_new (&cf_visit_page_params_shape);
  Person *person;
  guint n = self->looks->len;

  if (subscriber->caller->id == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "token: only who has one was ever followed");
      return FALSE;
    }
  person = g_tree_lookup (self->people, subscriber->caller->id);
  page->visit_id = g_strdup (visit_id);
  keep_look (self, subscriber->caller, page, cf_now (), FALSE);
  if (self->looks->len > n)
    ((CfdLook *) self->looks->pdata[n])->forget = TRUE;
  if (person == NULL)
    return TRUE;
  g_hash_table_foreach_remove (self->tabs, is_of, person);
  g_hash_table_remove (self->leaving, person);
  remove_person (self, person);
  arm (self);
  return TRUE;
}

/**
 * cfd_online_left:
 * The socket of a visitor or of an agent has gone.
 */
void
cfd_online_left (CfdOnline *self, CfdSubscriber *subscriber)
{
  Person *person = g_hash_table_lookup (self->tabs, subscriber);

  g_hash_table_remove (self->watchers, subscriber);
  if (person == NULL)
    return;
  g_hash_table_remove (self->tabs, subscriber);
  if (--person->tabs > 0)
    return;
  person->left = g_get_monotonic_time ();
  g_hash_table_add (self->leaving, person);
  arm (self);
}

/**
 * cfd_online_watch:
 * @subscriber: one device of an agent
 * @scope: what it wants to be told from now on. It asks for what is there now by itself.
 */
void
cfd_online_watch (CfdOnline *self, CfdSubscriber *subscriber, CfMonitorScope scope)
{
  Watcher *watcher;

  if (scope == CF_MONITOR_NOTHING)
    {
      g_hash_table_remove (self->watchers, subscriber);
      return;
    }
  watcher = g_new0 (Watcher, 1);
  watcher->scope = scope;
  watcher->total = -1;
  g_hash_table_insert (self->watchers, subscriber, watcher);
  arm (self);
}

/**
 * cfd_online_list:
 * Returns: (transfer full): a page of those who are there, as far as @caller may know
 */
CfMonitorListResult *
cfd_online_list (CfdOnline *self, const CfdCaller *caller, const CfMonitorListParams *params)
{
  CfMonitorListResult *result = cf_struct_new (&cf_monitor_list_result_shape);
  guint limit = params->limit > 0 ? params->limit : CF_PAGE_DEFAULT;
  g_autofree char *page = params->page != NULL ? g_utf8_casefold (params->page, -1) : NULL;
  g_autofree char *text = params->text != NULL ? g_utf8_casefold (params->text, -1) : NULL;
  GTreeNode *node = params->before != NULL ? g_tree_upper_bound (self->people, params->before) : g_tree_node_first (self->people);

  result->total = count_people (self, caller);
  result->visitors = cf_structs_new ();
  for (; node != NULL && !result->more; node = g_tree_node_next (node))
    {
      Person *person = g_tree_node_value (node);

      if (!cfd_caller_sees (caller, person->visitor->site_id) || !matches (person->visitor, params, page, text))
        continue;
      if (result->visitors->len == limit)
        result->more = TRUE;
      else
        g_ptr_array_add (result->visitors, cf_struct_ref (person->visitor));
    }
  return result;
}

/**
 * cfd_online_learn:
 * @facts: what was found out about a visitor: where from, with what, whether they talk with somebody. Of an older visit it is ignored.
 */
void
cfd_online_learn (CfdOnline *self, const CfMonitorVisitor *facts)
{
  Person *person = g_tree_lookup (self->people, facts->id);
  CfMonitorVisitor *visitor;

  if (person == NULL || g_strcmp0 (person->visitor->visit_id, facts->visit_id) != 0)
    return;
  visitor = person->visitor;
  set_text (&visitor->name, facts->name);
  set_text (&visitor->campaign, facts->campaign);
  set_text (&visitor->city, facts->city);
  set_text (&visitor->country, facts->country);
  set_text (&visitor->browser, facts->browser);
  set_text (&visitor->system, facts->system);
  set_text (&visitor->conversation_id, facts->conversation_id);
  set_text (&visitor->assignee_id, facts->assignee_id);
  set_text (&visitor->assignee_name, facts->assignee_name);
  visitor->source = facts->source;
  visitor->device = facts->device;
  visitor->came = facts->came;
  visitor->pages = MAX (visitor->pages, facts->pages);
  soil (self, person);
}

/**
 * cfd_online_note:
 * A record has changed: how somebody is called, or with whom they talk.
 */
void
cfd_online_note (CfdOnline *self, const CfRecord *record)
{
  const CfConversation *conversation = (const CfConversation *) record;
  gboolean open;
  Person *person;
  CfMonitorVisitor *visitor;

  if (record->parent.shape == &cf_visitor_shape)
    {
      person = g_tree_lookup (self->people, record->id);
      if (person == NULL || g_strcmp0 (person->visitor->name, ((const CfVisitor *) record)->name) == 0)
        return;
      set_text (&person->visitor->name, ((const CfVisitor *) record)->name);
      soil (self, person);
      return;
    }
  person = conversation->visitor_id != NULL ? g_tree_lookup (self->people, conversation->visitor_id) : NULL;
  if (person == NULL)
    return;
  visitor = person->visitor;
  open = conversation->status == CF_CONVERSATION_OPEN && !record->deleted;
  if (!open && g_strcmp0 (visitor->conversation_id, record->id) != 0)
    return;
  if (open && g_strcmp0 (visitor->conversation_id, record->id) == 0 && g_strcmp0 (visitor->assignee_id, conversation->assignee_id) == 0)
    return;
  set_text (&visitor->conversation_id, open ? record->id : NULL);
  set_text (&visitor->assignee_id, open ? conversation->assignee_id : NULL);
  set_text (&visitor->assignee_name, open ? conversation->assignee_name : NULL);
  soil (self, person);
}

GPtrArray *
cfd_online_take (CfdOnline *self)
{
  GPtrArray *looks;

  if (self->looks->len == 0)
    return NULL;
  looks = g_steal_pointer (&self->looks);
  self->looks = g_ptr_array_new_with_free_func ((GDestroyNotify) cfd_look_free);
  return looks;
}

/**
 * cfd_online_tell:
 * @now: monotonic, µs
 *
 * Forgets who has gone and tells those who watch what is new. It is called by itself once a second while there is anything to do.
 *
 * Returns: whether it is to be called again
 */
gboolean
cfd_online_tell (CfdOnline *self, gint64 now)
{
  guint told = 0, n;

  forget_gone (self, now);
  while (told < TOLD_MAX && (n = send_frame (self)) > 0)
    told += n;
  send_totals (self);
  return !g_queue_is_empty (&self->dirty) || !g_queue_is_empty (&self->gone) || g_hash_table_size (self->leaving) > 0
         || g_hash_table_size (self->watchers) > 0;
}

/**
 * cfd_online_lost:
 * Returns: how many looks, or people, were more than there is room for
 */
guint64
cfd_online_lost (CfdOnline *self)
{
  return self->lost;
}

void
cfd_online_free (CfdOnline *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_queue_clear (&self->dirty);
  g_queue_clear_full (&self->gone, cf_struct_unref);
  g_ptr_array_unref (self->looks);
  g_hash_table_unref (self->watchers);
  g_hash_table_unref (self->leaving);
  g_hash_table_unref (self->tabs);
  g_tree_unref (self->people);
  g_hash_table_unref (self->crowds);
  g_free (self);
}

/**
 * cfd_online_find:
 * Returns: who that visitor is, as they have proved or claimed; NULL when they are on no page of that organisation now
 */
CfdCaller *
cfd_online_find (const char *organisation_id, const char *visitor_id)
{
  CfdCaller *caller;

  g_mutex_lock (&mutex);
  caller = callers != NULL ? g_hash_table_lookup (callers, visitor_id) : NULL;
  if (caller != NULL)
    caller = g_strcmp0 (caller->organisation_id, organisation_id) == 0 ? cfd_caller_ref (caller) : NULL;
  g_mutex_unlock (&mutex);
  return caller;
}
