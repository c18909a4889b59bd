/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-merge.h"

#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "backend/rpc/reach.h"
#include "protocol/error.h"
#include "protocol/json.h"
#include "protocol/records/visitor.h"
#include "visitor-store.h"
#include "visitor.h"

/*
 * A merge is a link, not a move. The merged visitor keeps id, secret, conversations and messages, so their widget goes on as if nothing had
 * happened, no message is ever on its way to somebody who is gone, and neither of the two browsers is shown what was said in the other
 * one: that both are one person is the staff's opinion, not a proof. What the staff sees follows the link, and undoing it is taking
 * the link away.
 */

static char *
to_json (const CfVisitor *visitor)
{
  GString *json = g_string_new (NULL);

  cf_json_encode (json, visitor, CF_AUDIENCE_STAFF);
  return g_string_free (json, FALSE);
}

static gboolean
put (CfdTx *tx, gpointer record, GPtrArray *touched, GError **error)
{
  if (!cfd_tx_put (tx, record, error))
    return FALSE;
  g_ptr_array_add (touched, cf_struct_ref (record));
  return TRUE;
}

static void
link_to (CfdTx *tx, CfVisitor *visitor, const char *into)
{
  g_free (visitor->merged_into);
  visitor->merged_into = g_strdup (into);
  visitor->merged_at = into != NULL ? cfd_tx_now (tx) : 0;
}

