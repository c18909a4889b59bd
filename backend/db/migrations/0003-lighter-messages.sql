-- SPDX-License-Identifier: GPL-3.0-or-later
-- Less to write for each message: an index costs a page of the log, which is more than all the rest of a message.

-- A visitor has few conversations: what changed of them needs no order of its own, and this index never changes.
DROP INDEX conversation_visitor;
CREATE INDEX conversation_visitor ON conversation (visitor_id);

-- What is new to a visitor is found along their conversations, by message_position, for a position is the revision that a message came with.
-- Only what was changed later is here.
DROP INDEX message_visitor;
CREATE INDEX message_changed ON message (visitor_id, rev) WHERE rev <> position;
