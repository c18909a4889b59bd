/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live-visitors.h"

#include "visitor-text.h"

#include <gio/gio.h>
#include <string.h>

enum
{
  PROP_0,
  PROP_TOTAL,
  PROP_LOADING,
  N_PROPS,
};

typedef struct
{
  CfMonitorVisitor *visitor;
  GSequenceIter *place;   /* (nullable): NULL while the filter hides it */
  CfaLiveVisitor *object; /* (nullable), weak: while a row shows it */
} Entry;

struct _CfaLiveVisitors
{
  GObject parent_instance;

  CfaSession *session;
  GHashTable *entries; /* visitor id -> Entry */
  GSequence *shown;    /* of Entry, borrowed, in order */
  GPtrArray *arriving; /* of CfMonitorVisitor: pages of the list that wait for its end */
  GCancellable *listing;
  CfaLiveOrder order;
  char *filter;        /* (nullable), folded */
  guint total;
  gboolean wanted;     /* somebody looks */
  gboolean loading;
  gboolean first_page;
};

static GParamSpec *props[N_PROPS];

static void cfa_live_visitors_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CfaLiveVisitors, cfa_live_visitors, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cfa_live_visitors_model_init))

static void ask_for_page (CfaLiveVisitors *self, const char *before);

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_clear_weak_pointer (&entry->object);
  cf_struct_unref (entry->visitor);
  g_free (entry);
}

static int
compare_times (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

/* Whoever is equal otherwise keeps their place: by id. */
static int
compare_visitors (const CfMonitorVisitor *a, const CfMonitorVisitor *b, CfaLiveOrder order)
{
  int result = 0;

  switch (order)
    {
    case CFA_LIVE_LONGEST:
      result = compare_times (a->came, b->came);
      break;
    case CFA_LIVE_PAGE:
      result = g_strcmp0 (a->url, b->url);
      break;
    default:
      result = compare_times (b->came, a->came);
      break;
    }
  return result != 0 ? result : strcmp (a->id, b->id);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  return compare_visitors (((const Entry *) a)->visitor, ((const Entry *) b)->visitor, CFA_LIVE_VISITORS (data)->order);
}

static gboolean
contains (const char *text, const char *part)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, part) != NULL;
}

static gboolean
matches (CfaLiveVisitors *self, const CfMonitorVisitor *visitor)
{
  g_autofree char *title = NULL;
  const char *site;

  if (self->filter == NULL)
    return TRUE;
  title = cfa_visitor_title (visitor);
  site = visitor->site_id != NULL ? cfa_directory_get_name (cfa_session_get_directory (self->session), visitor->site_id) : NULL;
  return contains (title, self->filter) || contains (visitor->title, self->filter) || contains (visitor->url, self->filter)
         || contains (visitor->country, self->filter) || contains (visitor->city, self->filter) || contains (visitor->browser, self->filter)
         || contains (visitor->system, self->filter) || contains (visitor->campaign, self->filter) || contains (visitor->assignee_name, self->filter)
         || contains (site, self->filter);
}

static void
set_total (CfaLiveVisitors *self, guint total)
{
  if (self->total == total)
    return;
  self->total = total;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL]);
}

static void
set_loading (CfaLiveVisitors *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

static void
hide (CfaLiveVisitors *self, Entry *entry, gboolean tell)
{
  guint position;

  if (entry->place == NULL)
    return;
  position = tell ? g_sequence_iter_get_position (entry->place) : 0;
  g_sequence_remove (entry->place);
  entry->place = NULL;
  if (tell)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
show (CfaLiveVisitors *self, Entry *entry, gboolean tell)
{
  entry->place = g_sequence_insert_sorted (self->shown, entry, compare, self);
  if (tell)
    g_list_model_items_changed (G_LIST_MODEL (self), g_sequence_iter_get_position (entry->place), 0, 1);
}

/* Where the order does not change the row stays, and changes its words only. */
static void
put (CfaLiveVisitors *self, const CfMonitorVisitor *visitor, gboolean tell)
{
  Entry *entry = g_hash_table_lookup (self->entries, visitor->id);
  gboolean fits = matches (self, visitor);

  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->visitor = cf_struct_ref ((gpointer) visitor);
      g_hash_table_insert (self->entries, g_strdup (visitor->id), entry);
    }
  else
    {
      if (entry->place != NULL && (!fits || compare_visitors (entry->visitor, visitor, self->order) != 0))
        hide (self, entry, tell);
      cf_struct_unref (entry->visitor);
      entry->visitor = cf_struct_ref ((gpointer) visitor);
      if (entry->object != NULL)
        cfa_live_visitor_set (entry->object, visitor);
    }
  if (fits && entry->place == NULL)
    show (self, entry, tell);
}

static void
remove_visitor (CfaLiveVisitors *self, const char *id)
{
  Entry *entry = g_hash_table_lookup (self->entries, id);

  if (entry == NULL)
    return;
  hide (self, entry, TRUE);
  g_hash_table_remove (self->entries, id);
}

static void
tell_all (CfaLiveVisitors *self, guint before)
{
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, g_sequence_get_length (self->shown));
}

