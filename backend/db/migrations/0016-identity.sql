-- SPDX-License-Identifier: GPL-3.0-or-later
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
