-- SPDX-License-Identifier: GPL-3.0-or-later
-- The records of protocol/records/, column by column in their order. Times are milliseconds UTC, enums are words.

-- The last revision of each organisation.
CREATE TABLE counter (
  organisation_id TEXT NOT NULL PRIMARY KEY,
  rev INTEGER NOT NULL
);

CREATE TABLE organisation (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX organisation_rev ON organisation (organisation_id, rev);

CREATE TABLE agent (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  email TEXT,
  role TEXT,
  disabled INTEGER NOT NULL DEFAULT 0,
  password_hash TEXT,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX agent_rev ON agent (organisation_id, rev);
CREATE UNIQUE INDEX agent_email ON agent (email);

CREATE TABLE login_session (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  agent_id TEXT NOT NULL,
  device TEXT,
  address TEXT,
  token_hash TEXT,
  created_at INTEGER NOT NULL DEFAULT 0,
  expires_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX login_session_rev ON login_session (organisation_id, rev);
CREATE UNIQUE INDEX login_session_token ON login_session (token_hash);
CREATE INDEX login_session_agent ON login_session (agent_id);

CREATE TABLE site (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  key TEXT,
  origins TEXT,
  color TEXT,
  greeting TEXT,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX site_rev ON site (organisation_id, rev);
CREATE UNIQUE INDEX site_key ON site (key);

CREATE TABLE visitor (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  site_id TEXT NOT NULL,
  name TEXT,
  email TEXT,
  address TEXT,
  locale TEXT,
  secret_hash TEXT,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX visitor_rev ON visitor (organisation_id, rev);

CREATE TABLE conversation (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  site_id TEXT NOT NULL,
  visitor_id TEXT NOT NULL,
  status TEXT,
  assignee_id TEXT,
  assignee_name TEXT,
  created_at INTEGER NOT NULL DEFAULT 0,
  closed_at INTEGER NOT NULL DEFAULT 0,
  last_message_at INTEGER NOT NULL DEFAULT 0,
  last_position INTEGER NOT NULL DEFAULT 0,
  last_author TEXT,
  preview TEXT,
  waiting_since INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX conversation_rev ON conversation (organisation_id, rev);
CREATE INDEX conversation_visitor ON conversation (visitor_id, rev);
CREATE INDEX conversation_status ON conversation (organisation_id, status, last_position);
CREATE INDEX conversation_last ON conversation (organisation_id, last_position);
CREATE INDEX conversation_assignee ON conversation (organisation_id, assignee_id, last_position);

CREATE TABLE message (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  conversation_id TEXT NOT NULL,
  visitor_id TEXT,
  position INTEGER NOT NULL DEFAULT 0,
  kind TEXT,
  event TEXT,
  staff_only INTEGER NOT NULL DEFAULT 0,
  author_kind TEXT,
  author_id TEXT,
  author_name TEXT,
  target_id TEXT,
  target_name TEXT,
  text TEXT,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX message_rev ON message (organisation_id, rev);
CREATE INDEX message_position ON message (conversation_id, position);
CREATE INDEX message_visitor ON message (visitor_id, rev);

CREATE TABLE read_mark (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  conversation_id TEXT NOT NULL,
  visitor_id TEXT,
  reader_kind TEXT,
  reader_id TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  read_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX read_mark_rev ON read_mark (organisation_id, rev);
CREATE UNIQUE INDEX read_mark_reader ON read_mark (conversation_id, reader_id);
CREATE INDEX read_mark_visitor ON read_mark (visitor_id, rev);
