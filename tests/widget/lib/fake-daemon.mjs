// SPDX-License-Identifier: GPL-3.0-or-later
// As much of a daemon as a visitor sees, in memory: it keeps the protocol's rules, and a test can make it misbehave.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { randomUUID } from 'node:crypto';
import { WebSocketServer } from './packages.mjs';

const TYPES = { '.js': 'text/javascript; charset=utf-8', '.html': 'text/html; charset=utf-8' };
const SITE_ID = '0190a5c0-0003-7abc-8def-0123456789ab';
const AGENT = { id: '0190a5c0-0002-7abc-8def-0123456789ab', name: 'Ana' };
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

class Refusal extends Error {
  constructor(reason, message = reason, retryAfter = undefined) {
    super(message);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }
}

const keyOf = (record) => `${record.type} ${record.id}`;

export class FakeDaemon {
  rev = 10;
  /** Every record by "type id"; all of one site. */
  records = new Map();
  secrets = new Map();
  /** The questions that were answered or passed over, by their conversation. */
  done = new Map();
  peers = new Set();
  /** Names of attributes that it does not take. */
  ignored;
  /** It can send mail. */
  mail = false;
  /** Bytes of one file that it takes. */
  fileMax = 25_000_000;
  /** What has come of files, by id. */
  contents = new Map();
  /** Pictures of agents by their ids; undefined for one that was taken away since it was told of. */
  photos = new Map();
  /** What becomes of a file by its name: a reason of refusal. */
  findings = {};
  /** Files stay as they are, until this is false. */
  checks = true;
  /** Every call and notification received: {method, params, visitor}. */
  heard = [];
  sockets = 0;
  online = true;
  /** Whether the site is open: nothing, or what the server says of it. */
  opening;
  /** Refusals to give to coming calls: {method, reason, message, retryAfter, times}. */
  #refusals = [];
  #muted = new Set();
  #server;
  #folder;

  constructor(folder, site = {}) {
    this.#folder = folder;
    this.site = { type: 'site', id: SITE_ID, rev: 1, name: 'Tea & Leaf', key: 'demo', color: '#0b6e4f', greeting: 'Hi! Ask us anything about tea.', ...site };
    this.records.set(keyOf(this.site), this.site);
  }

