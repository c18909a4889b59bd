-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the staff knows of visitors.

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
