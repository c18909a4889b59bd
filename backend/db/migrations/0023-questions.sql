-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a visitor is asked in the conversation: which field of the site's form now, and which were asked before (a JSON list of ids).
ALTER TABLE conversation ADD COLUMN question_id TEXT;
ALTER TABLE conversation ADD COLUMN questions_done TEXT;
