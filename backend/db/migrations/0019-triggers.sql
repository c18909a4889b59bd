-- SPDX-License-Identifier: GPL-3.0-or-later
-- What acts by itself when a visitor does something, what visitors are wanted to do, and what the pages track. "trigger" is a word of SQL.
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

-- Beside page_view, and kept as long.
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

-- That a visitor has met a trigger: for the caps, and for what comes of it.
CREATE TABLE trigger_hit (
  id TEXT NOT NULL PRIMARY KEY,
  trigger_id TEXT NOT NULL,
  organisation_id TEXT NOT NULL,
  visitor_id TEXT NOT NULL,
  visit_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  department_id TEXT,
  answered_at INTEGER NOT NULL DEFAULT 0,
  converted_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX trigger_hit_visitor ON trigger_hit (visitor_id, at);
CREATE INDEX trigger_hit_visit ON trigger_hit (visit_id);
CREATE INDEX trigger_hit_at ON trigger_hit (at);

-- That a goal was reached, so that it counts once: by a visit, or by a page or an event.
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

-- How often, by days since 1970: nobody's in particular, so it stays.
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
