// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the servers and pages of a site may do with the daemon: API keys, origins, limits, and for how long conversations are kept.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';

const SCOPES = ['visitors:read', 'visitors:write', 'conversations:read', 'conversations:write', 'settings:read', 'settings:write', 'privacy', 'numbers:read'];
const DAY = 86_400_000;

/** A site with a visitor who has said something. */
async function newSite(daemon, admin, name) {
  const origin = `https://${name.toLowerCase()}.example`;
  const site = (await admin.call('site.add', { id: newId(), name, origins: [origin] })).records[0];
  const token = newVisitorToken();
  const [visitor] = token.split('.');
  const conversation = newId();
  const { status } = await daemon.rest('POST', '/api/v1/conversations', { site: site.key, token, origin, body: { id: conversation, message_id: newId(), text: `Hello from ${name}` } });
  assert.equal(status, 200);
  return { ...site, origin, token, visitor, conversation };
}

/** What a key can be used for with a site, by scope. */
function uses(of) {
  return [
    ['visitors:read', 'GET', `/api/v1/visitors/${of.visitor}`],
    ['visitors:read', 'GET', `/api/v1/visitors/${of.visitor}/sessions`],
    ['visitors:write', 'POST', '/api/v1/visitors/identify', { visitor_id: of.visitor, name: 'Ana' }],
    ['visitors:write', 'PATCH', `/api/v1/visitors/${of.visitor}`, { company: 'Sousa' }],
    ['conversations:read', 'GET', `/api/v1/conversations?site_id=${of.id}`],
    ['conversations:read', 'GET', `/api/v1/conversations/${of.conversation}`],
    ['conversations:read', 'GET', `/api/v1/conversations/${of.conversation}/messages`],
    ['conversations:write', 'POST', `/api/v1/conversations/${of.conversation}/messages`, { id: newId(), text: 'Your parcel is on its way' }],
    ['conversations:write', 'POST', `/api/v1/conversations/${of.conversation}/notes`, { id: newId(), text: 'Sent by the shop' }],
    ['conversations:write', 'POST', `/api/v1/conversations/${of.conversation}/close`, { event_id: newId() }],
    ['conversations:write', 'POST', `/api/v1/conversations/${of.conversation}/reopen`, { event_id: newId() }],
    ['settings:read', 'GET', `/api/v1/websites/${of.id}/settings`],
    ['settings:write', 'POST', `/api/v1/websites/${of.id}/settings`, { version: of.version, color: '#112233' }],
    ['numbers:read', 'GET', `/api/v1/analytics/conversations?site_id=${of.id}`],
    ['privacy', 'GET', `/api/v1/visitors/${of.visitor}/export`],
  ];
}

