/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel-service.h"

#include "backend/db/lookup.h"
#include "backend/features/accounts/account-service.h"
#include "backend/names.h"
#include "channel-store.h"
#include "channel.h"
#include "protocol/error.h"

static gboolean
put (CfdTx *tx, GPtrArray *touched, gpointer record, GError **error)
{
  if (!cfd_tx_put (tx, record, error))
    return FALSE;
  g_ptr_array_add (touched, cf_struct_ref (record));
  return TRUE;
}

static gboolean
is_in (char *const *ids, const char *id)
{
  return ids != NULL && g_strv_contains ((const char *const *) ids, id);
}

static gboolean
not_there (GError **error)
{
  g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such channel");
  return FALSE;
}

/* The channel with that id, whoever may know of it; @out is NULL when there is none. */
static gboolean
look_up (CfdTx *tx, const char *id, CfChannel **out, GError **error)
{
  return cfd_tx_lookup (tx, &cf_channel_shape, id, out, error);
}

static gboolean
knows (const CfdCaller *by, const CfChannel *channel)
{
  return channel != NULL && !channel->parent.deleted && g_strcmp0 (channel->parent.organisation_id, by->organisation_id) == 0
         && cf_channel_has (channel, by->id);
}

/* Only one's own seat is anybody's business. */
static gboolean
answer_own_seat (CfdTx *tx, const CfdCaller *by, const CfChannel *channel, GPtrArray *touched, GError **error)
{
  CfChannelMember *seat = NULL;

  if (!cfd_channel_store_member (tx, channel->parent.id, by->id, &seat, error))
    return FALSE;
  if (seat != NULL)
    g_ptr_array_add (touched, seat);
  return TRUE;
}

static gboolean
check_room (CfdTx *tx, const CfAgent *agent, GError **error)
{
  gint64 n = cfd_channel_store_groups (tx, agent->parent.id, error);

  if (n >= CFD_CHANNELS_MAX)
    g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "%s is in %d channels, which is as many as one can be in", agent->name, CFD_CHANNELS_MAX);
  return n >= 0 && n < CFD_CHANNELS_MAX;
}

/* They read from here on: what was said among the others stays among them. */
static gboolean
seat (CfdTx *tx, const CfdCaller *by, const CfChannel *channel, const char *agent_id, GError **error)
{
  g_autoptr (CfAgent) agent = cfd_accounts_get_active (tx, by->organisation_id, agent_id, error);
  g_autoptr (CfChannelMember) member = NULL;
  gint64 position;

  if (agent == NULL || !check_room (tx, agent, error))
    return FALSE;
  position = cfd_tx_revision (tx, by->organisation_id, error);
  if (position <= 0)
    return FALSE;
  member = cfd_channel_new_member (channel, agent_id, position, cfd_tx_now (tx));
  return cfd_tx_put (tx, member, error);
}

static gboolean
unseat (CfdTx *tx, const CfChannel *channel, const char *agent_id, GError **error)
{
  g_autoptr (CfChannelMember) member = NULL;

  if (!cfd_channel_store_member (tx, channel->parent.id, agent_id, &member, error))
    return FALSE;
  if (member == NULL)
    return TRUE;
  member->parent.deleted = TRUE;
  return cfd_tx_put (tx, member, error);
}

/* Gives seats to those who come and takes those of who leaves. @before: (nullable): ids */
static gboolean
reseat (CfdTx *tx, const CfdCaller *by, const CfChannel *channel, char *const *before, GError **error)
{
  for (guint i = 0; before != NULL && before[i] != NULL; i++)
    if (!is_in (channel->members, before[i]) && !unseat (tx, channel, before[i], error))
      return FALSE;
  for (guint i = 0; channel->members != NULL && channel->members[i] != NULL; i++)
    if (!is_in (before, channel->members[i]) && !seat (tx, by, channel, channel->members[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
all_in (char *const *ids, char *const *members)
{
  while (*ids != NULL && is_in (members, *ids))
    ids++;
  return *ids == NULL;
}

/* Who may say which members there are from now on. */
static gboolean
check_members (const CfdCaller *by, const CfChannel *before, char *const *members, GError **error)
{
  if (!is_in (members, by->id))
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "members: expected the caller among them; channel.leave is for going away");
  else if (g_strv_length ((char **) members) > CF_CHANNEL_MEMBERS_MAX)
    g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "members: got %u, expected at most %d", g_strv_length ((char **) members),
                 CF_CHANNEL_MEMBERS_MAX);
  else
    {
      for (guint i = 0; before->members != NULL && before->members[i] != NULL; i++)
        if (!is_in (members, before->members[i]) && !cfd_channel_may_remove (before, by->id))
          {
            g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "only who made the channel may take others out of it");
            return FALSE;
          }
      return TRUE;
    }
  return FALSE;
}

/**
 * cfd_channels_require:
 * Returns: (transfer full): the channel, if the caller is in it. For everybody else there is none, whatever their role.
 */
CfChannel *
cfd_channels_require (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  g_autoptr (CfChannel) channel = NULL;

  if (!look_up (tx, id, &channel, error))
    return NULL;
  if (knows (by, channel))
    return g_steal_pointer (&channel);
  not_there (error);
  return NULL;
}

/**
 * cfd_channels_list:
 * The caller's channels and their seats in them.
 */
GPtrArray *
cfd_channels_list (CfdTx *tx, const CfdCaller *by, GError **error)
{
  g_autoptr (GPtrArray) channels = cfd_channel_store_list (tx, by->id, error);
  g_autoptr (GPtrArray) seats = channels != NULL ? cfd_channel_store_seats (tx, by->id, error) : NULL;

  if (seats == NULL)
    return NULL;
  g_ptr_array_extend_and_steal (channels, g_steal_pointer (&seats));
  return g_steal_pointer (&channels);
}

/**
 * cfd_channels_open_direct:
 * The channel of two agents; it is made by whoever asks first, and is the same for both.
 */
GPtrArray *
cfd_channels_open_direct (CfdTx *tx, const CfdCaller *by, const char *agent_id, GError **error)
{
  g_autoptr (CfChannel) channel = NULL;
  g_autoptr (CfChannel) there = NULL;
  g_autoptr (CfAgent) agent = NULL;
  g_autoptr (GPtrArray) touched = cf_structs_new ();

  if (g_strcmp0 (agent_id, by->id) == 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "agent_id: got the caller, expected another agent");
      return NULL;
    }
  agent = cfd_accounts_get_active (tx, by->organisation_id, agent_id, error);
  if (agent == NULL)
    return NULL;
  channel = cfd_channel_new_direct (by, agent_id, cfd_tx_now (tx));
  if (!look_up (tx, channel->parent.id, &there, error))
    return NULL;
  if (there != NULL && !knows (by, there))
    {
      not_there (error);
      return NULL;
    }
  if (there != NULL)
    {
      g_ptr_array_add (touched, g_steal_pointer (&there));
      return answer_own_seat (tx, by, channel, touched, error) ? g_steal_pointer (&touched) : NULL;
    }
  if (!put (tx, touched, channel, error) || !reseat (tx, by, channel, NULL, error) || !answer_own_seat (tx, by, channel, touched, error))
    return NULL;
  return g_steal_pointer (&touched);
}

