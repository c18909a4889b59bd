// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { clock } from './lib/fake-clock.mjs';
import { FakeSocket, install, settle } from './lib/fake-browser.mjs';
import { source } from './lib/sources.mjs';

const { Chat } = await source('state/chat.ts');
const { tell } = await source('identify/identify.ts');
const { typing: writing } = (await source('typing/typing.ts')).default();

const CONVERSATION = { type: 'conversation', id: 'c', rev: 5, site_id: 's', visitor_id: 'v', status: 'open', last_position: 5 };
let arrived;

beforeEach(() => {
  install();
  arrived = [];
  clock.install(1_800_000_000_000);
});

function newChat() {
  return new Chat({
    server: 'https://chat.example/', site: 'demo', client: 'test', locale: () => 'en',
    changed() {}, arrived: (message) => arrived.push(message.text), online() {}, signedOut() {},
  });
}

async function open(chat, result = {}) {
  chat.start();
  FakeSocket.last.onopen();
  FakeSocket.last.answer('session.open', { role: 'visitor', rev: 5, records: [], ...result });
  await settle();
}

const sent = (method) => FakeSocket.all.flatMap((socket) => socket.sent).filter((frame) => frame.method === method).map((frame) => frame.params);
const text = (id, rev, words = id, more = {}) => ({ type: 'message', id, rev, position: rev, conversation_id: 'c', kind: 'text', author_kind: 'agent', text: words, ...more });
const shown = (chat) => chat.items().filter((item) => item.kind === 'bubble').map((item) => `${item.text} ${item.delivery ?? ''}`.trim());
const push = (prev, rev, records) => FakeSocket.last.receive({ method: 'changes', params: { prev, rev, records } });

/** Answers the newest write as the server does. */
async function acknowledge(method, rev) {
  const params = sent(method).at(-1);
  const id = params.message_id ?? params.id;
  const conversation_id = params.conversation_id ?? params.id;
  const record = { ...text(id, rev, params.text, { author_kind: 'visitor' }), conversation_id };
  FakeSocket.last.answer(method, { rev, records: [record, { ...CONVERSATION, id: conversation_id, rev }] });
  await settle();
}

test('the same token is used for ever, and pages of a catch-up follow each other', async () => {
  const chat = newChat();
  await open(chat, { rev: 5, more: true, records: [text('a', 5)] });
  assert.deepEqual(sent('sync.changes'), [{ since: 5 }]);
  FakeSocket.last.answer('sync.changes', { rev: 8, more: true, records: [text('b', 8)] });
  await settle();
  FakeSocket.last.answer('sync.changes', { rev: 9, records: [text('c', 9)] });
  await settle();
  assert.deepEqual(sent('sync.changes').map((params) => params.since), [5, 8]);
  assert.deepEqual(shown(chat), ['a', 'b', 'c']);
  assert.deepEqual(arrived, [], 'the past is no news');
  push(9, 10, [text('d', 10)]);
  assert.deepEqual(arrived, ['d']);
  const again = newChat();
  again.start();
  FakeSocket.last.onopen();
  const [first, second] = sent('session.open');
  assert.equal(second.token, first.token);
  assert.equal(FakeSocket.last.url, 'wss://chat.example/api/v1/socket');
});

test('a hole is filled, also one that comes while another is being filled', async () => {
  const chat = newChat();
  await open(chat);
  push(7, 8, [text('h', 8)]);
  assert.deepEqual(sent('sync.changes'), [{ since: 5 }]);
  push(8, 9, [text('i', 9)]);
  FakeSocket.last.answer('sync.changes', { rev: 8, records: [text('g', 7), text('h', 8)] });
  await settle();
  assert.deepEqual(sent('sync.changes').map((params) => params.since), [5, 8]);
  FakeSocket.last.answer('sync.changes', { rev: 9, records: [text('i', 9)] });
  await settle();
  assert.deepEqual(shown(chat), ['g', 'h', 'i']);
  push(9, 10, [text('j', 10)]);
  assert.equal(chat.records.applied, 10);
});

test('a server that was restored: what it does not know is forgotten, what waits is sent anew', async () => {
  const chat = newChat();
  await open(chat, { rev: 5, records: [CONVERSATION, text('a', 4), text('lost', 5)] });
  FakeSocket.last.break();
  chat.send('waiting');
  await open(chat, { rev: 9, epoch: 7, reset: true, records: [{ ...CONVERSATION, rev: 3 }, text('a', 3)] });
  assert.deepEqual(shown(chat), ['a', 'waiting sending']);
  assert.deepEqual(arrived, [], 'the past is no news');
  await acknowledge('message.send', 10);
  push(9, 10, []);
  FakeSocket.last.break();
  await open(chat, { rev: 10, epoch: 7 });
  assert.deepEqual(sent('session.open').map(({ since, epoch }) => [since, epoch]), [[0, undefined], [5, undefined], [10, 7]]);
});

