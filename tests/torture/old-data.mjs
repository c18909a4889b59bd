// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows for a database of an earlier version, and the records that clients must then see.

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Executes a script with the daemon's own SQLite, whose search index the sqlite3 program does not know. */
const RUN_SQL = process.env.TEST_RUN_SQL ?? '_build/test/tests/torture/run-sql';
const DAY = 24 * 3600 * 1000;
/** Columns that never travel. */
const HIDDEN = new Set(['organisation_id', 'visitor_id of message', 'visitor_id of read_mark', 'password_hash', 'token_hash', 'secret_hash']);

/** Runs SQL; resolves with what it printed. */
export async function sqlite(file, sql) {
  return run('sqlite3', ['-bail', file], sql);
}

async function run(program, args, sql) {
  const child = execFile(program, args);
  let [out, problem] = ['', ''];
  child.stdout.on('data', (data) => { out += data; });
  child.stderr.on('data', (data) => { problem += data; });
  child.stdin.on('error', () => {}); // it ended early, and says why
  child.stdin.end(sql);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${path.basename(program)}: ${problem}`);
  return out.trim();
}

const literal = (value) => {
  if (value === null) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
};

/** What a site of a later version forgets after some days would be gone with the first look at it: here everything is old. */
async function keepsAll(frozen) {
  return (await readFile(frozen, 'utf8')).includes('UPDATE site SET privacy') ? "UPDATE site SET privacy = '{\"ask_first\":true}';\n" : '';
}

/** An organisation's life of some years, in the columns of the first version: those that every later one has too. */
export class OldData {
  /** {type, …columns} of everything that was generated. */
  rows = [];
  #random;
  #rev = 100; // above what the frozen database holds
  #serial = 0;

  /** `hashes`: {session, secret} as the database keeps those of the test's own agent and visitors. */
  constructor({ random, visitors, hashes }) {
    this.#random = random;
    this.organisation = '01900000-0000-7000-8000-000000000001';
    this.site = { id: '01900000-0000-7000-8000-000000000004', key: 'k-demo' };
    this.agent = this.#add('agent', { name: 'Åse', email: 'aase@acme.example', role: 'admin', disabled: 0, password_hash: 'none', created_at: 1 });
    this.#add('login_session', {
      agent_id: this.agent.id, device: 'Laptop', address: '192.0.2.9', token_hash: hashes.session, created_at: Date.now(), expires_at: Date.now() + 30 * DAY,
    });
    this.visitors = Array.from({ length: visitors }, (_, i) => this.#visitor(i, hashes.secret));
  }

  get revision() {
    return this.#rev;
  }

  #id() {
    this.#serial += 1;
    return `0190${(0x10000 + this.#serial).toString(16).padStart(8, '0').slice(-8).replace(/^(....)(....)$/, '$1-$2')}-7000-8000-${String(this.#serial).padStart(12, '0')}`;
  }

  #add(type, columns) {
    this.#rev += 1;
    const row = { type, id: this.#id(), organisation_id: this.organisation, rev: this.#rev, deleted: 0, ...columns };
    this.rows.push(row);
    return row;
  }

  /** The row changes once more, as a record does, and has a later revision then. */
  #touch(row, columns) {
    this.#rev += 1;
    Object.assign(row, columns, { rev: this.#rev });
  }

  #visitor(number, secret) {
    const random = this.#random;
    const visitor = this.#add('visitor', {
      site_id: this.site.id, name: `Bo ${number} "O'Hara" 你好`, email: random.chance(0.5) ? `bo${number}@example.net` : null,
      address: '192.0.2.8', locale: 'da', secret_hash: secret, created_at: 1_720_000_000_000 + number,
    });
    for (let i = random.between(1, 3); i > 0; i -= 1) this.#conversation(visitor, i === 1);
    return visitor;
  }

  #conversation(visitor, last) {
    const random = this.#random;
    const time = Date.now() - random.between(1, 400) * DAY;
    const conversation = this.#add('conversation', {
      site_id: this.site.id, visitor_id: visitor.id, status: 'open', assignee_id: this.agent.id, assignee_name: 'Åse', created_at: time,
      closed_at: 0, last_message_at: 0, last_position: 0, last_author: '', preview: '', waiting_since: 0,
    });
    const count = random.between(1, 60);
    for (let i = 0; i < count; i += 1) this.#message(conversation, visitor, time + i * 1000, i === 0 ? 'visitor' : random.pick(['visitor', 'agent', 'note']));
    const open = last && random.chance(0.5);
    this.#touch(conversation, { status: open ? 'open' : 'closed', closed_at: open ? 0 : time + DAY });
    this.#add('read_mark', {
      conversation_id: conversation.id, visitor_id: visitor.id, reader_kind: 'agent', reader_id: this.agent.id,
      position: conversation.last_position, read_at: time,
    });
  }

  #message(conversation, visitor, time, who) {
    const author = who === 'visitor' ? visitor : this.agent;
    const text = `${who} says ${this.#random.between(0, 1e9)}: it's %_"fine" ${'ä'.repeat(this.#random.between(0, 200))}`;
    const message = this.#add('message', {
      conversation_id: conversation.id, visitor_id: visitor.id, position: 0, kind: who === 'note' ? 'note' : 'text', event: '',
      staff_only: who === 'note' ? 1 : 0, author_kind: who === 'visitor' ? 'visitor' : 'agent', author_id: author.id, author_name: author.name,
      target_id: null, target_name: null, text, created_at: time,
    });
    message.position = message.rev;
    if (who === 'note') return;
    Object.assign(conversation, {
      last_message_at: time, last_position: message.position, last_author: message.author_kind, preview: text.slice(0, 50),
      waiting_since: who === 'visitor' ? time : 0,
    });
  }

  /** Makes `file` as the version of the frozen database left it, with all rows in it. */
  async write(frozen, file) {
    const inserts = this.rows.map(({ type, ...columns }) =>
      `INSERT INTO ${type} (${Object.keys(columns).join(', ')}) VALUES (${Object.values(columns).map(literal).join(', ')});`);
    await run(RUN_SQL, [file], `BEGIN;\n${await readFile(frozen, 'utf8')}\n${inserts.join('\n')}
      UPDATE counter SET rev = ${this.#rev};\n${await keepsAll(frozen)}COMMIT;`);
  }

  /** What a client that sees all of it holds: {type, id, rev, …}, without what is empty. */
  get records() {
    return this.rows.map(({ type, ...columns }) => ({
      type,
      ...Object.fromEntries(Object.entries(columns)
        .filter(([name, value]) => value && !HIDDEN.has(name) && !HIDDEN.has(`${name} of ${type}`))
        .map(([name, value]) => [name, ['staff_only', 'disabled'].includes(name) ? true : value])),
    }));
  }
}
