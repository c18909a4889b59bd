/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-methods.h"

#include "search-service.h"

static gpointer
search_messages (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_search_messages (call->tx, call->caller, params, error);
}

static gpointer
search_visitors (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_search_visitors (call->tx, call->caller, params, error);
}

static gpointer
search_team (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_search_team (call->tx, call->caller, params, error);
}

static const CfdMethod methods[] = {
  { "search.messages", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_search_messages_params_shape, &cf_search_result_shape,
    "GET", "/api/v1/search/messages", search_messages, 2, "Texts and notes with all the words, newest first, each with its conversation and visitor." },
  { "search.visitors", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_search_visitors_params_shape, &cf_search_result_shape,
    "GET", "/api/v1/search/visitors", search_visitors, 2, "Visitors by the words of their name and address, newest first." },
  { "search.team", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_search_team_params_shape, &cf_search_result_shape,
    "GET", "/api/v1/search/team", search_team, 2, "What was said in the caller's channels with all the words, newest first, each with its channel." },
};

const CfdFeature cfd_search_feature = { "search", methods, G_N_ELEMENTS (methods) };
