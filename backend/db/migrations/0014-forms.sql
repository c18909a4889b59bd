-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a site asks before a conversation begins, and what was answered; each is a JSON document.
ALTER TABLE site ADD COLUMN form TEXT;
ALTER TABLE conversation ADD COLUMN answers TEXT;
