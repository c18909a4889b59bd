/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connection-methods.h"

#include "backend/features/files/file-service.h"
#include "backend/hub/hub.h"
#include "backend/mail/mailer.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/methods/results.h"
#include "protocol/methods/session.h"
#include "protocol/methods/signal.h"
#include "protocol/records/message.h"

/* docs/protocol.md, "Doors" */
#define FRAME_MAX (64 * 1024)

static gpointer
server_info (CfdLoopCall *call, gconstpointer params, GError **error)
{
  CfServerInfo *info = cf_struct_new (&cf_server_info_shape);

  info->name = g_strdup ("ChatFlow");
  info->version = g_strdup (CHATFLOW_VERSION);
  info->time = cf_now ();
  info->message_text_max = CF_MESSAGE_TEXT_MAX;
  info->frame_max = FRAME_MAX;
  info->file_size_max = cfd_files_max_size ();
  info->mail = cfd_mail_is_set_up ();
  return info;
}

static gpointer
signal_typing (CfdLoopCall *call, gconstpointer params, GError **error)
{
  cfd_hub_typing (call->hub, call->subscriber, params);
  return cf_struct_new (&cf_no_params_shape);
}

static gpointer
signal_viewing (CfdLoopCall *call, gconstpointer params, GError **error)
{
  const char *id = ((const CfViewingParams *) params)->conversation_id;

  if (id != NULL && id[0] != '\0' && !cf_id_is_valid (id))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "conversation_id: expected a UUID version 7 in lower case, or nothing");
      return NULL;
    }
  cfd_hub_viewing (call->hub, call->subscriber, id != NULL && id[0] != '\0' ? id : NULL);
  return cf_struct_new (&cf_no_params_shape);
}

static gpointer
presence_set (CfdLoopCall *call, gconstpointer params, GError **error)
{
  const CfPresenceParams *presence = params;

  if (presence->state == CF_PRESENCE_NONE)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "state: expected one of: offline, away, online");
      return NULL;
    }
  cfd_hub_set_presence (call->hub, call->subscriber, presence->state);
  return cf_struct_new (&cf_no_params_shape);
}

/* Who that is was found out already; the rest is the main loop's. */
static gpointer
notification_test (CfdCall *call, gconstpointer params, GError **error)
{
  return cf_struct_new (&cf_notification_test_result_shape);
}

static void
call_devices (CfdHub *hub, const CfdCaller *caller, gpointer result)
{
  ((CfNotificationTestResult *) result)->devices = cfd_hub_test (hub, caller);
}

/* The socket door does the work of session.open; through any other it cannot come, having no path. */
static gpointer
session_open (CfdCall *call, gconstpointer params, GError **error)
{
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "session.open needs a socket");
  return NULL;
}

static const CfdMethod methods[] = {
  {
    .name = "server.info",
    .allow = CFD_ALLOW_ANYONE,
    .work = CFD_WORK_LOOP,
    .params = &cf_no_params_shape,
    .result = &cf_server_info_shape,
    .verb = "GET",
    .path = "/api/v1/server",
    .loop_handler = server_info,
    .help = "What a client needs to know before it signs in.",
  },
  {
    .name = CFD_METHOD_OPEN,
    .allow = CFD_ALLOW_ANYONE,
    .work = CFD_WORK_READ,
    .params = &cf_open_params_shape,
    .result = &cf_open_result_shape,
    .handler = session_open,
    .cost = 2,
    .help = "The first call on a socket: who calls, and what they have missed.",
  },
  {
    .name = "presence.set",
    .allow = CFD_ALLOW_STAFF,
    .work = CFD_WORK_LOOP,
    .params = &cf_presence_params_shape,
    .result = &cf_no_params_shape,
    .loop_handler = presence_set,
    .help = "An agent says that they are online or away.",
  },
  {
    .name = "signal.typing",
    .allow = CFD_ALLOW_STAFF | CFD_ALLOW_VISITOR,
    .work = CFD_WORK_LOOP,
    .params = &cf_typing_params_shape,
    .result = &cf_no_params_shape,
    .loop_handler = signal_typing,
    .help = "The caller types, or has stopped.",
  },
  {
    .name = "signal.viewing",
    .allow = CFD_ALLOW_STAFF,
    .work = CFD_WORK_LOOP,
    .params = &cf_viewing_params_shape,
    .result = &cf_no_params_shape,
    .loop_handler = signal_viewing,
    .help = "What the agent has before their eyes on this device.",
  },
  {
    .name = "notification.test",
    .allow = CFD_ALLOW_STAFF,
    .work = CFD_WORK_READ,
    .params = &cf_no_params_shape,
    .result = &cf_notification_test_result_shape,
    .verb = "POST",
    .path = "/api/v1/notifications/test",
    .handler = notification_test,
    .loop_rest = call_devices,
    .cost = 5,
    .help = "Calls the agent on all of their devices that are connected, to see whether notifications get through.",
  },
};

const CfdFeature cfd_connection_feature = { "connection", methods, G_N_ELEMENTS (methods) };

/**
 * cfd_connection_with:
 * Returns: (transfer container): the connection's own rows and then @features, NULL-terminated
 */
const CfdFeature *const *
cfd_connection_with (const CfdFeature *const *features)
{
  GPtrArray *all = g_ptr_array_new ();

  g_ptr_array_add (all, (gpointer) &cfd_connection_feature);
  for (; *features != NULL; features++)
    g_ptr_array_add (all, (gpointer) *features);
  g_ptr_array_add (all, NULL);
  return (const CfdFeature *const *) g_ptr_array_free (all, FALSE);
}
