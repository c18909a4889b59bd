-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a visitor's words sound like, whom they rated and when, and views that ask for a mood.
ALTER TABLE conversation ADD COLUMN mood_score INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN rated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN rated_agent_id TEXT;
ALTER TABLE saved_view ADD COLUMN mood TEXT;
-- An agent's ratings, the newest first, and their sum without a look at the conversations.
CREATE INDEX conversation_rated ON conversation (rated_agent_id, rated_at, rating) WHERE rated_agent_id IS NOT NULL AND deleted = 0;
