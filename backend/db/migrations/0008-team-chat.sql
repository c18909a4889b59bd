-- SPDX-License-Identifier: GPL-3.0-or-later
-- Where agents talk among themselves: tables of their own, so that nothing that is asked about conversations can answer with a word of it.

CREATE TABLE channel (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  kind TEXT,
  name TEXT,
  members TEXT,
  created_by TEXT,
  created_at INTEGER NOT NULL DEFAULT 0,
  last_message_at INTEGER NOT NULL DEFAULT 0,
  last_position INTEGER NOT NULL DEFAULT 0,
  last_author_id TEXT,
  preview TEXT
);
CREATE INDEX channel_rev ON channel (organisation_id, rev);

-- Each agent's seat in a channel. Who comes back gets another one.
CREATE TABLE channel_member (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  channel_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  joined INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL DEFAULT 0,
  read_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX channel_member_rev ON channel_member (agent_id, rev);
CREATE UNIQUE INDEX channel_member_seat ON channel_member (channel_id, agent_id) WHERE deleted = 0;
CREATE INDEX channel_member_agent ON channel_member (agent_id) WHERE deleted = 0;

CREATE TABLE team_message (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  conversation_id TEXT NOT NULL,
  members TEXT,
  position INTEGER NOT NULL DEFAULT 0,
  author_kind TEXT,
  author_id TEXT,
  author_name TEXT,
  text TEXT,
  created_at INTEGER NOT NULL DEFAULT 0,
  reply_to TEXT,
  mentions TEXT,
  files TEXT,
  edited_at INTEGER NOT NULL DEFAULT 0,
  removed_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX team_message_rev ON team_message (conversation_id, rev);
CREATE INDEX team_message_position ON team_message (conversation_id, position);

-- Files that went into a channel: those who may see them; NULL for those of conversations.
ALTER TABLE file ADD COLUMN members TEXT;
