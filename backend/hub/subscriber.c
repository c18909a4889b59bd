/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subscriber.h"

#include "protocol/records/login-session.h"
#include "protocol/records/visitor.h"

static gboolean
close_ended (gpointer data)
{
  CfdSubscriber *self = data;

  self->end_source = 0;
  if (self->renewed)
    cfd_peer_close (self->peer, CFD_CLOSE_RESTART, "the sites of this agent have changed");
  else
    cfd_peer_close (self->peer, CFD_CLOSE_SESSION, cf_error_reason (self->end_code));
  return G_SOURCE_REMOVE;
}

static gboolean
same_sites (char *const *a, char *const *b)
{
  return a != NULL && b != NULL ? g_strv_equal ((const char *const *) a, (const char *const *) b) : a == b;
}

static void
note_agent (CfdSubscriber *self, const CfAgent *agent)
{
  static const CfdAllow kinds[] = {
    [CF_ROLE_AGENT] = CFD_ALLOW_AGENT,
    [CF_ROLE_SUPERVISOR] = CFD_ALLOW_SUPERVISOR,
    [CF_ROLE_ADMIN] = CFD_ALLOW_ADMIN,
  };
  CfdCaller *caller;

  if (agent->disabled || agent->parent.deleted)
    {
      cfd_subscriber_end (self, agent->disabled ? CF_ERROR_DISABLED : CF_ERROR_REVOKED);
      return;
    }
  if (!same_sites (self->caller->sites, cf_agent_is_limited (agent) ? agent->sites : NULL))
    cfd_subscriber_renew (self);
  caller = cfd_caller_copy (self->caller);
  caller->kind = kinds[agent->role];
  g_strfreev (caller->sites);
  caller->sites = cf_agent_is_limited (agent) ? g_strdupv (agent->sites) : NULL;
  g_free (caller->name);
  caller->name = g_strdup (agent->name);
  cfd_subscriber_set_caller (self, caller);
}

static void
note_login_session (CfdSubscriber *self, const CfLoginSession *session)
{
  CfdCaller *caller;

  if (session->parent.deleted)
    {
      cfd_subscriber_end (self, CF_ERROR_REVOKED);
      return;
    }
  caller = cfd_caller_copy (self->caller);
  caller->expires_at = session->expires_at;
  cfd_subscriber_set_caller (self, caller);
}

/* Whoever claimed this id with another secret, before the visitor existed, is somebody else. */
static void
note_visitor (CfdSubscriber *self, const CfVisitor *visitor)
{
  CfdCaller *caller;

  if (visitor->parent.deleted)
    cfd_subscriber_end (self, CF_ERROR_REVOKED);
  else if (self->caller->secret_hash != NULL && g_strcmp0 (self->caller->secret_hash, visitor->secret_hash) != 0)
    cfd_subscriber_end (self, CF_ERROR_UNAUTHENTICATED);
  else
    {
      cfd_subscriber_settle (self);
      caller = cfd_caller_copy (self->caller);
      g_free (caller->name);
      caller->name = g_strdup (visitor->name);
      cfd_subscriber_set_caller (self, caller);
    }
}

CfdSubscriber *
cfd_subscriber_new (CfdPeer *peer, CfdCaller *caller)
{
  CfdSubscriber *self = g_new0 (CfdSubscriber, 1);

  self->peer = cfd_peer_ref (peer);
  self->caller = cfd_caller_ref (caller);
  return self;
}

/**
 * cfd_subscriber_set_caller:
 * @caller: (transfer full): the same person, of whom something has changed: role, name, existence
 */
void
cfd_subscriber_set_caller (CfdSubscriber *self, CfdCaller *caller)
{
  cfd_caller_unref (self->caller);
  self->caller = caller;
}

/**
 * cfd_subscriber_note:
 * What a changed record means for the peer itself: another role, the end of the session, a visitor who now exists.
 */
void
cfd_subscriber_note (CfdSubscriber *self, const CfRecord *record)
{
  const CfShape *shape = record->parent.shape;

  if (shape == &cf_login_session_shape && g_strcmp0 (self->caller->session_id, record->id) == 0)
    note_login_session (self, (const CfLoginSession *) record);
  else if (g_strcmp0 (self->caller->id, record->id) != 0)
    return;
  else if (shape == &cf_agent_shape)
    note_agent (self, (const CfAgent *) record);
  else if (shape == &cf_visitor_shape)
    note_visitor (self, (const CfVisitor *) record);
}

/**
 * cfd_subscriber_settle:
 * The visitor's first write has succeeded: from now on they exist, and the secret is proved.
 */
void
cfd_subscriber_settle (CfdSubscriber *self)
{
  CfdCaller *caller;

  if (self->caller->secret_hash == NULL)
    return;
  caller = cfd_caller_copy (self->caller);
  g_free (caller->key_hash);
  caller->key_hash = g_steal_pointer (&caller->secret_hash);
  cfd_subscriber_set_caller (self, caller);
}

/**
 * cfd_subscriber_end:
 * @code: why; its word is the close reason
 *
 * Closes the peer with 4001 in the next turn of the loop: who has signed out still gets the answer to that call.
 */
void
cfd_subscriber_end (CfdSubscriber *self, CfError code)
{
  if (self->ending)
    return;
  self->ending = TRUE;
  self->live = FALSE;
  self->end_code = code;
  self->end_source = g_idle_add_full (G_PRIORITY_HIGH, close_ended, self, NULL);
}

/**
 * cfd_subscriber_renew:
 * What the agent may see is not what it was: closes the peer in the next turn of the loop, to come again and fetch everything anew. Until then it
 * is told nothing.
 */
void
cfd_subscriber_renew (CfdSubscriber *self)
{
  if (self->ending)
    return;
  self->renewed = TRUE;
  cfd_subscriber_end (self, CF_ERROR_UNAVAILABLE); /* what is asked meanwhile is to be asked again */
}

void
cfd_subscriber_free (CfdSubscriber *self)
{
  g_clear_handle_id (&self->end_source, g_source_remove);
  cfd_peer_unref (self->peer);
  cfd_caller_unref (self->caller);
  g_free (self);
}
