/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connection.h"

#include <string.h>
#include <unistd.h>

/* xorshift64*: ids need to differ, and cost nothing. */
static guint64
next_random (void)
{
  static guint64 state;

  if (state == 0)
    state = (guint64) g_random_int () << 32 | g_random_int () | 1;
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return state * G_GUINT64_CONSTANT (2685821657736338717);
}

static Connection *
new_closed (void)
{
  Connection *self = g_new0 (Connection, 1);

  self->fd = -1;
  return self;
}

/**
 * connection_new_id:
 * A UUID version 7 (RFC 9562, 5.7) of the present time.
 */
void
connection_new_id (char *out)
{
  static const char digits[] = "0123456789abcdef";
  guint64 high = (guint64) (g_get_real_time () / 1000) << 16 | 0x7000 | (next_random () >> 52);
  guint64 low = G_GUINT64_CONSTANT (2) << 62 | next_random () >> 2;

  for (guint i = 0; i < 32; i++)
    {
      guint64 half = i < 16 ? high : low;

      if (i == 8 || i == 12 || i == 16 || i == 20)
        *out++ = '-';
      *out++ = digits[half >> (60 - 4 * (i % 16)) & 0x0f];
    }
  *out = '\0';
}

/**
 * connection_new_visitor:
 * Somebody who has never been here: their id and secret are new.
 */
Connection *
connection_new_visitor (void)
{
  Connection *self = new_closed ();
  guint64 bytes[4];
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    bytes[i] = next_random ();
  text = g_base64_encode ((const guchar *) bytes, sizeof bytes);
  g_strdelimit (g_strdelimit (text, "+", '-'), "/", '_');
  memcpy (self->secret, text, CONNECTION_SECRET_LENGTH);
  connection_new_id (self->id);
  return self;
}

Connection *
connection_new_agent (const char *token)
{
  Connection *self = new_closed ();

  self->is_agent = TRUE;
  self->token = g_strdup (token);
  return self;
}

static void
clear_buffer (GString **buffer)
{
  if (*buffer != NULL)
    g_string_free (g_steal_pointer (buffer), TRUE);
}

/**
 * connection_shut:
 * Drops the socket, if there is one; the person stays.
 */
void
connection_shut (Connection *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  self->state = CONNECTION_CLOSED;
  clear_buffer (&self->in);
  clear_buffer (&self->out);
}

void
connection_free (Connection *self)
{
  connection_shut (self);
  g_free (self->token);
  g_free (self);
}
