/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "monitor-params.h"

#include "trigger-rules.h"
#include "../id.h"

const char *const cf_source_words[] = { "", "direct", "organic", "paid", "social", "referral", "email", NULL };
const char *const cf_device_words[] = { "", "desktop", "phone", "tablet", NULL };
const char *const cf_monitor_scope_words[] = { "", "count", "visitors", NULL };

static const CfField visit_page_params_fields[] = {
  CF_ROW (CfVisitPageParams, visit_id, CF_KIND_ID, "visit_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitPageParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .help = "Of this look at a page."),
  CF_ROW (CfVisitPageParams, url, CF_KIND_STRING, "url", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_VISIT_URL_MAX),
  CF_ROW (CfVisitPageParams, title, CF_KIND_STRING, "title", 0, CF_AUDIENCE_ALL, .max = CF_VISIT_TITLE_MAX),
  CF_ROW (CfVisitPageParams, referrer, CF_KIND_STRING, "referrer", 0, CF_AUDIENCE_ALL, .max = CF_VISIT_URL_MAX,
          .help = "Of the page that the visit began with."),
  CF_ROW (CfVisitPageParams, landing, CF_KIND_STRING, "landing", 0, CF_AUDIENCE_ALL, .max = CF_VISIT_URL_MAX),
  CF_ROW (CfVisitPageParams, visible, CF_KIND_INTEGER, "visible", 0, CF_AUDIENCE_ALL, .min = 0, .max = 7 * 86400 * 1000,
          .help = "Milliseconds for which it has been seen so far."),
  CF_ROW (CfVisitPageParams, left, CF_KIND_BOOLEAN, "left", 0, CF_AUDIENCE_ALL, .help = "It is before their eyes no longer."),
  CF_ROW (CfVisitPageParams, screen, CF_KIND_STRING, "screen", 0, CF_AUDIENCE_ALL, .max = 20),
  CF_ROW (CfVisitPageParams, languages, CF_KIND_STRING, "languages", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfVisitPageParams, time_zone, CF_KIND_STRING, "time_zone", 0, CF_AUDIENCE_ALL, .max = 60),
  CF_ROW (CfVisitPageParams, agent, CF_KIND_STRING, "agent", 0, CF_AUDIENCE_ALL, .max = CF_VISIT_AGENT_MAX,
          .help = "The browser's name for itself; cut after 512 characters."),
  CF_ROW (CfVisitPageParams, agreed, CF_KIND_BOOLEAN, "agreed", 0, CF_AUDIENCE_ALL,
          .help = "They have agreed to be followed; where a site wants that, nothing is taken without it."),
};

const CfShape cf_visit_page_params_shape = {
  .name = "visit_page_params",
  .size = sizeof (CfVisitPageParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (visit_page_params_fields),
};

static const CfField monitor_visitor_fields[] = {
  CF_ROW (CfMonitorVisitor, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .help = "The visitor's, who may have no record yet."),
  CF_ROW (CfMonitorVisitor, site_id, CF_KIND_ID, "site_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMonitorVisitor, name, CF_KIND_STRING, "name", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfMonitorVisitor, visit_id, CF_KIND_ID, "visit_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMonitorVisitor, url, CF_KIND_STRING, "url", 0, CF_AUDIENCE_ALL, .max = CF_VISIT_URL_MAX),
  CF_ROW (CfMonitorVisitor, title, CF_KIND_STRING, "title", 0, CF_AUDIENCE_ALL, .max = CF_VISIT_TITLE_MAX),
  CF_ROW (CfMonitorVisitor, since, CF_KIND_TIME, "since", 0, CF_AUDIENCE_ALL, .help = "On this page."),
  CF_ROW (CfMonitorVisitor, came, CF_KIND_TIME, "came", 0, CF_AUDIENCE_ALL, .help = "When the visit began."),
  CF_ROW (CfMonitorVisitor, pages, CF_KIND_INTEGER, "pages", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfMonitorVisitor, landing, CF_KIND_STRING, "landing", 0, CF_AUDIENCE_ALL, .max = CF_VISIT_URL_MAX),
  CF_ROW (CfMonitorVisitor, referrer, CF_KIND_STRING, "referrer", 0, CF_AUDIENCE_ALL, .max = CF_VISIT_URL_MAX),
  CF_ROW (CfMonitorVisitor, source, CF_KIND_ENUM, "source", 0, CF_AUDIENCE_ALL, .words = cf_source_words),
  CF_ROW (CfMonitorVisitor, campaign, CF_KIND_STRING, "campaign", 0, CF_AUDIENCE_ALL, .max = 200),
  CF_ROW (CfMonitorVisitor, city, CF_KIND_STRING, "city", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfMonitorVisitor, country, CF_KIND_STRING, "country", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfMonitorVisitor, browser, CF_KIND_STRING, "browser", 0, CF_AUDIENCE_ALL, .max = 60),
  CF_ROW (CfMonitorVisitor, system, CF_KIND_STRING, "system", 0, CF_AUDIENCE_ALL, .max = 60),
  CF_ROW (CfMonitorVisitor, device, CF_KIND_ENUM, "device", 0, CF_AUDIENCE_ALL, .words = cf_device_words),
  CF_ROW (CfMonitorVisitor, screen, CF_KIND_STRING, "screen", 0, CF_AUDIENCE_ALL, .max = 20),
  CF_ROW (CfMonitorVisitor, languages, CF_KIND_STRING, "languages", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfMonitorVisitor, time_zone, CF_KIND_STRING, "time_zone", 0, CF_AUDIENCE_ALL, .max = 60),
  CF_ROW (CfMonitorVisitor, conversation_id, CF_KIND_ID, "conversation_id", 0, CF_AUDIENCE_ALL, .help = "The open one."),
  CF_ROW (CfMonitorVisitor, assignee_id, CF_KIND_ID, "assignee_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMonitorVisitor, assignee_name, CF_KIND_STRING, "assignee_name", 0, CF_AUDIENCE_ALL, .max = 100),
};

const CfShape cf_monitor_visitor_shape = {
  .name = "monitor_visitor",
  .size = sizeof (CfMonitorVisitor),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (monitor_visitor_fields),
};

static const CfField monitor_list_params_fields[] = {
  CF_ROW (CfMonitorListParams, site_id, CF_KIND_ID, "site_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMonitorListParams, page, CF_KIND_STRING, "page", 0, CF_AUDIENCE_ALL, .max = 200, .help = "Part of the address of the page."),
  CF_ROW (CfMonitorListParams, text, CF_KIND_STRING, "text", 0, CF_AUDIENCE_ALL, .max = 200, .help = "Part of a name, title, address, place, browser or system."),
  CF_ROW (CfMonitorListParams, before, CF_KIND_ID, "before", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMonitorListParams, limit, CF_KIND_INTEGER, "limit", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_PAGE_MAX),
};

const CfShape cf_monitor_list_params_shape = {
  .name = "monitor_list_params",
  .size = sizeof (CfMonitorListParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (monitor_list_params_fields),
};

static const CfField monitor_list_result_fields[] = {
  CF_ROW (CfMonitorListResult, total, CF_KIND_INTEGER, "total", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfMonitorListResult, more, CF_KIND_BOOLEAN, "more", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMonitorListResult, visitors, CF_KIND_STRUCTS, "visitors", 0, CF_AUDIENCE_ALL, .shape = &cf_monitor_visitor_shape),
};

const CfShape cf_monitor_list_result_shape = {
  .name = "monitor_list_result",
  .size = sizeof (CfMonitorListResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (monitor_list_result_fields),
};

static const CfField monitor_watch_params_fields[] = {
  CF_ROW (CfMonitorWatchParams, scope, CF_KIND_ENUM, "scope", 0, CF_AUDIENCE_ALL, .words = cf_monitor_scope_words,
          .help = "Empty for nothing."),
};

const CfShape cf_monitor_watch_params_shape = {
  .name = "monitor_watch_params",
  .size = sizeof (CfMonitorWatchParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (monitor_watch_params_fields),
};

static const CfField monitor_news_fields[] = {
  CF_ROW (CfMonitorNews, total, CF_KIND_INTEGER, "total", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfMonitorNews, again, CF_KIND_BOOLEAN, "again", 0, CF_AUDIENCE_ALL, .help = "Some was lost: list them anew."),
  CF_ROW (CfMonitorNews, visitors, CF_KIND_STRUCTS, "visitors", 0, CF_AUDIENCE_ALL, .shape = &cf_monitor_visitor_shape),
  CF_ROW (CfMonitorNews, gone, CF_KIND_STRINGS, "gone", 0, CF_AUDIENCE_ALL, .min = 1, .max = CF_ID_LENGTH, .help = "Ids."),
};

const CfShape cf_monitor_news_shape = {
  .name = "monitor_news",
  .size = sizeof (CfMonitorNews),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (monitor_news_fields),
};

static const CfField page_view_fields[] = {
  CF_ROW (CfPageView, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfPageView, url, CF_KIND_STRING, "url", 0, CF_AUDIENCE_ALL, .max = CF_VISIT_URL_MAX),
  CF_ROW (CfPageView, title, CF_KIND_STRING, "title", 0, CF_AUDIENCE_ALL, .max = CF_VISIT_TITLE_MAX),
  CF_ROW (CfPageView, at, CF_KIND_TIME, "at", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfPageView, visible, CF_KIND_INTEGER, "visible", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64, .help = "Milliseconds."),
};

const CfShape cf_page_view_shape = {
  .name = "page_view",
  .size = sizeof (CfPageView),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (page_view_fields),
};

static const CfField event_datum_fields[] = {
  CF_ROW (CfEventDatum, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_EVENT_NAME_MAX),
  CF_ROW (CfEventDatum, value, CF_KIND_STRING, "value", 0, CF_AUDIENCE_ALL, .max = CF_EVENT_TEXT_MAX),
};

const CfShape cf_event_datum_shape = {
  .name = "event_datum",
  .size = sizeof (CfEventDatum),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (event_datum_fields),
};

static const CfField visit_event_fields[] = {
  CF_ROW (CfVisitEvent, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitEvent, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_EVENT_NAME_MAX),
  CF_ROW (CfVisitEvent, value, CF_KIND_INTEGER, "value", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_EVENT_VALUE_MAX, .help = "In hundredths."),
  CF_ROW (CfVisitEvent, data, CF_KIND_STRUCTS, "data", 0, CF_AUDIENCE_ALL, .shape = &cf_event_datum_shape, .max = CF_EVENT_DATA_MAX),
  CF_ROW (CfVisitEvent, at, CF_KIND_TIME, "at", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_visit_event_shape = {
  .name = "visit_event",
  .size = sizeof (CfVisitEvent),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (visit_event_fields),
};

static const CfField visit_track_params_fields[] = {
  CF_ROW (CfVisitTrackParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitTrackParams, visit_id, CF_KIND_ID, "visit_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitTrackParams, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_EVENT_NAME_MAX),
  CF_ROW (CfVisitTrackParams, value, CF_KIND_INTEGER, "value", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_EVENT_VALUE_MAX, .help = "In hundredths."),
  CF_ROW (CfVisitTrackParams, data, CF_KIND_STRUCTS, "data", 0, CF_AUDIENCE_ALL, .shape = &cf_event_datum_shape, .max = CF_EVENT_DATA_MAX),
  CF_ROW (CfVisitTrackParams, agreed, CF_KIND_BOOLEAN, "agreed", 0, CF_AUDIENCE_ALL, .help = "As in visit.page."),
};

const CfShape cf_visit_track_params_shape = {
  .name = "visit_track_params",
  .size = sizeof (CfVisitTrackParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (visit_track_params_fields),
};

static const CfField visit_fields[] = {
  CF_ROW (CfVisit, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisit, visitor_id, CF_KIND_ID, "visitor_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfVisit, site_id, CF_KIND_ID, "site_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfVisit, began, CF_KIND_TIME, "began", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfVisit, ended, CF_KIND_TIME, "ended", 0, CF_AUDIENCE_ALL, .help = "The last that was heard."),
  CF_ROW (CfVisit, landing, CF_KIND_STRING, "landing", 0, CF_AUDIENCE_ALL, .max = CF_VISIT_URL_MAX),
  CF_ROW (CfVisit, referrer, CF_KIND_STRING, "referrer", 0, CF_AUDIENCE_ALL, .max = CF_VISIT_URL_MAX),
  CF_ROW (CfVisit, source, CF_KIND_ENUM, "source", 0, CF_AUDIENCE_ALL, .words = cf_source_words),
  CF_ROW (CfVisit, campaign, CF_KIND_STRING, "campaign", 0, CF_AUDIENCE_ALL, .max = 200),
  CF_ROW (CfVisit, city, CF_KIND_STRING, "city", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfVisit, country, CF_KIND_STRING, "country", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfVisit, browser, CF_KIND_STRING, "browser", 0, CF_AUDIENCE_ALL, .max = 60),
  CF_ROW (CfVisit, system, CF_KIND_STRING, "system", 0, CF_AUDIENCE_ALL, .max = 60),
  CF_ROW (CfVisit, device, CF_KIND_ENUM, "device", 0, CF_AUDIENCE_ALL, .words = cf_device_words),
  CF_ROW (CfVisit, screen, CF_KIND_STRING, "screen", 0, CF_AUDIENCE_ALL, .max = 20),
  CF_ROW (CfVisit, languages, CF_KIND_STRING, "languages", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfVisit, time_zone, CF_KIND_STRING, "time_zone", 0, CF_AUDIENCE_ALL, .max = 60),
  CF_ROW (CfVisit, n_pages, CF_KIND_INTEGER, "n_pages", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfVisit, pages, CF_KIND_STRUCTS, "pages", 0, CF_AUDIENCE_ALL, .shape = &cf_page_view_shape, .help = "The last of them, newest first."),
  CF_ROW (CfVisit, events, CF_KIND_STRUCTS, "events", 0, CF_AUDIENCE_ALL, .shape = &cf_visit_event_shape, .help = "Likewise: what the pages have tracked."),
};

const CfShape cf_visit_shape = {
  .name = "visit",
  .size = sizeof (CfVisit),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (visit_fields),
};

static const CfField visit_list_params_fields[] = {
  CF_ROW (CfVisitListParams, visitor_id, CF_KIND_ID, "visitor_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitListParams, before, CF_KIND_INTEGER, "before", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfVisitListParams, limit, CF_KIND_INTEGER, "limit", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_PAGE_MAX),
};

const CfShape cf_visit_list_params_shape = {
  .name = "visit_list_params",
  .size = sizeof (CfVisitListParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (visit_list_params_fields),
};

static const CfField visit_list_result_fields[] = {
  CF_ROW (CfVisitListResult, more, CF_KIND_BOOLEAN, "more", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitListResult, visits, CF_KIND_STRUCTS, "visits", 0, CF_AUDIENCE_ALL, .shape = &cf_visit_shape),
};

const CfShape cf_visit_list_result_shape = {
  .name = "visit_list_result",
  .size = sizeof (CfVisitListResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (visit_list_result_fields),
};
