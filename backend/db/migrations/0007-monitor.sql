-- SPDX-License-Identifier: GPL-3.0-or-later
-- Where visitors have been. Not records: nobody is told of them by revision, they are written in batches and kept for a while.

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
