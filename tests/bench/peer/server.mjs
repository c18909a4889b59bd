// SPDX-License-Identifier: GPL-3.0-or-later
//
// What many live chats are made of: Node, socket.io, better-sqlite3. It does the part of chatflowd's work that the benchmark measures, as
// well as that stack can: one transaction for all messages of a turn of the loop, no compression, prepared statements, files from memory.
//
//   node --expose-gc server.mjs --state DIR --port N [--files DIR] [--agents N] [--staff]
//
// Prints {"agents":[TOKEN…]} once it listens. With --staff every agent hears of every message, otherwise the assigned one.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Server } from 'socket.io';

import { Store } from './store.mjs';

/** As chatflowd, so that neither is refused connections that the other would take. */
const BACKLOG = 4096;
const PAGE = 50;

const { values: options } = parseArgs({
  options: {
    state: { type: 'string' }, port: { type: 'string' }, files: { type: 'string' }, agents: { type: 'string', default: '1' }, staff: { type: 'boolean', default: false },
  },
});
const store = new Store(options.state);
const tokens = store.agents().length > 0 ? [] : Array.from({ length: Number(options.agents) }, (_, i) => store.addAgent(`Agent ${i + 1}`));
const agents = store.agents();

// --- HTTP ----------------------------------------------------------------------------------------

const files = new Map();
if (options.files) files.set('/widget.js', readFileSync(path.join(options.files, 'widget.js')));

function answer(response, status, type, body) {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function list(request, response, url, match) {
  const token = (request.headers.authorization ?? '').replace('Bearer ', '');
  const limit = Number(url.searchParams.get('limit') ?? PAGE);
  if (!store.authenticate(token)?.agent) answer(response, 401, 'application/json', '{"reason":"unauthenticated"}');
  else if (match) answer(response, 200, 'application/json', JSON.stringify({ records: store.messages(match[1], limit) }));
  else answer(response, 200, 'application/json', JSON.stringify({ records: store.messagesAfter(Number(url.searchParams.get('after')), limit) }));
}

const server = http.createServer((request, response) => {
  const file = files.get(request.url);
  if (file) {
    answer(response, 200, 'text/javascript', file);
    return;
  }
  const url = new URL(request.url, 'http://localhost');
  const match = /^\/api\/v1\/conversations\/([0-9a-f-]+)\/messages$/.exec(url.pathname);
  if (match || url.pathname === '/api/v1/messages') list(request, response, url, match);
  else answer(response, 404, 'application/json', '{"reason":"not_found"}');
});

// --- sockets -------------------------------------------------------------------------------------

const io = new Server(server, { transports: ['websocket'], serveClient: false, perMessageDeflate: false, httpCompression: false });
// As https://socket.io/docs/v4/memory-usage/ recommends.
io.engine.on('connection', (raw) => { raw.request = null; });

let waiting = [];
let assigned = 0;

/** Everything that this turn of the loop has brought: one transaction, then the acknowledgements and the agents. */
function flush() {
  const writes = waiting;
  waiting = [];
  store.write(writes);
  for (const { result, problem, acknowledge } of writes) {
    if (problem) {
      acknowledge({ error: problem });
      continue;
    }
    acknowledge({ id: result.message.id, position: result.message.position, created_at: result.message.created_at });
    io.to(options.staff ? 'staff' : `agent:${result.conversation.assignee_id}`).emit('changes', result);
  }
}

function write(entry) {
  if (waiting.push(entry) === 1) setImmediate(flush);
}

/** Who opened which page is told at once and written once a second. */
let pages = [];

function browse(visitor, { id, visit_id: visit, url, title }) {
  const page = { id, visit, visitor: visitor.id, url, title, at: Date.now() };
  if (pages.push(page) === 1) {
    setTimeout(() => {
      store.browse(pages);
      pages = [];
    }, 1000);
  }
  io.to('staff').emit('page', page);
}

function welcomeAgent(socket, agent) {
  socket.join([`agent:${agent.id}`, 'staff']);
  socket.emit('opened', store.inbox());
}

function welcomeVisitor(socket, { visitor, exists }) {
  socket.on('message.send', (params, acknowledge) => write({ visitor, params, acknowledge }));
  socket.on('conversation.start', (params, acknowledge) => {
    write({ visitor, params, acknowledge, assignee: agents[assigned++ % agents.length] });
  });
  socket.on('visit.page', (params, acknowledge) => {
    browse(visitor, params);
    acknowledge({ id: params.id });
  });
  socket.emit('opened', exists ? store.visitorPage(visitor.id) : { conversations: [], messages: [] });
}

io.use((socket, next) => {
  const who = store.authenticate(String(socket.handshake.auth.token));
  socket.data.who = who;
  next(who ? undefined : new Error('unauthenticated'));
});
io.on('connection', (socket) => {
  const { who } = socket.data;
  if (who.agent) welcomeAgent(socket, who.agent);
  else welcomeVisitor(socket, who);
});

// --- life ----------------------------------------------------------------------------------------

process.on('SIGUSR2', () => { for (let i = 0; i < 2; i++) globalThis.gc(); });
process.on('SIGTERM', () => {
  store.close();
  process.exit(0);
});
server.listen({ port: Number(options.port), host: '127.0.0.1', backlog: BACKLOG }, () => console.log(JSON.stringify({ agents: tokens })));
