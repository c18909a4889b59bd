-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a site's servers may do, how much of everything, and for how long conversations are kept.
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
