-- SPDX-License-Identifier: GPL-3.0-or-later
-- What an agent's desk knows beyond conversations and messages.

-- Conversations: where they belong, what they are about, until when they wait.
ALTER TABLE conversation ADD COLUMN department_id TEXT;
ALTER TABLE conversation ADD COLUMN tags TEXT;
ALTER TABLE conversation ADD COLUMN snoozed_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN pinned_id TEXT;
ALTER TABLE conversation ADD COLUMN rating INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN rating_comment TEXT;
ALTER TABLE conversation ADD COLUMN mood TEXT;
-- what wakes up next
CREATE INDEX conversation_snoozed ON conversation (snoozed_until) WHERE snoozed_until > 0;

-- Messages: what they answer, whom they call, what became of them.
ALTER TABLE message ADD COLUMN reply_to TEXT;
ALTER TABLE message ADD COLUMN mentions TEXT;
ALTER TABLE message ADD COLUMN files TEXT;
ALTER TABLE message ADD COLUMN edited_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN removed_at INTEGER NOT NULL DEFAULT 0;

-- The team.
ALTER TABLE agent ADD COLUMN capacity INTEGER NOT NULL DEFAULT 0;

CREATE TABLE department (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  assignment TEXT,
  capacity INTEGER NOT NULL DEFAULT 0,
  members TEXT,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX department_rev ON department (organisation_id, rev);

-- To whom a department gave last.
CREATE TABLE department_turn (
  department_id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL
);

-- What waits for a member of a department, in the order in which it came; and what is open in one.
CREATE INDEX conversation_queue ON conversation (department_id, coalesce (nullif (waiting_since, 0), last_message_at), id)
  WHERE department_id IS NOT NULL AND status = 'open' AND assignee_id IS NULL AND snoozed_until = 0 AND deleted = 0;
CREATE INDEX conversation_department ON conversation (department_id)
  WHERE department_id IS NOT NULL AND status = 'open' AND deleted = 0;

CREATE TABLE tag (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  color TEXT,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX tag_rev ON tag (organisation_id, rev);

CREATE TABLE invite (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  email TEXT,
  role TEXT,
  departments TEXT,
  agent_id TEXT,
  token_hash TEXT,
  invited_by TEXT,
  created_at INTEGER NOT NULL DEFAULT 0,
  expires_at INTEGER NOT NULL DEFAULT 0,
  used_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX invite_rev ON invite (organisation_id, rev);
CREATE UNIQUE INDEX invite_token ON invite (token_hash);

CREATE TABLE audit_entry (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  actor_id TEXT,
  actor_name TEXT,
  action TEXT,
  target_id TEXT,
  target_name TEXT,
  detail TEXT,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX audit_entry_rev ON audit_entry (organisation_id, rev);
CREATE INDEX audit_entry_actor ON audit_entry (organisation_id, actor_id, rev);
CREATE INDEX audit_entry_action ON audit_entry (organisation_id, action, rev);

-- Ready-made words.
CREATE TABLE canned_response (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  shortcut TEXT,
  title TEXT,
  text TEXT,
  category TEXT,
  owner_id TEXT,
  uses INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX canned_response_rev ON canned_response (organisation_id, rev);

CREATE TABLE macro (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  owner_id TEXT,
  text TEXT,
  note TEXT,
  add_tags TEXT,
  remove_tags TEXT,
  assign TEXT,
  assignee_id TEXT,
  department_id TEXT,
  close INTEGER NOT NULL DEFAULT 0,
  uses INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX macro_rev ON macro (organisation_id, rev);

-- Files.
CREATE TABLE file (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  conversation_id TEXT NOT NULL,
  visitor_id TEXT,
  staff_only INTEGER NOT NULL DEFAULT 0,
  author_kind TEXT,
  author_id TEXT,
  name TEXT,
  media_type TEXT,
  size INTEGER NOT NULL DEFAULT 0,
  width INTEGER NOT NULL DEFAULT 0,
  height INTEGER NOT NULL DEFAULT 0,
  state TEXT,
  reason TEXT,
  finding TEXT,
  sent INTEGER NOT NULL DEFAULT 0,
  secret TEXT,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX file_rev ON file (organisation_id, rev);
CREATE INDEX file_visitor ON file (visitor_id, rev);
CREATE INDEX file_conversation ON file (conversation_id);
-- what no message has: on its way, or forgotten
CREATE INDEX file_unsent ON file (created_at) WHERE sent = 0 AND deleted = 0;

-- Views of the inbox that somebody has named.
CREATE TABLE saved_view (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  owner_id TEXT,
  place INTEGER NOT NULL DEFAULT 0,
  status TEXT,
  assignee TEXT,
  assignee_id TEXT,
  site_id TEXT,
  department_id TEXT,
  tag_id TEXT,
  waiting_over INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX saved_view_rev ON saved_view (organisation_id, rev);
