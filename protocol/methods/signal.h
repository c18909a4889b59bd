/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "../records/author-kind.h"

G_BEGIN_DECLS

/* What is said and forgotten: never stored, may be dropped. */

#define CF_TYPING_TEXT_MAX 1000

typedef enum
{
  CF_SIGNAL_TYPING,
  CF_SIGNAL_PRESENCE,
  CF_SIGNAL_VIEWING, /* among the staff */
  CF_SIGNAL_TEST, /* to an agent's own devices: they asked to be called */
  CF_SIGNAL_CALL, /* to some agents: a trigger calls them to a visitor */
} CfSignalKind;

typedef enum
{
  CF_PRESENCE_NONE, /* nothing is said of it */
  CF_PRESENCE_OFFLINE,
  CF_PRESENCE_AWAY,
  CF_PRESENCE_ONLINE,
} CfPresenceState;

extern const char *const cf_signal_kind_words[];
extern const char *const cf_presence_state_words[];

/**
 * CfSignal:
 * Sent to clients as the notification "signal".
 */
typedef struct
{
  CfStruct parent;
  CfSignalKind kind;
  char *conversation_id; /* typing, viewing */
  CfAuthorKind actor_kind;
  char *actor_id; /* absent in a presence for visitors: the team as a whole */
  char *actor_name;
  char *text; /* typing: sneak peek, only visitor to staff; call: the trigger, and on the next line the page */
  gboolean active; /* typing: begun or still at it; viewing: looks at it now; FALSE = stopped */
  CfPresenceState state; /* presence */
} CfSignal;

extern const CfShape cf_signal_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSignal, cf_struct_unref)

/**
 * CfTypingParams:
 * signal.typing: from a client, at most once a second.
 */
typedef struct
{
  CfStruct parent;
  char *conversation_id;
  char *text; /* what a visitor has typed so far */
  gboolean active;
} CfTypingParams;

extern const CfShape cf_typing_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTypingParams, cf_struct_unref)

/**
 * CfPresenceParams:
 * presence.set: an agent says online, away, or offline although connected.
 */
typedef struct
{
  CfStruct parent;
  CfPresenceState state;
} CfPresenceParams;

extern const CfShape cf_presence_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfPresenceParams, cf_struct_unref)

/**
 * CfNotificationTestResult:
 * notification.test
 */
typedef struct
{
  CfStruct parent;
  gint64 devices; /* how many of the agent's were there to be called */
} CfNotificationTestResult;

extern const CfShape cf_notification_test_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfNotificationTestResult, cf_struct_unref)

/**
 * CfViewingParams:
 * signal.viewing: what the agent has before their eyes on this device.
 */
typedef struct
{
  CfStruct parent;
  char *conversation_id; /* NULL or "" = none */
} CfViewingParams;

extern const CfShape cf_viewing_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfViewingParams, cf_struct_unref)

G_END_DECLS
