/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-store.h"

#include "backend/db/record-site.h"
#include "protocol/records/canned-response.h"
#include "protocol/records/channel.h"
#include "protocol/records/channel-member.h"
#include "protocol/records/conversation.h"
#include "protocol/records/file.h"
#include "protocol/records/login-session.h"
#include "protocol/records/macro.h"
#include "protocol/records/message.h"
#include "protocol/records/read-mark.h"
#include "protocol/records/saved-view.h"
#include "protocol/records/site.h"
#include "protocol/records/team-message.h"
#include "protocol/records/visitor.h"

#include <string.h>

/* What a first copy holds of the past. */
#define RECENT_MS G_GINT64_CONSTANT (14 * 24 * 60 * 60 * 1000)

/* The 50th message from the end of a conversation: a first copy holds that one and what follows. Answered by message_position alone. */
#define FIFTIETH(conversation, staff_only)                                                                    \
  "coalesce((SELECT older.position FROM message older WHERE older.conversation_id = " conversation            \
  " AND older.deleted = 0" staff_only " ORDER BY older.position DESC LIMIT 1 OFFSET 49), 0)"

/* What a first copy of staff holds: c is open, or was closed lately. */
#define IS_HELD "(c.status = 'open' OR c.closed_at > $5)"
/* The same the other way round: those conversations, found by their indexes, as far as they had begun by $4. Whatever belongs to one that began
 * later has a later revision too: its visitor is stored again with its first message. */
#define HELD HELD_OF ("$1")
#define HELD_OF(organisation)                                                                                 \
  "(SELECT held, person FROM"                                                                                 \
  " (SELECT id AS held, visitor_id AS person FROM conversation c"                                             \
  " WHERE c.organisation_id = " organisation " AND c.status = 'open' AND c.deleted = 0"                       \
  " UNION ALL SELECT id, visitor_id FROM conversation c"                                                      \
  " WHERE c.organisation_id = " organisation " AND c.closed_at > 0 AND c.closed_at > $5 AND c.deleted = 0)"   \
  " WHERE EXISTS (SELECT 1 FROM message early WHERE early.conversation_id = held AND early.position <= $4))"

#define HELD_PARTS                                                                                            \
  "JOIN (SELECT held, " FIFTIETH ("held", "") " AS bottom FROM " HELD ")"                                     \
  " ON conversation_id = held AND position >= bottom AND position <= $4 "

#define OWN_PARTS                                                                                             \
  "JOIN (SELECT c.id AS held, " FIFTIETH ("c.id", " AND older.staff_only = 0") " AS bottom FROM conversation c" \
  " WHERE c.visitor_id = $1 AND c.deleted = 0) ON conversation_id = held AND position >= bottom "

/* A visitor's messages since $2: new ones, and older ones that were changed. */
#define OWN_CHANGES                                                                                           \
  "(SELECT new.seq FROM conversation c JOIN message new ON new.conversation_id = c.id AND new.position > $2"  \
  " WHERE c.visitor_id = $1"                                                                                  \
  " UNION SELECT seq FROM message WHERE visitor_id = $1 AND rev > $2 AND rev <> position)"

/* As cf_record_visible() has it. */
#define OWN_FILES " AND staff_only = 0 AND (sent = 1 OR author_kind = 'visitor')"

/**
 * Tail:
 * Where a caller's records of one type are. @where: those that have changed. @recent: those of a first copy where most records belong to it, along
 * the revisions. @old: where most don't: along the conversations that belong to it. $1 is whose they are, $2 since, $3 the limit, $4 the last
 * revision asked for, $5 (staff) the oldest closing time.
 */
typedef struct
{
  const CfShape *shape;
  const char *where;
  const char *recent;
  const char *old;
} Tail;

#define LATER " rev > $2 AND rev <= $4"

/* A first copy leaves out what is gone, but not what has gone since its first page was read. */
#define LEFT "(deleted = 0 OR $2 > 0) AND" LATER

/* Where $1 is an agent, because some of the records are theirs alone. */
#define OWN_ORGANISATION "(SELECT self.organisation_id FROM agent self WHERE self.id = $1)"

/* The shared ones and the agent's own; nobody is told of another's. */
#define OWN_OR_SHARED "organisation_id = " OWN_ORGANISATION " AND (owner_id IS NULL OR owner_id = $1)"

/* Channels are their members' alone: whatever is asked of them begins with the seats that an agent has now. */
#define SEATS "SELECT m.channel_id FROM channel_member m WHERE m.agent_id = $1 AND m.deleted = 0"

/* What was said since they came; of a first copy the last 50 of each channel. */
#define SAID_SINCE                                                                                            \
  "JOIN (SELECT m.channel_id AS held, m.joined AS bottom FROM channel_member m WHERE m.agent_id = $1 AND m.deleted = 0)" \
  " ON conversation_id = held AND position >= bottom WHERE deleted = 0 AND" LATER
