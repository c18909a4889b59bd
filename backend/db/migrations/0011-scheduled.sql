-- SPDX-License-Identifier: GPL-3.0-or-later
-- Answers that are sent at their time.
CREATE TABLE scheduled_message (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  conversation_id TEXT,
  author_id TEXT,
  author_name TEXT,
  text TEXT,
  reply_to TEXT,
  files TEXT,
  send_at INTEGER NOT NULL DEFAULT 0,
  unless_reply INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL DEFAULT 0,
  held TEXT,
  detail TEXT,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX scheduled_message_rev ON scheduled_message (organisation_id, rev);
CREATE INDEX scheduled_message_due ON scheduled_message (send_at) WHERE deleted = 0 AND held = '';
CREATE INDEX scheduled_message_conversation ON scheduled_message (conversation_id) WHERE deleted = 0;
