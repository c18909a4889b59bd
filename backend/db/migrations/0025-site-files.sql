-- SPDX-License-Identifier: GPL-3.0-or-later
-- What files a site takes from its visitors.
ALTER TABLE site ADD COLUMN files TEXT;
