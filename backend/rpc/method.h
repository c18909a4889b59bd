/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"
#include "caller.h"
#include "protocol/methods/api-scope.h"

G_BEGIN_DECLS

/* Where a handler runs. */
typedef enum
{
  CFD_WORK_READ,  /* a reading database thread */
  CFD_WORK_WRITE, /* the writing thread, inside the shared commit */
  CFD_WORK_SLOW,  /* the slow thread: passwords. Reads by call->tx, writes by cfd_db_run() */
  CFD_WORK_LOOP,  /* the main loop, without the database: signals. The row has a loop_handler */
} CfdWork;

/**
 * CfdCall:
 * One call on its way through a handler, on a database thread.
 */
typedef struct
{
  CfdTx *tx;
  CfdDb *db;
  const CfdCaller *caller;
} CfdCall;

/* Returns: (transfer full): a struct of the row's result shape, or NULL with an error in CF_ERROR. */
typedef gpointer (*CfdHandler) (CfdCall *call, gconstpointer params, GError **error);

/**
 * CfdLoopCall:
 * One call that is answered on the main loop.
 */
typedef struct
{
  struct _CfdHub *hub;
  struct _CfdSubscriber *subscriber; /* nullable: who calls has no open session */
} CfdLoopCall;

typedef gpointer (*CfdLoopHandler) (CfdLoopCall *call, gconstpointer params, GError **error);

/* After a handler on a database thread, on the main loop: may tell who is there, and what came of that in @result. */
typedef void (*CfdLoopRest) (struct _CfdHub *hub, const CfdCaller *caller, gpointer result);

/**
 * CfdMethod:
 * One thing that can be done. The router checks @allow, decodes and validates @params, spends @cost, runs @handler on its thread,
 * encodes @result for the caller's audience and maps errors: never the handler.
 */
typedef struct
{
  const char *name;
  guint allow; /* CfdAllow bits */
  CfdWork work;
  const CfShape *params;
  const CfShape *result;
  const char *verb; /* REST door; NULL = socket only */
  const char *path; /* with {field} for params that stand in the path */
  CfdHandler handler;
  guint cost; /* tokens; 0 counts as 1 */
  const char *help;
  CfdLoopHandler loop_handler; /* CFD_WORK_LOOP */
  CfdLoopRest loop_rest;       /* what is left for the main loop when the handler was successful, before the answer; NULL = nothing */
  CfAudience audience;         /* of the result, where it is not the caller's: who signs in is staff by the answer; 0 = the caller's */
  const char *media_type;      /* REST answers with the text of one field of the result, as this; NULL = all of it, as JSON */
  const char *media_field;     /* that one: of CF_KIND_TEXT */
  gboolean open_to_unproven;   /* a write of visitors that also a site takes which wants to know first who they are */
  guint scope;                 /* CF_API_SCOPE_BIT of what an API key needs to call it, by REST alone; 0 = no key may */
  const CfShape *subject;      /* with a scope: whether the key gets to it is decided by the record of this shape … */
  const char *subject_param;   /* … that this param names: it must be of the key's site */
} CfdMethod;

/* In a row: which scope an API key needs, and which param names the record that must be of its site. */
#define CFD_KEY(word, shape, param) .scope = CF_API_SCOPE_BIT (CF_API_SCOPE_##word), .subject = &shape, .subject_param = param

/**
 * CfdFeature:
 * A feature's rows; backend/features.c lists all features.
 */
typedef struct
{
  const char *name;
  const CfdMethod *methods;
  guint n_methods;
} CfdFeature;

G_END_DECLS
