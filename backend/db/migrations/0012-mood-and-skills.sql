-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a conversation's mood follows from, and what agents know most of.
ALTER TABLE conversation ADD COLUMN mood_score INTEGER NOT NULL DEFAULT 0;
ALTER TABLE agent ADD COLUMN skills TEXT;
