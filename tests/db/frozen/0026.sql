-- SPDX-License-Identifier: GPL-3.0-or-later
-- A database as version 26 left it. Never changed: it proves that what people have can be brought to the newest version.

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

INSERT INTO schema (version) VALUES (26);
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

INSERT INTO department VALUES ('01900000-0000-7000-8000-00000000000b', '01900000-0000-7000-8000-000000000001', 1, 0, 'Sales', 'round_robin', 4, '["01900000-0000-7000-8000-000000000002"]', 1720000000009);
INSERT INTO tag VALUES ('01900000-0000-7000-8000-00000000000c', '01900000-0000-7000-8000-000000000001', 1, 0, 'refund', '#cc3333', 1720000000009);
INSERT INTO invite VALUES ('01900000-0000-7000-8000-00000000000d', '01900000-0000-7000-8000-000000000001', 1, 0, 'bea@acme.example', 'agent', NULL, NULL, 'beef', '01900000-0000-7000-8000-000000000002', 1720000000009, 1720600000009, 0);
INSERT INTO audit_entry VALUES ('01900000-0000-7000-8000-00000000000e', '01900000-0000-7000-8000-000000000001', 1, 0, '01900000-0000-7000-8000-000000000002', 'Ana', 'agent.add', '01900000-0000-7000-8000-000000000002', 'Ana', NULL, 1720000000009);
INSERT INTO canned_response VALUES ('01900000-0000-7000-8000-00000000000f', '01900000-0000-7000-8000-000000000001', 1, 0, 'hi', 'Greeting', 'Hello {visitor.name|there}!', NULL, NULL, 3, 1720000000009);
INSERT INTO macro VALUES ('01900000-0000-7000-8000-000000000010', '01900000-0000-7000-8000-000000000001', 1, 0, 'Settled', NULL, 'Glad to help.', NULL, '["01900000-0000-7000-8000-00000000000c"]', NULL, 'me', NULL, NULL, 1, 0, 1720000000009);
INSERT INTO file VALUES ('01900000-0000-7000-8000-000000000011', '01900000-0000-7000-8000-000000000001', 1, 0, '01900000-0000-7000-8000-000000000006', '01900000-0000-7000-8000-000000000005', 0, 'visitor', '01900000-0000-7000-8000-000000000005', 'a.png', 'image/png', 70, 1, 1, 'ready', NULL, NULL, 1, 's3cr3t', 1720000000009);
INSERT INTO saved_view VALUES ('01900000-0000-7000-8000-000000000012', '01900000-0000-7000-8000-000000000001', 1, 0, 'Slow ones', NULL, 1, 'open', 'none', NULL, NULL, NULL, NULL, 600000, 1720000000009);

-- Whom a visitor rated and when, and views that ask for a mood.
ALTER TABLE conversation ADD COLUMN rated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN rated_agent_id TEXT;
ALTER TABLE saved_view ADD COLUMN mood TEXT;
UPDATE conversation SET mood = 'negative', rating = 2, rated_at = 1720000000010, rated_agent_id = '01900000-0000-7000-8000-000000000002';
UPDATE saved_view SET mood = 'negative';

CREATE TABLE visit (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  visitor_id TEXT NOT NULL,
  began INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  landing TEXT,
  referrer TEXT,
  source TEXT,
  campaign TEXT,
  city TEXT,
  country TEXT,
  browser TEXT,
  system TEXT,
  device TEXT,
  screen TEXT,
  languages TEXT,
  time_zone TEXT
);
CREATE INDEX visit_visitor ON visit (visitor_id, began);
-- what is too old
CREATE INDEX visit_ended ON visit (ended);

