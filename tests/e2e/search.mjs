// SPDX-License-Identifier: GPL-3.0-or-later
//
// Search as scripts and clients meet it: through both doors, in several scripts, with whatever people type.

import assert from 'node:assert/strict';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Socket } from '../lib/socket.mjs';
import { until } from '../lib/until.mjs';

const TEXTS = [
  'Where is my parcel? It was promised for Friday.',
  'Können Sie die Straße prüfen?',
  '你好，我的订单到哪里了？',
  '注文はいつ届きますか？',
  'أين طلبي؟ العنوان تغيّر',
  '<b>parcels</b> & "quotes"',
];

/** Hits as text with [marks]. */
const shown = ({ hits = [] }) => hits.map(({ snippet, marks }) => {
  const characters = [...snippet];
  for (const { start, length } of [...marks].reverse()) {
    characters.splice(start + length, 0, ']');
    characters.splice(start, 0, '[');
  }
  return characters.join('');
});

test('search', async (t) => {
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const site = daemon.demo.site.key;
  const visitor = newVisitorToken();
  const { token } = await daemon.login(daemon.demo.agents[1].email, daemon.demo.agents[1].password);
  const conversation = newId();
  const find = async (text, more = '') => {
    const { status, body } = await daemon.rest('GET', `/api/v1/search/messages?text=${encodeURIComponent(text)}${more}`, { token });
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };

  await daemon.rest('POST', '/api/v1/conversations', { token: visitor, site, body: { id: conversation, message_id: newId(), text: TEXTS[0] } });
  for (const text of TEXTS.slice(1))
    await daemon.rest('POST', `/api/v1/conversations/${conversation}/messages`, { token: visitor, site, body: { id: newId(), text } });
  await until(async () => (await find('"quotes"')).hits?.length > 0, 'the words of the last message');

  await t.test('finds words, beginnings, phrases and characters', async () => {
    const mine = async (text) => shown(await find(text)).filter((hit) => TEXTS.includes(hit.replaceAll(/[[\]]/g, '')));
    assert.deepEqual(await mine('PARCEL'), ['<b>[parcels]</b> & "quotes"', 'Where is my [parcel]? It was promised for Friday.']);
    assert.deepEqual(await mine('"parcel" frid'), ['Where is my [parcel]? It was promised for [Friday].']);
    assert.deepEqual(await mine('"is my parcel"'), ['Where [is my parcel]? It was promised for Friday.']);
    assert.deepEqual(await mine('strasse prufen'), ['Können Sie die [Straße] [prüfen]?']);
    assert.deepEqual(await mine('订单'), ['你好，我的[订单]到哪里了？']);
    assert.deepEqual(await mine('单'), ['你好，我的订[单]到哪里了？']);
    assert.deepEqual(await mine('注文 届'), ['[注文]はいつ[届]きますか？']);
    assert.deepEqual(await mine('العنوان'), ['أين طلبي؟ [العنوان] تغيّر']);
    assert.deepEqual(await mine('تغير'), ['أين طلبي؟ العنوان [تغيّر]']);
    assert.deepEqual(await mine('parcel OR 订单'), []);
  });

  await t.test('brings what a row shows', async () => {
    const { hits, records } = await find('"is my parcel"');
    assert.equal(hits.length, 1);
    assert.deepEqual(records.map(({ type }) => type).sort(), ['conversation', 'message', 'visitor']);
    assert.equal(records.find(({ type }) => type === 'message').id, hits[0].id);
  });

  await t.test('takes whatever is typed', async () => {
    for (const text of ['"', '""', '*', '(((', 'a AND', 'NOT', 'NEAR(a b)', 'text:x', '{scope}:x', "'; DROP TABLE message; --", '-', '^a', '?', '\\', 'a*b*'])
      await find(text);
    const long = await daemon.rest('GET', `/api/v1/search/messages?text=${'x'.repeat(201)}`, { token });
    assert.deepEqual([long.status, long.body.reason], [413, 'too_large']);
    const nothing = await daemon.rest('GET', '/api/v1/search/messages', { token });
    assert.deepEqual([nothing.status, nothing.body.reason], [400, 'invalid']);
  });

  await t.test('pages from the newest on', async () => {
    const all = await find('is', '&limit=50');
    const seen = [];
    let before = 0;
    for (let more = true; more;) {
      const page = await find('is', `&limit=1&before=${before}`);
      seen.push(...page.hits.map(({ id }) => id));
      ({ more = false, next: before } = page);
    }
    assert.ok(seen.length > 1);
    assert.deepEqual(seen, all.hits.map(({ id }) => id));
  });

  await t.test('finds a note, for the staff alone', async () => {
    await daemon.rest('POST', `/api/v1/conversations/${conversation}/notes`, { token, body: { id: newId(), text: 'a confidential giraffe' } });
    await until(async () => (await find('giraffe')).hits?.length > 0, 'the words of the note');
    assert.deepEqual(shown(await find('giraffe')), ['a confidential [giraffe]']);
    const refused = await daemon.rest('GET', '/api/v1/search/messages?text=giraffe', { token: visitor, site });
    assert.deepEqual([refused.status, refused.body.reason], [403, 'forbidden']);
    const stranger = await daemon.rest('GET', '/api/v1/search/messages?text=giraffe');
    assert.deepEqual([stranger.status, stranger.body.reason], [401, 'unauthenticated']);
  });

  await t.test('finds visitors by what they are called now', async () => {
    await daemon.rest('POST', '/api/v1/visitors/identify', { token: visitor, site, body: { name: 'Zoë Quigley', email: 'zoe@quigley.example' } });
    const socket = await Socket.open(daemon.socketUrl);
    await socket.call('session.open', { token });
    const visitors = async (text) => shown(await socket.call('search.visitors', { text }));
    await until(async () => (await visitors('zoe quig')).length > 0, 'the new name');
    assert.deepEqual(await visitors('zoe quig'), ['[Zoë] [Quigley]']);
    await daemon.rest('POST', '/api/v1/visitors/identify', { token: visitor, site, body: { name: 'Ann', email: null } });
    await until(async () => (await visitors('quigley')).length === 0, 'the old name to be forgotten');
    socket.close();
  });
});