test('a reconnect goes on from what was applied', async () => {
  const chat = newChat();
  await open(chat);
  push(5, 6, [text('a', 6)]);
  FakeSocket.last.break();
  clock.tick(500);
  await open(chat, { rev: 7, records: [text('b', 7)] });
  assert.deepEqual(sent('session.open').map((params) => params.since), [0, 6]);
  assert.deepEqual(shown(chat), ['a', 'b']);
  assert.deepEqual(arrived, ['a', 'b']);
});

test('the first message starts a conversation, the next ones go into it, one after the other', async () => {
  const chat = newChat();
  await open(chat);
  for (const words of ['one', 'two', 'three']) chat.send(words);
  await settle();
  assert.equal(sent('conversation.start').length, 1);
  assert.equal(sent('message.send').length, 0, 'one at a time');
  await acknowledge('conversation.start', 6);
  const { id } = sent('conversation.start')[0];
  assert.deepEqual(sent('message.send').map((params) => [params.conversation_id, params.text]), [[id, 'two']]);
  await acknowledge('message.send', 7);
  await acknowledge('message.send', 8);
  assert.deepEqual(shown(chat), ['one', 'two', 'three sent']);
});

test('after a conversation has ended the next message goes on with it, unless another was asked for', async () => {
  const chat = newChat();
  await open(chat, { records: [{ ...CONVERSATION, status: 'closed' }] });
  assert.equal(chat.conversation.id, 'c');
  chat.send('one');
  await settle();
  assert.equal(sent('message.send')[0].conversation_id, 'c');
  FakeSocket.last.answer('message.send', { rev: 6, records: [{ ...CONVERSATION, rev: 6, status: 'closed' }] });
  await settle();
  chat.storage.set('anew', '1');
  chat.send('two');
  await settle();
  assert.equal(sent('message.send').length, 1);
  assert.equal(sent('conversation.start').length, 1);
  assert.notEqual(sent('conversation.start')[0].id, 'c');
});

test('the server’s own conversation is adopted when one was open already', async () => {
  const chat = newChat();
  await open(chat);
  chat.send('one');
  chat.send('two');
  await settle();
  const { message_id } = sent('conversation.start')[0];
  FakeSocket.last.answer('conversation.start', { rev: 6, records: [text(message_id, 6, 'one', { author_kind: 'visitor' }), { ...CONVERSATION, rev: 6 }] });
  await settle();
  assert.equal(sent('message.send')[0].conversation_id, 'c');
});

test('after a lost answer the very same call is made again, after a reload too', async () => {
  let chat = newChat();
  await open(chat);
  chat.send('hello');
  await settle();
  const first = sent('conversation.start')[0];
  FakeSocket.last.break();
  await settle();
  clock.tick(500);
  await open(chat);
  assert.deepEqual(sent('conversation.start')[1], first);
  chat = newChat();
  assert.deepEqual(shown(chat), ['hello sending']);
  await open(chat);
  assert.deepEqual(sent('conversation.start')[2], first);
  await acknowledge('conversation.start', 6);
  assert.deepEqual(shown(chat), ['hello sent']);
  assert.deepEqual(Object.keys(localStorage).filter((key) => key.includes(':out:')), []);
});

test('a message that is found among the records is not sent again', async () => {
  const chat = newChat();
  await open(chat, { records: [CONVERSATION] });
  chat.send('hello');
  await settle();
  const { id } = sent('message.send')[0];
  FakeSocket.last.break();
  await settle();
  clock.tick(500);
  await open(chat, { rev: 6, records: [text(id, 6, 'hello', { author_kind: 'visitor' })] });
  clock.tick(60_000);
  assert.equal(sent('message.send').length, 1);
  assert.deepEqual(shown(chat), ['hello sent']);
});

