/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "routing-worker.h"

#include "backend/log.h"
#include "protocol/error.h"
#include "protocol/records/agent.h"
#include "protocol/records/conversation.h"
#include "protocol/records/department.h"
#include "protocol/records/message.h"
#include "routing-service.h"
#include "routing-store.h"

/* How often it is looked for agents who are gone. */
#define LOOK_SECONDS 30

/* One organisation. */
typedef struct
{
  CfdRoutingWorker *worker;
  char *organisation_id;
  gboolean running, again; /* a call is under way; another one is wanted behind it */
  gboolean hand_back;      /* what the next call does first */
  gboolean idle;           /* no department gives by itself: nothing to do until one changes */
} Office;

/* What a call takes along: the worker may be gone when it is done. */
typedef struct
{
  Office *office;
  char *organisation_id;
  gboolean hand_back;
  CfdRoutingStep step;
} Run;

struct _CfdRoutingWorker
{
  CfdDb *db;
  GHashTable *offices; /* organisation id -> Office */
  guint look;
  gboolean asked; /* for those in which nothing has happened since the server began */
};

/* The organisations of the server. */
typedef struct
{
  CfdRoutingWorker *worker;
  GPtrArray *ids;
} Census;

static void wake (Office *office);

static void
free_office (gpointer data)
{
  Office *office = data;

  g_free (office->organisation_id);
  g_free (office);
}

static Office *
get_office (CfdRoutingWorker *self, const char *organisation_id)
{
  Office *office = g_hash_table_lookup (self->offices, organisation_id);

  if (office == NULL)
    {
      office = g_new0 (Office, 1);
      office->worker = self;
      office->organisation_id = g_strdup (organisation_id);
      g_hash_table_insert (self->offices, office->organisation_id, office);
    }
  return office;
}

static gboolean
work (CfdTx *tx, gpointer data, GError **error)
{
  Run *run = data;
  CfdRoutingStep handed = { FALSE, FALSE };

  if (run->hand_back && !cfd_routing_hand_back (tx, run->organisation_id, CFD_ROUTING_GONE_MS, &handed, error))
    return FALSE;
  if (!cfd_routing_give (tx, run->organisation_id, &run->step, error))
    return FALSE;
  run->step.more |= handed.more;
  return TRUE;
}

static void
done (gpointer data, const GError *error)
{
  Run *run = data;
  Office *office = run->office;

  office->running = FALSE;
  if (error != NULL && cf_error_code (error) != CF_ERROR_UNAVAILABLE) /* that one is told by the database, or the server stops */
    cfd_log (G_LOG_LEVEL_WARNING, "routing", "conversations could not be given", "error", error->message, NULL);
  if (error == NULL)
    office->idle = !run->step.active && !office->again;
  if (error == NULL && (run->step.more || office->again))
    wake (office);
  g_free (run->organisation_id);
  g_free (run);
}

static void
wake (Office *office)
{
  Run *run;

  office->again = office->running;
  if (office->running)
    return;
  run = g_new0 (Run, 1);
  run->office = office;
  run->organisation_id = g_strdup (office->organisation_id);
  run->hand_back = office->hand_back;
  office->running = TRUE;
  office->hand_back = FALSE;
  cfd_db_submit (office->worker->db, CFD_DB_WRITE, work, done, run);
}

static gboolean
read_organisations (CfdTx *tx, gpointer data, GError **error)
{
  Census *census = data;

  census->ids = cfd_routing_store_organisations (tx, error);
  return census->ids != NULL;
}

/* Who was given something before the server ended, and has not come back, is looked for from now on. */
static void
open_offices (gpointer data, const GError *error)
{
  Census *census = data;

  for (guint i = 0; census->ids != NULL && i < census->ids->len; i++)
    get_office (census->worker, census->ids->pdata[i]);
  census->worker->asked = error == NULL;
  g_clear_pointer (&census->ids, g_ptr_array_unref);
  g_free (census);
}

static gboolean
look_for_gone (gpointer data)
{
  CfdRoutingWorker *self = data;
  GHashTableIter iter;
  gpointer value;

  if (!self->asked)
    {
      Census *census = g_new0 (Census, 1);

      census->worker = self;
      cfd_db_submit (self->db, CFD_DB_READ, read_organisations, open_offices, census);
    }
  g_hash_table_iter_init (&iter, self->offices);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Office *office = value;

      if (office->idle)
        continue;
      office->hand_back = TRUE;
      wake (office);
    }
  return G_SOURCE_CONTINUE;
}

/* What the system itself does is no reason to look again, but for what it has put into a queue. */
static gboolean
matters (const CfRecord *record)
{
  const CfShape *shape = record->parent.shape;

  if (shape == &cf_message_shape)
    {
      const CfMessage *message = (const CfMessage *) record;

      return message->kind == CF_MESSAGE_EVENT && message->author_kind != CF_AUTHOR_SYSTEM && message->position == record->rev;
    }
  if (shape == &cf_conversation_shape)
    {
      const CfConversation *conversation = (const CfConversation *) record;

      return conversation->department_id != NULL && conversation->status == CF_CONVERSATION_OPEN && conversation->assignee_id == NULL
             && conversation->snoozed_until == 0;
    }
  return shape == &cf_department_shape || shape == &cf_agent_shape;
}

CfdRoutingWorker *
cfd_routing_worker_new (CfdDb *db)
{
  CfdRoutingWorker *self = g_new0 (CfdRoutingWorker, 1);

  self->db = db;
  self->offices = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_office);
  self->look = g_timeout_add_seconds (LOOK_SECONDS, look_for_gone, self);
  return self;
}

/**
 * cfd_routing_worker_heard:
 * A change that is on disk.
 */
void
cfd_routing_worker_heard (CfdRoutingWorker *self, const CfdChangeset *changes)
{
  Office *office = get_office (self, changes->organisation_id);
  gboolean wanted = FALSE;

  for (guint i = 0; i < changes->records->len; i++)
    {
      const CfRecord *record = changes->records->pdata[i];

      if (record->parent.shape == &cf_department_shape)
        office->idle = FALSE;
      wanted |= matters (record);
    }
  if (wanted && !office->idle)
    wake (office);
}

/**
 * cfd_routing_worker_came:
 * Somebody of that organisation is online who was not.
 */
void
cfd_routing_worker_came (const char *organisation_id, gpointer worker)
{
  Office *office = get_office (worker, organisation_id);

  if (!office->idle)
    wake (office);
}

/**
 * cfd_routing_worker_free:
 * After the database was closed, so that no call of ours is under way.
 */
void
cfd_routing_worker_free (CfdRoutingWorker *self)
{
  g_clear_handle_id (&self->look, g_source_remove);
  g_hash_table_unref (self->offices);
  g_free (self);
}
