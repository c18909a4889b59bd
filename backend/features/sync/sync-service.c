/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-service.h"

#include "backend/db/record-site.h"
#include "backend/features/accounts/login-session-service.h"
#include "backend/features/sites/api-key-service.h"
#include "backend/features/sites/site-service.h"
#include "backend/features/visitors/visitor-service.h"
#include "backend/rpc/reach.h"
#include "protocol/error.h"
#include "protocol/records/audit-entry.h"
#include "protocol/records/canned-response.h"
#include "protocol/records/channel.h"
#include "protocol/records/channel-member.h"
#include "protocol/records/file.h"
#include "protocol/records/login-session.h"
#include "protocol/records/macro.h"
#include "protocol/records/message.h"
#include "protocol/records/saved-view.h"
#include "protocol/records/team-message.h"
#include "protocol/records/visitor.h"
#include "sync-store.h"

#include <string.h>

/* A page stops growing here, so that its frame stays well below what clients take. */
#define PAGE_BYTES   (256 * 1024)
#define RECORD_BYTES 400 /* about what a record takes besides its text */

/* The revisions of which a page is made. */
typedef struct
{
  CfdSyncPart part;
  gint64 since, until;
} Span;

static const CfRecord *
record_at (const GPtrArray *records, guint i)
{
  return records->pdata[i];
}

static int
by_revision (gconstpointer a, gconstpointer b)
{
  const CfRecord *left = *(const CfRecord *const *) a, *right = *(const CfRecord *const *) b;

  return (left->rev > right->rev) - (left->rev < right->rev);
}

static gsize
weight (const CfRecord *record)
{
  gboolean speaks = record->parent.shape == &cf_message_shape || record->parent.shape == &cf_team_message_shape;
  const char *text = speaks ? ((const CfMessage *) record)->text : NULL;

  return RECORD_BYTES + (text != NULL ? strlen (text) : 0);
}

/* Types of which some records, or all, are one agent's, or some agents', alone. */
static gboolean
is_personal (const CfShape *shape)
{
  return shape == &cf_login_session_shape || shape == &cf_saved_view_shape || shape == &cf_canned_response_shape || shape == &cf_macro_shape
         || shape == &cf_channel_shape || shape == &cf_channel_member_shape || shape == &cf_team_message_shape || shape == &cf_file_shape;
}

static const char *
whose (const CfShape *shape, const CfdCaller *caller, gboolean exists)
{
  if (shape == &cf_audit_entry_shape)
    return NULL; /* by pages only, to those who may ask for them */
  if (cfd_caller_is_staff (caller))
    return is_personal (shape) ? caller->id : caller->organisation_id;
  if (shape == &cf_site_shape)
    return caller->site_id;
  return exists ? caller->id : NULL; /* who does not exist yet has nothing */
}

/* What acts on sites of which @caller serves none is gone for them; a first copy says nothing of it. */
static void
add_for (const CfdCaller *caller, CfRecord *record, gint64 since, GPtrArray *all)
{
  if (cfd_caller_sees_some (caller, cfd_record_place (record).sites))
    g_ptr_array_add (all, cf_struct_ref (record));
  else if (since > 0)
    g_ptr_array_add (all, cfd_record_stone (record));
}

/*
 * Reads up to @limit + 1 of each type into @all. What lies beyond the returned revision may be incomplete, because some
 * type had more rows than were read. Returns -1 with an error.
 */
