-- SPDX-License-Identifier: GPL-3.0-or-later
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