#define SAID_LAST                                                                                             \
  "JOIN (SELECT m.channel_id AS held, max(m.joined, coalesce((SELECT older.position FROM team_message older"  \
  " WHERE older.conversation_id = m.channel_id AND older.deleted = 0 ORDER BY older.position DESC LIMIT 1 OFFSET 49), 0)) AS bottom" \
  " FROM channel_member m WHERE m.agent_id = $1 AND m.deleted = 0)"                                           \
  " ON conversation_id = held AND position >= bottom WHERE deleted = 0 AND" LATER

/* A file in a channel was sent with the revision of its message, and never changes after that. */
#define FILE_AMONG                                                                                            \
  "(EXISTS (SELECT 1 FROM channel_member m WHERE m.channel_id = file.conversation_id AND m.agent_id = $1 AND m.deleted = 0" \
  " AND m.joined <= file.rev) AND (sent = 1 OR author_id = $1))"

/* What belongs to a conversation of one of the sites in $6. */
#define OF_CONVERSATION                                                                                       \
  "EXISTS (SELECT 1 FROM conversation home WHERE home.id = conversation_id AND instr ($6, home.site_id) > 0)"

static const Tail staff_tails[] = {
  { &cf_login_session_shape, "WHERE agent_id = $1 AND" LATER, "WHERE agent_id = $1 AND " LEFT, NULL },
  { &cf_saved_view_shape, "WHERE " OWN_OR_SHARED " AND" LATER, "WHERE " OWN_OR_SHARED " AND " LEFT, NULL },
  { &cf_visitor_shape, "WHERE organisation_id = $1 AND" LATER,
    "WHERE organisation_id = $1 AND deleted = 0 AND (EXISTS (SELECT 1 FROM conversation c WHERE c.visitor_id = visitor.id AND " IS_HELD ")"
    " OR EXISTS (SELECT 1 FROM visitor merged JOIN conversation c ON c.visitor_id = merged.id WHERE merged.merged_into = visitor.id AND " IS_HELD "))"
    " AND" LATER,
    "WHERE id IN (SELECT coalesce (merged_into, '') FROM visitor WHERE id IN (SELECT person FROM " HELD ") UNION SELECT person FROM " HELD ")"
    " AND deleted = 0 AND" LATER },
  { &cf_conversation_shape, "WHERE organisation_id = $1 AND" LATER,
    "AS c WHERE organisation_id = $1 AND deleted = 0 AND " IS_HELD " AND" LATER,
    "WHERE id IN (SELECT held FROM " HELD ") AND deleted = 0 AND" LATER },
  { &cf_message_shape, "WHERE organisation_id = $1 AND" LATER,
    "WHERE organisation_id = $1 AND deleted = 0 AND EXISTS (SELECT 1 FROM conversation c WHERE c.id = message.conversation_id AND " IS_HELD ")"
    " AND position >= " FIFTIETH ("message.conversation_id", "") " AND" LATER,
    HELD_PARTS "WHERE deleted = 0 AND" LATER },
  { &cf_read_mark_shape, "WHERE organisation_id = $1 AND" LATER,
    "WHERE organisation_id = $1 AND deleted = 0 AND EXISTS (SELECT 1 FROM conversation c WHERE c.id = read_mark.conversation_id AND " IS_HELD ") AND" LATER,
    "WHERE conversation_id IN (SELECT held FROM " HELD ") AND deleted = 0 AND" LATER },
  { &cf_canned_response_shape, "WHERE " OWN_OR_SHARED " AND" LATER, "WHERE " OWN_OR_SHARED " AND " LEFT, NULL },
  { &cf_macro_shape, "WHERE " OWN_OR_SHARED " AND" LATER, "WHERE " OWN_OR_SHARED " AND " LEFT, NULL },
  { &cf_file_shape, "WHERE organisation_id = " OWN_ORGANISATION " AND (members IS NULL OR " FILE_AMONG ") AND" LATER,
    "WHERE organisation_id = " OWN_ORGANISATION " AND deleted = 0"
    " AND (EXISTS (SELECT 1 FROM conversation c WHERE c.id = file.conversation_id AND " IS_HELD ") OR " FILE_AMONG ") AND" LATER,
    "WHERE conversation_id IN (SELECT held FROM " HELD_OF (OWN_ORGANISATION) " UNION ALL " SEATS ")"
    " AND deleted = 0 AND (members IS NULL OR " FILE_AMONG ") AND" LATER },
  { &cf_channel_shape, "WHERE id IN (" SEATS ") AND" LATER, NULL, NULL },
  { &cf_channel_member_shape, "WHERE agent_id = $1 AND" LATER, "WHERE agent_id = $1 AND " LEFT, NULL },
  { &cf_team_message_shape, SAID_SINCE, SAID_LAST, NULL },
  { NULL, "WHERE organisation_id = $1 AND" LATER, "WHERE organisation_id = $1 AND " LEFT, NULL },
};

