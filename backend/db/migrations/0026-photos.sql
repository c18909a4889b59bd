-- SPDX-License-Identifier: GPL-3.0-or-later
-- The photos of agents: an agent names theirs, which is found by that alone.
ALTER TABLE agent ADD COLUMN photo TEXT;
CREATE TABLE photo (
  token TEXT NOT NULL PRIMARY KEY,
  picture TEXT NOT NULL
);
