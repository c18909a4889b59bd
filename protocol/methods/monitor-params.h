/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "results.h"
#include "../record.h"

G_BEGIN_DECLS

/* Who is on which page now, and where they have been. */

#define CF_VISIT_URL_MAX   2000
#define CF_VISIT_TITLE_MAX 200
/* What is read of a user agent; what is longer is cut, and what is longer still is refused. */
#define CF_VISIT_AGENT_KEPT 512
#define CF_VISIT_AGENT_MAX  16384
/* Visitors, and ids, in one notification. */
#define CF_MONITOR_FRAME_MAX 100

/* What brought somebody to a site. */
typedef enum
{
  CF_SOURCE_UNKNOWN,
  CF_SOURCE_DIRECT,
  CF_SOURCE_ORGANIC,
  CF_SOURCE_PAID,
  CF_SOURCE_SOCIAL,
  CF_SOURCE_REFERRAL,
  CF_SOURCE_EMAIL,
} CfSource;

typedef enum
{
  CF_DEVICE_UNKNOWN,
  CF_DEVICE_DESKTOP,
  CF_DEVICE_PHONE,
  CF_DEVICE_TABLET,
} CfDevice;

typedef enum
{
  CF_MONITOR_NOTHING,
  CF_MONITOR_COUNT,    /* how many visitors there are */
  CF_MONITOR_VISITORS, /* and each of them */
} CfMonitorScope;

extern const char *const cf_source_words[];
extern const char *const cf_device_words[];
extern const char *const cf_monitor_scope_words[];

/**
 * CfVisitPageParams:
 * visit.page, by a visitor: the page that is before their eyes. The same id again says how long it has been seen, or that it is
 * looked at once more.
 */
typedef struct
{
  CfStruct parent;
  char *visit_id;  /* one for all pages of a visit */
  char *id;        /* of this look at a page */
  char *url;       /* without fragment */
  char *title;
  char *referrer;  /* of the page that the visit began with */
  char *landing;   /* that page */
  gint64 visible;  /* ms for which this page has been seen so far; 0 the first time */
  gboolean left;   /* it is before their eyes no longer */
  char *screen;    /* "1920x1080" */
  char *languages; /* "pt-PT, en" */
  char *time_zone; /* how far the clock is ahead of UTC: "+01:00"; older widgets: "Europe/Lisbon" */
  char *agent;     /* the browser's name for itself */
  gboolean agreed; /* they want to be followed; without it a site that asks first hears nothing */
} CfVisitPageParams;

extern const CfShape cf_visit_page_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitPageParams, cf_struct_unref)

/**
 * CfMonitorVisitor:
 * One visitor who is there now. Never stored, never a visitor's to see.
 */
typedef struct
{
  CfStruct parent;
  char *id;      /* the visitor's; they may have no record yet */
  char *site_id;
  char *name;
  char *visit_id;
  char *url;
  char *title;
  gint64 since;  /* on this page, ms UTC */
  gint64 came;   /* when the visit began */
  gint64 pages;  /* of this visit */
  char *landing;
  char *referrer;
  CfSource source;
  char *campaign; /* what the address said of where it was found: "google / cpc / spring" */
  char *city;
  char *country;
  char *browser;
  char *system;
  CfDevice device;
  char *screen;
  char *languages;
  char *time_zone;
  char *conversation_id; /* the open one */
  char *assignee_id;
  char *assignee_name;
} CfMonitorVisitor;

extern const CfShape cf_monitor_visitor_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfMonitorVisitor, cf_struct_unref)

/**
 * CfMonitorListParams:
 * monitor.list: those whose id is newest first.
 */
typedef struct
{
  CfStruct parent;
  char *site_id;
  char *page; /* part of the address of the page */
  char *text; /* part of a name, title, address, place, browser or system */
  char *before; /* id of the last row of the page before */
  gint64 limit;
} CfMonitorListParams;

extern const CfShape cf_monitor_list_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfMonitorListParams, cf_struct_unref)

