/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-peer.h"

CfdPeer *
fake_peer_new (void)
{
  CfdPeer *self = g_new0 (CfdPeer, 1);

  self->references = 1;
  self->open = TRUE;
  self->tokens = -1;
  self->sent = g_ptr_array_new_with_free_func (g_free);
  return self;
}

const char *
fake_peer_next (CfdPeer *self)
{
  return self->taken < self->sent->len ? self->sent->pdata[self->taken++] : NULL;
}

JsonObject *
fake_peer_wait (CfdPeer *self)
{
  while (self->taken == self->sent->len)
    g_main_context_iteration (NULL, TRUE);
  return fake_peer_parse (fake_peer_next (self));
}

JsonObject *
fake_peer_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return json_node_dup_object (node);
}

CfdPeer *
cfd_peer_ref (CfdPeer *self)
{
  self->references++;
  return self;
}

void
cfd_peer_unref (CfdPeer *self)
{
  if (--self->references > 0)
    return;
  g_ptr_array_unref (self->sent);
  g_free (self->origin);
  g_free (self->close_reason);
  g_free (self);
}

const char *
cfd_peer_get_address (CfdPeer *self)
{
  return "127.0.0.1";
}

const char *
cfd_peer_get_origin (CfdPeer *self)
{
  return self->origin;
}

gboolean
cfd_peer_is_open (CfdPeer *self)
{
  return self->open;
}

gboolean
cfd_peer_is_behind (CfdPeer *self)
{
  return self->behind;
}

void
cfd_peer_send (CfdPeer *self, const char *head, gsize head_length, const char *body, gsize body_length)
{
  GString *text = g_string_new_len (head, head_length);

  if (body_length > 0)
    g_string_append_len (text, body, body_length);
  if (self->open)
    g_ptr_array_add (self->sent, g_string_free (text, FALSE));
  else
    g_string_free (text, TRUE);
}

void
cfd_peer_close (CfdPeer *self, guint code, const char *reason)
{
  if (!self->open)
    return;
  self->open = FALSE;
  self->close_code = code;
  self->close_reason = g_strdup (reason);
}

gboolean
cfd_peer_spend (CfdPeer *self, guint cost, gint64 *retry_after_ms)
{
  if (self->tokens < 0)
    return TRUE;
  if (self->tokens >= (gint) cost)
    {
      self->tokens -= cost;
      return TRUE;
    }
  *retry_after_ms = 250;
  return FALSE;
}

void
cfd_peer_settle (CfdPeer *self)
{
  self->settled = TRUE;
}

void
cfd_peer_unsettle (CfdPeer *self)
{
  self->settled = FALSE;
}

void
cfd_peer_set_data (CfdPeer *self, gpointer data)
{
  self->data = data;
}

gpointer
cfd_peer_get_data (CfdPeer *self)
{
  return self->data;
}