test('unavailable and rate_limited are tried again when the server said so, in order', async () => {
  const chat = newChat();
  await open(chat, { records: [CONVERSATION] });
  chat.send('one');
  chat.send('two');
  await settle();
  FakeSocket.last.fail('message.send', 'unavailable', 4000);
  await settle();
  clock.tick(3999);
  assert.equal(sent('message.send').length, 1);
  clock.tick(1);
  assert.deepEqual(sent('message.send').map((params) => params.text), ['one', 'one']);
  FakeSocket.last.fail('message.send', 'rate_limited');
  await settle();
  clock.tick(2000);
  await settle();
  await acknowledge('message.send', 6);
  await acknowledge('message.send', 7);
  assert.deepEqual(shown(chat), ['one', 'two sent']);
});

test('a refused message stays with its reason until it is tried again or deleted', async () => {
  const chat = newChat();
  await open(chat, { records: [CONVERSATION] });
  chat.send('no');
  await settle();
  FakeSocket.last.fail('message.send', 'invalid');
  await settle();
  const [item] = chat.items().filter((one) => one.kind === 'bubble');
  assert.deepEqual([item.delivery, item.reason], ['failed', 'invalid']);
  chat.retry(item.key);
  await settle();
  assert.equal(sent('message.send').at(-1).id, item.key, 'the same id');
  FakeSocket.last.fail('message.send', 'invalid');
  await settle();
  chat.discard(item.key);
  assert.deepEqual(shown(chat), []);
});

test('another tab’s message is left to it, unless it is gone', async () => {
  const chat = newChat();
  chat.send('mine');
  sessionStorage['chatflow:demo:tab'] = 'another tab';
  const other = newChat();
  await open(other, { records: [CONVERSATION] });
  assert.deepEqual(shown(other), ['mine sending'], 'but it is shown');
  assert.equal(sent('message.send').length, 0);
  clock.tick(15_000);
  await settle();
  assert.equal(sent('message.send').length, 1);
});

test('reading is told once, when there is something to read', async () => {
  const chat = newChat();
  await open(chat, { records: [CONVERSATION, text('a', 4), text('b', 5)] });
  chat.markRead();
  chat.markRead();
  assert.deepEqual(sent('conversation.read'), [{ conversation_id: 'c', position: 5 }]);
  FakeSocket.last.answer('conversation.read', { rev: 6, records: [{ type: 'read_mark', id: 'r', rev: 6, conversation_id: 'c', reader_kind: 'visitor', reader_id: 'v', position: 5 }] });
  await settle();
  assert.equal(chat.unread, 0);
  assert.equal(chat.records.applied, 5, 'an answer does not move applied');
});

test('typing is told at most once a second, its last state always, and its end', async () => {
  const chat = newChat();
  await open(chat, { records: [CONVERSATION] });
  for (const words of ['h', 'he', 'hel']) writing(chat).typed(words);
  const typing = () => sent('signal.typing').map((params) => (params.active ? params.text : params.active));
  assert.deepEqual(typing(), ['h']);
  clock.tick(1000);
  assert.deepEqual(typing(), ['h', 'hel']);
  clock.tick(5000);
  assert.deepEqual(typing(), ['h', 'hel', false]);
  writing(chat).typed('x'.repeat(3000));
  assert.equal(typing().at(-1).length, 1000);
  chat.send('x');
  clock.tick(10_000);
  assert.equal(typing().length, 4, 'a message ends it by itself');
});

test('an agent’s typing is forgotten after 6 s, or with their message', async () => {
  const chat = newChat();
  await open(chat, { records: [CONVERSATION] });
  const types = () => FakeSocket.last.receive({ method: 'signal', params: { kind: 'typing', conversation_id: 'c', actor_kind: 'agent', actor_id: 'a', actor_name: 'Ana', active: true } });
  types();
  assert.equal(chat.presence.typing.name, 'Ana');
  clock.tick(6000);
  assert.equal(chat.presence.typing, undefined);
  types();
  push(5, 6, [text('hi', 6)]);
  assert.equal(chat.presence.typing, undefined);
});

test('presence is of the team and of agents, and nobody is there without a connection', async () => {
  const chat = newChat();
  await open(chat, { signals: [{ kind: 'presence', actor_kind: 'agent', state: 'online' }, { kind: 'presence', actor_kind: 'agent', actor_id: 'a', state: 'away' }] });
  assert.deepEqual([chat.presence.team, chat.presence.agents.get('a')], ['online', 'away']);
  FakeSocket.last.break();
  assert.equal(chat.presence.team, 'offline');
});

