// SPDX-License-Identifier: GPL-3.0-or-later
//
// One person is exported, then erased: everything that was ever said by or of them, from every file of the state folder, also when the daemon is killed
// in the middle of it; and nothing of anybody else.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { PNG } from '../lib/pictures.mjs';
import { Random } from '../lib/random.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';

const SEED = Number(process.env.SEED ?? 1);
const LETTERS = 'bcdfghjklmnpqrstvwxz';

/** Words that nobody else has said. An index keeps of a word what the one before it has not, so they are looked for by their ends too. */
class Words {
  all = [];
  #random;

  constructor(seed) {
    this.#random = new Random(seed);
  }

  next() {
    const word = Array.from({ length: 14 }, () => LETTERS[this.#random.between(0, LETTERS.length - 1)]).join('');
    this.all.push(word);
    return word;
  }
}

async function files(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

/** Where any of `words` is found: "file: word". */
async function traces(folder, words) {
  const found = [];
  for (const file of await files(folder)) {
    const bytes = await readFile(file);
    for (const word of words) if (bytes.includes(word)) found.push(`${path.basename(file)}: ${word}`);
  }
  return found;
}

/** Somebody with all that can be known of a person, told in `words`. */
async function live(daemon, staff, admin, words, { texts }) {
  const site = daemon.demo.site.key;
  const [tab, phone] = [newVisitorToken(), newVisitorToken()];
  const visitor = new Client({ url: daemon.socketUrl, credentials: { site, token: tab } }).start();
  const other = new Client({ url: daemon.socketUrl, credentials: { site, token: phone } }).start();
  await Promise.all([visitor.ready(), other.ready()]);
  const [conversation_id, elsewhere] = [newId(), newId()];
  await visitor.call('visitor.identify', { name: words.next(), email: `${words.next()}@mail.example` });
  const visit_id = newId();
  await visitor.call('visit.page', {
    visit_id, id: newId(), url: `https://shop.example/${words.next()}`, title: words.next(), referrer: `https://${words.next()}.example/`, landing: 'https://shop.example/', visible: 0,
  });
  const met = await meet(admin, visitor, visit_id);
  await visitor.call('conversation.start', { id: conversation_id, message_id: newId(), text: words.next() });
  await other.call('conversation.start', { id: elsewhere, message_id: newId(), text: words.next() });
  await other.call('visitor.identify', { name: words.next(), email: `${words.next()}@mail.example` });
  const ids = [visitor.visitorId, other.visitorId];
  for (let i = 0; i < texts; i += 1) {
    const text = Array.from({ length: 1 + (i * 7) % 60 }, (_, k) => (k % 12 === 0 ? words.next() : 'hello')).join(' ');
    await (i % 3 === 0 ? staff : visitor).call('message.send', { id: newId(), conversation_id, text });
  }
  await staff.call('note.add', { id: newId(), conversation_id, text: words.next() });
  const edited = newId();
  await staff.call('message.send', { id: edited, conversation_id, text: words.next() });
  await staff.call('message.edit', { id: edited, text: words.next() });
  await staff.call('scheduled.add', { id: newId(), conversation_id, text: words.next(), send_at: Date.now() + 3_600_000, unless_reply: true });
  await staff.call('visitor.update', { id: ids[0], phone: '+351 555 100 100', company: words.next(), note: words.next() });
  await staff.call('visitor.verify', { id: ids[0], verified: true });
  await staff.call('visitor.merge', { id: ids[1], into: ids[0] });
  const file = newId();
  const picture = Buffer.concat([PNG]);
  await daemon.rest('POST', '/api/v1/files', { token: tab, site, body: { id: file, conversation_id, name: `${words.next()}.png`, size: picture.length } });
  await fetch(`${daemon.url}/api/v1/files/${file}/content`, { method: 'PUT', headers: { authorization: `Bearer ${tab}`, 'x-chatflow-site': site }, body: picture });
  await until(async () => (await daemon.rest('GET', `/api/v1/files/${file}/link`, { token: tab, site })).body.link, 'the picture');
  await visitor.call('message.send', { id: newId(), conversation_id, text: words.next(), files: [file] });
  await staff.call('conversation.close', { id: conversation_id, event_id: newId() });
  await visitor.call('conversation.rate', { id: conversation_id, rating: 5, comment: words.next() });
  await until(async () => (await admin.call('visit.list', { visitor_id: ids[0] })).visits.length > 0, 'the visit');
  await until(async () => (await admin.call('search.messages', { text: words.all.at(-1) })) && (await admin.call('search.messages', { text: words.all[5] })).hits.length > 0, 'their words in the index');
  return { visitor, other, ids, conversation_id, elsewhere, file, met, tokens: [tab, phone] };
}

/** A trigger acts on them, and twice they reach a goal. */
async function meet(admin, visitor, visit_id) {
  const [trigger_id, goal_id, hit, ...events] = [newId(), newId(), newId(), newId(), newId()];
  const rules = { conditions: [{ kind: 'url', how: 'matches', value: '*' }] };
  await admin.call('trigger.save', { id: trigger_id, version: 0, name: 'Ask', enabled: true, rules, actions: { bubble: 'Questions?' } });
  await admin.call('goal.save', { id: goal_id, version: 0, name: 'Order', enabled: true, kind: 'event', pattern: 'order', each_time: true });
  await until(async () => (await admin.call('visit.list', { visitor_id: visitor.visitorId })).visits?.length > 0, 'the visit on the disk');
  assert.equal((await visitor.call('trigger.fire', { id: hit, trigger_id, visit_id, url: 'https://shop.example/' })).fired, true);
  for (const id of events) await visitor.call('visit.track', { id, visit_id, name: 'order' });
  return { trigger_id, goal_id, visit_id, hit, events };
}

/** Others beside them, so that pages are shared and split. */
async function crowd(daemon, staff, words) {
  const site = daemon.demo.site.key;
  for (let i = 0; i < 12; i += 1) {
    const who = { token: newVisitorToken(), site };
    const conversation_id = newId();
    await daemon.rest('POST', '/api/v1/conversations', { ...who, body: { id: conversation_id, message_id: newId(), text: words.next() } });
    await daemon.rest('POST', '/api/v1/visitors/identify', { ...who, body: { name: words.next(), email: `${words.next()}@mail.example` } });
    for (let k = 0; k < 5; k += 1) await staff.call('message.send', { id: newId(), conversation_id, text: `${words.next()} `.repeat(1 + k * 20).trim() });
  }
}

async function scene(t) {
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const sign = async ({ email, password }) => (await daemon.login(email, password)).token;
  const role = (name) => daemon.demo.agents.find((agent) => agent.role === name) ?? daemon.demo.agents[0];
  const token = await sign(daemon.demo.agents[0]);
  const admin = new Client({ url: daemon.socketUrl, credentials: { token } }).start();
  t.after(() => admin.close());
  await admin.ready();
  return { daemon, admin, token, sign, role };
}

const finished = (admin, id) => until(async () => (await admin.call('person.erase', { id })).finished_at > 0, 'the end of the erasure');

async function exportAll(daemon, token, id) {
  const all = { records: [], visits: [], triggers: [], goals: [], files: [] };
  let after;
  do {
    const { status, body } = await daemon.rest('GET', `/api/v1/visitors/${id}/export${after ? `?after=${encodeURIComponent(after)}` : ''}`, { token });
    assert.equal(status, 200, JSON.stringify(body));
    for (const kind of Object.keys(all)) all[kind].push(...(body[kind] ?? []));
    after = body.more ? body.next : undefined;
  } while (after);
  return all;
}

test('one person, exported and erased', async (t) => {
  const { daemon, admin, token } = await scene(t);
  const [theirs, others] = [new Words(SEED), new Words(SEED + 1000)];
  const far = admin.twin().start();
  await far.ready();
  const person = await live(daemon, admin, admin, theirs, { texts: 90 });
  await crowd(daemon, admin, others);
  t.after(() => Promise.all([person.visitor.close(), person.other.close()]));
  assert.ok((await traces(daemon.state, theirs.all)).length > theirs.all.length, 'they are there before');
  assert.ok((await traces(daemon.state, [person.met.hit, ...person.met.events])).length >= 3, 'and what they met');
  await until(() => far.records.toString().includes(theirs.all.at(-1)), 'the other device');
  await far.close();

  await t.test('exported: everything that was said', async () => {
    const all = await exportAll(daemon, token, person.ids[1]);
    const text = JSON.stringify(all);
    const edited = theirs.all.filter((word) => !text.includes(word));
    assert.equal(edited.length, 1, `only what was reworded is nowhere: ${edited}`);
    assert.deepEqual(others.all.filter((word) => text.includes(word)), []);
    assert.deepEqual(all.records.filter(({ type }) => type === 'visitor').map(({ id }) => id).sort(), [...person.ids].sort());
    assert.equal(new Set(all.records.map(({ type, id }) => `${type} ${id}`)).size, all.records.length, 'nothing twice');
    assert.equal(all.visits.length, 1);
    const { trigger_id, goal_id, visit_id, hit, events } = person.met;
    assert.deepEqual(all.triggers.map(({ at, answered_at, converted_at, ...rest }) => ({ ...rest, timed: at > 0 && answered_at >= at && converted_at >= at })), [{ id: hit, trigger_id, name: 'Ask', visit_id, timed: true }]);
    assert.deepEqual(all.goals.map(({ at, ...rest }) => ({ ...rest, timed: at > 0 })), events.sort().map((cause) => ({ goal_id, cause, name: 'Order', visit_id, timed: true })));
    const content = await fetch(`${daemon.url}${all.files[0].link}`);
    assert.equal(content.status, 200);
    assert.doesNotMatch(text, /secret|hash/);
  });

  await t.test('erased: no word is in any file of the state folder', async () => {
    const { total, done, id } = await admin.call('person.erase', { id: person.ids[1] });
    assert.equal(id, person.ids[0], 'who is shown stands for all of them');
    assert.ok(total > 90 && done >= 4 && done <= total);
    await finished(admin, person.ids[0]);
    assert.deepEqual(await traces(daemon.state, theirs.all), []);
    assert.deepEqual(await traces(daemon.state, theirs.all.map((word) => word.slice(-8))), [], 'not in part either');
    const { visit_id, hit, events } = person.met;
    assert.deepEqual(await traces(daemon.state, [visit_id, hit, ...events]), [], 'nor what they met and reached, by any name');
    assert.equal((await files(daemon.state)).filter((file) => file.includes(person.file)).length, 0);
  });

  await t.test('others are untouched', async () => {
    const found = await traces(daemon.state, others.all);
    for (const word of others.all) assert.ok(found.includes(`chatflow.db: ${word}`), word);
    assert.equal((await admin.call('search.messages', { text: others.all[0] })).hits.length, 1);
  });

  await t.test('everybody hears of it: those who are there, those who come back, and the visitor', async () => {
    const gone = (client) => theirs.all.every((word) => !client.records.toString().includes(word));
    await until(() => gone(admin), 'the agent who was there');
    const back = far.twin(far.records).start();
    t.after(() => back.close());
    await back.ready();
    assert.ok(gone(back), 'the device that slept');
    await until(() => person.visitor.refused && person.other.refused, 'the end of the visitor’s sessions');
    assert.equal(person.visitor.refused, 'revoked');
    const { status, body } = await daemon.rest('POST', '/api/v1/conversations', { token: person.tokens[0], site: daemon.demo.site.key, body: { id: newId(), message_id: newId(), text: 'hi' } });
    assert.deepEqual([status, body.reason], [401, 'revoked']);
  });

  await t.test('the audit log says who did it, and not what they were called', async () => {
    const { entries } = await admin.call('audit.list', {});
    const entry = entries.find(({ action }) => action === 'person.erase');
    assert.equal(entry.target_id, person.ids[0]);
    assert.ok(entry.actor_id && entry.actor_name && !entry.target_name);
    assert.deepEqual(theirs.all.filter((word) => JSON.stringify(entries).includes(word)), []);
  });

  await t.test('it survives a restart, and nobody comes back', async () => {
    await daemon.restart();
    assert.deepEqual(await traces(daemon.state, theirs.all), []);
    assert.equal((await daemon.rest('GET', `/api/v1/visitors/${person.ids[0]}`, { token })).status, 404);
    assert.equal((await daemon.rest('GET', `/api/v1/visitors/${person.ids[0]}/export`, { token })).status, 404);
  });
});

test('who may not', async (t) => {
  const { daemon, admin, sign } = await scene(t);
  const visitor = Client.visitor(daemon.socketUrl, daemon.demo.site.key).start();
  t.after(() => visitor.close());
  await visitor.ready();
  await visitor.call('visitor.identify', { name: 'Ana', email: 'ana@mail.example' });
  const place = `/api/v1/visitors/${visitor.visitorId}`;
  const password = 'a good password';
  const make = async (role) => {
    const email = `${role}@more.example`;
    await admin.call('agent.add', { id: newId(), email, name: role, role, password });
    return sign({ email, password });
  };
  const [agent, supervisor] = [await make('agent'), await make('supervisor')];
  for (const [who, verb, address, status] of [
    [agent, 'DELETE', place, 403], [agent, 'GET', `${place}/export`, 403], [supervisor, 'DELETE', place, 403], [supervisor, 'GET', `${place}/export`, 200],
    [undefined, 'DELETE', place, 401],
  ]) assert.equal((await daemon.rest(verb, address, { token: who })).status, status, `${verb} ${address}`);
  await assert.rejects(visitor.call('person.erase', { id: visitor.visitorId }), { reason: 'forbidden' });
  await assert.rejects(visitor.call('person.export', { id: visitor.visitorId }), { reason: 'forbidden' });
  await assert.rejects(admin.call('person.erase', { id: newId() }), { reason: 'not_found' });
  await assert.rejects(admin.call('person.export', { id: visitor.visitorId, after: '9 visits -' }), { reason: 'invalid' });
  for (const after of ['0 goals -', '0 triggers -', `0 goals ${newId()} ${newId()}`]) assert.ok((await admin.call('person.export', { id: visitor.visitorId, after })).exported_at > 0, after);
  for (const after of ['0 goals x', `0 goals ${newId()} x`, `0 goals ${newId()} ${newId()} x`, '0 aims -']) await assert.rejects(admin.call('person.export', { id: visitor.visitorId, after }), { reason: 'invalid' }, after);
  assert.equal((await admin.call('visitor.get', { id: visitor.visitorId })).records[0].name, 'Ana');
});

test('killed in the middle, again and again', async (t) => {
  const { daemon, admin } = await scene(t);
  const theirs = new Words(SEED + 2000);
  const random = new Random(SEED);
  const person = await live(daemon, admin, admin, theirs, { texts: 240 });
  await Promise.all([person.visitor.close(), person.other.close()]);
  await admin.call('person.erase', { id: person.ids[0] });
  for (let round = 0; round < 4; round += 1) {
    await new Promise((resolve) => { setTimeout(resolve, random.between(0, 60)); });
    await daemon.kill9();
    await daemon.restart();
  }
  await admin.ready();
  await until(() => admin.live, 'the admin is back');
  await finished(admin, person.ids[0]);
  assert.deepEqual(await traces(daemon.state, [...theirs.all, ...theirs.all.map((word) => word.slice(-8))]), []);
});