async function files(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

/** The files of the daemon in which the text is, its log among them. */
async function traces(daemon, text) {
  const found = daemon.log.includes(text) ? ['log'] : [];
  for (const file of await files(daemon.state)) if ((await readFile(file)).includes(text)) found.push(path.basename(file));
  return found;
}

test('keys', async (t) => {
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const [adminLogin, agentLogin] = daemon.demo.agents;
  const { token } = await daemon.login(adminLogin.email, adminLogin.password);
  const { token: agentToken } = await daemon.login(agentLogin.email, agentLogin.password);
  const admin = new Client({ url: daemon.socketUrl, credentials: { token } }).start();
  t.after(() => admin.close());
  await admin.ready();
  const shop = await newSite(daemon, admin, 'Shop');
  const other = await newSite(daemon, admin, 'Other');
  const addKey = async (scopes, more = {}) => (await admin.call('site.add_key', { id: newId(), site_id: shop.id, name: 'Shop server', scopes, ...more }));
  const ask = (key, [, verb, place, body], more = {}) => daemon.rest(verb, place, { token: key, body, ...more });
  const { key: all } = await addKey(SCOPES);

  await t.test('a key is its maker’s once, and nobody else’s ever', async () => {
    assert.match(all, /^cfk_[\w-]{43}$/);
    const [info] = (await admin.call('site.keys', { id: shop.id })).keys;
    assert.deepEqual([info.name, info.prefix, info.scopes, info.used_at], ['Shop server', all.slice(0, 12), SCOPES, undefined]);
    for (const [verb, place, body] of [['GET', `/api/v1/websites/${shop.id}/keys`], ['POST', `/api/v1/websites/${shop.id}/keys`, { id: newId(), name: 'x', scopes: ['privacy'] }], ['DELETE', `/api/v1/websites/keys/${info.id}`]])
      assert.equal((await daemon.rest(verb, place, { token: agentToken, body })).status, 403, place);
    assert.deepEqual(await traces(daemon, all.slice(12)), []);
    assert.ok((await traces(daemon, all.slice(0, 12))).length > 0, 'how it begins is what it is recognised by');
    const audit = await admin.call('audit.list', { action: 'site.add_key' });
    assert.equal(audit.entries.length, 1);
    assert.match(audit.entries[0].detail, /Shop server \(cfk_.{8}…\): visitors:read/);
  });

  await t.test('a scope opens what it says, and nothing else', async () => {
    for (const scope of SCOPES) {
      const { id, key } = await addKey([scope]);
      for (const use of uses(shop)) {
        const { status, body } = await ask(key, use);
        if (use[0] === scope) assert.equal(status, 200, `${use.slice(0, 3)} ${JSON.stringify(body)}`);
        else assert.deepEqual([status, body.reason, body.detail.endsWith(`lacks the scope ${use[0]}`)], [403, 'forbidden', true], `${scope}: ${use}`);
        if (use[1] === 'POST' && use[2].endsWith('settings') && status === 200) shop.version = body.records[0].version;
      }
      await admin.call('site.revoke_key', { id });
    }
    const said = (await admin.call('message.list', { conversation_id: shop.conversation })).records.find(({ text }) => text === 'Your parcel is on its way');
    assert.deepEqual([said.author_kind, said.author_name], ['agent', 'Shop server']);
    const [conversation] = (await admin.call('conversation.get', { id: shop.conversation })).records.filter(({ type }) => type === 'conversation');
    assert.equal(conversation.assignee_id, undefined, 'a program takes nothing over');
  });

  await t.test('never what is another site’s', async () => {
    for (const use of uses(other)) {
      const { status, body } = await ask(all, use);
      assert.deepEqual([status, body.reason], [404, 'not_found'], use.join(' '));
    }
    const listed = (await ask(all, ['', 'GET', '/api/v1/conversations'])).body.records;
    assert.deepEqual(listed.filter(({ type }) => type === 'conversation').map(({ id }) => id), [shop.conversation]);
    assert.ok(!JSON.stringify(listed).includes(other.visitor));
    assert.equal((await ask(all, ['', 'GET', '/api/v1/analytics/conversations'])).body.site_id, shop.id);
  });

  await t.test('never what is an admin’s, nor any method without a scope', async () => {
    const { body: document } = await daemon.rest('GET', '/api/v1/openapi.json');
    let tried = 0;
    for (const [place, verbs] of Object.entries(document.paths))
      for (const [verb, { security }] of Object.entries(verbs)) {
        const open = security.some((one) => Object.keys(one).length === 0);
        const scopes = security.flatMap((one) => one.key ?? []);
        assert.ok(scopes.every((scope) => SCOPES.includes(scope)), place);
        if (open || scopes.length > 0) continue;
        tried++;
        const address = place.replace(/\{\w+\}/g, newId());
        const { status, body } = await daemon.rest(verb.toUpperCase(), address, { token: all, body: verb === 'get' || verb === 'delete' ? undefined : {} });
        assert.ok(status === 403 || (status === 400 && body.reason === 'invalid'), `${verb} ${place}: ${status} ${JSON.stringify(body)}`);
      }
    assert.ok(tried > 30, `${tried}`);
    for (const place of ['/api/v1/agents', '/api/v1/sites', '/api/v1/audit', `/api/v1/websites/${shop.id}/keys`, `/api/v1/websites/${shop.id}/secrets`, '/api/v1/changes', '/api/v1/visitors.csv'])
      assert.equal((await daemon.rest('GET', place, { token: all })).status, 403, place);
    const socket = new Client({ url: daemon.socketUrl, credentials: { token: all } }).start();
    await assert.rejects(socket.ready());
    await socket.close();
  });

  await t.test('what is no key, or not any more, is told from each other', async () => {
    const place = `/api/v1/visitors/${shop.visitor}`;
    for (const wrong of ['cfk_', 'cfk_short', `cfk_${'A'.repeat(43)}`, `${all}A`, all.slice(0, -1), `${all.slice(0, -1)}${all.endsWith('A') ? 'B' : 'A'}`, all.toUpperCase()])
      assert.deepEqual((({ status, body }) => [status, body.reason])(await daemon.rest('GET', place, { token: wrong })), [401, 'unauthenticated'], wrong);
    const { id, key } = await addKey(['visitors:read'], { name: 'Old' });
    assert.equal((await daemon.rest('GET', place, { token: key })).status, 200);
    await admin.call('site.revoke_key', { id });
    assert.deepEqual((({ status, body }) => [status, body.reason])(await daemon.rest('GET', place, { token: key })), [401, 'revoked']); // over the same connection: fetch keeps it
    assert.ok(!(await admin.call('site.keys', { id: shop.id })).keys.some((one) => one.id === id));
    await assert.rejects(addKey(['visitors:read'], { expires_at: 1000 }), /still to come/);
    await assert.rejects(addKey(['everything']), /expected some of visitors:read/);
    await assert.rejects(addKey([]), /scopes/);
    assert.deepEqual((({ status, body }) => [status, body.reason])(await daemon.rest('GET', place, { token: all, origin: shop.origin })), [403, 'bad_origin'], 'a page has no key');
  });

  await t.test('when it was used last is known, about', async () => {
    const used = await until(async () => (await admin.call('site.keys', { id: shop.id })).keys.find(({ prefix }) => prefix === all.slice(0, 12)).used_at, 'the use');
    assert.ok(Math.abs(Date.now() - used) < DAY);
  });

  await t.test('a settings document is taken as a whole or refused by name', async () => {
    const place = `/api/v1/websites/${shop.id}/settings`;
    const { body: before } = await daemon.rest('GET', place, { token: all });
    const unknown = await daemon.rest('POST', place, { token: all, body: { version: before.version, colour: '#ffffff' } });
    assert.deepEqual([unknown.status, unknown.body.reason], [400, 'invalid']);
    assert.match(unknown.body.detail, /colour/);
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`key_${i}`, i]));
    const refused = await daemon.rest('POST', place, { token: all, body: { version: before.version, ...many } });
    assert.ok([400, 413].includes(refused.status), `${refused.status}`);
    assert.ok(refused.body.detail.length > 10 && refused.body.detail.length < 1000, refused.body.detail);
    const old = await daemon.rest('POST', place, { token: all, body: { version: before.version - 1, color: '#445566' } });
    assert.deepEqual([old.status, old.body.reason], [409, 'conflict']);
    assert.deepEqual((await daemon.rest('GET', place, { token: all })).body, { ...before, now: before.now });
  });

  await t.test('pages of the site’s own domains may call, and no others', async () => {
    await admin.call('site.configure', { id: shop.id, version: (await admin.call('site.settings', { id: shop.id })).version, origins: ['https://shop.example', 'https://*.shop.example', 'http://localhost:8080'] });
    // a preflight names no site: the others' origins are not to blur what is seen here
    for (const { id } of (await admin.call('site.list')).records.filter((one) => one.id !== shop.id)) await admin.call('site.update', { id, origins: ['https://other.example'] });
    const good = ['https://shop.example', 'https://www.shop.example', 'https://a.b.shop.example', 'http://localhost:8080'];
    const bad = ['http://shop.example', 'https://shop.example.evil.example', 'https://evilshop.example', 'https://shop.example:444', 'http://localhost', 'http://localhost:80801', 'null', 'https://evil.example/.shop.example', '*'];
    for (const origin of [...good, ...bad]) {
      const allowed = good.includes(origin);
      for (const [verb, place, more] of [
        ['GET', '/api/v1/opening', { site: shop.key, token: shop.token }],
        ['POST', '/api/v1/files', { site: shop.key, token: shop.token, body: {} }],
        ['OPTIONS', '/api/v1/conversations'], ['OPTIONS', `/api/v1/files/${newId()}/content`],
      ]) {
        const { status, headers, body } = await daemon.rest(verb, place, { ...more, origin });
        assert.equal(headers.get('access-control-allow-origin'), allowed ? origin : null, `${verb} ${place} from ${origin}: ${status} ${JSON.stringify(body)}`);
        assert.match(headers.get('vary'), /Origin/);
        if (!allowed && verb !== 'OPTIONS') assert.equal(status, verb === 'GET' ? 403 : status);
        if (verb === 'GET') assert.equal(status, allowed ? 200 : 403);
      }
    }
    for (const origins of [['https://*'], ['https://shop.example:port'], ['https://shop.example:0'], ['https://shop.example:65536'], ['shop.example'], ['https://shop.example/path'], ['https://a.*.example'], ['https://']])
      await assert.rejects(admin.call('site.update', { id: other.id, origins }), /expected one such as/, `${origins}`);
    const lost = await daemon.rest('GET', `/api/v1/poll/${'x'.repeat(22)}?after=0`, { origin: 'https://evil.example' });
    assert.notEqual(lost.headers.get('access-control-allow-origin'), '*');
  });

  await t.test('a site has no more than its limits allow, and is told when it has more again', async () => {
    const version = (await admin.call('site.settings', { id: other.id })).version;
    const { key } = await admin.call('site.add_key', { id: newId(), site_id: other.id, name: 'Other server', scopes: ['visitors:read'] });
    await admin.call('site.configure', { id: other.id, version, limits: { calls: 1 } });
    const answers = [];
    for (let i = 0; i < 12; i++) answers.push(await daemon.rest('GET', `/api/v1/visitors/${other.visitor}`, { token: key }));
    assert.equal(answers[0].status, 200);
    const refused = answers.find(({ status }) => status === 429);
    assert.equal(refused.body.reason, 'rate_limited');
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    assert.equal((await daemon.rest('GET', `/api/v1/visitors/${shop.visitor}`, { token: all })).status, 200, 'the neighbours notice nothing');
    await admin.call('site.configure', { id: other.id, version: version + 1, limits: { visitors: 1, uploads: 1 } });
    const begin = () => daemon.rest('POST', '/api/v1/conversations', { site: other.key, token: newVisitorToken(), origin: other.origin, body: { id: newId(), message_id: newId(), text: 'Hello' } });
    assert.deepEqual([(await begin()).status, (await begin()).status], [200, 429]);
    const upload = () => daemon.rest('POST', '/api/v1/files', { site: other.key, token: other.token, origin: other.origin, body: { id: newId(), conversation_id: other.conversation, name: 'a.txt', size: 3 } });
    assert.deepEqual([(await upload()).status, (await upload()).status], [200, 429]);
    assert.equal((await daemon.rest('GET', '/api/v1/opening', { site: other.key, token: other.token, origin: other.origin })).status, 200, 'who is there goes on');
    const metrics = await (await fetch(`${daemon.url}/metrics`)).text();
    for (const use of ['calls', 'visitors', 'uploads']) assert.match(metrics, new RegExp(`chatflow_site_limited_total\\{use="${use}"\\} [1-9]`));
    await admin.call('site.configure', { id: other.id, version: version + 2, limits: {} });
    assert.equal((await begin()).status, 200);
  });
});