/* What the filter or the order is, has changed. */
static void
arrange (CfaLiveVisitors *self)
{
  guint before = g_sequence_get_length (self->shown);
  GHashTableIter iter;
  gpointer value;

  g_sequence_remove_range (g_sequence_get_begin_iter (self->shown), g_sequence_get_end_iter (self->shown));
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      entry->place = matches (self, entry->visitor) ? g_sequence_append (self->shown, entry) : NULL;
    }
  g_sequence_sort (self->shown, compare, self);
  tell_all (self, before);
}

static void
clear (CfaLiveVisitors *self)
{
  guint before = g_sequence_get_length (self->shown);

  g_sequence_remove_range (g_sequence_get_begin_iter (self->shown), g_sequence_get_end_iter (self->shown));
  g_hash_table_remove_all (self->entries);
  g_ptr_array_set_size (self->arriving, 0);
  if (before > 0)
    tell_all (self, before);
}

/* News that came while the list was under way is newer than it: who is known already stays as they are. */
static void
take_arrived (CfaLiveVisitors *self)
{
  guint before = g_sequence_get_length (self->shown);

  if (self->arriving->len == 0)
    return;
  for (guint i = 0; i < self->arriving->len; i++)
    put (self, self->arriving->pdata[i], FALSE);
  g_ptr_array_set_size (self->arriving, 0);
  tell_all (self, before);
}

static void
stop_listing (CfaLiveVisitors *self)
{
  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaLiveVisitors) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfMonitorListResult) page = cfa_session_call_finish (CFA_SESSION (source), result, &error);
  const CfMonitorVisitor *last = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->wanted)
    return;
  for (guint i = 0; page != NULL && page->visitors != NULL && i < page->visitors->len; i++)
    {
      last = page->visitors->pdata[i];
      g_ptr_array_add (self->arriving, cf_struct_ref ((gpointer) last));
    }
  if (page != NULL)
    set_total (self, page->total);
  /* What fills the screen is shown at once, the others all together. */
  if (self->first_page || page == NULL || !page->more)
    take_arrived (self);
  self->first_page = FALSE;
  if (page != NULL && page->more && last != NULL)
    {
      ask_for_page (self, last->id);
      return;
    }
  if (error != NULL)
    g_message ("the visitors could not be listed: %s", error->message);
  set_loading (self, FALSE);
}

static void
ask_for_page (CfaLiveVisitors *self, const char *before)
{
  g_autoptr (CfMonitorListParams) params = cf_struct_new (&cf_monitor_list_params_shape);

  params->before = g_strdup (before);
  params->limit = CF_PAGE_MAX;
  cfa_session_call_async (self->session, "monitor.list", params, &cf_monitor_list_result_shape, self->listing, on_page, g_object_ref (self));
}

static void
list_anew (CfaLiveVisitors *self)
{
  stop_listing (self);
  clear (self);
  self->listing = g_cancellable_new ();
  self->first_page = TRUE;
  set_loading (self, TRUE);
  ask_for_page (self, NULL);
}

static void
on_watched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (answer == NULL)
    g_debug ("visitors cannot be watched: %s", error->message); /* the next connection asks again */
}

static void
watch (CfaLiveVisitors *self)
{
  g_autoptr (CfMonitorWatchParams) params = cf_struct_new (&cf_monitor_watch_params_shape);

  if (cfa_session_get_link (self->session) != CFA_LINK_LIVE)
    return;
  params->scope = self->wanted ? CF_MONITOR_VISITORS : CF_MONITOR_COUNT;
  cfa_session_call_async (self->session, "monitor.watch", params, &cf_no_params_shape, NULL, on_watched, NULL);
  if (self->wanted)
    list_anew (self);
}

/* Without a connection nobody knows who is there. */
static void
on_link (CfaLiveVisitors *self)
{
  if (cfa_session_get_link (self->session) == CFA_LINK_LIVE)
    {
      watch (self);
      return;
    }
  stop_listing (self);
  clear (self);
  set_loading (self, FALSE);
  set_total (self, 0);
}