static const Tail visitor_tails[] = {
  { &cf_site_shape, "WHERE id = $1 AND" LATER, NULL, NULL },
  { &cf_visitor_shape, "WHERE id = $1 AND" LATER, "WHERE id = $1 AND deleted = 0 AND" LATER, NULL },
  { &cf_conversation_shape, "WHERE visitor_id = $1 AND" LATER, "WHERE visitor_id = $1 AND deleted = 0 AND" LATER, NULL },
  { &cf_message_shape, "WHERE seq IN " OWN_CHANGES " AND visitor_id = $1 AND staff_only = 0 AND" LATER, OWN_PARTS "WHERE staff_only = 0 AND deleted = 0 AND" LATER, NULL },
  { &cf_file_shape, "WHERE visitor_id = $1" OWN_FILES " AND" LATER, "WHERE visitor_id = $1 AND deleted = 0" OWN_FILES " AND" LATER, NULL },
  { &cf_read_mark_shape, "WHERE visitor_id = $1 AND" LATER, "WHERE visitor_id = $1 AND deleted = 0 AND" LATER, NULL },
};

static const Tail *
find_tail (const CfShape *shape, gboolean staff)
{
  if (!staff)
    {
      for (guint i = 0; i < G_N_ELEMENTS (visitor_tails); i++)
        if (visitor_tails[i].shape == shape)
          return &visitor_tails[i];
      return NULL;
    }
  for (guint i = 0;; i++)
    if (staff_tails[i].shape == shape || staff_tails[i].shape == NULL)
      return &staff_tails[i];
}

static const char *
choose (const Tail *tail, CfdSyncPart part)
{
  if (part == CFD_SYNC_OLD && tail->old != NULL)
    return tail->old;
  return part != CFD_SYNC_CHANGES && tail->recent != NULL ? tail->recent : tail->where;
}

/* Which of a type's records are of the sites in $6, as far as a query can tell. A file in a channel is its members', whatever sites they serve. */
static const char *
of_sites (const CfShape *shape)
{
  const char *column = cfd_record_place_column (shape);

  if (column == NULL || strcmp (column, "sites") == 0) /* few, and looked at one by one */
    return "";
  if (shape == &cf_file_shape)
    return " AND (members IS NOT NULL OR " OF_CONVERSATION ")";
  if (strcmp (column, "conversation_id") == 0)
    return " AND " OF_CONVERSATION;
  return shape == &cf_site_shape ? " AND instr ($6, id) > 0" : " AND instr ($6, site_id) > 0";
}

/**
 * cfd_sync_store_changes:
 * @until: the last revision that is asked for
 *
 * Returns: (transfer full): the records of one type that the owner may see with a revision in (@since, @until], oldest change
 *   first, at most @limit; empty for a type that the audience never sees.
 */
GPtrArray *
cfd_sync_store_changes (CfdTx *tx, const CfShape *shape, const CfdSyncWhose *whose, CfdSyncPart part, gint64 since, gint64 until, gint64 limit,
                        GError **error)
{
  const Tail *tail = find_tail (shape, whose->audience == CF_AUDIENCE_STAFF);
  const char *limits = whose->sites != NULL ? of_sites (shape) : "";
  gboolean limited = *limits != '\0';
  gint64 closed = cfd_tx_now (tx) - RECENT_MS;
  g_autofree char *sql = NULL;

  if (tail == NULL || whose->owner == NULL)
    return cf_structs_new ();
  /* the list of sites is the sixth, so that there has to be a fifth */
  sql = g_strconcat (choose (tail, part), limits, limited ? " AND $5 > 0" : "", " ORDER BY rev LIMIT $3", NULL);
  if (limited)
    return cfd_tx_records (tx, error, shape, sql, "tiiiit", whose->owner, since, limit, until, closed, whose->sites);
  if (strstr (sql, "$5") != NULL)
    return cfd_tx_records (tx, error, shape, sql, "tiiii", whose->owner, since, limit, until, closed);
  return cfd_tx_records (tx, error, shape, sql, "tiii", whose->owner, since, limit, until);
}

/**
 * cfd_sync_store_recent:
 * Returns: about the revision at which the time begins of which a first copy holds nearly everything; 0 when that is all of it, -1 with an
 *   error. Any number would be right; a good one is fast.
 */
gint64
cfd_sync_store_recent (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT rev FROM conversation WHERE organisation_id = $1 AND closed_at > 0 AND closed_at <= $2"
                                      " ORDER BY closed_at DESC LIMIT 1",
                                      "ti", organisation_id, cfd_tx_now (tx) - RECENT_MS), error);
}

/**
 * cfd_sync_store_conversations:
 * Returns: (transfer full): the conversations of a visitor.
 */
GPtrArray *
cfd_sync_store_conversations (CfdTx *tx, const char *visitor_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_conversation_shape, "WHERE visitor_id = $1 AND deleted = 0", "t", visitor_id);
}