static gint64
read_all (CfdTx *tx, const CfdCaller *caller, const Span *span, gint64 limit, GPtrArray *all, GError **error)
{
  CfdSyncWhose mine = { .audience = cfd_caller_get_audience (caller) };
  g_autofree char *sites = cfd_reach_list (caller);
  gint64 complete = G_MAXINT64;
  gboolean exists;

  if (!cfd_visitors_exists (tx, caller, &exists, error))
    return -1;
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      g_autoptr (GPtrArray) some = NULL;

      if (((*shape)->readers & mine.audience) == 0)
        continue;
      mine.owner = whose (*shape, caller, exists);
      mine.sites = sites;
      some = cfd_sync_store_changes (tx, *shape, &mine, span->part, span->since, span->until, limit + 1, error);
      if (some == NULL)
        return -1;
      if (some->len > limit)
        complete = MIN (complete, record_at (some, some->len - 1)->rev - 1);
      for (guint i = 0; i < some->len; i++)
        add_for (caller, some->pdata[i], span->since, all);
    }
  g_ptr_array_sort (all, by_revision);
  return complete;
}

/* A first copy of staff has an old part and a recent one; no page is made of both. Returns: FALSE on an error. */
static gboolean
choose_span (CfdTx *tx, const CfdCaller *caller, gboolean first, gint64 since, gint64 last, Span *span, GError **error)
{
  gint64 recent = first && cfd_caller_is_staff (caller) ? cfd_sync_store_recent (tx, caller->organisation_id, error) : 0;

  if (recent > since && recent < last)
    *span = (Span) { CFD_SYNC_OLD, since, recent };
  else
    *span = (Span) { first ? CFD_SYNC_RECENT : CFD_SYNC_CHANGES, since, last };
  return recent >= 0;
}

/* How many of @all make the page: whole revisions, up to @complete, ending soon after @limit or PAGE_BYTES. */
static guint
cut (const GPtrArray *all, gint64 complete, gint64 limit)
{
  gsize bytes = 0;
  guint n = 0;

  while (n < all->len && record_at (all, n)->rev <= complete)
    {
      gboolean full = n >= limit || bytes >= PAGE_BYTES;

      if (full && record_at (all, n)->rev != record_at (all, n - 1)->rev)
        break;
      bytes += weight (all->pdata[n++]);
    }
  return n;
}

/**
 * cfd_sync_authenticate:
 * @token: (nullable): an agent's or an API key, or a visitor's when @site_key is given
 * @site_key: (nullable): a visitor's site
 * @origin: (nullable): the page's origin
 *
 * Returns: (transfer full): who calls; with neither token nor site a caller who has not signed in.
 */
CfdCaller *
cfd_sync_authenticate (CfdTx *tx, const char *token, const char *site_key, const char *origin, const char *address, GError **error)
{
  g_autoptr (CfdCaller) caller = NULL;
  g_autoptr (CfSite) site = NULL;

  if (site_key != NULL)
    {
      site = cfd_sites_find (tx, site_key, origin, error);
      caller = site != NULL ? cfd_visitors_authenticate (tx, site, token, error) : NULL;
    }
  else if (token != NULL && cfd_api_key_is_one (token))
    caller = cfd_api_keys_authenticate (tx, token, origin, error);
  else if (token != NULL)
    caller = cfd_login_sessions_authenticate (tx, token, error);
  else
    caller = cfd_caller_new (CFD_ALLOW_ANYONE);
  if (caller == NULL)
    return NULL;
  caller->address = cfd_shared_text (address);
  return g_steal_pointer (&caller);
}

/**
 * cfd_sync_open:
 * @caller: (out) (transfer full): who opened
 *
 * The database's part of session.open. Returns: (transfer full): the answer without its signals.
 */
