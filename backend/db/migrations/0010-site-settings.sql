-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is set for a site; each section is a JSON document.
ALTER TABLE site ADD COLUMN appearance TEXT;
ALTER TABLE site ADD COLUMN hours TEXT;
ALTER TABLE site ADD COLUMN offline TEXT;
ALTER TABLE site ADD COLUMN peek_off INTEGER NOT NULL DEFAULT 0;
ALTER TABLE site ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE site ADD COLUMN changed_by TEXT;
ALTER TABLE site ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
