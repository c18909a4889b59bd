/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel-methods.h"

#include "backend/rpc/results.h"
#include "channel-service.h"
#include "team-message-service.h"

static gpointer
list_channels (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_channels_list (call->tx, call->caller, error));
}

static gpointer
open_direct (CfdCall *call, gconstpointer params, GError **error)
{
  const CfChannelDirectParams *p = params;

  return cfd_result_of_records (cfd_channels_open_direct (call->tx, call->caller, p->agent_id, error));
}

static gpointer
put_channel (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_channels_put (call->tx, call->caller, params, error));
}

static gpointer
leave (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_records (cfd_channels_leave (call->tx, call->caller, p->id, error));
}

static gpointer
list_messages (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_team_messages_list (call->tx, call->caller, params, error);
}

static gpointer
send (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_team_messages_send (call->tx, call->caller, params, error));
}

static gpointer
edit (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_team_messages_edit (call->tx, call->caller, params, error));
}

static gpointer
remove_message (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_records (cfd_team_messages_remove (call->tx, call->caller, p->id, error));
}

static gpointer
mark_read (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_team_messages_read (call->tx, call->caller, params, error));
}

static const CfdMethod methods[] = {
  { "channel.list", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_no_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/channels", list_channels, 1, "The channels in which the caller is." },
  { "channel.open_direct", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_channel_direct_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/channels/direct", open_direct, 1, "The channel of the caller and another agent." },
  { "channel.put", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_channel_put_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/channels", put_channel, 1, "Make a group, or change its name and members." },
  { "channel.leave", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/channels/{id}/leave", leave, 1, "Hear nothing more of it." },
  { "channel.messages", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_message_list_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/channels/{conversation_id}/messages", list_messages, 1, "A page of what was said since the caller came, oldest first." },
  { "channel.send", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_message_send_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/channels/{conversation_id}/messages", send, 1, "Say something to those who are in it." },
  { "channel.edit", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_message_edit_params_shape, &cf_records_result_shape,
    "PATCH", "/api/v1/channels/messages/{id}", edit, 1, "Other words for one's own, within 15 minutes." },
  { "channel.remove", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/channels/messages/{id}", remove_message, 1, "Take back one's own, within 15 minutes." },
  { "channel.read", CFD_ALLOW_STAFF, CFD_WORK_WRITE, &cf_conversation_read_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/channels/{conversation_id}/read", mark_read, 1, "Everything up to a position was seen." },
};

const CfdFeature cfd_team_chat_feature = { "team-chat", methods, G_N_ELEMENTS (methods) };
