// SPDX-License-Identifier: GPL-3.0-or-later
//
// The photos of agents at a real daemon: who may set them, what is refused, where they can be read and by whom they are heard of.

import assert from 'node:assert/strict';
import test from 'node:test';

import { newId, newVisitorToken } from '../lib/ids.mjs';
import { GIF, JPEG, PNG, WEBP, jpegSize, jpegWithPlace, png } from '../lib/pictures.mjs';
import { CallError } from '../lib/socket.mjs';
import { until } from '../lib/until.mjs';
import { Stage } from './stage.mjs';

const problem = (call) => call.then(() => null, (error) => {
  if (!(error instanceof CallError)) throw error;
  return `${error.reason}: ${error.message.replace(/^agent\.photos?: /, '')}`;
});

test('photos of agents', async (t) => {
  const stage = await Stage.prepare({ sites: true });
  const daemon = await stage.daemon();
  t.after(async () => {
    await daemon.remove();
    await stage.remove();
  });
  const open = async (client) => {
    client.start();
    t.after(() => client.close());
    await client.ready();
    return client;
  };
  const adminIndex = stage.agents.findIndex(({ agent }) => agent.role === 'admin');
  const admin = await open(stage.agent(daemon, adminIndex));
  const agent = await open(stage.agent(daemon, stage.limited));
  const adminId = stage.agents[adminIndex].agent.id;
  const agentId = stage.agents[stage.limited].agent.id;
  const set = (client, bytes, agent_id) => client.call('agent.photo', { picture: bytes && Buffer.from(bytes).toString('base64'), agent_id });
  const photoOf = (client, id) => client.records.all('agent').find((one) => one.id === id)?.photo;
  const read = (photo, options) => fetch(`${daemon.url}/photos/${photo}`, options);

  await t.test('one of each kind is made a small square JPEG, without what was written into it', async () => {
    for (const [bytes, side] of [[jpegWithPlace(), 8], [PNG, 8], [WEBP, 8], [GIF, 4]]) {
      const { records: [{ photo }] } = await set(agent, bytes);
      assert.match(photo, /^[\w-]{43}$/);
      const answer = await read(photo);
      const got = Buffer.from(await answer.arrayBuffer());
      assert.equal(answer.status, 200);
      assert.deepEqual(jpegSize(got), [side, side]);
      assert.ok(!got.includes('GPS') && !got.includes('Exif'));
    }
  });

  await t.test('a large one is 256 pixels wide', async () => {
    const rows = Buffer.alloc(300 * (1 + 400 * 3), 90);
    for (let y = 0; y < 300; y++) rows[y * 1201] = 0;
    const { records: [{ photo }] } = await set(agent, png(400, 300, rows));
    assert.deepEqual(jpegSize(Buffer.from(await (await read(photo)).arrayBuffer())), [256, 256]);
  });

  await t.test('it may be kept for ever, is shown on any page, and does nothing there', async () => {
    const photo = photoOf(agent, agentId);
    const answer = await read(photo);
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(answer.headers.get('content-type'), 'image/jpeg');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.match(answer.headers.get('content-security-policy'), /default-src 'none'; sandbox/);
    assert.equal((await read(photo, { method: 'POST' })).status, 405);
    for (const wrong of [`${photo}x`, photo.slice(1), 'x'.repeat(43), '']) assert.equal((await read(wrong)).status, 404, wrong);
  });

  await t.test('what is no good picture is refused in words, and the one before stays', async () => {
    const before = photoOf(agent, agentId);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
    for (const [bytes, words] of [
      [Buffer.from(svg), /^invalid: picture: got image\/svg\+xml, expected a JPEG, PNG, WebP or GIF$/],
      [Buffer.from('<html><body>hello'), /^invalid: picture: got text\/html/],
      [Buffer.from('MZ\x90\0 not a picture'), /^invalid: picture: got /],
      [JPEG.subarray(0, 200), /^invalid: picture: /],
      [Buffer.concat([PNG.subarray(0, 40), Buffer.from('broken')]), /^invalid: picture: PNG/],
      [png(60000, 60000, Buffer.alloc(20000)), /^invalid: picture: got a picture of 60000 x 60000, expected at most/],
    ]) assert.match(await problem(set(agent, bytes)), words);
    assert.match(await problem(agent.call('agent.photo', { picture: 'no base64!' })), /^invalid: picture: expected base64$/);
    assert.match(await problem(agent.call('agent.photo', { picture: '' })), /^invalid: picture/);
    assert.match(await problem(agent.call('agent.photo', { picture: 'A'.repeat(60004) })), /^too_large: picture: got 60004 characters/);
    assert.equal(photoOf(agent, agentId), before);
    assert.equal((await read(before)).status, 200);
  });

  await t.test('a new one is elsewhere, the old one is nowhere, and the same again changes nothing', async () => {
    const before = photoOf(agent, agentId);
    const { records: [{ photo }] } = await set(agent, PNG);
    assert.notEqual(photo, before);
    assert.equal((await read(before)).status, 404);
    await until(() => photoOf(admin, agentId) === photo, 'the new one at a colleague');
    const { rev, records: [same] } = await set(agent, PNG);
    assert.equal(same.photo, photo);
    assert.ok(rev === undefined || rev <= agent.records.all('agent').find(({ id }) => id === agentId).rev, 'nothing was written');
  });

  await t.test("others' are an admin's business", async () => {
    assert.match(await problem(set(agent, PNG, adminId)), /^forbidden: /);
    assert.match(await problem(set(agent, undefined, adminId)), /^forbidden: /);
    await set(admin, GIF, agentId);
    const { entries } = await admin.call('audit.list', { action: 'agent.photo' });
    assert.deepEqual([entries[0].actor_id, entries[0].target_id], [adminId, agentId]);
  });

  await t.test('a visitor hears of those whom they have met, and of nobody else', async () => {
    const { photo } = (await set(agent, PNG)).records[0];
    await set(admin, JPEG);
    const visitor = await open(stage.visitor(daemon));
    const ask = async (...agent_ids) => (await visitor.call('agent.photos', { agent_ids })).photos ?? [];
    assert.deepEqual(await ask(agentId, adminId), []);
    const conversation_id = newId();
    await visitor.call('conversation.start', { id: conversation_id, message_id: newId(), text: 'hello' });
    assert.deepEqual(await ask(agentId, adminId), []);
    await admin.call('note.add', { id: newId(), conversation_id, text: 'for the team' });
    assert.deepEqual(await ask(agentId, adminId), [], 'who has only left a note was not met');
    await agent.call('message.send', { id: newId(), conversation_id, text: 'hi' });
    assert.deepEqual(await ask(agentId, adminId, newId()), [{ agent_id: agentId, photo }]);
    const stranger = await open(stage.visitor(daemon));
    assert.deepEqual((await stranger.call('agent.photos', { agent_ids: [agentId] })).photos ?? [], [], 'another visitor');
    assert.ok(!JSON.stringify([...visitor.records.all('message'), ...visitor.records.all('conversation')]).includes(photo), 'no record tells it');
    assert.match(await problem(visitor.call('agent.photos', { agent_ids: Array.from({ length: 21 }, newId) })), /^too_large: /);
    assert.match(await problem(admin.call('agent.photos', { agent_ids: [agentId] })), /^forbidden: /);
    assert.match(await problem(visitor.call('agent.photo', {})), /^forbidden: /);

    const site = stage.sites[0].id;
    await admin.call('site.configure', { id: site, version: (await admin.call('site.settings', { id: site })).version, appearance: { photos_off: true } });
    assert.deepEqual(await ask(agentId), [], 'where the site shows none');
  });

  await t.test('taken away, it is nowhere, after a restart too', async () => {
    const photo = photoOf(agent, agentId);
    await set(agent, undefined);
    assert.equal((await read(photo)).status, 404);
    await until(() => admin.records.all('agent').some(({ id, photo: left }) => id === agentId && left === undefined), 'its end at a colleague');
    const kept = photoOf(admin, adminId);
    await daemon.restart();
    assert.equal((await read(photo)).status, 404);
    assert.equal((await read(kept)).status, 200);
    const token = newVisitorToken();
    assert.equal((await daemon.rest('POST', '/api/v1/agents/photo', { token, site: stage.site, origin: 'https://shop.example', body: {} })).status, 403);
  });
});
