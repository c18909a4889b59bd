-- SPDX-License-Identifier: GPL-3.0-or-later
-- Full-text search, and an index for each list that a client pages through.

-- The whole of it is read and written: with room for that, for this once.
PRAGMA cache_size = -65536;

-- "seq" numbers messages and visitors in the order in which they came; unlike a rowid it survives VACUUM, and names them in the search index.

CREATE TABLE message_2 (
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
INSERT INTO message_2 (id, organisation_id, rev, deleted, conversation_id, visitor_id, position, kind, event, staff_only, author_kind, author_id,
  author_name, target_id, target_name, text, created_at)
  SELECT id, organisation_id, rev, deleted, conversation_id, visitor_id, position, kind, event, staff_only, author_kind, author_id,
    author_name, target_id, target_name, text, created_at FROM message ORDER BY rowid;
DROP TABLE message;
ALTER TABLE message_2 RENAME TO message;
CREATE INDEX message_rev ON message (organisation_id, rev);
CREATE INDEX message_visitor ON message (visitor_id, rev);
-- holds what finding the last 50 of a conversation asks
CREATE INDEX message_position ON message (conversation_id, position, rev, deleted, staff_only);

CREATE TABLE visitor_2 (
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
INSERT INTO visitor_2 (id, organisation_id, rev, deleted, site_id, name, email, address, locale, secret_hash, created_at)
  SELECT id, organisation_id, rev, deleted, site_id, name, email, address, locale, secret_hash, created_at FROM visitor ORDER BY rowid;
DROP TABLE visitor;
ALTER TABLE visitor_2 RENAME TO visitor;
CREATE INDEX visitor_rev ON visitor (organisation_id, rev);

-- The inbox: a walk for each status; a list of both merges two. Each index less is less to write for each message.
DROP INDEX conversation_last;
DROP INDEX conversation_assignee;
CREATE INDEX conversation_assignee ON conversation (organisation_id, assignee_id, status, last_position);
-- first copies: what was closed lately, without looking at the rows
CREATE INDEX conversation_closed ON conversation (organisation_id, closed_at, rev, deleted, id, visitor_id) WHERE closed_at > 0;

-- The words of texts and notes, and of what visitors are called. Nothing of the texts themselves is kept in it. "scope" narrows: the organisation,
-- then the first letter of who wrote it. What stands in "message" and "visitor" is brought over soon after each commit (db/search-index.c).
CREATE VIRTUAL TABLE message_search USING fts5 (scope, text, content = '', columnsize = 0, prefix = '2 3', tokenize = 'words');
CREATE VIRTUAL TABLE visitor_search USING fts5 (scope, name, email, content = '', columnsize = 0, prefix = '2 3', tokenize = 'words');

INSERT INTO message_search (rowid, scope, text)
  SELECT seq, replace (organisation_id, '-', '') || ' ' || substr (author_kind, 1, 1), text FROM message
  WHERE deleted = 0 AND kind <> 'event' AND text IS NOT NULL ORDER BY seq;
INSERT INTO visitor_search (rowid, scope, name, email)
  SELECT seq, replace (organisation_id, '-', ''), name, email FROM visitor
  WHERE deleted = 0 AND coalesce (name, email) IS NOT NULL ORDER BY seq;

-- The last rows that the index has.
CREATE TABLE search_state (
  messages INTEGER NOT NULL,
  visitors INTEGER NOT NULL
);
INSERT INTO search_state (messages, visitors)
  SELECT (SELECT coalesce (max (seq), 0) FROM message), (SELECT coalesce (max (seq), 0) FROM visitor);

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
  WHEN OLD.text IS NOT NEW.text OR OLD.deleted <> NEW.deleted OR OLD.kind IS NOT NEW.kind OR OLD.author_kind IS NOT NEW.author_kind
BEGIN
  INSERT OR IGNORE INTO message_unsaid (seq, scope, text)
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
  WHEN OLD.name IS NOT NEW.name OR OLD.email IS NOT NEW.email OR OLD.deleted <> NEW.deleted
BEGIN
  INSERT OR IGNORE INTO visitor_unsaid (seq, scope, name, email)
    VALUES (OLD.seq, replace (OLD.organisation_id, '-', ''), iif (OLD.deleted = 0, OLD.name, NULL), iif (OLD.deleted = 0, OLD.email, NULL));
END;
CREATE TRIGGER visitor_gone AFTER DELETE ON visitor
BEGIN
  INSERT OR IGNORE INTO visitor_unsaid (seq, scope, name, email)
    VALUES (OLD.seq, replace (OLD.organisation_id, '-', ''), iif (OLD.deleted = 0, OLD.name, NULL), iif (OLD.deleted = 0, OLD.email, NULL));
END;

PRAGMA cache_size = -2000;
