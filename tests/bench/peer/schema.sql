-- SPDX-License-Identifier: GPL-3.0-or-later
-- The tables and columns of backend/db/migrations/0001-spine.sql that a message touches, with the indexes that this stack has a use for.

CREATE TABLE agent (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  name TEXT,
  email TEXT,
  role TEXT,
  created_at INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE login_session (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL,
  token_hash TEXT,
  created_at INTEGER NOT NULL DEFAULT 0,
  expires_at INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX login_session_token ON login_session (token_hash);

CREATE TABLE visitor (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  name TEXT,
  email TEXT,
  address TEXT,
  locale TEXT,
  secret_hash TEXT,
  created_at INTEGER NOT NULL DEFAULT 0
);

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
CREATE INDEX conversation_visitor ON conversation (visitor_id);
CREATE INDEX conversation_status ON conversation (organisation_id, status, last_position);
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

CREATE TABLE page_view (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  visit_id TEXT NOT NULL,
  visitor_id TEXT NOT NULL,
  url TEXT,
  title TEXT,
  at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX page_view_visit ON page_view (visit_id, at);
