-- SPDX-License-Identifier: GPL-3.0-or-later
-- When the supervisors were called to a conversation.
ALTER TABLE conversation ADD COLUMN escalated_at INTEGER NOT NULL DEFAULT 0;
