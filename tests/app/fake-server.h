/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "protocol/error.h"
#include "protocol/methods/signal.h"
#include "protocol/records/agent.h"
#include "protocol/records/conversation.h"
#include "protocol/records/file.h"
#include "protocol/records/message.h"
#include "protocol/records/read-mark.h"
#include "protocol/records/visitor.h"

/*
 * A server that speaks docs/protocol.md on a loopback port in the same process, keeps everything in memory, and fails on request.
 * It signs in ana@example.com with the password "right".
 */
typedef struct _FakeServer FakeServer;

typedef enum
{
  FAKE_FINE,
  FAKE_DROP_BEFORE, /* the socket is lost before the call is carried out */
  FAKE_DROP_AFTER,  /* the call is carried out, the socket is lost before the answer */
  FAKE_REFUSE,      /* with the error that was given */
  FAKE_IGNORE,      /* no answer */
} FakeTrouble;

FakeServer *fake_server_new          (void);
void        fake_server_free         (FakeServer *self);
const char *fake_server_address      (FakeServer *self);
const char *fake_server_agent_id     (FakeServer *self);
void        fake_server_stop         (FakeServer *self);
void        fake_server_start        (FakeServer *self);
void        fake_server_set_certificate (FakeServer *self, GTlsCertificate *certificate);
void        fake_server_set_name     (FakeServer *self, const char *name);
void        fake_server_set_page     (FakeServer *self, guint records);
void        fake_server_set_login    (FakeServer *self, int error);
void        fake_server_set_open     (FakeServer *self, int error);
void        fake_server_forget       (FakeServer *self);
void        fake_server_trouble      (FakeServer *self, const char *method, FakeTrouble trouble, CfError error, gint64 retry_after_ms);
guint       fake_server_calls        (FakeServer *self, const char *method);
guint       fake_server_peers        (FakeServer *self);
void        fake_server_close        (FakeServer *self, gushort code, const char *reason);
gint64      fake_server_rev          (FakeServer *self);
CfVisitor  *fake_server_add_visitor  (FakeServer *self, const char *name, const char *email);
char       *fake_server_add_conversation (FakeServer *self, CfVisitor *visitor);
char       *fake_server_say          (FakeServer *self, const char *conversation_id, const char *text);
void        fake_server_seen         (FakeServer *self, const char *conversation_id);
void        fake_server_delete       (FakeServer *self, const char *id);
void        fake_server_mute         (FakeServer *self, gboolean mute);
void        fake_server_repeat       (FakeServer *self);
void        fake_server_signal       (FakeServer *self, const CfSignal *signal);
guint       fake_server_count        (FakeServer *self, const char *conversation_id, const char *text);
void        fake_server_set_file_max (FakeServer *self, gint64 bytes);
void        fake_server_settle       (FakeServer *self, const char *id, CfFileState state, CfFileReason reason);
CfFile     *fake_server_file         (FakeServer *self, const char *name);
GBytes     *fake_server_content      (FakeServer *self, const char *id);
CfConversation *fake_server_conversation (FakeServer *self, const char *id);
gint64      fake_server_read_position (FakeServer *self, const char *conversation_id);
