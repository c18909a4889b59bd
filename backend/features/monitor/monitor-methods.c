/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "monitor-methods.h"

#include "backend/hub/hub.h"
#include "protocol/records/visitor.h"
#include "visit-service.h"

static CfdOnline *
online_of (const CfdLoopCall *call)
{
  return cfd_hub_get_online (call->hub, call->subscriber->caller->organisation_id);
}

static gpointer
visit_page (CfdLoopCall *call, gconstpointer params, GError **error)
{
  return cfd_online_page (online_of (call), call->subscriber, params, error) ? cf_struct_new (&cf_no_params_shape) : NULL;
}

static gpointer
forget_visit (CfdLoopCall *call, gconstpointer params, GError **error)
{
  return cfd_online_forget (online_of (call), call->subscriber, ((const CfIdParams *) params)->id, error) ? cf_struct_new (&cf_no_params_shape) : NULL;
}

static gpointer
list_visitors (CfdLoopCall *call, gconstpointer params, GError **error)
{
  return cfd_online_list (online_of (call), call->subscriber->caller, params);
}

static gpointer
watch (CfdLoopCall *call, gconstpointer params, GError **error)
{
  cfd_online_watch (online_of (call), call->subscriber, ((const CfMonitorWatchParams *) params)->scope);
  return cf_struct_new (&cf_no_params_shape);
}

static gpointer
list_visits (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_visits_list (call->tx, call->caller, params, error);
}

static gpointer
track (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_visits_track (call->tx, call->caller, params, error) ? cf_struct_new (&cf_no_params_shape) : NULL;
}

static const CfdMethod methods[] = {
  {
    .name = "visit.page",
    .allow = CFD_ALLOW_VISITOR,
    .work = CFD_WORK_LOOP,
    .params = &cf_visit_page_params_shape,
    .result = &cf_no_params_shape,
    .loop_handler = visit_page,
    .help = "The page that a visitor looks at.",
  },
  {
    .name = "visit.forget",
    .allow = CFD_ALLOW_VISITOR,
    .work = CFD_WORK_LOOP,
    .params = &cf_id_params_shape,
    .result = &cf_no_params_shape,
    .loop_handler = forget_visit,
    .help = "A visitor does not want to be followed any more: nothing of the visit stays.",
  },
  {
    .name = "visit.track",
    .allow = CFD_ALLOW_VISITOR,
    .work = CFD_WORK_WRITE,
    .params = &cf_visit_track_params_shape,
    .result = &cf_no_params_shape,
    .verb = "POST",
    .path = "/api/v1/visits/{visit_id}/events",
    .handler = track,
    .help = "Something has happened on a page that is worth telling.",
    .open_to_unproven = TRUE,
  },
  {
    .name = "visit.list",
    .allow = CFD_ALLOW_STAFF,
    .work = CFD_WORK_READ,
    .params = &cf_visit_list_params_shape,
    .result = &cf_visit_list_result_shape,
    .verb = "GET",
    .path = "/api/v1/visitors/{visitor_id}/sessions",
    .handler = list_visits,
    .help = "When a visitor was there, and what they looked at, newest first.",
    CFD_KEY (VISITORS_READ, cf_visitor_shape, "visitor_id"),
  },
  {
    .name = "monitor.list",
    .allow = CFD_ALLOW_STAFF,
    .work = CFD_WORK_LOOP,
    .params = &cf_monitor_list_params_shape,
    .result = &cf_monitor_list_result_shape,
    .loop_handler = list_visitors,
    .help = "Who is on which page now.",
  },
  {
    .name = "monitor.watch",
    .allow = CFD_ALLOW_STAFF,
    .work = CFD_WORK_LOOP,
    .params = &cf_monitor_watch_params_shape,
    .result = &cf_no_params_shape,
    .loop_handler = watch,
    .help = "What this device wants to be told of visitors from now on.",
  },
};

const CfdFeature cfd_monitor_feature = { "monitor", methods, G_N_ELEMENTS (methods) };