test('who the visitor is is told once it can be, and not again when it is known', async () => {
  const chat = newChat();
  const told = [];
  const hear = ({ ignored }, refused) => told.push(refused?.reason ?? ignored);
  tell(chat, { name: 'Mia', email: 'mia@mail.example' }, hear);
  await open(chat);
  assert.deepEqual(sent('visitor.identify'), [{ name: 'Mia', email: 'mia@mail.example' }]);
  FakeSocket.last.answer('visitor.identify', { rev: 6, records: [{ type: 'visitor', id: 'v', rev: 6, site_id: 's', name: 'Mia', email: 'mia@mail.example' }] });
  await settle();
  tell(chat, { name: 'Mia' }, hear);
  assert.equal(sent('visitor.identify').length, 1);
  const attributes = [{ name: 'plan', value: 'pro' }];
  tell(chat, { name: 'Mia', attributes }, hear);
  assert.deepEqual(sent('visitor.identify')[1], { name: 'Mia', attributes }, 'which attributes there are nobody told us');
  FakeSocket.last.answer('visitor.identify', { records: [], ignored: ['plan'] });
  await settle();
  tell(chat, { name: 'M'.repeat(101) }, hear);
  FakeSocket.last.fail('visitor.identify', 'too_large');
  await settle();
  assert.deepEqual(told, [undefined, ['plan'], 'too_large']);
});

test('a token that is not accepted is replaced; what was not sent goes out under the new one', async () => {
  const chat = newChat();
  await open(chat, { records: [CONVERSATION] });
  chat.send('hello');
  await settle();
  assert.equal(sent('message.send').length, 1);
  FakeSocket.last.break(4001, 'revoked');
  await settle();
  clock.tick(1000);
  await open(chat);
  const tokens = sent('session.open').map((params) => params.token);
  assert.notEqual(tokens[0], tokens[1]);
  assert.equal(sent('session.open')[1].since, 0);
  assert.deepEqual(sent('conversation.start').map((params) => params.text), ['hello']);
  assert.equal(sent('conversation.start')[0].message_id, sent('message.send')[0].id);
});

test('logout leaves nothing behind and the next visitor is another', async () => {
  const chat = newChat();
  await open(chat, { records: [CONVERSATION] });
  chat.send('hello');
  localStorage.setItem('the page’s', 'own');
  const [{ token }] = sent('session.open');
  chat.logout();
  assert.deepEqual(Object.keys(localStorage), ['the page’s']);
  assert.deepEqual(shown(chat), []);
  await open(chat);
  assert.notEqual(sent('session.open').at(-1).token, token);
  assert.equal(sent('session.open').at(-1).since, 0);
});

test('where a site looks at nobody’s writing, it is told that somebody types, and not what', async () => {
  const site = { type: 'site', id: 's', rev: 4, name: 'Shop', peek_off: true };
  const chat = newChat();
  await open(chat, { records: [site, CONVERSATION] });
  writing(chat).typed('hidden');
  assert.deepEqual(sent('signal.typing'), [{ conversation_id: 'c', active: true }]);
  push(5, 6, [{ ...site, rev: 6, peek_off: undefined }]);
  clock.tick(1000);
  writing(chat).typed('shown');
  assert.equal(sent('signal.typing').at(-1).text, 'shown');
});

test('whether the site is closed is what it was when we came', async () => {
  const chat = newChat();
  await open(chat, { opening: { closed: true, until: 1 } });
  assert.equal(chat.closed, true);
  FakeSocket.last.break();
  clock.tick(500);
  await open(chat, { opening: {} });
  assert.equal(chat.closed, undefined);
});

test('files go with their message into the conversation that they are in, whatever is the current one', async () => {
  const chat = newChat();
  await open(chat, { records: [CONVERSATION, { type: 'file', id: 'f', rev: 5, conversation_id: 'old', author_kind: 'visitor', name: 'a.png', size: 9, state: 'ready' }] });
  assert.equal(chat.records.attached.get('f').name, 'a.png');
  chat.send('a.png', { files: ['f'], place: 'old' });
  await settle();
  const [{ id, ...params }] = sent('message.send');
  assert.deepEqual(params, { conversation_id: 'old', text: 'a.png', files: ['f'] });
  assert.deepEqual(chat.items().at(-1).files, ['f'], 'they are shown with what waits');
  FakeSocket.last.fail('message.send', 'not_found');
  await settle();
  chat.retry(id);
  await settle();
  assert.deepEqual(sent('message.send').at(-1), { id, ...params }, 'and never without them, or to another');
  push(5, 6, [{ type: 'file', id: 'f', rev: 6, deleted: true }]);
  assert.equal(chat.records.attached.size, 0);
});
