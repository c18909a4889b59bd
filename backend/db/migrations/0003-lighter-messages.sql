-- SPDX-License-Identifier: GPL-3.0-or-later
-- Less to write for each message: an index costs a page of the log, which is more than all the rest of a message.

-- A visitor has few conversations: what changed of them needs no order of its own, and this index never changes.
DROP INDEX conversation_visitor;
CREATE INDEX conversation_visitor ON conversation (visitor_id);

-- What is new to a visitor is found along their conversations, by message_position, for a position is the revision that a message came with.
-- Only what was changed later is here.
DROP INDEX message_visitor;
CREATE INDEX message_changed ON message (visitor_id, rev) WHERE rev <> position;

-- An upsert's ON CONFLICT overrules a trigger's OR IGNORE: what changed twice before the index had followed was refused.
DROP TRIGGER message_changed;
CREATE TRIGGER message_changed AFTER UPDATE OF text, deleted, kind, author_kind ON message
  WHEN (OLD.text IS NOT NEW.text OR OLD.deleted <> NEW.deleted OR OLD.kind IS NOT NEW.kind OR OLD.author_kind IS NOT NEW.author_kind)
    AND NOT EXISTS (SELECT 1 FROM message_unsaid WHERE seq = OLD.seq)
BEGIN
  INSERT INTO message_unsaid (seq, scope, text)
    VALUES (OLD.seq, replace (OLD.organisation_id, '-', '') || ' ' || substr (OLD.author_kind, 1, 1),
      iif (OLD.deleted = 0 AND OLD.kind <> 'event', OLD.text, NULL));
END;
DROP TRIGGER visitor_changed;
CREATE TRIGGER visitor_changed AFTER UPDATE OF name, email, deleted ON visitor
  WHEN (OLD.name IS NOT NEW.name OR OLD.email IS NOT NEW.email OR OLD.deleted <> NEW.deleted)
    AND NOT EXISTS (SELECT 1 FROM visitor_unsaid WHERE seq = OLD.seq)
BEGIN
  INSERT INTO visitor_unsaid (seq, scope, name, email)
    VALUES (OLD.seq, replace (OLD.organisation_id, '-', ''), iif (OLD.deleted = 0, OLD.name, NULL), iif (OLD.deleted = 0, OLD.email, NULL));
END;
