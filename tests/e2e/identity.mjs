// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who a visitor is, as the site proves it: on real pages in Chromium, and what the daemon says to those who would like to be somebody else.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Random } from '../lib/random.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { Shop } from './shop.mjs';
import { Visitor } from './visitor.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');
const SEED = Number(process.env.SEED ?? 1);
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

/** As a site's server makes it. */
function sign(secret, claims, header = { alg: 'HS256', typ: 'JWT' }) {
  const text = `${encode(header)}.${encode({ exp: inAnHour(), ...claims })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const VERBS = ['open', 'close', 'toggle', 'identify', 'verify', 'message', 'get', 'hide', 'show', 'page', 'locale', 'on', 'off', 'logout', 'constructor', '__proto__', 'toString', '', 'ready'];

/** Calls with whatever a page may come up with; `seen` is what became of it. */
function fuzz(calls) {
  const odd = [undefined, null, 0, -1, NaN, 1e308, '', '\ud800', 'x'.repeat(100_000), '{}', 'a.b.c', 'javascript:1', 'https://', {}, [], [[]], { name: 7 }, { name: '\u0000', email: {} },
    { name: 'Mia', customData: { a: 1, b: null, c: [], d: 'x'.repeat(20_000), ['e'.repeat(999)]: true } }, { customData: new Proxy({}, { ownKeys() { throw new Error('a trap'); } }) },
    { customData: Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [n, n])) }, { customData: 'x' },
    { get name() { throw new Error('a trap'); } }, new Proxy({}, { get() { throw new Error('a trap'); } }), () => { throw new Error('the page’s own'); }, Symbol('s'), 10n, document.body, new Date(NaN),
    'open', 'message', 'ready', 'de', 'zz-ZZ-zz', '-'];
  const thrown = [];
  for (const [verb, first, second] of calls) {
    try {
      ChatFlow(verb < 0 ? odd[-verb % odd.length] : verb, odd[first % odd.length], odd[second % odd.length]);
    } catch (error) {
      thrown.push(`${verb}: ${error}`);
    }
  }
  return thrown;
}

test('proven identity', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const { key } = daemon.demo.site;
  const shop = await Shop.open(daemon.url, key);
  t.after(() => shop.close());
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const [admin, agent] = daemon.demo.agents;
  const { token } = await daemon.login(admin.email, admin.password);
  const { token: agentToken } = await daemon.login(agent.email, agent.password);
  const staff = new Client({ url: daemon.socketUrl, credentials: { token } }).start();
  const colleague = new Client({ url: daemon.socketUrl, credentials: { token: agentToken } }).start();
  t.after(() => Promise.all([staff.close(), colleague.close()]));
  await Promise.all([staff.ready(), colleague.ready()]);
  const site = (await staff.call('site.list')).records.find((one) => one.key === key);
  const other = (await staff.call('site.add', { id: newId(), name: 'Other', origins: ['https://other.example'] })).records[0];
  const { secret } = await staff.call('site.add_secret', { id: newId(), site_id: site.id });
  const foreign = (await staff.call('site.add_secret', { id: newId(), site_id: other.id })).secret;
  const origin = shop.address().slice(0, -1);
  const tryProof = (jwt) => daemon.rest('POST', '/api/v1/visitors/prove', { site: key, token: newVisitorToken(), origin, body: { jwt } });
  const context = () => browser.newContext({ viewport: { width: 1000, height: 760 }, locale: 'en-GB' });
  const arrive = async () => Visitor.arrive(await context(), shop.address());
  const verify = (visitor, claims, how = secret) => visitor.page.evaluate((jwt) => ChatFlow('verify', jwt), sign(how, claims));
  const ana = { sub: 'u-1182', name: 'Ana Sousa', email: 'ana@example.com' };
  const record = (filter) => staff.records.all('visitor').find(filter);

  await t.test('the secret is the admin’s, and shown once', async () => {
    const agents = await daemon.rest('GET', `/api/v1/websites/${site.id}/secrets`, { token: agentToken });
    assert.equal(agents.status, 403);
    assert.equal((await daemon.rest('POST', `/api/v1/websites/${site.id}/secrets`, { token: agentToken, body: { id: newId() } })).status, 403);
    const listed = await staff.call('site.secrets', { id: site.id });
    assert.equal(listed.secrets.length, 1);
    const audit = await staff.call('audit.list', { action: 'site.add_secret' });
    assert.equal(audit.entries.length, 2);
    for (const seen of [listed, audit, await staff.call('site.settings', { id: site.id }), staff.records.all('site'), colleague.records.all('site')])
      assert.ok(!JSON.stringify(seen).includes(secret));
    assert.ok(!daemon.log.includes(secret));
  });

  await t.test('what was not signed, or not so, or not now, proves nothing', async () => {
    const bare = sign(secret, ana, { alg: 'none' });
    const cases = [
      [bare, 'invalid'], [`${bare.split('.').slice(0, 2).join('.')}.`, 'invalid'], [sign(secret, ana, { alg: 'RS256' }), 'invalid'],
      [sign(foreign, ana), 'unauthenticated'], [sign('', ana), 'unauthenticated'], [sign(key, ana), 'unauthenticated'],
      [sign(secret, { ...ana, exp: Math.floor(Date.now() / 1000) - 90 }), 'expired'], [sign(secret, { ...ana, exp: inAnHour() + 8 * 86400 }), 'invalid'],
      [sign(secret, { ...ana, exp: undefined }), 'invalid'], [sign(secret, { ...ana, nbf: inAnHour() - 60 }), 'invalid'], [sign(secret, { ...ana, sub: '' }), 'invalid'], ['x', 'invalid'],
    ];
    for (const [jwt, reason] of cases) assert.equal((await tryProof(jwt)).body.reason, reason, jwt);
    assert.equal(record(({ external_id }) => external_id), undefined);
  });

  const first = await arrive();
  await t.test('a visitor who is signed in is known, and verified', async () => {
    await first.openPanel();
    await first.write('Where is my parcel?');
    await until(() => staff.records.all('message').some(({ text }) => text === 'Where is my parcel?'), 'the message');
    await first.page.evaluate(() => ChatFlow('on', 'verified', () => (window.proven = true)));
    await verify(first, ana);
    await first.page.waitForFunction(() => window.proven);
    const visitor = await until(() => record(({ external_id }) => external_id === ana.sub), 'the proof');
    assert.deepEqual([visitor.name, visitor.email, visitor.verified_at > 0], [ana.name, ana.email, true]);
    const state = await first.page.evaluate(() => new Promise((resolve) => { ChatFlow('get', resolve); }));
    assert.deepEqual([state.open, state.connected, state.verified, state.visitor.email], [true, true, true, ana.email]);
    await first.write('Still me');
    await until(() => staff.records.all('message').some(({ text }) => text === 'Still me'), 'they go on');
  });

  await t.test('in another browser they find what was said; who only claims to be them does not', async () => {
    const eve = await arrive();
    await eve.page.evaluate((identity) => ChatFlow('identify', identity), { name: ana.name, email: ana.email });
    await eve.openPanel();
    await until(() => staff.records.all('visitor').filter(({ email }) => email === ana.email).length === 2, 'the claim');
    assert.deepEqual(await eve.texts(), []);
    const second = await arrive();
    await verify(second, ana);
    await second.openPanel();
    await until(async () => (await second.texts()).includes('Still me'), 'the earlier conversation');
    await second.screenshot(path.join(SHOTS, 'identity-second-browser.png'));
    await second.page.reload();
    await second.openPanel();
    await until(async () => (await second.texts()).includes('Still me'), 'after a reload too');
    await second.page.evaluate(() => ChatFlow('logout'));
    await second.openPanel();
    await second.page.locator('[role=status]').first().waitFor({ state: 'attached' });
    assert.deepEqual(await second.texts(), [], 'signed out');
    // another customer in the same browser
    await verify(second, { sub: 'u-7' });
    await until(() => record(({ external_id }) => external_id === 'u-7'), 'the other one');
    assert.deepEqual(await second.texts(), []);
    eve.wasUntroubled();
    second.wasUntroubled();
  });

  await t.test('another site’s secret is refused with a word, and nobody is anybody by it', async () => {
    const mallory = await arrive();
    const words = [];
    mallory.page.on('console', (message) => words.push(message.text()));
    await verify(mallory, { sub: 'u-666' }, foreign);
    await mallory.openPanel();
    await until(() => words.some((word) => /verify: jwt: was not signed with a live secret of this site/.test(word)), 'the word');
    assert.equal(record(({ external_id }) => external_id === 'u-666'), undefined);
    mallory.wasUntroubled();
  });

  await t.test('where only those write whom the site knows, others are told so, and keep what they wrote', async () => {
    const { version } = await staff.call('site.settings', { id: site.id });
    await staff.call('site.configure', { id: site.id, version, verified_only: true });
    const guest = { site: key, token: newVisitorToken(), origin };
    const id = newId();
    for (const [verb, place, body] of [['POST', '/conversations', { id, message_id: id, text: 'Hi' }], ['POST', '/visitors/identify', { name: 'Ana' }], ['POST', '/files', { id, conversation_id: id, name: 'a', size: 1 }],
      ['POST', `/conversations/${id}/messages`, { id, text: 'Hi' }], ['POST', `/conversations/${id}/rate`, { rating: 5 }], ['POST', `/conversations/${id}/read`, { position: 1 }]]) {
      const { status, body: problem } = await daemon.rest(verb, `/api/v1${place}`, { ...guest, body });
      assert.deepEqual([status, problem.reason], [403, 'unverified'], place);
    }
    const bo = await arrive();
    await bo.openPanel();
    await bo.write('Can you help me?');
    await bo.page.getByText('Please sign in on this site.').waitFor();
    await bo.screenshot(path.join(SHOTS, 'identity-unverified.png'));
    assert.ok(!staff.records.all('message').some(({ text }) => text === 'Can you help me?'));
    await verify(bo, { sub: 'u-8', name: 'Bo' });
    await until(() => staff.records.all('message').some(({ text }) => text === 'Can you help me?'), 'what was kept');
    bo.wasUntroubled();
    await first.write('I was signed in all the time');
    await until(() => staff.records.all('message').some(({ text }) => text === 'I was signed in all the time'), 'the message');
    first.wasUntroubled();
  });

  await t.test('a revoked secret proves nothing any more', async () => {
    const [{ id }] = (await staff.call('site.secrets', { id: site.id })).secrets;
    assert.ok(id && (await staff.call('site.secrets', { id: site.id })).secrets[0].used_at > 0);
    await staff.call('site.revoke_secret', { id });
    assert.equal((await tryProof(sign(secret, ana))).body.reason, 'unauthenticated');
  });

  await t.test(`whatever a page calls, seed ${SEED}: nothing breaks`, async () => {
    const { version } = await staff.call('site.settings', { id: site.id });
    await staff.call('site.configure', { id: site.id, version, verified_only: false });
    const random = new Random(SEED);
    const calls = Array.from({ length: 400 }, () => [random.chance(0.1) ? -random.between(1, 40) : random.pick(VERBS), random.between(0, 60), random.between(0, 60)]);
    const page = await arrive();
    const errors = page.troubles;
    assert.deepEqual(await page.page.evaluate(fuzz, calls), []);
    await page.page.evaluate(() => { ChatFlow('show'); ChatFlow('close'); ChatFlow('logout'); ChatFlow('locale', 'en'); });
    await page.page.evaluate(() => { ChatFlow('message', 'Is anybody there?'); });
    await until(() => staff.records.all('message').some(({ text }) => text === 'Is anybody there?'), 'a word after all that');
    await page.page.evaluate(() => ChatFlow('hide'));
    await page.page.locator('.launcher').waitFor({ state: 'hidden' });
    assert.deepEqual(errors, []);
  });
});