test('closed conversations go when their time has come', async (t) => {
  const daemon = await Daemon.start({ demo: ['--visitors', '200', '--conversations', '300', '--messages', '2000', '--seed', '7'] });
  t.after(() => daemon.remove());
  const [login, agentLogin] = daemon.demo.agents;
  const { token } = await daemon.login(login.email, login.password);
  const { token: agentToken } = await daemon.login(agentLogin.email, agentLogin.password);
  const admin = new Client({ url: daemon.socketUrl, credentials: { token } }).start();
  t.after(() => admin.close());
  await admin.ready();
  const site = (await admin.call('site.list')).records.find(({ key }) => key === daemon.demo.site.key);
  const all = async () => {
    const found = [];
    for (let before, more = true; more;) {
      const page = await admin.call('conversation.list', { site_id: site.id, limit: 100, ...(before && { before }) });
      found.push(...page.records.filter(({ type }) => type === 'conversation'));
      ({ more } = page);
      before = found.at(-1)?.last_position;
    }
    return found;
  };
  const days = 200;
  const edge = (Math.floor(Date.now() / DAY) - days) * DAY;
  const before = await all();
  const due = before.filter(({ closed_at: at }) => at > 0 && at < edge);
  assert.ok(due.length > 3 && due.length < before.length - 3, `${due.length} of ${before.length}`);
  // A note leaves a conversation closed: words that stand nowhere else, and a file
  const note = async (conversation, text, files) => admin.call('note.add', { id: newId(), conversation_id: conversation.id, text, ...(files && { files }) });
  const gone = ['Krzywoustyquok', 'Zwrotnicawhelp', 'Blimbrasquindo'];
  for (const [i, word] of gone.entries()) await note(due[i], word);
  const kept = before.find((one) => one.closed_at >= edge);
  await note(kept, 'Mixolydianquert');
  const file = newId();
  await admin.call('file.create', { id: file, conversation_id: due[0].id, name: 'Frobnicatejuxta.txt', size: 15, note: true });
  const put = await fetch(`${daemon.url}/api/v1/files/${file}/content`, { method: 'PUT', headers: { authorization: `Bearer ${token}` }, body: 'Wibblequaxotron' });
  assert.equal(put.status, 200);
  await until(() => admin.records.all('file').some(({ id, state }) => id === file && state === 'ready'), 'the file');
  await note(due[0], 'See the file', [file]);
  gone.push('Frobnicatejuxta', 'Wibblequaxotron');
  for (const word of gone) assert.notDeepEqual(await traces(daemon, word), [], word);

  await t.test('how many that would be is told before', async () => {
    assert.deepEqual(await admin.call('site.count_expired', { id: site.id, days }), { conversations: due.length });
    assert.equal((await daemon.rest('GET', `/api/v1/websites/${site.id}/expired?days=${days}`, { token: agentToken })).status, 403);
    await assert.rejects(admin.call('site.count_expired', { id: site.id, days: 0 }));
    assert.equal((await all()).length, before.length, 'asking changes nothing');
  });

  await t.test('they go with all that was in them, also when the daemon is killed on the way', async () => {
    const { version } = await admin.call('site.settings', { id: site.id });
    await admin.call('site.configure', { id: site.id, version, privacy: { conversation_days: days } });
    await daemon.kill9();
    await daemon.restart();
    await until(async () => (await admin.call('site.count_expired', { id: site.id, days }).catch(() => ({ conversations: 1 }))).conversations === 0, 'none is due any more');
    const left = await until(async () => { const now = await all(); return now.length === before.length - due.length && now; }, 'they are gone');
    assert.deepEqual(left.map(({ id }) => id).sort(), before.filter((one) => !due.includes(one)).map(({ id }) => id).sort(), 'nothing else went');
    for (const { id } of due) assert.equal((await daemon.rest('GET', `/api/v1/conversations/${id}`, { token })).status, 404);
    assert.ok(due.every(({ id }) => !admin.records.all('conversation').some((one) => one.id === id)), 'clients are told');
    await until(() => /conversations were erased/.test(daemon.log), 'the end of it');
    for (const word of gone) assert.deepEqual(await traces(daemon, word), [], word);
    assert.notDeepEqual(await traces(daemon, 'Mixolydianquert'), []);
    const { entries } = await admin.call('audit.list', { action: 'site.expire' });
    const told = entries.map(({ detail }) => Number(/conversations: (\d+)/.exec(detail)[1])).reduce((a, b) => a + b, 0);
    assert.deepEqual([told, entries[0].actor_name], [due.length, 'ChatFlow']);
  });
});