static void
on_news (CfaLiveVisitors *self, const CfMonitorNews *news)
{
  set_total (self, news->total);
  if (!self->wanted)
    return;
  if (news->again)
    {
      list_anew (self);
      return;
    }
  /* Between two pages of the list, what these have brought comes first. */
  if (self->loading && !self->first_page)
    take_arrived (self);
  for (guint i = 0; news->gone != NULL && news->gone[i] != NULL; i++)
    remove_visitor (self, news->gone[i]);
  for (guint i = 0; news->visitors != NULL && i < news->visitors->len; i++)
    put (self, news->visitors->pdata[i], TRUE);
}

static GType
get_item_type (GListModel *model)
{
  return CFA_TYPE_LIVE_VISITOR;
}

static guint
get_n_items (GListModel *model)
{
  return g_sequence_get_length (CFA_LIVE_VISITORS (model)->shown);
}

static gpointer
get_item (GListModel *model, guint position)
{
  CfaLiveVisitors *self = CFA_LIVE_VISITORS (model);
  GSequenceIter *place = g_sequence_get_iter_at_pos (self->shown, position);
  Entry *entry;
  CfaLiveVisitor *object;

  if (g_sequence_iter_is_end (place))
    return NULL;
  entry = g_sequence_get (place);
  if (entry->object != NULL)
    return g_object_ref (entry->object);
  object = cfa_live_visitor_new (entry->visitor);
  g_set_weak_pointer (&entry->object, object);
  return object;
}

static void
cfa_live_visitors_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
cfa_live_visitors_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CfaLiveVisitors *self = CFA_LIVE_VISITORS (object);

  if (id == PROP_TOTAL)
    g_value_set_uint (value, self->total);
  else if (id == PROP_LOADING)
    g_value_set_boolean (value, self->loading);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cfa_live_visitors_dispose (GObject *object)
{
  CfaLiveVisitors *self = CFA_LIVE_VISITORS (object);

  stop_listing (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_live_visitors_parent_class)->dispose (object);
}

static void
cfa_live_visitors_finalize (GObject *object)
{
  CfaLiveVisitors *self = CFA_LIVE_VISITORS (object);

  g_sequence_free (self->shown);
  g_hash_table_unref (self->entries);
  g_ptr_array_unref (self->arriving);
  g_free (self->filter);
  G_OBJECT_CLASS (cfa_live_visitors_parent_class)->finalize (object);
}

static void
cfa_live_visitors_class_init (CfaLiveVisitorsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cfa_live_visitors_get_property;
  object_class->dispose = cfa_live_visitors_dispose;
  object_class->finalize = cfa_live_visitors_finalize;
  props[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
cfa_live_visitors_init (CfaLiveVisitors *self)
{
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_entry);
  self->shown = g_sequence_new (NULL);
  self->arriving = cf_structs_new ();
}

CfaLiveVisitors *
cfa_live_visitors_new (CfaSession *session)
{
  CfaLiveVisitors *self = g_object_new (CFA_TYPE_LIVE_VISITORS, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::link", G_CALLBACK (on_link), self);
  g_signal_connect_swapped (session, "monitored", G_CALLBACK (on_news), self);
  watch (self);
  return self;
}

/**
 * cfa_live_visitors_set_shown:
 * @shown: whether somebody looks at them: only then are they followed
 */
void
cfa_live_visitors_set_shown (CfaLiveVisitors *self, gboolean shown)
{
  if (self->wanted == shown)
    return;
  self->wanted = shown;
  if (!shown)
    {
      stop_listing (self);
      clear (self);
      set_loading (self, FALSE);
    }
  watch (self);
}

/**
 * cfa_live_visitors_set_filter:
 * @text: (nullable): part of a name, a page, a place, a browser, a site or a colleague; NULL or "" for all
 */
void
cfa_live_visitors_set_filter (CfaLiveVisitors *self, const char *text)
{
  g_autofree char *folded = text != NULL && *text != '\0' ? g_utf8_casefold (text, -1) : NULL;

  if (g_strcmp0 (folded, self->filter) == 0)
    return;
  g_free (self->filter);
  self->filter = g_steal_pointer (&folded);
  arrange (self);
}

void
cfa_live_visitors_set_order (CfaLiveVisitors *self, CfaLiveOrder order)
{
  if (self->order == order)
    return;
  self->order = order;
  arrange (self);
}

guint
cfa_live_visitors_get_total (CfaLiveVisitors *self)
{
  return self->total;
}

gboolean
cfa_live_visitors_get_loading (CfaLiveVisitors *self)
{
  return self->loading;
}
