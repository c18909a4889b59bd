-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whether visitors are told how soon they usually get an answer.
ALTER TABLE site ADD COLUMN reply_time_off INTEGER NOT NULL DEFAULT 0;