CfOpenResult *
cfd_sync_open (CfdTx *tx, const CfOpenParams *params, const char *origin, const char *address, CfdCaller **caller, GError **error)
{
  g_autoptr (CfOpenResult) result = cf_struct_new (&cf_open_result_shape);
  g_autoptr (CfRecordsResult) page = NULL;
  g_autoptr (CfdCaller) who = NULL;
  CfSyncParams *sync = NULL;

  if (params->token == NULL && params->site == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "expected a token (agents) or a site (visitors)");
      return NULL;
    }
  if (params->token != NULL && cfd_api_key_is_one (params->token))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "token: API keys open REST, not sockets");
      return NULL;
    }
  who = cfd_sync_authenticate (tx, params->token, params->site, origin, address, error);
  if (who == NULL)
    return NULL;
  sync = cf_struct_new (&cf_sync_params_shape);
  sync->since = params->since;
  sync->epoch = params->epoch;
  sync->first = params->first;
  page = cfd_sync_changes (tx, who, sync, error);
  cf_struct_unref (sync);
  if (page == NULL)
    return NULL;
  who->locale = cfd_shared_text (params->locale);
  /* a browser that says nonsense is not refused for it */
  if (params->time_zone != NULL && cf_time_zone_is_valid (params->time_zone))
    who->time_zone = cfd_shared_text (params->time_zone);
  who->device = cfd_shared_text (params->client);
  result->role = cfd_caller_is_staff (who) ? CF_PEER_AGENT : CF_PEER_VISITOR;
  result->id = g_strdup (who->id);
  result->session_id = g_strdup (who->session_id);
  result->organisation_id = cfd_caller_is_staff (who) ? g_strdup (who->organisation_id) : NULL;
  result->time = cfd_tx_now (tx);
  result->rev = page->rev;
  result->more = page->more;
  result->epoch = page->epoch;
  result->reset = page->reset;
  result->records = g_steal_pointer (&page->records);
  if (result->role == CF_PEER_VISITOR)
    {
      result->opening = cfd_sites_opening (tx, who->site_id, error);
      if (result->opening == NULL)
        return NULL;
    }
  *caller = g_steal_pointer (&who);
  return g_steal_pointer (&result);
}

/**
 * cfd_sync_changes:
 * All that @caller may see with a revision above params->since, in pages of whole revisions. Who comes with a revision that this database
 * has not made, because it was restored since, or with what they knew when they saw other sites, gets "reset" and the beginning of a first copy.
 *
 * Returns: (transfer full): "rev" is what the client has after applying the page; with "more" it asks again from there.
 */
CfRecordsResult *
cfd_sync_changes (CfdTx *tx, const CfdCaller *caller, const CfSyncParams *params, GError **error)
{
  g_autoptr (CfRecordsResult) result = cf_struct_new (&cf_records_result_shape);
  gint64 limit = params->limit > 0 ? MIN (params->limit, CF_SYNC_MAX) : CF_SYNC_DEFAULT;
  gint64 since = params->since;
  gint64 last = cfd_tx_last_revision (tx, caller->organisation_id, error);
  Span span;

  if (last <= 0)
    return NULL;
  result->epoch = cfd_reach_epoch (caller, cfd_tx_epoch (tx));
  result->reset = since > last || (since > 0 && params->epoch != result->epoch);
  if (result->reset)
    since = 0;
  if (!choose_span (tx, caller, params->first || since == 0, since, last, &span, error))
    return NULL;
  for (;;)
    {
      g_autoptr (GPtrArray) all = cf_structs_new ();
      gint64 complete = read_all (tx, caller, &span, limit, all, error);
      guint n;

      if (complete < 0)
        return NULL;
      n = cut (all, complete, limit);
      if (n == 0 && complete != G_MAXINT64)
        limit *= 2; /* one revision alone is larger than the page */
      else if (n == 0 && span.until < last)
        span = (Span) { CFD_SYNC_RECENT, span.until, last };
      else
        {
          result->rev = n < all->len ? record_at (all, n - 1)->rev : span.until;
          result->more = result->rev < last;
          g_ptr_array_set_size (all, n);
          result->records = g_steal_pointer (&all);
          return g_steal_pointer (&result);
        }
    }
}

/**
 * cfd_sync_conversations:
 * Returns: (transfer full): those of the visitor who calls, for presence: the staff wants to know when somebody is here with whom they talk.
 */
GPtrArray *
cfd_sync_conversations (CfdTx *tx, const CfdCaller *caller, GError **error)
{
  return cfd_sync_store_conversations (tx, caller->id, error);
}
