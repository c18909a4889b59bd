-- SPDX-License-Identifier: GPL-3.0-or-later
-- Nothing of its own.
DROP INDEX IF EXISTS nothing_6;
