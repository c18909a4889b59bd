-- SPDX-License-Identifier: GPL-3.0-or-later
-- How an agent was rated lately, without looking at the rows.
CREATE INDEX conversation_rated ON conversation (rated_agent_id, rated_at, rating, deleted) WHERE rated_agent_id IS NOT NULL;
