// SPDX-License-Identifier: GPL-3.0-or-later
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

export const ORGANISATION = '018f0000-0000-7000-8000-000000000001';
const SITE = '018f0000-0000-7000-8000-000000000002';
const PREVIEW = 200;
const PAGE = 50;

/** What travels of a row; the rest is empty in this benchmark. */
const CONVERSATION = 'id, rev, site_id, visitor_id, status, assignee_id, assignee_name, created_at, last_message_at, last_position, last_author, preview, waiting_since';
const MESSAGE = 'id, rev, conversation_id, position, kind, author_kind, author_id, text, created_at';

const hashOf = (secret) => createHash('sha256').update(secret).digest('hex');

/** What is durable: one SQLite file, written by this process alone. */
export class Store {
  #db;
  #statements;
  #position;

  constructor(folder) {
    const file = path.join(folder, 'peer.db');
    const db = new Database(file);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    if (!db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'message'").get()) {
      db.exec(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'));
    }
    this.#db = db;
    this.#statements = prepare(db);
    this.#position = this.#statements.lastPosition.get(ORGANISATION).position ?? 0;
  }

  /** Makes an agent who is signed in; returns their token. */
  addAgent(name) {
    const [id, token, now] = [randomUUID(), randomBytes(32).toString('base64url'), Date.now()];
    this.#statements.addAgent.run({ id, organisation: ORGANISATION, name, email: `${id}@agents.example`, now });
    this.#statements.addSession.run({ id: randomUUID(), agent: id, hash: hashOf(token), now, end: now + 30 * 86_400_000 });
    return token;
  }

  /** Agents in the order in which they were made. */
  agents() {
    return this.#statements.agents.all();
  }

  /** Who this token belongs to: {agent}, {visitor, exists} or null. A visitor makes their own token, `ID.SECRET`, and exists from their first write on. */
  authenticate(token) {
    const dot = token.indexOf('.');
    if (dot < 0) {
      const agent = this.#statements.agentOfToken.get(hashOf(token), Date.now());
      return agent ? { agent } : null;
    }
    const [id, hash] = [token.slice(0, dot), hashOf(token.slice(dot + 1))];
    const visitor = this.#statements.visitor.get(id);
    if (visitor && visitor.secret_hash !== hash) return null;
    return { visitor: { id, hash, name: visitor?.name ?? null }, exists: visitor !== undefined };
  }

  /** What a visitor sees when they come back. */
  visitorPage(id) {
    return this.#withMessages(this.#statements.conversationsOfVisitor.all(id));
  }

  /** What an agent sees first: all open conversations, their visitors, and the last messages of each. */
  inbox() {
    return { ...this.#withMessages(this.#statements.openConversations.all(ORGANISATION)), visitors: this.#statements.openVisitors.all(ORGANISATION) };
  }

  messages(conversation, limit) {
    return this.#statements.messages.all(conversation, limit);
  }

  messagesAfter(rev, limit) {
    return this.#statements.messagesAfter.all(ORGANISATION, rev, limit);
  }

  /** Carries out the writes in one transaction; each gets its `result` or its `problem`. */
  write(writes) {
    this.#statements.begin.run();
    try {
      for (const write of writes) this.#one(write);
      this.#statements.commit.run();
    } catch (error) {
      this.#statements.rollback.run();
      throw error;
    }
  }

  /** Pages that visitors have opened, all in one transaction. */
  browse(pages) {
    this.#statements.begin.run();
    for (const page of pages) this.#statements.addPage.run({ organisation: ORGANISATION, ...page });
    this.#statements.commit.run();
  }

  close() {
    this.#db.close();
  }

  #withMessages(conversations) {
    return { conversations, messages: conversations.flatMap(({ id }) => this.messages(id, PAGE)) };
  }

  #one(write) {
    const { visitor, params, assignee } = write;
    const now = Date.now();
    const position = ++this.#position;
    const conversation = params.conversation_id ?? params.id;
    if (assignee) {
      this.#statements.addVisitor.run({ id: visitor.id, organisation: ORGANISATION, site: SITE, hash: visitor.hash, now });
      this.#statements.addConversation.run({
        id: conversation, organisation: ORGANISATION, position, site: SITE, visitor: visitor.id, assignee: assignee.id, assignee_name: assignee.name, now,
      });
    }
    const changed = this.#statements.takeText.get({ id: conversation, visitor: visitor.id, now, position, preview: params.text.slice(0, PREVIEW) });
    if (!changed) {
      write.problem = 'not_found';
      return;
    }
    const message = {
      id: params.message_id ?? params.id, rev: position, conversation_id: conversation, position, kind: 'text', author_kind: 'visitor', author_id: visitor.id,
      text: params.text, created_at: now,
    };
    this.#statements.addMessage.run({ ...message, organisation_id: ORGANISATION, visitor_id: visitor.id, author_name: visitor.name });
    write.result = { conversation: changed, message };
  }
}

