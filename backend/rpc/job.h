/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/hub/subscriber.h"
#include "method.h"

G_BEGIN_DECLS

/**
 * CfdJob:
 * One call on its way from a door through a thread and back. The door fills it; the router carries it and frees it after @done.
 */
typedef struct _CfdJob CfdJob;

/* Instead of the row's handler, where a door has something of its own to do in the same database work. */
typedef gpointer (*CfdJobWork) (CfdJob *job, CfdTx *tx, GError **error);
/* On the main loop. @error is in CF_ERROR and fit for the wire. */
typedef void (*CfdJobDone) (CfdJob *job, const GError *error, gpointer data);

struct _CfdJob
{
  const CfdMethod *method;
  CfStruct *params;
  CfdCaller *caller; /* who calls; the work may find out more */
  CfdSubscriber *subscriber; /* (nullable): only for calls on the main loop */

  /* what has come with the call, for those that sign in within their work */
  char *token, *site_key, *origin, *address;

  CfdJobWork work; /* (nullable): the row's handler */
  struct _CfdRouter *router;
  gint64 started; /* monotonic, µs: when the router got it */
  CfdDb *db;
  CfStruct *result;
  gint64 read; /* session.open: the organisation's revision at the time of the work */
  GPtrArray *conversations; /* session.open: of CfRecord, the visitor's own */
  gint64 retry_after_ms; /* of a refusal, where something is known of it */
  gboolean origin_allowed; /* REST: a site of ours lets this page in */

  CfdJobDone done;
  gpointer data;
};

CfdJob    *cfd_job_new       (const CfdMethod *method, CfdJobDone done, gpointer data);
CfdCaller *cfd_job_stranger  (const char *address, const char *device);
CfAudience cfd_job_audience  (const CfdJob *self);
gboolean   cfd_job_is_proven (const CfdMethod *method, const CfdCaller *caller, CfdTx *tx, GError **error);
gpointer   cfd_job_handle    (CfdJob *self, CfdTx *tx, GError **error);
gboolean   cfd_job_work      (CfdTx *tx, gpointer job, GError **error); /* a CfdDbWork */
void       cfd_job_free      (CfdJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdJob, cfd_job_free)

G_END_DECLS
