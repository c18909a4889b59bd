-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a site says of privacy, and who is being erased: not records, for what is known of somebody who was erased is that they were.
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

-- what the audit log says of one person
CREATE INDEX audit_entry_target ON audit_entry (target_id) WHERE target_id IS NOT NULL;
-- addresses that were kept for long enough
CREATE INDEX visitor_address ON visitor (site_id, created_at) WHERE address IS NOT NULL;
-- visits that one site does not want to keep for longer
CREATE INDEX visit_site ON visit (site_id, ended);
