/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"
#include "inbox.h"
#include "outbox-row.h"

#include "protocol/methods/search-params.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CfaProgress:
 * How far the copy of the server's records has got.
 */
typedef struct
{
  gint64 applied;
  gint64 epoch;
  gboolean first; /* the copy that began at 0 is not complete yet */
  gboolean forgets; /* what was taken out of the copy can still be found in the file */
} CfaProgress;

/**
 * CfaSpot:
 * Where a conversation stands.
 */
typedef struct
{
  int position; /* -1: not in that folder */
  gint64 places; /* the number of the order, see CfaDelta */
} CfaSpot;

/**
 * CfaJobParams:
 * The parameters of any job: each uses what it needs.
 */
typedef struct
{
  char *server;
  char *agent_id;
  gboolean in_stream; /* the records are the revisions (prev, rev], and move `applied` */
  gboolean more;      /* and there is another page behind them */
  gint64 prev, rev;
  GPtrArray *records; /* of CfRecord; for cfa_job_set_files() of CfaDraftFile */
  const CfShape *shape;
  char *id; /* of an outbox row, a conversation or a message, as the job says */
  char *conversation_id;
  char *text;
  char *folder;
  CfaOrder order;
  GArray *watches; /* of CfaWatch */
  gint64 before;
  guint offset;
  guint limit;
  gboolean flag;
  CfaRefusal refusal;
  CfSearchMessagesParams *search;
  GCancellable *cancellable; /* nullable */
  CfaOutboxRow *row;
} CfaJobParams;

void cfa_job_params_free (CfaJobParams *self);

/*
 * What the cache does on its thread, one function for each call of cache.h. Each is a CfaWork with CfaJobParams, and says what it gives.
 */
gpointer cfa_job_open        (CfaDb *db, gpointer data, GError **error); /* CfaProgress */
gpointer cfa_job_progress    (CfaDb *db, gpointer data, GError **error); /* CfaProgress */
gpointer cfa_job_apply       (CfaDb *db, gpointer data, GError **error); /* CfaDelta */
gpointer cfa_job_enqueue     (CfaDb *db, gpointer data, GError **error); /* CfaDelta */
gpointer cfa_job_ripen       (CfaDb *db, gpointer data, GError **error); /* CfaDelta */
gpointer cfa_job_mark        (CfaDb *db, gpointer data, GError **error); /* CfaDelta */
gpointer cfa_job_draft       (CfaDb *db, gpointer data, GError **error); /* non-NULL */
gpointer cfa_job_set_files   (CfaDb *db, gpointer data, GError **error); /* non-NULL */
gpointer cfa_job_files       (CfaDb *db, gpointer data, GError **error); /* GPtrArray of CfaDraftFile */
gpointer cfa_job_reset       (CfaDb *db, gpointer data, GError **error); /* non-NULL */
gpointer cfa_job_slice       (CfaDb *db, gpointer data, GError **error); /* CfaInboxSlice */
gpointer cfa_job_spot        (CfaDb *db, gpointer data, GError **error); /* CfaSpot */
gpointer cfa_job_counts      (CfaDb *db, gpointer data, GError **error); /* GHashTable: folder -> CfaCount */
gpointer cfa_job_next_unread (CfaDb *db, gpointer data, GError **error); /* CfaConversationRow, nullable */
gpointer cfa_job_team_unread (CfaDb *db, gpointer data, GError **error); /* GHashTable: channel id -> GUINT_TO_POINTER */
gpointer cfa_job_outbox      (CfaDb *db, gpointer data, GError **error); /* GPtrArray of CfaOutboxRow */
gpointer cfa_job_row         (CfaDb *db, gpointer data, GError **error); /* CfaConversationRow, nullable */
gpointer cfa_job_waiting     (CfaDb *db, gpointer data, GError **error); /* GPtrArray of CfaConversationRow */
gpointer cfa_job_of_visitor  (CfaDb *db, gpointer data, GError **error); /* GPtrArray of CfaConversationRow */
gpointer cfa_job_visitor     (CfaDb *db, gpointer data, GError **error); /* GPtrArray of CfVisitor */
gpointer cfa_job_past        (CfaDb *db, gpointer data, GError **error); /* GPtrArray of CfConversation */
gpointer cfa_job_records     (CfaDb *db, gpointer data, GError **error); /* GPtrArray of CfRecord */
gpointer cfa_job_record      (CfaDb *db, gpointer data, GError **error); /* GPtrArray of CfRecord, one or none */
gpointer cfa_job_search      (CfaDb *db, gpointer data, GError **error); /* CfSearchResult */
gpointer cfa_job_messages    (CfaDb *db, gpointer data, GError **error); /* CfaMessagesPage */

G_END_DECLS