  async start() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    const sockets = new WebSocketServer({ server: this.#server, path: '/api/v1/socket', maxPayload: 65536 });
    sockets.on('connection', (socket) => this.#connected(socket));
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.address = `http://127.0.0.1:${this.#server.address().port}/`;
    return this;
  }

  stop() {
    for (const peer of this.peers) peer.socket.terminate();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  // What a test does.

  /** The next `times` calls of a method are refused. */
  refuse(method, reason, { message, retryAfter, times = 1 } = {}) {
    this.#refusals.push({ method, reason, message, retryAfter, times });
  }

  /** Calls of a method are carried out, but their answers (and pushes) never arrive until `unmute`. */
  mute(method) {
    this.#muted.add(method);
  }

  unmute(method) {
    this.#muted.delete(method);
  }

  /** Closes every socket with a code, or breaks it without a word; its peers are gone at once, so that who waits for one meets only one that came back. */
  drop(code) {
    for (const { socket } of this.peers) code ? socket.close(code) : socket.terminate();
    this.peers.clear();
  }

  conversation() {
    return [...this.records.values()].find((record) => record.type === 'conversation');
  }

  texts() {
    return [...this.records.values()].filter((r) => r.type === 'message' && r.kind === 'text').sort((a, b) => a.position - b.position).map((r) => r.text);
  }

  says(text, agent = AGENT) {
    const conversation = this.conversation();
    return this.#write((rev) => {
      const message = {
        type: 'message', id: newId(), conversation_id: conversation.id, position: rev, kind: 'text', author_kind: 'agent', author_id: agent.id,
        author_name: agent.name, text, created_at: Date.now(),
      };
      return [message, { ...conversation, last_position: rev, last_message_at: Date.now(), last_author: 'agent', preview: text.slice(0, 200) }];
    });
  }

  assign(agent = AGENT) {
    const conversation = this.conversation();
    this.#write((rev) => [this.#event(conversation, 'assigned', rev, agent), { ...conversation, assignee_id: agent.id, assignee_name: agent.name }]);
    this.signal({ kind: 'presence', actor_kind: 'agent', actor_id: agent.id, actor_name: agent.name, state: 'online' });
  }

  /** The conversation goes to an agent, or to a department: there it is nobody's yet. */
  transfer(to, { department = false } = {}) {
    const conversation = this.conversation();
    const { id, name } = department ? {} : to;
    this.#write((rev) => [this.#event(conversation, 'transferred', rev, AGENT, to), { ...conversation, assignee_id: id, assignee_name: name }]);
  }

  /** Its agent puts it back. */
  unassign() {
    const conversation = this.conversation();
    this.#write((rev) => [this.#event(conversation, 'unassigned', rev, AGENT, { name: conversation.assignee_name }), { ...conversation, assignee_id: undefined, assignee_name: undefined }]);
  }

  closeConversation(id) {
    const conversation = id ? this.records.get(`conversation ${id}`) : this.conversation();
    return this.#write((rev) => [this.#event(conversation, 'closed', rev), { ...conversation, status: 'closed', closed_at: Date.now() }]);
  }

  /** An admin has changed the site. */
  configure(changes) {
    this.site = { ...this.site, ...changes };
    this.#write(() => [this.site]);
  }

  reads(agent = AGENT) {
    const conversation = this.conversation();
    this.#write(() => [this.#mark(conversation.id, 'agent', agent.id, conversation.last_position)]);
  }

  types(active = true, agent = AGENT) {
    this.signal({ kind: 'typing', conversation_id: this.conversation().id, actor_kind: 'agent', actor_id: agent.id, actor_name: agent.name, ...(active && { active }) });
  }

  signal(signal) {
    for (const peer of this.peers) peer.send({ jsonrpc: '2.0', method: 'signal', params: signal });
  }

  /** A revision that nobody was told of, as when a push got lost. */
  sayUnheard(text) {
    const peers = this.peers;
    this.peers = new Set();
    this.says(text);
    this.peers = peers;
    for (const peer of peers) peer.told = this.rev;
  }

  /** A conversation with a past: `count` messages, days apart where `days` is given. */
  seed(visitor, count, { start = Date.now() - 3 * 86_400_000, step = 60_000, text = (n) => `Message ${n}` } = {}) {
    const id = newId();
    this.#write((rev) => [{ type: 'conversation', id, site_id: SITE_ID, visitor_id: visitor, status: 'open', created_at: start, last_position: rev }]);
    for (let n = 1; n <= count; n++) {
      const mine = n % 4 === 1;
      this.#write((rev) => [{
        type: 'message', id: newId(), conversation_id: id, position: rev, kind: 'text', author_kind: mine ? 'visitor' : 'agent',
        ...(mine ? { author_id: visitor } : { author_id: AGENT.id, author_name: AGENT.name }), text: text(n), created_at: start + n * step,
      }]);
    }
    const conversation = this.records.get(`conversation ${id}`);
    this.#write(() => [{ ...conversation, last_position: this.rev, last_author: 'agent' }]);
  }

  // What a visitor does.

  #event(conversation, event, rev, agent = AGENT, target = event === 'assigned' ? agent : undefined) {
    return {
      type: 'message', id: newId(), conversation_id: conversation.id, position: rev, kind: 'event', event, author_kind: 'agent', author_id: agent.id,
      author_name: agent.name, target_id: target?.id, target_name: target?.name, created_at: Date.now(),
    };
  }

  #mark(conversation_id, reader_kind, reader_id, position) {
    const old = [...this.records.values()].find((r) => r.type === 'read_mark' && r.conversation_id === conversation_id && r.reader_id === reader_id);
    return { type: 'read_mark', id: old?.id ?? newId(), conversation_id, reader_kind, reader_id, position: Math.max(position, old?.position ?? 0), read_at: Date.now() };
  }

  /** One revision: stamps and keeps what `make` gives, and tells everybody. */
  #write(make) {
    const rev = ++this.rev;
    const records = make(rev).map((record) => ({ ...record, rev }));
    for (const record of records) this.records.set(keyOf(record), record);
    for (const peer of this.peers) {
      if (!peer.live) continue;
      const mine = records.filter((record) => this.#visible(record, peer.visitor));
      if (mine.length) peer.send({ jsonrpc: '2.0', method: 'changes', params: { prev: peer.told, rev, records: mine } });
      if (mine.length) peer.told = rev;
    }
    return { rev, records };
  }

  #visible(record, visitor) {
    if (record.type === 'site') return true;
    if (record.type === 'visitor') return record.id === visitor;
    if (record.type === 'conversation') return record.visitor_id === visitor;
    return this.records.get(`conversation ${record.conversation_id}`)?.visitor_id === visitor;
  }

  #since(visitor, since) {
    const all = [...this.records.values()].filter((r) => r.rev > since && this.#visible(r, visitor)).sort((a, b) => a.rev - b.rev);
    if (since > 0) return all;
    const texts = all.filter((r) => r.type === 'message');
    return all.filter((r) => r.type !== 'message' || texts.indexOf(r) >= texts.length - 50);
  }

  #connected(socket) {
    this.sockets++;
    const peer = { socket, told: 0, live: false, visitor: undefined, send: (frame) => this.#muted.size === 0 && socket.send(JSON.stringify(frame)) };
    this.peers.add(peer);
    socket.on('close', () => this.peers.delete(peer));
    socket.on('message', (data) => {
      const { id, method, params } = JSON.parse(String(data));
      this.heard.push({ method, params, visitor: peer.visitor });
      if (id === undefined) return;
      try {
        const result = this.#call(peer, method, params);
        if (!this.#muted.has(method)) socket.send(JSON.stringify({ jsonrpc: '2.0', id, result }));
      } catch (error) {
        const data_ = { reason: error.reason ?? 'internal', ...(error.retryAfter && { retry_after_ms: error.retryAfter }) };
        socket.send(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -31000, message: error.message, data: data_ } }));
        if (method === 'session.open') socket.close(4001, data_.reason);
      }
    });
  }

  #call(peer, method, params) {
    const refusal = this.#refusals.find((one) => one.method === method && one.times > 0);
    if (refusal) {
      refusal.times--;
      throw new Refusal(refusal.reason, refusal.message, refusal.retryAfter);
    }
    switch (method) {
      case 'session.open':
        return this.#open(peer, params);
      case 'sync.changes':
        peer.told = this.rev;
        return { rev: this.rev, records: this.#since(peer.visitor, params.since) };
      case 'server.info':
        return { name: 'ChatFlow', version: '0.1.0', time: Date.now(), file_size_max: this.fileMax, ...(this.mail && { mail: true }) };
      case 'agent.photos':
        return { photos: params.agent_ids.filter((id) => this.photos.has(id)).map((agent_id) => ({ agent_id, photo: agent_id.replaceAll('-', '') })) };
      case 'conversation.start':
        return this.#startConversation(peer, params);
      case 'message.send':
        return this.#send(peer, params.conversation_id, params.id, params.text, params.files);
      case 'file.create':
        return this.#createFile(peer, params);
      case 'file.cancel':
        return this.#write(() => [{ ...this.records.get(`file ${params.id}`), state: 'refused' }]);
      case 'file.link':
        return this.#link(params.id);
      case 'message.list':
        return this.#list(params);
      case 'conversation.read':
        return this.#write(() => [this.#mark(params.conversation_id, 'visitor', peer.visitor, params.position)]);
      case 'conversation.answer':
        return this.#answer(peer, params);
      case 'conversation.rate':
        return this.#rate(peer, params);
      case 'conversation.close':
        return this.closeConversation(params.id);
      case 'conversation.transcript':
        return { rev: this.rev, records: [this.records.get(`conversation ${params.id}`)] };
      case 'visitor.identify':
        return this.#identify(peer, params);
      default:
        throw new Refusal('not_found', `method: got ${method}`);
    }
  }

  #open(peer, { token, site, since = 0 }) {
    if (site !== this.site.key) throw new Refusal('bad_site');
    const [visitor, secret] = token.split('.');
    if (!ID.test(visitor) || !/^[\w-]{43}$/.test(secret)) throw new Refusal('invalid', `token: got ${token}`);
    if ((this.secrets.get(visitor) ?? secret) !== secret) throw new Refusal('unauthenticated');
    Object.assign(peer, { visitor, secret, told: this.rev, live: true });
    const signals = this.online ? [{ kind: 'presence', actor_kind: 'agent', state: 'online' }] : [];
    const assignee = this.conversation()?.assignee_id;
    if (this.online && assignee) signals.push({ kind: 'presence', actor_kind: 'agent', actor_id: assignee, state: 'online' });
    return { role: 'visitor', id: visitor, time: Date.now(), rev: this.rev, records: this.#since(visitor, since), signals, ...(this.opening && { opening: this.opening }) };
  }

  #startConversation(peer, { id, message_id, text, form }) {
    this.secrets.set(peer.visitor, peer.secret);
    const known = this.records.has(`message ${message_id}`) || this.conversation();
    if (!known && this.site.form?.on && this.site.form.fields.some(({ during }) => !during) && form?.version !== this.site.form.version) throw new Refusal(form ? 'conflict' : 'invalid', 'form');
    const open = [...this.records.values()].find((r) => r.type === 'conversation' && r.visitor_id === peer.visitor && r.status === 'open');
    if (open) return this.#send(peer, open.id, message_id, text);
    this.#write(() => [{ type: 'conversation', id, site_id: SITE_ID, visitor_id: peer.visitor, status: 'open', created_at: Date.now() }]);
    return this.#send(peer, id, message_id, text);
  }

  #createFile(peer, { id, conversation_id, name, size }) {
    if (!this.records.has(`conversation ${conversation_id}`)) throw new Refusal('not_found');
    if (this.site.files?.off) throw new Refusal('forbidden');
    this.contents.set(id, this.contents.get(id) ?? Buffer.alloc(0));
    return this.#write(() => [{ type: 'file', id, conversation_id, author_kind: 'visitor', author_id: peer.visitor, name, size, state: 'uploading', created_at: Date.now() }]);
  }

  #link(id) {
    const file = this.records.get(`file ${id}`);
    if (!file) throw new Refusal('not_found');
    return { records: [file], ...(file.state === 'ready' && { link: `/files/${id}/proof/${encodeURIComponent(file.name)}`, expires_at: Date.now() + 86_400_000 }) };
  }

  /** An agent sends files: {name, bytes, media_type, width, height} each. */
  sends(text, files, agent = AGENT) {
    const conversation = this.conversation();
    const ids = files.map(({ bytes, ...file }) => {
      const id = newId();
      this.contents.set(id, bytes);
      this.#write(() => [{ type: 'file', id, conversation_id: conversation.id, author_kind: 'agent', author_id: agent.id, size: bytes.length, state: 'ready', sent: true, created_at: Date.now(), ...file }]);
      return id;
    });
    return this.#write((rev) => [{
      type: 'message', id: newId(), conversation_id: conversation.id, position: rev, kind: 'text', author_kind: 'agent', author_id: agent.id, author_name: agent.name, text, files: ids, created_at: Date.now(),
    }, { ...conversation, last_position: rev, last_author: 'agent' }]);
  }

  /** What is held back is looked at now. */
  check() {
    this.checks = true;
    for (const record of this.records.values()) if (record.type === 'file' && record.state === 'checking') this.#look(record);
  }

  #look(file) {
    const reason = this.findings[file.name];
    const bytes = this.contents.get(file.id);
    const png = bytes.subarray(1, 4).toString() === 'PNG' && { media_type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
    this.#write(() => [{ ...file, ...(reason ? { state: 'refused', reason } : { state: 'ready', ...(png || { media_type: 'text/plain' }) }) }]);
  }

  async #content(request, response, id) {
    const allowed = { 'access-control-allow-origin': request.headers.origin ?? '*', 'access-control-expose-headers': 'Retry-After, Upload-Offset, Upload-Length' };
    if (request.method === 'OPTIONS')
      return response.writeHead(204, { ...allowed, 'access-control-allow-methods': 'PUT, HEAD, OPTIONS', 'access-control-allow-headers': 'Authorization, Content-Range, Content-Type, X-ChatFlow-Site' }).end();
    const file = this.records.get(`file ${id}`);
    const before = this.contents.get(id);
    if (request.method === 'HEAD') return response.writeHead(200, { ...allowed, 'upload-offset': before.length, 'upload-length': file.size }).end();
    const parts = [];
    for await (const part of request) parts.push(part);
    const [, first] = /^bytes (\d+)-/.exec(request.headers['content-range'] ?? 'bytes 0-');
    const bytes = Buffer.concat([before.subarray(0, Number(first)), ...parts]);
    this.contents.set(id, bytes);
    if (bytes.length === file.size && file.state === 'uploading') this.#write(() => [{ ...file, state: 'checking' }]);
    response.writeHead(200, { ...allowed, 'content-type': 'application/json' }).end('{}');
    if (bytes.length === file.size && this.checks) this.#look(this.records.get(`file ${id}`));
    return undefined;
  }

  #send(peer, conversation_id, id, text, files) {
    const known = this.records.get(`message ${id}`);
    const conversation = this.records.get(`conversation ${conversation_id}`);
    if (known && (known.text !== text || known.author_id !== peer.visitor)) throw new Refusal('conflict');
    if (known) return { rev: known.rev, records: [known, conversation] };
    if (!conversation) throw new Refusal('not_found');
    return this.#write((rev) => {
      const now = Date.now();
      const message = { type: 'message', id, conversation_id, position: rev, kind: 'text', author_kind: 'visitor', author_id: peer.visitor, text, ...(files && { files }), created_at: now };
      const { closed_at: _closed, ...rest } = conversation;
      return [message, { ...rest, question_id: this.#next(conversation_id, this.records.get(`visitor ${peer.visitor}`)), status: 'open', last_position: rev, last_message_at: now, last_author: 'visitor', preview: text.slice(0, 200) }];
    });
  }

  /** The next of the site's questions for conversations; what a visitor is called and reached by is not asked when it is known. */
  #next(conversation, visitor) {
    const done = this.done.get(conversation) ?? [];
    const { on, fields = [] } = this.site.form ?? {};
    return on ? fields.find(({ id, kind, during }) => during && !done.includes(id) && !visitor?.[kind])?.id : undefined;
  }

  #answer(peer, { id, field, value }) {
    const { question_id: question, ...rest } = this.records.get(`conversation ${id}`) ?? {};
    const done = this.done.get(id) ?? [];
    if (rest.visitor_id !== peer.visitor) throw new Refusal('not_found');
    if (done.includes(field)) return { rev: this.rev, records: [this.records.get(`conversation ${id}`)] };
    if (question !== field) throw new Refusal('conflict', 'field');
    this.done.set(id, [...done, field]);
    const { kind } = this.site.form.fields.find((one) => one.id === field);
    const known = this.records.get(`visitor ${peer.visitor}`) ?? { type: 'visitor', id: peer.visitor, site_id: SITE_ID };
    const visitor = { ...known, ...(value && ['name', 'email'].includes(kind) && { [kind]: value }) };
    return this.#write(() => [visitor, { ...rest, question_id: this.#next(id, visitor) }]);
  }

  /** What is known of attributes no visitor is told. */
  #identify(peer, { attributes: _said, ...params }) {
    const result = this.#write(() => [{ type: 'visitor', id: peer.visitor, site_id: SITE_ID, ...params }]);
    return { ...result, ...(this.ignored && { ignored: this.ignored }) };
  }

  #rate(peer, { id, rating, survey, comment }) {
    const conversation = this.records.get(`conversation ${id}`);
    if (conversation?.visitor_id !== peer.visitor) throw new Refusal('not_found');
    const { rating_comment: _said, survey: _before, ...rest } = conversation;
    return this.#write(() => [{ ...rest, rating, ...(survey && { survey }), ...(comment && { rating_comment: comment }) }]);
  }

  #list({ conversation_id, before = Infinity, limit = 50 }) {
    const all = [...this.records.values()].filter((r) => r.type === 'message' && r.conversation_id === conversation_id && r.position < before);
    all.sort((a, b) => a.position - b.position);
    const records = all.slice(-limit);
    return { records, ...(all.length > records.length && { more: true }) };
  }

  async #serve(request, response) {
    const path = normalize(new URL(request.url, 'http://x').pathname);
    const content = /^\/api\/v1\/files\/([^/]+)\/content$/.exec(path);
    if (content) return void (await this.#content(request, response, content[1]));
    const download = /^\/files\/([^/]+)\/proof\//.exec(path);
    if (download) return void response.writeHead(200, { 'content-type': this.records.get(`file ${download[1]}`).media_type ?? 'application/octet-stream' }).end(this.contents.get(download[1]));
    const picture = path.startsWith('/photos/') && [...this.photos].find(([id]) => path.endsWith(id.replaceAll('-', '')))?.[1];
    if (picture) return void response.writeHead(200, { 'content-type': 'image/png' }).end(picture);
    try {
      const body = await readFile(join(this.#folder, path));
      response.setHeader('content-type', TYPES[path.slice(path.lastIndexOf('.'))] ?? 'application/octet-stream');
      if (path.startsWith('/widget/')) {
        response.setHeader('access-control-allow-origin', '*');
        response.setHeader('cache-control', 'public, max-age=31536000, immutable');
      }
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  }
}

let last = 0;

/** A UUID version 7 that sorts after the one before. */
function newId() {
  last = Math.max(Date.now(), last + 1);
  const hex = last.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`;
}