/* Whose place the visitor has taken so far is @into's to take now: links are never followed twice. */
static gboolean
move_followers (CfdTx *tx, const char *id, const char *into, GString *moved, GPtrArray *touched, GError **error)
{
  g_autoptr (GPtrArray) followers = cfd_visitor_store_merged_into (tx, id, error);

  if (followers == NULL)
    return FALSE;
  for (guint i = 0; i < followers->len; i++)
    {
      CfVisitor *follower = followers->pdata[i];
      gint64 at = follower->merged_at;

      link_to (tx, follower, into);
      follower->merged_at = at;
      g_string_append_printf (moved, "%s%s", moved->len > 0 ? " " : "", follower->parent.id);
      if (!put (tx, follower, touched, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check (const CfVisitor *from, const CfVisitor *into, GError **error)
{
  if (g_strcmp0 (from->parent.id, into->parent.id) == 0)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "into: is the visitor themselves, expected another one");
  else if (g_strcmp0 (from->site_id, into->site_id) != 0)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "into: is a visitor of another site");
  else if (from->merged_into != NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "this visitor was merged with another one already; undo that first");
  else
    return TRUE;
  return FALSE;
}

/* @by: (nullable): NULL when it is no opinion of the staff's, but was proven */
static gboolean
do_merge (CfdTx *tx, const CfdCaller *by, CfVisitor *from, CfVisitor *into, GPtrArray *touched, GError **error)
{
  g_autoptr (GString) moved = g_string_new (NULL);
  g_autofree char *before = to_json (into), *after = NULL;
  CfdVisitorMerge merge = { into->parent.id };

  cfd_visitor_absorb (into, from);
  after = to_json (into);
  link_to (tx, from, into->parent.id);
  if (!move_followers (tx, from->parent.id, into->parent.id, moved, touched, error))
    return FALSE;
  merge.moved = moved->str;
  merge.before = before;
  merge.after = after;
  if (by != NULL)
    {
      g_free (into->edited_by);
      into->edited_by = g_strdup (by->id);
      into->edited_at = cfd_tx_now (tx);
    }
  return put (tx, into, touched, error) && put (tx, from, touched, error)
         && cfd_visitor_store_forget_merges (tx, cfd_tx_now (tx) - CFD_UNMERGE_MS, error)
         && cfd_visitor_store_add_merge (tx, from->parent.id, &merge, error)
         && (by == NULL
             || cfd_audit_note (tx, by, "visitor.merge", &from->parent, from->name != NULL ? from->name : from->email, into->parent.id, error));
}

/**
 * cfd_visitor_merge:
 * Two visitors are one person. To merge what is merged so already changes nothing.
 *
 * Returns: (transfer full): whoever has changed.
 */
GPtrArray *
cfd_visitor_merge (CfdTx *tx, const CfdCaller *by, const CfVisitorMergeParams *params, GError **error)
{
  g_autoptr (CfVisitor) from = cfd_reach_require (tx, by, &cf_visitor_shape, params->id, error);
  g_autoptr (CfVisitor) into = from != NULL ? cfd_reach_require (tx, by, &cf_visitor_shape, params->into, error) : NULL;
  g_autoptr (GPtrArray) touched = cf_structs_new ();

  if (into == NULL)
    return NULL;
  if (into->merged_into != NULL)
    {
      g_autofree char *shown = g_strdup (into->merged_into);

      cf_struct_unref (into);
      into = cfd_reach_require (tx, by, &cf_visitor_shape, shown, error);
      if (into == NULL)
        return NULL;
    }
  if (g_strcmp0 (from->merged_into, into->parent.id) == 0)
    {
      g_ptr_array_add (touched, g_steal_pointer (&into));
      g_ptr_array_add (touched, g_steal_pointer (&from));
      return g_steal_pointer (&touched);
    }
  if (!check (from, into, error) || !do_merge (tx, by, from, into, touched, error))
    return NULL;
  return g_steal_pointer (&touched);
}

/**
 * cfd_visitor_merge_proven:
 * Two visitors were proven to be one person, which goes before what the staff thinks of @from.
 */
gboolean
cfd_visitor_merge_proven (CfdTx *tx, CfVisitor *from, CfVisitor *into, GError **error)
{
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfVisitor) shown = NULL;

  if (into->merged_into != NULL)
    {
      shown = cfd_tx_require (tx, &cf_visitor_shape, into->parent.organisation_id, into->merged_into, error);
      if (shown == NULL)
        return FALSE;
      into = shown;
    }
  if (g_strcmp0 (from->parent.id, into->parent.id) == 0 || g_strcmp0 (from->merged_into, into->parent.id) == 0)
    return TRUE;
  if (from->merged_into != NULL && !cfd_visitor_store_remove_merge (tx, from->parent.id, error))
    return FALSE;
  return do_merge (tx, NULL, from, into, touched, error);
}

/* Those whom the merge has moved along come back, unless they have gone elsewhere since. */
static gboolean
take_back_followers (CfdTx *tx, const CfVisitor *visitor, const CfdVisitorMerge *merge, GPtrArray *touched, GError **error)
{
  g_auto (GStrv) ids = g_strsplit (merge->moved != NULL ? merge->moved : "", " ", -1);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (CfVisitor) follower = NULL;

      if (*ids[i] == '\0')
        continue;
      if (!cfd_tx_lookup (tx, &cf_visitor_shape, ids[i], &follower, error))
        return FALSE;
      if (follower == NULL || follower->parent.deleted || follower->merged_at > visitor->merged_at
          || g_strcmp0 (follower->merged_into, visitor->merged_into) != 0)
        continue;
      g_free (follower->merged_into);
      follower->merged_into = g_strdup (visitor->parent.id);
      if (!put (tx, follower, touched, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
give_back (CfdTx *tx, const CfdCaller *by, const CfdVisitorMerge *merge, GPtrArray *touched, GError **error)
{
  g_autoptr (CfVisitor) into = NULL, before = NULL, after = NULL;

  if (!cfd_tx_lookup (tx, &cf_visitor_shape, merge->into_id, &into, error))
    return FALSE;
  if (into == NULL || into->parent.deleted)
    return TRUE;
  before = cf_json_decode_text (&cf_visitor_shape, merge->before, CF_DECODE_LENIENT, error);
  after = before != NULL ? cf_json_decode_text (&cf_visitor_shape, merge->after, CF_DECODE_LENIENT, error) : NULL;
  if (after == NULL)
    return FALSE;
  cfd_visitor_give_back (into, before, after);
  g_free (into->edited_by);
  into->edited_by = g_strdup (by->id);
  into->edited_at = cfd_tx_now (tx);
  return put (tx, into, touched, error);
}

/**
 * cfd_visitor_unmerge:
 * They were two people after all. Of what one has learned of the other everything is taken back that nobody has changed since. Who is
 * not merged stays so. CF_ERROR_CONFLICT after CFD_UNMERGE_MS.
 *
 * Returns: (transfer full): whoever has changed.
 */
GPtrArray *
cfd_visitor_unmerge (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  g_autoptr (CfVisitor) visitor = cfd_reach_require (tx, by, &cf_visitor_shape, id, error);
  g_autoptr (CfdVisitorMerge) merge = NULL;
  g_autoptr (GPtrArray) touched = cf_structs_new ();

  if (visitor == NULL)
    return NULL;
  if (visitor->merged_into == NULL)
    {
      g_ptr_array_add (touched, g_steal_pointer (&visitor));
      return g_steal_pointer (&touched);
    }
  if (!cfd_visitor_store_forget_merges (tx, cfd_tx_now (tx) - CFD_UNMERGE_MS, error))
    return NULL;
  merge = cfd_visitor_store_get_merge (tx, id, error);
  if (merge == NULL || !take_back_followers (tx, visitor, merge, touched, error) || !give_back (tx, by, merge, touched, error))
    return NULL;
  link_to (tx, visitor, NULL);
  if (!put (tx, visitor, touched, error) || !cfd_visitor_store_remove_merge (tx, id, error)
      || !cfd_audit_note (tx, by, "visitor.unmerge", &visitor->parent, visitor->name != NULL ? visitor->name : visitor->email, merge->into_id,
                          error))
    return NULL;
  return g_steal_pointer (&touched);
}
