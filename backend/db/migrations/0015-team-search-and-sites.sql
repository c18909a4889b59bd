-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is said among the team is found by its words. "seq" numbers it for the index, as it does messages; changes are walked through by organisation.
-- Agents serve all sites or some.

CREATE TABLE team_message_2 (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
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
INSERT INTO team_message_2 (id, organisation_id, rev, deleted, conversation_id, members, position, author_kind, author_id, author_name, text, created_at,
  reply_to, mentions, files, edited_at, removed_at)
  SELECT id, organisation_id, rev, deleted, conversation_id, members, position, author_kind, author_id, author_name, text, created_at,
    reply_to, mentions, files, edited_at, removed_at FROM team_message ORDER BY created_at, position;
DROP TABLE team_message;
ALTER TABLE team_message_2 RENAME TO team_message;
CREATE INDEX team_message_rev ON team_message (conversation_id, rev);
CREATE INDEX team_message_position ON team_message (conversation_id, position);
CREATE INDEX team_message_change ON team_message (organisation_id, rev);

ALTER TABLE agent ADD COLUMN sites TEXT;
