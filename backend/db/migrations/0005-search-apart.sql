-- SPDX-License-Identifier: GPL-3.0-or-later
-- The full-text index is a file of its own (db/search-index.c), which follows by revisions: here is only what is said.

DROP TRIGGER message_changed;
DROP TRIGGER message_gone;
DROP TRIGGER visitor_changed;
DROP TRIGGER visitor_gone;
DROP TABLE message_unsaid;
DROP TABLE visitor_unsaid;
DROP TABLE search_state;
DROP TABLE message_search;
DROP TABLE visitor_search;
