/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../shape.h"

G_BEGIN_DECLS

/* What a trigger waits for, and what it does then. */

/* What a condition is about. The page knows the first ones, the server the others. */
typedef enum
{
  CF_TRIGGER_PAGE_TIME,   /* seconds on this page */
  CF_TRIGGER_SITE_TIME,   /* seconds since the visit began */
  CF_TRIGGER_PAGES,       /* pages of the visit, this one included */
  CF_TRIGGER_URL,         /* the address of this page */
  CF_TRIGGER_REFERRER,    /* the address of the page that led to the site */
  CF_TRIGGER_UTM,         /* what the address says that the visit began with; name: source, medium, campaign, term or content */
  CF_TRIGGER_SCROLL,      /* how far down the page was scrolled, in percent */
  CF_TRIGGER_EXIT,        /* the pointer leaves the page at its top */
  CF_TRIGGER_EVENT,       /* name: what the page has tracked in this visit */
  CF_TRIGGER_EVENT_VALUE, /* name: the same; with which value the last time */
  CF_TRIGGER_LANGUAGE,    /* that the browser prefers: "pt" is "pt-BR" too */
  CF_TRIGGER_RETURNING,   /* it is not the first visit */
  CF_TRIGGER_ATTRIBUTE,   /* name: the id of an attribute */
  CF_TRIGGER_COUNTRY,     /* its English name */
  CF_TRIGGER_HOUR,        /* by the clock of the site */
  CF_TRIGGER_AGENTS,      /* agents who are online */
} CfTriggerKind;

/* How what is so is compared with the value of the condition. */
typedef enum
{
  CF_TRIGGER_IS,
  CF_TRIGGER_IS_NOT,
  CF_TRIGGER_AT_LEAST,
  CF_TRIGGER_AT_MOST,
  CF_TRIGGER_MATCHES, /* a pattern in which * stands for any characters */
  CF_TRIGGER_MATCHES_NOT,
} CfTriggerHow;

extern const char *const cf_trigger_kind_words[];
extern const char *const cf_trigger_how_words[];
extern const char *const cf_trigger_utm_words[];

#define CF_TRIGGER_CONDITIONS_MAX 20
#define CF_TRIGGER_VALUE_MAX      500
#define CF_TRIGGER_SECONDS_MAX    86400
#define CF_TRIGGER_PAGES_MAX      1000
#define CF_TRIGGER_AGENTS_MAX     1000
#define CF_TRIGGER_TEXT_MAX       1000
#define CF_TRIGGER_BUBBLE_MAX     140
#define CF_TRIGGER_NAME_MAX       100
#define CF_TRIGGER_TAGS_MAX       10
#define CF_TRIGGER_NOTIFY_MAX     20
/* What a page tracks is called so, and its values: in hundredths. */
#define CF_EVENT_NAME_MAX         50
#define CF_EVENT_VALUE_MAX        G_GINT64_CONSTANT (1000000000000)

/**
 * CfTriggerCondition:
 * Something that is so, or not so yet.
 */
typedef struct
{
  CfStruct parent;
  CfTriggerKind kind;
  CfTriggerHow how;
  char *name; /* of kinds that are about one thing of several */
  char *value;
} CfTriggerCondition;

extern const CfShape cf_trigger_condition_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerCondition, cf_struct_unref)

/**
 * CfTriggerRules:
 * What has to be so.
 */
typedef struct
{
  CfStruct parent;
  gboolean any; /* one condition is enough; else all */
  GPtrArray *conditions; /* of CfTriggerCondition; (nullable) */
} CfTriggerRules;

extern const CfShape cf_trigger_rules_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerRules, cf_struct_unref)

/**
 * CfTriggerActions:
 * What is done then: all that is given.
 */
typedef struct
{
  CfStruct parent;
  char *message; /* begins a conversation */
  char *agent_id; /* who says it, or what the bubble says; NULL = author_name does */
  char *author_name; /* what a bot is called; NULL = as the site */
  char *bubble; /* beside the launcher; not with a message, which is shown there too */
  gboolean open; /* the panel opens */
  char **tags; /* ids: the visitor gets them */
  char *department_id; /* whose the conversation is that begins by it */
  char **notify; /* ids of agents: a note calls them */
} CfTriggerActions;

extern const CfShape cf_trigger_actions_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTriggerActions, cf_struct_unref)

gboolean cf_trigger_kind_is_page      (CfTriggerKind kind);
gboolean cf_trigger_kind_is_stored    (CfTriggerKind kind);
gboolean cf_trigger_kind_takes        (CfTriggerKind kind, CfTriggerHow how);
gboolean cf_trigger_condition_check   (const CfTriggerCondition *condition, GError **error);
gboolean cf_trigger_rules_check       (const CfTriggerRules *rules, GError **error);
gboolean cf_trigger_actions_check     (const CfTriggerActions *actions, GError **error);
gboolean cf_trigger_hours_read        (const char *value, guint *from, guint *to);
gboolean cf_hundredths_read           (const char *text, gint64 *hundredths);

G_END_DECLS
