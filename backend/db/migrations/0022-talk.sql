-- SPDX-License-Identifier: GPL-3.0-or-later
-- How a site asks what a conversation was like and calls those who don't look, what was said where stars were not asked for, and what began while nobody was there.
ALTER TABLE site ADD COLUMN survey TEXT;
ALTER TABLE site ADD COLUMN alerts TEXT;
ALTER TABLE conversation ADD COLUMN survey TEXT;
ALTER TABLE conversation ADD COLUMN away INTEGER NOT NULL DEFAULT 0;