CREATE TABLE page_view (
  id TEXT NOT NULL PRIMARY KEY,
  visit_id TEXT NOT NULL,
  visitor_id TEXT NOT NULL,
  url TEXT NOT NULL,
  title TEXT,
  at INTEGER NOT NULL,
  visible INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX page_view_visit ON page_view (visit_id, at);

INSERT INTO visit VALUES ('01900000-0000-7000-8000-000000000013', '01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000004', '01900000-0000-7000-8000-000000000005', 1720000000009, 1720000060009, 'https://shop.example/', 'https://www.google.com/', 'organic', NULL, 'Lyon', 'France', 'Firefox 115', 'Windows 10', 'desktop', '1920x1080', 'fr', 'Europe/Paris');
INSERT INTO page_view VALUES ('01900000-0000-7000-8000-000000000014', '01900000-0000-7000-8000-000000000013', '01900000-0000-7000-8000-000000000005', 'https://shop.example/', 'Shop', 1720000000009, 41000);

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
CREATE INDEX team_message_rev ON team_message (conversation_id, rev);
CREATE INDEX team_message_position ON team_message (conversation_id, position);
CREATE INDEX team_message_change ON team_message (organisation_id, rev);

-- Files that went into a channel: those who may see them; NULL for those of conversations.
ALTER TABLE file ADD COLUMN members TEXT;

INSERT INTO channel VALUES ('01900000-0000-7000-8000-000000000013', '01900000-0000-7000-8000-000000000001', 1, 0, 'group', 'Front desk', '["01900000-0000-7000-8000-000000000002"]', '01900000-0000-7000-8000-000000000002', 1720000000009, 1720000000010, 1, '01900000-0000-7000-8000-000000000002', 'Who is in?');
INSERT INTO channel_member VALUES ('01900000-0000-7000-8000-000000000014', '01900000-0000-7000-8000-000000000001', 1, 0, '01900000-0000-7000-8000-000000000013', '01900000-0000-7000-8000-000000000002', 1, 1, 1720000000010);
INSERT INTO team_message VALUES (1, '01900000-0000-7000-8000-000000000015', '01900000-0000-7000-8000-000000000001', 1, 0, '01900000-0000-7000-8000-000000000013', '["01900000-0000-7000-8000-000000000002"]', 1, 'agent', '01900000-0000-7000-8000-000000000002', 'Ana', 'Who is in?', 1720000000010, NULL, NULL, NULL, 0, 0);

ALTER TABLE visitor ADD COLUMN phone TEXT;
ALTER TABLE visitor ADD COLUMN company TEXT;
ALTER TABLE visitor ADD COLUMN note TEXT;
ALTER TABLE visitor ADD COLUMN tags TEXT;
ALTER TABLE visitor ADD COLUMN attributes TEXT;
ALTER TABLE visitor ADD COLUMN time_zone TEXT;
ALTER TABLE visitor ADD COLUMN verified_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visitor ADD COLUMN merged_into TEXT;
ALTER TABLE visitor ADD COLUMN merged_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visitor ADD COLUMN edited_by TEXT;
ALTER TABLE visitor ADD COLUMN edited_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visitor ADD COLUMN phone_key TEXT;

-- who may be the same person
CREATE INDEX visitor_email ON visitor (organisation_id, lower (email)) WHERE email <> '';
CREATE INDEX visitor_phone ON visitor (organisation_id, phone_key) WHERE phone_key IS NOT NULL;
CREATE INDEX visitor_merged ON visitor (merged_into) WHERE merged_into IS NOT NULL;

-- Who was merged into whom, and what that changed, for as long as it can be undone.
CREATE TABLE visitor_merge (
  visitor_id TEXT NOT NULL PRIMARY KEY,
  into_id TEXT NOT NULL,
  moved TEXT,
  into_before TEXT,
  into_after TEXT,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX visitor_merge_time ON visitor_merge (created_at);

CREATE TABLE attribute (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  kind TEXT,
  choices TEXT,
  place INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX attribute_rev ON attribute (organisation_id, rev);

UPDATE visitor SET phone = '+351 912 345 678', company = 'Acme', note = 'Knows Bea.', tags = '["01900000-0000-7000-8000-00000000000c"]', attributes = '["01900000-0000-7000-8000-000000000015=gold"]', time_zone = 'Europe/Lisbon', edited_by = '01900000-0000-7000-8000-000000000002', edited_at = 1720000000010, phone_key = '351912345678';
INSERT INTO attribute VALUES ('01900000-0000-7000-8000-000000000015', '01900000-0000-7000-8000-000000000001', 1, 0, 'Plan', 'choice', '["gold","silver"]', 1, 1720000000009);

-- What is set for a site; each section is a JSON document.
ALTER TABLE site ADD COLUMN appearance TEXT;
ALTER TABLE site ADD COLUMN hours TEXT;
ALTER TABLE site ADD COLUMN offline TEXT;
ALTER TABLE site ADD COLUMN peek_off INTEGER NOT NULL DEFAULT 0;
ALTER TABLE site ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE site ADD COLUMN changed_by TEXT;
ALTER TABLE site ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
UPDATE site SET appearance = '{"scheme":"dark","side":"left","offset_x":0,"offset_y":12,"title":"Acme"}', hours = '{"limited":true,"time_zone":"Europe/Lisbon","ranges":[{"day":"monday","from":"09:00","to":"17:30"}],"holidays":[{"date":"2026-12-25","name":"Christmas"}]}', offline = '{"text":"We are asleep."}', version = 2, changed_by = 'Ana', changed_at = 1720000000009;

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
INSERT INTO scheduled_message VALUES ('01900000-0000-7000-8000-000000000016', '01900000-0000-7000-8000-000000000001', 1, 0, '01900000-0000-7000-8000-000000000006', '01900000-0000-7000-8000-000000000002', 'Ana', 'Did it arrive?', NULL, NULL, 1820000000000, 1, 1, '', NULL, 1720000000009);

-- What a conversation's mood follows from, and what agents know most of.
ALTER TABLE conversation ADD COLUMN mood_score INTEGER NOT NULL DEFAULT 0;
ALTER TABLE agent ADD COLUMN skills TEXT;
UPDATE conversation SET mood = 'negative', mood_score = -9;
UPDATE agent SET skills = '["0190a5c0-0008-7abc-8def-0123456789ab"]';

-- How an agent was rated lately, without looking at the rows.
CREATE INDEX conversation_rated ON conversation (rated_agent_id, rated_at, rating, deleted) WHERE rated_agent_id IS NOT NULL;
UPDATE conversation SET rating = 4, rating_comment = 'Quick!', rated_at = 1720000000010, rated_agent_id = '01900000-0000-7000-8000-000000000002';

-- What a site asks before a conversation begins, and what was answered; each is a JSON document.
ALTER TABLE site ADD COLUMN form TEXT;
ALTER TABLE conversation ADD COLUMN answers TEXT;
UPDATE site SET form = '{"on":true,"version":2,"title":"Before we begin","fields":[{"id":"01900000-0000-7000-8000-00000000000f","kind":"text","label":"Order number"}]}';
UPDATE conversation SET answers = '{"list":[{"label":"Order number","kind":"text","value":"1182"}]}';

-- Which sites an agent serves.
ALTER TABLE agent ADD COLUMN sites TEXT;
UPDATE agent SET sites = '["01900000-0000-7000-8000-000000000004"]';

-- Who a visitor is, as the site itself proves it.

ALTER TABLE site ADD COLUMN verified_only INTEGER NOT NULL DEFAULT 0;

-- the site's own name for a person, and until when the last proof of it counts
ALTER TABLE visitor ADD COLUMN external_id TEXT;
ALTER TABLE visitor ADD COLUMN proven_until INTEGER NOT NULL DEFAULT 0;
CREATE INDEX visitor_external ON visitor (site_id, external_id) WHERE external_id IS NOT NULL;

-- What a site signs its proofs with. No record: nobody is told of it by revision.
CREATE TABLE site_secret (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  secret TEXT NOT NULL,
  created_by TEXT,
  created_at INTEGER NOT NULL DEFAULT 0,
  used_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX site_secret_site ON site_secret (site_id, id);

-- The browsers in which somebody was proven to be a visitor: by the hash of what each keeps, for a time.
CREATE TABLE visitor_key (
  visitor_id TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  expires_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (visitor_id, secret_hash)
);
UPDATE visitor SET external_id = 'u-1182', proven_until = 1795000000000;
INSERT INTO site_secret (id, organisation_id, site_id, secret, created_by, created_at, used_at) SELECT '01900000-0000-7000-8000-000000000010', organisation_id, id, 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'Ana', 1, 2 FROM site LIMIT 1;
INSERT INTO visitor_key (visitor_id, secret_hash, expires_at) SELECT id, 'hash', 1795000000000 FROM visitor LIMIT 1;

-- What a site says of privacy, and who is being erased.
ALTER TABLE site ADD COLUMN privacy TEXT;
CREATE TABLE erasure (
  visitor_id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX erasure_waiting ON erasure (asked_at) WHERE finished_at = 0;
CREATE INDEX audit_entry_target ON audit_entry (target_id) WHERE target_id IS NOT NULL;
CREATE INDEX visitor_address ON visitor (site_id, created_at) WHERE address IS NOT NULL;
CREATE INDEX visit_site ON visit (site_id, ended);
UPDATE site SET privacy = '{"ask_first":true,"addresses":"shortened","address_days":30,"visit_days":60,"cards_kept":true}';
INSERT INTO erasure VALUES ('01900000-0000-7000-8000-0000000000e1', '01900000-0000-7000-8000-000000000001', 1720000000000, 1720000001000, 12, 12);

-- What has to happen outside the database because of something in it, and what became of an invite's mail.
CREATE TABLE job (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  lane TEXT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT,
  subject_id TEXT NOT NULL,
  visitor_id TEXT,
  target TEXT,
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  finished_at INTEGER NOT NULL DEFAULT 0,
  error TEXT
);
CREATE INDEX job_due ON job (lane, due_at) WHERE finished_at = 0;
CREATE INDEX job_finished ON job (finished_at) WHERE finished_at > 0;
CREATE INDEX job_subject ON job (subject_id);
CREATE INDEX job_visitor ON job (visitor_id, created_at) WHERE visitor_id IS NOT NULL;
CREATE INDEX job_target ON job (target, created_at) WHERE target IS NOT NULL;

ALTER TABLE invite ADD COLUMN mail TEXT;
ALTER TABLE invite ADD COLUMN mail_error TEXT;
UPDATE invite SET mail = 'failed', mail_error = 'RCPT failed: 550';
INSERT INTO job VALUES ('01900000-0000-7000-8000-0000000000f1', '01900000-0000-7000-8000-000000000001', 'mail', 'invite', NULL, '01900000-0000-7000-8000-0000000000f2', NULL, 'bea@shop.example', 1720000000000, 1720000000000, 1, 1720000001000, 'RCPT failed: 550');
ALTER TABLE site ADD COLUMN triggers INTEGER NOT NULL DEFAULT 0;

CREATE TABLE trigger_rule (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  enabled INTEGER NOT NULL DEFAULT 0,
  sites TEXT,
  place INTEGER NOT NULL DEFAULT 0,
  rules TEXT,
  actions TEXT,
  cap TEXT,
  cap_days INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 0,
  changed_by TEXT,
  changed_at INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX trigger_rule_rev ON trigger_rule (organisation_id, rev);

CREATE TABLE goal (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  enabled INTEGER NOT NULL DEFAULT 0,
  sites TEXT,
  kind TEXT,
  pattern TEXT,
  value INTEGER NOT NULL DEFAULT 0,
  value_of_event INTEGER NOT NULL DEFAULT 0,
  each_time INTEGER NOT NULL DEFAULT 0,
  days INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 0,
  changed_by TEXT,
  changed_at INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX goal_rev ON goal (organisation_id, rev);

CREATE TABLE visit_event (
  id TEXT NOT NULL PRIMARY KEY,
  visit_id TEXT NOT NULL,
  visitor_id TEXT NOT NULL,
  name TEXT NOT NULL,
  value INTEGER NOT NULL DEFAULT 0,
  data TEXT,
  at INTEGER NOT NULL
);
CREATE INDEX visit_event_visit ON visit_event (visit_id, at);
CREATE INDEX visit_event_visitor ON visit_event (visitor_id);
CREATE INDEX visit_event_at ON visit_event (at);

CREATE TABLE trigger_hit (
  id TEXT NOT NULL PRIMARY KEY,
  trigger_id TEXT NOT NULL,
  organisation_id TEXT NOT NULL,
  visitor_id TEXT NOT NULL,
  visit_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  department_id TEXT,
  spoke INTEGER NOT NULL DEFAULT 0,
  answered_at INTEGER NOT NULL DEFAULT 0,
  converted_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX trigger_hit_visitor ON trigger_hit (visitor_id, at);
CREATE INDEX trigger_hit_visit ON trigger_hit (visit_id);
CREATE INDEX trigger_hit_at ON trigger_hit (at);

CREATE TABLE goal_hit (
  goal_id TEXT NOT NULL,
  cause TEXT NOT NULL,
  visitor_id TEXT NOT NULL,
  visit_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (goal_id, cause)
);
CREATE INDEX goal_hit_visitor ON goal_hit (visitor_id);
CREATE INDEX goal_hit_visit ON goal_hit (visit_id);
CREATE INDEX goal_hit_at ON goal_hit (at);

CREATE TABLE trigger_day (
  trigger_id TEXT NOT NULL,
  day INTEGER NOT NULL,
  organisation_id TEXT NOT NULL,
  shown INTEGER NOT NULL DEFAULT 0,
  answered INTEGER NOT NULL DEFAULT 0,
  converted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (trigger_id, day)
);
CREATE INDEX trigger_day_organisation ON trigger_day (organisation_id, day);

CREATE TABLE goal_day (
  goal_id TEXT NOT NULL,
  day INTEGER NOT NULL,
  site_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  trigger_id TEXT NOT NULL,
  organisation_id TEXT NOT NULL,
  reached INTEGER NOT NULL DEFAULT 0,
  with_conversation INTEGER NOT NULL DEFAULT 0,
  value INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (goal_id, day, site_id, agent_id, trigger_id)
);
CREATE INDEX goal_day_organisation ON goal_day (organisation_id, day);
UPDATE site SET triggers = 1;
INSERT INTO trigger_rule VALUES ('01900000-0000-7000-8000-0000000000f1', '01900000-0000-7000-8000-000000000001', 90, 0, 'Prices', 1, NULL, 0, '{"conditions":[{"kind":"url","how":"matches","value":"*/prices*"}]}', '{"bubble":"Questions?"}', 'visit', 0, 1, 'Ana', 1720000000000, 1720000000000);
INSERT INTO goal VALUES ('01900000-0000-7000-8000-0000000000f2', '01900000-0000-7000-8000-000000000001', 91, 0, 'Order', 1, '["01900000-0000-7000-8000-000000000004"]', 'event', 'order', 1250, 1, 0, 30, 1, 'Ana', 1720000000000, 1720000000000);
INSERT INTO visit_event VALUES ('01900000-0000-7000-8000-0000000000f3', '01900000-0000-7000-8000-0000000000f4', '01900000-0000-7000-8000-000000000005', 'order', 9900, NULL, 1720000000000);
INSERT INTO trigger_hit VALUES ('01900000-0000-7000-8000-0000000000f5', '01900000-0000-7000-8000-0000000000f1', '01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000005', '01900000-0000-7000-8000-0000000000f4', 1720000000000, NULL, 1, 0, 0);
INSERT INTO goal_hit VALUES ('01900000-0000-7000-8000-0000000000f2', '01900000-0000-7000-8000-0000000000f4', '01900000-0000-7000-8000-000000000005', '01900000-0000-7000-8000-0000000000f4', 1720000000000);
INSERT INTO trigger_day VALUES ('01900000-0000-7000-8000-0000000000f1', 19907, '01900000-0000-7000-8000-000000000001', 1, 0, 0);
INSERT INTO goal_day VALUES ('01900000-0000-7000-8000-0000000000f2', 19907, '01900000-0000-7000-8000-000000000004', '', '', '01900000-0000-7000-8000-000000000001', 1, 0, 9900);

-- Keys, limits and how long conversations are kept.
ALTER TABLE site ADD COLUMN limits TEXT;

-- By what a site's servers call. No record: nobody is told of it by revision. Revoked ones stay, so that they are refused for the right reason.
CREATE TABLE api_key (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  hash TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_by TEXT,
  created_at INTEGER NOT NULL DEFAULT 0,
  expires_at INTEGER NOT NULL DEFAULT 0,
  used_at INTEGER NOT NULL DEFAULT 0,
  revoked_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX api_key_site ON api_key (site_id, id);
CREATE INDEX api_key_prefix ON api_key (prefix);

-- Conversations that were kept for long enough and are gone, but for what was in them.
CREATE TABLE expired_conversation (
  id TEXT NOT NULL PRIMARY KEY,
  expired_at INTEGER NOT NULL
);
CREATE INDEX conversation_expiry ON conversation (site_id, closed_at) WHERE closed_at > 0 AND deleted = 0;
-- what began when: for numbers
CREATE INDEX conversation_begun ON conversation (site_id, created_at);
UPDATE site SET limits = '{"calls":6000,"visitors":60,"uploads":30}';
INSERT INTO api_key (id, organisation_id, site_id, name, prefix, hash, scopes, created_by, created_at, expires_at, used_at, revoked_at) SELECT '01900000-0000-7000-8000-0000000000f0', organisation_id, id, 'Shop', 'cfk_AAAAAAAA', 'hash', 'visitors:read privacy', 'Ana', 1, 0, 2, 0 FROM site LIMIT 1;
INSERT INTO expired_conversation (id, expired_at) VALUES ('01900000-0000-7000-8000-0000000000f1', 1720000000000);

-- When the supervisors were called.
ALTER TABLE conversation ADD COLUMN escalated_at INTEGER NOT NULL DEFAULT 0;
UPDATE conversation SET escalated_at = 1720000000000 WHERE status = 'open';

-- How a site asks and calls, what was said, and what began while nobody was there.
ALTER TABLE site ADD COLUMN survey TEXT;
ALTER TABLE site ADD COLUMN alerts TEXT;
ALTER TABLE conversation ADD COLUMN survey TEXT;
ALTER TABLE conversation ADD COLUMN away INTEGER NOT NULL DEFAULT 0;
UPDATE site SET survey = '{"kind":"scale"}', alerts = '{"sound_off":true,"sound":"bell","volume":40}';
UPDATE conversation SET survey = '{"kind":"scale","score":7}', away = 1;

-- What visitors are asked in the conversation.
ALTER TABLE conversation ADD COLUMN question_id TEXT;
ALTER TABLE conversation ADD COLUMN questions_done TEXT;
UPDATE conversation SET question_id = '01900000-0000-7000-8000-0000000000f2', questions_done = '["01900000-0000-7000-8000-0000000000f1"]';

-- Whether visitors are told how soon they usually get an answer.
ALTER TABLE site ADD COLUMN reply_time_off INTEGER NOT NULL DEFAULT 0;
UPDATE site SET reply_time_off = 1;

-- What files a site takes from its visitors.
ALTER TABLE site ADD COLUMN files TEXT;
UPDATE site SET files = '{"max_size":5000000,"types":["image/*"]}';

-- The photos of agents: an agent names theirs, which is found by that alone.
ALTER TABLE agent ADD COLUMN photo TEXT;
CREATE TABLE photo (
  token TEXT NOT NULL PRIMARY KEY,
  picture TEXT NOT NULL
);
UPDATE agent SET photo = 'Zk3yq0d1Vx5c8mB2nL7pR4tW6uJ9eA-hG_sFoKiQvTY' WHERE role = 'admin';
INSERT INTO photo (token, picture) VALUES ('Zk3yq0d1Vx5c8mB2nL7pR4tW6uJ9eA-hG_sFoKiQvTY', '/9j/4AAQSkZJRg==');