/**
 * CfMonitorListResult:
 * monitor.list
 */
typedef struct
{
  CfStruct parent;
  gint64 total; /* who are there at all */
  gboolean more;
  GPtrArray *visitors; /* of CfMonitorVisitor */
} CfMonitorListResult;

extern const CfShape cf_monitor_list_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfMonitorListResult, cf_struct_unref)

/**
 * CfMonitorWatchParams:
 * monitor.watch: what this device wants to be told from now on.
 */
typedef struct
{
  CfStruct parent;
  CfMonitorScope scope;
} CfMonitorWatchParams;

extern const CfShape cf_monitor_watch_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfMonitorWatchParams, cf_struct_unref)

/**
 * CfMonitorNews:
 * The notification "monitor", to those who watch: who came, moved on or left within the last second or so.
 */
typedef struct
{
  CfStruct parent;
  gint64 total;
  gboolean again;      /* some news was lost on the way: ask for the list anew */
  GPtrArray *visitors; /* of CfMonitorVisitor */
  char **gone;         /* ids */
} CfMonitorNews;

extern const CfShape cf_monitor_news_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfMonitorNews, cf_struct_unref)

/**
 * CfPageView:
 * One look at a page.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *url;
  char *title;
  gint64 at;
  gint64 visible; /* ms */
} CfPageView;

extern const CfShape cf_page_view_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfPageView, cf_struct_unref)

/* What a page tells of an event beside its value: so many things, each named and said so shortly; and events of one visit that are kept. */
#define CF_EVENT_DATA_MAX  20
#define CF_EVENT_TEXT_MAX  200
#define CF_EVENTS_MAX      200

/**
 * CfEventDatum:
 * One thing that a page tells of an event.
 */
typedef struct
{
  CfStruct parent;
  char *name;
  char *value;
} CfEventDatum;

extern const CfShape cf_event_datum_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfEventDatum, cf_struct_unref)

/**
 * CfVisitEvent:
 * Something that a page has tracked.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  gint64 value; /* in hundredths; 0 = none */
  GPtrArray *data; /* of CfEventDatum; (nullable) */
  gint64 at;
} CfVisitEvent;

extern const CfShape cf_visit_event_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitEvent, cf_struct_unref)

/**
 * CfVisitTrackParams:
 * visit.track, by a visitor's page: something has happened there that the page thinks worth telling.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *visit_id;
  char *name;
  gint64 value; /* in hundredths */
  GPtrArray *data; /* of CfEventDatum */
  gboolean agreed; /* as in visit.page */
} CfVisitTrackParams;

extern const CfShape cf_visit_track_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitTrackParams, cf_struct_unref)

/**
 * CfVisit:
 * One time that somebody was on a site.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *visitor_id;
  char *site_id;
  gint64 began;
  gint64 ended; /* the last that was heard */
  char *landing;
  char *referrer;
  CfSource source;
  char *campaign;
  char *city;
  char *country;
  char *browser;
  char *system;
  CfDevice device;
  char *screen;
  char *languages;
  char *time_zone;
  gint64 n_pages;
  GPtrArray *pages; /* of CfPageView, newest first; the last of them */
  GPtrArray *events; /* of CfVisitEvent; likewise */
} CfVisit;

extern const CfShape cf_visit_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisit, cf_struct_unref)

/**
 * CfVisitListParams:
 * visit.list: newest first.
 */
typedef struct
{
  CfStruct parent;
  char *visitor_id;
  gint64 before; /* `began` of the last row of the page before; 0 = from the newest */
  gint64 limit;
} CfVisitListParams;

extern const CfShape cf_visit_list_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitListParams, cf_struct_unref)

/**
 * CfVisitListResult:
 * visit.list
 */
typedef struct
{
  CfStruct parent;
  gboolean more;
  GPtrArray *visits; /* of CfVisit */
} CfVisitListResult;

extern const CfShape cf_visit_list_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitListResult, cf_struct_unref)

G_END_DECLS