const prepare = (db) => ({
  begin: db.prepare('BEGIN IMMEDIATE'),
  commit: db.prepare('COMMIT'),
  rollback: db.prepare('ROLLBACK'),
  lastPosition: db.prepare('SELECT max(rev) AS position FROM message WHERE organisation_id = ?'),
  addAgent: db.prepare("INSERT INTO agent (id, organisation_id, name, email, role, created_at) VALUES (@id, @organisation, @name, @email, 'agent', @now)"),
  addSession: db.prepare('INSERT INTO login_session (id, agent_id, token_hash, created_at, expires_at) VALUES (@id, @agent, @hash, @now, @end)'),
  agents: db.prepare('SELECT id, name FROM agent ORDER BY rowid'),
  agentOfToken: db.prepare(`SELECT agent.id, agent.name FROM login_session JOIN agent ON agent.id = login_session.agent_id
                            WHERE token_hash = ? AND expires_at > ?`),
  visitor: db.prepare('SELECT id, name, secret_hash FROM visitor WHERE id = ?'),
  addVisitor: db.prepare(`INSERT INTO visitor (id, organisation_id, site_id, secret_hash, created_at) VALUES (@id, @organisation, @site, @hash, @now)
                          ON CONFLICT (id) DO NOTHING`),
  addConversation: db.prepare(`INSERT INTO conversation (id, organisation_id, rev, site_id, visitor_id, status, assignee_id, assignee_name, created_at)
                               VALUES (@id, @organisation, @position, @site, @visitor, 'open', @assignee, @assignee_name, @now)`),
  takeText: db.prepare(`UPDATE conversation SET rev = @position, status = 'open', last_message_at = @now, last_position = @position, last_author = 'visitor',
                          preview = @preview, waiting_since = CASE WHEN waiting_since = 0 THEN @now ELSE waiting_since END
                        WHERE id = @id AND visitor_id = @visitor
                        RETURNING ${CONVERSATION}`),
  addMessage: db.prepare(`INSERT INTO message (id, organisation_id, rev, conversation_id, visitor_id, position, kind, author_kind, author_id, author_name, text, created_at)
                          VALUES (@id, @organisation_id, @rev, @conversation_id, @visitor_id, @position, @kind, @author_kind, @author_id, @author_name, @text,
                            @created_at)`),
  addPage: db.prepare(`INSERT INTO page_view (id, organisation_id, visit_id, visitor_id, url, title, at)
                       VALUES (@id, @organisation, @visit, @visitor, @url, @title, @at) ON CONFLICT (id) DO NOTHING`),
  openConversations: db.prepare(`SELECT ${CONVERSATION} FROM conversation WHERE organisation_id = ? AND status = 'open' ORDER BY last_position DESC`),
  openVisitors: db.prepare(`SELECT visitor.id, visitor.name, visitor.email, visitor.created_at FROM conversation JOIN visitor ON visitor.id = conversation.visitor_id
                            WHERE conversation.organisation_id = ? AND status = 'open'`),
  conversationsOfVisitor: db.prepare(`SELECT ${CONVERSATION} FROM conversation WHERE visitor_id = ?`),
  messages: db.prepare(`SELECT ${MESSAGE} FROM message WHERE conversation_id = ? ORDER BY position DESC LIMIT ?`),
  messagesAfter: db.prepare(`SELECT ${MESSAGE} FROM message WHERE organisation_id = ? AND rev > ? ORDER BY rev LIMIT ?`),
});