/**
 * cfd_channels_put:
 * A group of that name and with those members: made when there is none, changed when the caller is in it.
 */
GPtrArray *
cfd_channels_put (CfdTx *tx, const CfdCaller *by, const CfChannelPutParams *params, GError **error)
{
  g_autofree char *name = cfd_name_tidy (params->name, error);
  g_auto (GStrv) members = cfd_channel_list ((const char *const *) params->members), before = NULL;
  g_autoptr (CfChannel) channel = NULL;
  g_autoptr (GPtrArray) touched = cf_structs_new ();

  if (name == NULL || !look_up (tx, params->id, &channel, error))
    return NULL;
  if (channel != NULL && !knows (by, channel))
    {
      not_there (error);
      return NULL;
    }
  if (channel == NULL)
    channel = cfd_channel_new_group (by, params->id, cfd_tx_now (tx));
  if (channel->kind == CF_CHANNEL_DIRECT)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "id: is a direct channel's, which stays between two; make a group");
      return NULL;
    }
  if (!check_members (by, channel, members, error))
    return NULL;
  before = g_steal_pointer (&channel->members);
  if (before == NULL || g_strcmp0 (channel->name, name) != 0 || !g_strv_equal ((const char *const *) before, (const char *const *) members))
    {
      g_free (channel->name);
      channel->name = g_steal_pointer (&name);
      channel->members = g_steal_pointer (&members);
      if (before != NULL && !all_in (channel->members, before))
        cfd_channel_welcome (channel);
      if (!put (tx, touched, channel, error) || !reseat (tx, by, channel, before, error))
        return NULL;
    }
  else
    {
      channel->members = g_steal_pointer (&before);
      g_ptr_array_add (touched, cf_struct_ref (channel));
    }
  return answer_own_seat (tx, by, channel, touched, error) ? g_steal_pointer (&touched) : NULL;
}

static char **
without (char *const *ids, const char *id)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (; *ids != NULL; ids++)
    if (g_strcmp0 (*ids, id) != 0)
      g_ptr_array_add (list, *ids);
  g_ptr_array_add (list, NULL);
  return g_strdupv ((char **) list->pdata);
}

/* Takes the caller out of @channel; with the last one the channel and its words go too. */
static gboolean
go (CfdTx *tx, const CfdCaller *by, CfChannel *channel, GError **error)
{
  g_auto (GStrv) rest = without (channel->members, by->id);

  if (rest[0] == NULL)
    {
      channel->parent.deleted = TRUE;
      return cfd_channel_store_erase (tx, channel->parent.id, error) && cfd_tx_put (tx, channel, error);
    }
  g_strfreev (channel->members);
  channel->members = g_steal_pointer (&rest);
  return cfd_tx_put (tx, channel, error);
}

/**
 * cfd_channels_leave:
 * The caller goes. Leaving what one has left changes nothing.
 */
GPtrArray *
cfd_channels_leave (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  g_autoptr (CfChannel) channel = NULL;
  g_autoptr (CfChannelMember) member = NULL;
  g_autoptr (GPtrArray) touched = cf_structs_new ();

  if (!cfd_channel_store_left (tx, id, by->id, &member, error) || !look_up (tx, id, &channel, error))
    return NULL;
  if (member != NULL && !knows (by, channel))
    {
      g_ptr_array_add (touched, g_steal_pointer (&member));
      return g_steal_pointer (&touched);
    }
  if (!knows (by, channel))
    not_there (error);
  else if (channel->kind == CF_CHANNEL_DIRECT)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "id: is a direct channel's, which nobody leaves");
  else
    {
      g_clear_pointer (&member, cf_struct_unref);
      if (!cfd_channel_store_member (tx, id, by->id, &member, error) || member == NULL || !go (tx, by, channel, error))
        return NULL;
      member->parent.deleted = TRUE;
      return put (tx, touched, member, error) ? g_steal_pointer (&touched) : NULL;
    }
  return NULL;
}
