/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What JSON costs on the two frames that an installation lives on. Run it under callgrind with two counts and divide the difference:
 *
 *   valgrind --tool=callgrind json-cost request-read 1000
 *   valgrind --tool=callgrind json-cost request-read 2000
 */
#include "protocol/id.h"
#include "protocol/methods/conversation-params.h"
#include "protocol/methods/session.h"
#include "protocol/records/conversation.h"
#include "protocol/records/message.h"
#include "protocol/rpc.h"

#include <stdlib.h>

#define TEXT "Good morning, I have ordered two chairs last week and only one of them has arrived. Where is \"the other one\"?"

typedef struct
{
  CfMessageSendParams *params;
  CfChanges *changes;
  GString *request, *notification; /* as they are on the wire */
} Frames;

static CfMessageSendParams *
make_params (void)
{
  CfMessageSendParams *params = cf_struct_new (&cf_message_send_params_shape);

  params->id = cf_id_new ();
  params->conversation_id = cf_id_new ();
  params->text = g_strdup (TEXT);
  return params;
}

static CfMessage *
make_message (void)
{
  CfMessage *message = cf_struct_new (&cf_message_shape);

  message->parent.id = cf_id_new ();
  message->parent.rev = message->position = 123456;
  message->conversation_id = cf_id_new ();
  message->author_id = cf_id_new ();
  message->author_name = g_strdup ("Ana");
  message->text = g_strdup (TEXT);
  message->created_at = cf_now ();
  return message;
}

static CfConversation *
make_conversation (void)
{
  CfConversation *conversation = cf_struct_new (&cf_conversation_shape);

  conversation->parent.id = cf_id_new ();
  conversation->parent.rev = conversation->last_position = 123456;
  conversation->site_id = cf_id_new ();
  conversation->visitor_id = cf_id_new ();
  conversation->assignee_id = cf_id_new ();
  conversation->assignee_name = g_strdup ("Ana");
  conversation->created_at = conversation->last_message_at = conversation->waiting_since = cf_now ();
  conversation->preview = g_strdup (TEXT);
  return conversation;
}

static CfChanges *
make_changes (void)
{
  CfChanges *changes = cf_struct_new (&cf_changes_shape);

  changes->prev = 123455;
  changes->rev = 123456;
  changes->records = cf_structs_new ();
  g_ptr_array_add (changes->records, make_conversation ());
  g_ptr_array_add (changes->records, make_message ());
  return changes;
}

static void
write_request (const Frames *frames, GString *out)
{
  cf_rpc_write_request (out, 7, "message.send", frames->params);
}

static void
write_changes (const Frames *frames, GString *out)
{
  cf_rpc_write_notification (out, "changes", frames->changes, CF_AUDIENCE_STAFF);
}

static void
read_frame (const GString *text, const CfShape *shape, CfDecodeMode mode)
{
  g_autoptr (CfRpcMessage) message = cf_rpc_parse (text->str, text->len, NULL, NULL);
  g_autoptr (CfStruct) value = cf_json_decode (shape, &message->body, mode, NULL);

  g_assert_nonnull (value);
}

/* Once what @what says; an unknown word ends the program. */
static void
run (const Frames *frames, const char *what, GString *out)
{
  g_string_truncate (out, 0);
  if (g_str_equal (what, "request-read"))
    read_frame (frames->request, &cf_message_send_params_shape, CF_DECODE_STRICT);
  else if (g_str_equal (what, "request-write"))
    write_request (frames, out);
  else if (g_str_equal (what, "changes-read"))
    read_frame (frames->notification, &cf_changes_shape, CF_DECODE_LENIENT);
  else if (g_str_equal (what, "changes-write"))
    write_changes (frames, out);
  else
    {
      g_printerr ("got \"%s\", expected request-read, request-write, changes-read or changes-write\n", what);
      exit (2);
    }
}

int
main (int argc, char **argv)
{
  Frames frames = { make_params (), make_changes (), g_string_new (NULL), g_string_new (NULL) };
  g_autoptr (GString) out = g_string_new (NULL);
  guint64 count = argc == 3 ? g_ascii_strtoull (argv[2], NULL, 10) : 0;
  gint64 started;

  if (count == 0)
    {
      g_printerr ("Usage: json-cost WHAT COUNT\n");
      return 2;
    }
  write_request (&frames, frames.request);
  write_changes (&frames, frames.notification);
  started = g_get_monotonic_time ();
  for (guint64 i = 0; i < count; i++)
    run (&frames, argv[1], out);
  g_print ("%s: request of %" G_GSIZE_FORMAT " bytes, changes of %" G_GSIZE_FORMAT " bytes, %.3f us each\n", argv[1],
           frames.request->len, frames.notification->len, (double) (g_get_monotonic_time () - started) / count);
  cf_struct_unref (frames.params);
  cf_struct_unref (frames.changes);
  g_string_free (frames.request, TRUE);
  g_string_free (frames.notification, TRUE);
  return 0;
}
