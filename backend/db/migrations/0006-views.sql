-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whom a visitor rated and when, and views that ask for a mood.
ALTER TABLE conversation ADD COLUMN rated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN rated_agent_id TEXT;
ALTER TABLE saved_view ADD COLUMN mood TEXT;
