-- SPDX-License-Identifier: GPL-3.0-or-later
-- A database as version 3 left it. Never changed: it proves that what people have can be brought to the newest version.

CREATE TABLE schema (version INTEGER NOT NULL);

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
CREATE INDEX conversation_visitor ON conversation (visitor_id);
CREATE INDEX conversation_status ON conversation (organisation_id, status, last_position);


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

CREATE TABLE message (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
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
CREATE INDEX message_changed ON message (visitor_id, rev) WHERE rev <> position;
-- holds what finding the last 50 of a conversation asks
CREATE INDEX message_position ON message (conversation_id, position, rev, deleted, staff_only);

CREATE TABLE visitor (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
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

-- The inbox: a walk for each status; a list of both merges two. Each index less is less to write for each message.
CREATE INDEX conversation_assignee ON conversation (organisation_id, assignee_id, status, last_position);
-- first copies: what was closed lately, without looking at the rows
CREATE INDEX conversation_closed ON conversation (organisation_id, closed_at, rev, deleted, id, visitor_id) WHERE closed_at > 0;

-- The words of texts and notes, and of what visitors are called. Nothing of the texts themselves is kept in it. "scope" narrows: the organisation,
-- then the first letter of who wrote it. What stands in "message" and "visitor" is brought over soon after each commit (db/search-index.c).
CREATE VIRTUAL TABLE message_search USING fts5 (scope, text, content = '', columnsize = 0, prefix = '2 3', tokenize = 'words');
CREATE VIRTUAL TABLE visitor_search USING fts5 (scope, name, email, content = '', columnsize = 0, prefix = '2 3', tokenize = 'words');

-- The last rows that the index has.
CREATE TABLE search_state (
  messages INTEGER NOT NULL,
  visitors INTEGER NOT NULL
);

-- What the index knows and the tables no longer say: the words to take out of it. Empty when the index has caught up.
CREATE TABLE message_unsaid (
  seq INTEGER PRIMARY KEY,
  scope TEXT,
  text TEXT
);
CREATE TABLE visitor_unsaid (
  seq INTEGER PRIMARY KEY,
  scope TEXT,
  name TEXT,
  email TEXT
);
CREATE TRIGGER message_changed AFTER UPDATE OF text, deleted, kind, author_kind ON message
  WHEN (OLD.text IS NOT NEW.text OR OLD.deleted <> NEW.deleted OR OLD.kind IS NOT NEW.kind OR OLD.author_kind IS NOT NEW.author_kind)
    AND NOT EXISTS (SELECT 1 FROM message_unsaid WHERE seq = OLD.seq)
BEGIN
  INSERT INTO message_unsaid (seq, scope, text)
    VALUES (OLD.seq, replace (OLD.organisation_id, '-', '') || ' ' || substr (OLD.author_kind, 1, 1),
      iif (OLD.deleted = 0 AND OLD.kind <> 'event', OLD.text, NULL));
END;
CREATE TRIGGER message_gone AFTER DELETE ON message
BEGIN
  INSERT OR IGNORE INTO message_unsaid (seq, scope, text)
    VALUES (OLD.seq, replace (OLD.organisation_id, '-', '') || ' ' || substr (OLD.author_kind, 1, 1),
      iif (OLD.deleted = 0 AND OLD.kind <> 'event', OLD.text, NULL));
END;
CREATE TRIGGER visitor_changed AFTER UPDATE OF name, email, deleted ON visitor
  WHEN (OLD.name IS NOT NEW.name OR OLD.email IS NOT NEW.email OR OLD.deleted <> NEW.deleted)
    AND NOT EXISTS (SELECT 1 FROM visitor_unsaid WHERE seq = OLD.seq)
BEGIN
  INSERT INTO visitor_unsaid (seq, scope, name, email)
    VALUES (OLD.seq, replace (OLD.organisation_id, '-', ''), iif (OLD.deleted = 0, OLD.name, NULL), iif (OLD.deleted = 0, OLD.email, NULL));
END;
CREATE TRIGGER visitor_gone AFTER DELETE ON visitor
BEGIN
  INSERT OR IGNORE INTO visitor_unsaid (seq, scope, name, email)
    VALUES (OLD.seq, replace (OLD.organisation_id, '-', ''), iif (OLD.deleted = 0, OLD.name, NULL), iif (OLD.deleted = 0, OLD.email, NULL));
END;

INSERT INTO schema (version) VALUES (3);
INSERT INTO counter VALUES ('01900000-0000-7000-8000-000000000001', 9);
INSERT INTO organisation VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000001', 1, 0, 'Acme Ltd', 1720000000000);
INSERT INTO agent VALUES ('01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000001', 2, 0, 'Ana', 'ana@acme.example', 'admin', 0, '$argon2id$v=19$m=65536,t=2,p=1$x$y', 1720000000001);
INSERT INTO login_session VALUES ('01900000-0000-7000-8000-000000000003', '01900000-0000-7000-8000-000000000001', 3, 0, '01900000-0000-7000-8000-000000000002', 'Laptop', '192.0.2.7', 'c0ffee', 1720000000002, 1720600000002);
INSERT INTO site VALUES ('01900000-0000-7000-8000-000000000004', '01900000-0000-7000-8000-000000000001', 4, 0, 'Shop', 'k-demo', '["https://shop.example"]', '#3366cc', 'Hello!', 1720000000003);
INSERT INTO visitor VALUES (1, '01900000-0000-7000-8000-000000000005', '01900000-0000-7000-8000-000000000001', 5, 0, '01900000-0000-7000-8000-000000000004', 'Bo', NULL, '192.0.2.8', 'da', 'decaf', 1720000000004);
INSERT INTO conversation VALUES ('01900000-0000-7000-8000-000000000006', '01900000-0000-7000-8000-000000000001', 9, 0, '01900000-0000-7000-8000-000000000004', '01900000-0000-7000-8000-000000000005', 'open', '01900000-0000-7000-8000-000000000002', 'Ana', 1720000000005, 0, 1720000000006, 7, 'agent', 'Good morning', 0);
INSERT INTO message VALUES (1, '01900000-0000-7000-8000-000000000007', '01900000-0000-7000-8000-000000000001', 6, 0, '01900000-0000-7000-8000-000000000006', '01900000-0000-7000-8000-000000000005', 6, 'text', '', 0, 'visitor', '01900000-0000-7000-8000-000000000005', 'Bo', NULL, NULL, 'Er I åben?', 1720000000005);
INSERT INTO message VALUES (2, '01900000-0000-7000-8000-000000000008', '01900000-0000-7000-8000-000000000001', 7, 0, '01900000-0000-7000-8000-000000000006', '01900000-0000-7000-8000-000000000005', 7, 'text', '', 0, 'agent', '01900000-0000-7000-8000-000000000002', 'Ana', NULL, NULL, 'Good morning', 1720000000006);
INSERT INTO message VALUES (3, '01900000-0000-7000-8000-000000000009', '01900000-0000-7000-8000-000000000001', 9, 0, '01900000-0000-7000-8000-000000000006', '01900000-0000-7000-8000-000000000005', 9, 'note', '', 1, 'agent', '01900000-0000-7000-8000-000000000002', 'Ana', NULL, NULL, 'a regular', 1720000000007);
INSERT INTO read_mark VALUES ('01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-000000000001', 8, 0, '01900000-0000-7000-8000-000000000006', '01900000-0000-7000-8000-000000000005', 'visitor', '01900000-0000-7000-8000-000000000005', 7, 1720000000008);
INSERT INTO search_state VALUES (3, 1);
INSERT INTO message_search (rowid, scope, text) VALUES (1, '01900000000070008000000000000001 v', 'Er I åben?');
INSERT INTO message_search (rowid, scope, text) VALUES (2, '01900000000070008000000000000001 a', 'Good morning');
INSERT INTO message_search (rowid, scope, text) VALUES (3, '01900000000070008000000000000001 a', 'a regular');
INSERT INTO visitor_search (rowid, scope, name, email) VALUES (1, '01900000000070008000000000000001', 'Bo', NULL);
