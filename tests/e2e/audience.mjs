// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who may do what, and who sees what: each row of the method table refuses each wrong role, and nothing that is for the staff
// reaches a visitor by any door.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { PNG } from '../lib/pictures.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { CallError, Socket } from '../lib/socket.mjs';
import { until } from '../lib/until.mjs';

const PASSWORD = 'a good password';
const ORIGIN = 'https://shop.example';

/** What only the staff may see, as it would stand in a frame. */
const STAFF_ONLY = ['SECRET', '"staff_only"', '"waiting_since"', '"address"', '"origins"', '"hours"', '"ranges"', '"changed_by"', '"answers"', '"email"', '"login_session"',
  '"organisation"', '"reply_time_off"', '"type":"agent"', 'hash', '"tags"', '"snoozed', '"woken"', '"pinned_id"', '"escalated', '"deescalated', '"mentions"', '"viewing"', '"mood', '"skills"', '"sites"', '"photo"',
  '"department"', '"tag"', '"invite"', '"saved_view"', '"audit_entry"', '"canned_response"', '"macro"', 'scheduled', '"send_at"', '"monitor"', '"visits"',
  '"time_zone"', '"external_id"', '"secret"', '"rated_', '"channel', '"team_message"', '"members"', '"type":"trigger"', '"type":"goal"', '"rules"', '"actions"'];

/** Good bodies for the REST door, which looks at the form of a call before it knows who calls. */
const BODIES = {
  'session.login': { email: 'a@b.example', password: 'x' },
  'agent.add': { id: newId(), email: 'a@b.example', name: 'A', role: 'agent', password: 'long enough' },
  'account.update': { name: 'A' },
  'agent.password': { password: 'long enough' },
  'agent.skills': { skills: [] },
  'agent.sites': { sites: [] },
  'agent.photo': {},
  'agent.reset': { id: newId() },
  'invite.create': { id: newId(), role: 'agent' },
  'department.add': { id: newId(), name: 'A' },
  'tag.add': { id: newId(), name: 'A' },
  'view.add': { id: newId(), name: 'A' },
  'site.add': { id: newId(), name: 'A' },
  'site.configure': { version: 1 },
  'site.add_secret': { id: newId() },
  'site.add_key': { id: newId(), name: 'A', scopes: ['visitors:read'] },
  'visitor.prove': { jwt: 'a.b.c' },
  'attribute.put': { name: 'A', kind: 'text' },
  'visitor.import': { site_id: newId(), csv: 'email' },
  'visitor.merge': { into: newId() },
  'conversation.start': { id: newId(), message_id: newId(), text: 'x' },
  'conversation.assign': { event_id: newId(), agent_id: newId() },
  'conversation.accept': { event_id: newId() },
  'conversation.transfer': { event_id: newId(), agent_id: newId() },
  'conversation.unassign': { event_id: newId() },
  'conversation.close': { event_id: newId() },
  'conversation.reopen': { event_id: newId() },
  'conversation.transcript': { event_id: newId(), address: 'a@b.example' },
  'conversation.escalate': { event_id: newId() },
  'conversation.snooze': { event_id: newId(), until: 0 },
  'conversation.tag': { tags: [] },
  'conversation.rate': { rating: 5 },
  'conversation.answer': { field: newId() },
  'conversation.read': { position: 1 },
  'message.send': { id: newId(), text: 'x' },
  'message.edit': { text: 'x' },
  'channel.open_direct': { agent_id: newId() },
  'channel.put': { id: newId(), name: 'A', members: [newId()] },
  'channel.send': { id: newId(), text: 'x' },
  'channel.edit': { text: 'x' },
  'channel.read': { position: 1 },
  'file.create': { id: newId(), conversation_id: newId(), name: 'a', size: 1 },
  'note.add': { id: newId(), text: 'x' },
  'canned.add': { id: newId(), shortcut: 'x', text: 'x' },
  'macro.add': { id: newId(), name: 'x', close: true },
  'scheduled.add': { id: newId(), text: 'x', send_at: 1 },
  'visit.track': { id: newId(), name: 'x' },
  'trigger.save': { name: 'x', rules: { conditions: [{ kind: 'exit', how: 'is', value: 'yes' }] }, actions: { open: true } },
  'trigger.reorder': { ids: [newId()] },
  'trigger.dry_run': { rules: { conditions: [{ kind: 'exit', how: 'is', value: 'yes' }] } },
  'trigger.fire': { id: newId(), trigger_id: newId() },
  'goal.save': { name: 'x', kind: 'url', pattern: '*' },
};

/** What those that read must be asked. */
const QUESTIONS = { 'site.count_expired': '?days=30', 'search.messages': '?text=x', 'search.visitors': '?text=x', 'search.team': '?text=x' };

/** The rows of the table in docs/protocol.md: {method, who, verb, path}. */
async function documentedMethods() {
  const page = await readFile(new URL('../../docs/protocol.md', import.meta.url), 'utf8');
  return [...page.matchAll(/^\| `([a-z_.]+)` \| ([^|]+) \|[^|]*\| (?:`([A-Z]+) ([^` ]+)`|socket only)/gm)]
    .map(([, method, who, verb, path]) => ({ method, who, verb, path }));
}

/** The roles that a row's "who" lets in. */
function allowed(who) {
  if (who.startsWith('any')) return ['visitor', 'agent', 'supervisor', 'admin'];
  const roles = [];
  if (/\bV\b/.test(who)) roles.push('visitor');
  if (/\bA\b/.test(who)) roles.push('agent', 'supervisor', 'admin');
  if (/\bS\b/.test(who)) roles.push('supervisor', 'admin');
  if (/\bM\b/.test(who)) roles.push('admin');
  return roles;
}

async function refusal(call) {
  try {
    await call();
  } catch (error) {
    if (error instanceof CallError) return error.reason;
    throw error;
  }
  return null;
}

test('audience', async (t) => {
  const daemon = await Daemon.start();
  t.after(() => daemon.remove());
  await daemon.cli(['init', '-o', 'One', '-e', 'admin@one.example', '-n', 'Admin', '--password-stdin'], { input: `${PASSWORD}\n` });
  for (const role of ['supervisor', 'agent']) {
    await daemon.cli(['agent', 'add', '-e', `${role}@one.example`, '-n', role, '-r', role, '--password-stdin'], { input: `${PASSWORD}\n` });
  }
  const site = /key +(\S+)/.exec(await daemon.cli(['site', 'add', '-n', 'Shop', '-o', ORIGIN]))[1];
  const other = /key +(\S+)/.exec(await daemon.cli(['site', 'add', '-n', 'Other', '-o', 'https://other.example']))[1];
  const logins = {};
  for (const role of ['admin', 'supervisor', 'agent']) logins[role] = await daemon.login(`${role}@one.example`, PASSWORD);
  const visitorToken = newVisitorToken();

  const sockets = { visitor: await Socket.open(daemon.socketUrl, { headers: { origin: ORIGIN } }) };
  await sockets.visitor.call('session.open', { site, token: visitorToken });
  for (const role of Object.keys(logins)) {
    sockets[role] = await Socket.open(daemon.socketUrl);
    await sockets[role].call('session.open', { token: logins[role].token });
  }
  t.after(() => Object.values(sockets).forEach((socket) => socket.cut()));
  const methods = await documentedMethods();

  await t.test('docs/protocol.md and openapi.json name the same rows', async () => {
    const { body } = await daemon.rest('GET', '/api/v1/openapi.json');
    const described = Object.entries(body.paths).flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path}`));
    assert.deepEqual(methods.filter(({ verb }) => verb).map(({ verb, path }) => `${verb} ${path}`).sort(),
      described.filter((row) => !row.endsWith('/openapi.json')).sort());
    assert.ok(methods.length >= 30, `${methods.length} rows`);
  });

  for (const { method, who, verb, path } of methods) {
    const target = verb && path.replaceAll(/\{[^}]+\}/g, newId()) + (QUESTIONS[method] ?? '');
    await t.test(`${method} is for ${who}`, async () => {
      for (const role of ['visitor', 'agent', 'supervisor', 'admin'].filter((one) => !allowed(who).includes(one))) {
        assert.equal(await refusal(() => sockets[role].call(method, {})), 'forbidden', `${role} by socket`);
        if (!verb) continue;
        const credentials = role === 'visitor' ? { site, token: visitorToken, origin: ORIGIN } : { token: logins[role].token };
        const { status, body } = await daemon.rest(verb, target, { ...credentials, body: BODIES[method] });
        assert.deepEqual([status, body.reason], [403, 'forbidden'], `${role} by REST`);
      }
      if (who.startsWith('any') || !verb) return;
      const { status, body } = await daemon.rest(verb, target, { body: BODIES[method] });
      assert.deepEqual([status, body.reason], [401, 'unauthenticated'], 'nobody');
    });
  }

  await t.test('nothing before session.open', async () => {
    const socket = await Socket.open(daemon.socketUrl);
    assert.equal(await refusal(() => socket.call('agent.list')), 'unauthenticated');
    socket.cut();
  });

  await t.test('a visitor never receives what is for the staff', async () => {
    const heard = [];
    const raw = sockets.visitor.onNotification;
    sockets.visitor.onNotification = (method, params) => { heard.push(JSON.stringify({ method, params })); raw(method, params); };
    const conversation = newId();
    const { admin } = sockets;
    let { agent } = sockets;
    const { id: siteId } = (await admin.call('site.list')).records.find(({ key }) => key === site);
    const field = newId();
    const asked = await admin.call('site.configure', { id: siteId, version: (await admin.call('site.settings', { id: siteId })).version,
      form: { on: true, fields: [{ id: field, kind: 'text', label: 'Order number' }] } });
    const form = { version: asked.records[0].form.version, values: [{ field, value: 'SECRET answer' }] };
    const answers = [await sockets.visitor.call('conversation.start', { id: conversation, message_id: newId(), text: 'hello', form })];
    assert.equal((await agent.call('conversation.get', { id: conversation })).records.find(({ type }) => type === 'conversation').answers.list[0].value, 'SECRET answer', 'the staff has it');
    await agent.call('conversation.assign', { id: conversation, event_id: newId(), agent_id: logins.agent.agent.id });
    const note = newId();
    await agent.call('note.add', { id: note, conversation_id: conversation, text: 'SECRET note', mentions: [logins.admin.agent.id] });
    await agent.call('conversation.pin', { id: conversation, message_id: note });
    await agent.call('conversation.tag', { id: conversation, tags: [newId()] });
    await agent.call('conversation.escalate', { id: conversation, event_id: newId(), note: 'SECRET reason', note_id: newId() });
    await agent.call('conversation.escalate', { id: conversation, event_id: newId(), ended: true });
    await agent.call('conversation.escalate', { id: conversation, event_id: newId() });
    await agent.call('conversation.snooze', { id: conversation, event_id: newId(), until: Date.now() + 3600_000 });
    await agent.call('conversation.snooze', { id: conversation, event_id: newId(), until: 0 });
    await agent.call('conversation.snooze', { id: conversation, event_id: newId(), until: Date.now() + 3600_000 });
    const later = newId();
    await agent.call('scheduled.add', { id: later, conversation_id: conversation, text: 'SECRET for later', send_at: Date.now() + 3600_000 });
    await agent.call('scheduled.update', { id: later, text: 'SECRET for much later' });
    await admin.call('scheduled.cancel', { id: later });
    await agent.call('scheduled.add', { id: newId(), conversation_id: conversation, text: 'SECRET for tomorrow', send_at: Date.now() + 86400_000, unless_reply: true });
    await agent.call('signal.viewing', { conversation_id: conversation });
    await agent.call('conversation.transfer',
      { id: conversation, event_id: newId(), agent_id: logins.admin.agent.id, note: 'SECRET words along with it', note_id: newId() });
    await sockets.visitor.call('message.send', { id: newId(), conversation_id: conversation, text: 'this terrible thing wakes it' });
    await admin.call('agent.skills', { id: logins.agent.agent.id, skills: [newId()] });
    await agent.call('agent.photo', { picture: PNG.toString('base64') });
    for (const sites of [[siteId], []]) await admin.call('agent.sites', { id: logins.agent.agent.id, sites });
    sockets.agent = agent = await Socket.open(daemon.socketUrl); // what they see has changed
    await agent.call('session.open', { token: logins.agent.token });
    assert.equal(await refusal(() => sockets.visitor.call('message.send', { id: newId(), conversation_id: conversation, text: 'x', reply_to: note })),
      'not_found', 'a note is nothing to a visitor');
    await agent.call('conversation.unassign', { id: conversation, event_id: newId() });
    await admin.call('site.update', { id: siteId, greeting: 'Hello!' });
    const { version } = await admin.call('site.settings', { id: siteId });
    await admin.call('site.configure', { id: siteId, version, offline: { text: 'back soon' },
      hours: { time_zone: 'Europe/Lisbon', ranges: [{ day: 'monday', from: '09:00', to: '17:00' }], holidays: [{ date: '2026-12-25', name: 'SECRET feast' }] } });
    await admin.call('agent.update', { id: logins.supervisor.agent.id, name: 'SECRET name' });
    await admin.call('department.add', { id: newId(), name: 'SECRET department' });
    await admin.call('tag.add', { id: newId(), name: 'SECRET tag' });
    await admin.call('view.add', { id: newId(), name: 'SECRET view', shared: true });
    const rules = { conditions: [{ kind: 'country', how: 'is', value: 'SECRET country' }, { kind: 'exit', how: 'is', value: 'yes' }] };
    await admin.call('trigger.save', { id: newId(), name: 'SECRET trigger', enabled: true, rules: { ...rules, any: true }, actions: { message: 'SECRET until it is said' } });
    await admin.call('goal.save', { id: newId(), name: 'SECRET goal', kind: 'url', pattern: '*' });
    answers.push(await sockets.visitor.call('trigger.offers', { visit_id: newId() }));
    await admin.call('invite.create', { id: newId(), role: 'agent', email: 'secret@one.example' });
    const channel = newId();
    await admin.call('channel.put', { id: channel, name: 'SECRET channel', members: [logins.admin.agent.id, logins.agent.agent.id] });
    await agent.call('channel.send', { id: newId(), conversation_id: channel, text: 'SECRET talk' });
    await agent.call('file.create', { id: newId(), conversation_id: channel, name: 'SECRET file', size: 1 });
    for (const method of ['message.list', 'message.send', 'conversation.read', 'file.create']) {
      const params = { 'message.list': {}, 'message.send': { id: newId(), text: 'x' }, 'conversation.read': { position: 1 }, 'file.create': { id: newId(), name: 'a', size: 1 } };
      assert.equal(await refusal(() => sockets.visitor.call(method, { conversation_id: channel, ...params[method] })), 'not_found', `${method} in a channel`);
    }
    sockets.visitor.notify('signal.typing', { conversation_id: channel, active: true, text: 'let me in' });
    agent.notify('signal.typing', { conversation_id: channel, active: true });
    agent.notify('signal.typing', { conversation_id: conversation, active: true, text: 'SECRET draft' });
    await until(() => heard.some((frame) => frame.includes('"typing"')), 'the typing signal');
    await agent.call('message.send', { id: newId(), conversation_id: conversation, text: 'the answer' });
    await agent.call('conversation.close', { id: conversation, event_id: newId() });
    await until(() => heard.some((frame) => frame.includes('"closed"')), 'the last change');

    answers.push(await sockets.visitor.call('conversation.rate', { id: conversation, rating: 4, comment: 'quick' }));
    const { records: rated } = await agent.call('conversation.get', { id: conversation });
    assert.equal(rated.find(({ type }) => type === 'conversation').rated_agent_id, logins.agent.agent.id, 'the staff knows whom it is about');
    assert.equal((await agent.call('rating.summary', {})).stars, 4);
    assert.equal(await refusal(() => agent.call('rating.summary', { agent_id: logins.admin.agent.id })), 'forbidden', 'an agent about a colleague');
    assert.equal((await sockets.supervisor.call('rating.summary', { agent_id: logins.agent.agent.id })).records[0].rating_comment, 'quick');

    answers.push(await sockets.visitor.call('sync.changes', { since: 0 }));
    answers.push(await sockets.visitor.call('message.list', { conversation_id: conversation }));
    const credentials = { site, token: visitorToken, origin: ORIGIN };
    answers.push((await daemon.rest('GET', '/api/v1/changes?since=0', credentials)).body);
    answers.push((await daemon.rest('GET', `/api/v1/conversations/${conversation}/messages`, credentials)).body);
    const all = [...heard, ...answers.map((answer) => JSON.stringify(answer))];
    for (const text of all) for (const secret of STAFF_ONLY) assert.ok(!text.includes(secret), `${secret} in ${text}`);
    assert.ok(all.filter((text) => text.includes('the answer')).length >= 5, 'but they receive what is theirs');
    assert.ok(all.some((text) => text.includes('back soon')), 'and how their site is set');

    const stranger = { site, token: newVisitorToken(), origin: ORIGIN };
    const { status } = await daemon.rest('GET', `/api/v1/conversations/${conversation}/messages`, stranger);
    assert.equal(status, 404, 'another visitor');
    const meddling = await daemon.rest('POST', `/api/v1/conversations/${conversation}/rate`, { ...stranger, body: { rating: 1 } });
    assert.equal(meddling.status, 404, 'another visitor rates it');
    const { records } = await sockets.admin.call('conversation.get', { id: conversation });
    assert.equal(records.filter(({ kind }) => kind === 'note').length, 3);
    assert.equal(records.find(({ id }) => id === conversation).mood, 'negative', 'which the staff sees');
  });

  await t.test('what colleagues say is found by them alone, whatever the role of others', async () => {
    const { agent, supervisor, admin } = sockets;
    const words = async (socket, text) => (await socket.call('search.team', { text })).hits?.map(({ snippet }) => snippet) ?? [];
    const ids = Object.fromEntries(Object.entries(logins).map(([role, login]) => [role, login.agent.id]));
    const { records } = await agent.call('channel.open_direct', { agent_id: ids.supervisor });
    const direct = records.find(({ type }) => type === 'channel').id;
    await agent.call('channel.send', { id: newId(), conversation_id: direct, text: 'the okapi between us' });
    const group = newId();
    await agent.call('channel.put', { id: group, name: 'Zoo', members: [ids.agent, ids.supervisor, ids.admin] });
    const said = newId();
    await agent.call('channel.send', { id: said, conversation_id: group, text: 'an okapi for all' });
    await until(async () => (await words(agent, 'okapi all')).length > 0, 'the last words');
    assert.deepEqual(await words(agent, 'okapi'), ['an okapi for all', 'the okapi between us']);
    assert.deepEqual(await words(supervisor, 'okapi'), ['an okapi for all', 'the okapi between us']);
    const theirs = await admin.call('search.team', { text: 'okapi' });
    assert.deepEqual(theirs.hits.map(({ snippet }) => snippet), ['an okapi for all'], 'the admin');
    assert.ok(!JSON.stringify(theirs).includes(direct) && !theirs.more && !theirs.next);
    for (const socket of Object.values(sockets).filter((one) => one !== sockets.visitor))
      assert.deepEqual((await socket.call('search.messages', { text: 'okapi' })).hits ?? [], [], 'no search of conversations has it');
    await agent.call('channel.put', { id: group, name: 'Zoo', members: [ids.agent, ids.supervisor] });
    assert.deepEqual(await words(admin, 'okapi'), [], 'who was taken out');
    await agent.call('channel.edit', { id: said, text: 'a giraffe for all' });
    await until(async () => (await words(agent, 'giraffe')).length > 0, 'the new words');
    assert.deepEqual(await words(agent, 'okapi'), ['the okapi between us']);
    await agent.call('channel.put', { id: group, name: 'Zoo', members: [ids.agent, ids.supervisor, ids.admin] });
    assert.deepEqual(await words(admin, 'giraffe'), [], 'who is let in again has what is new');
    await agent.call('channel.remove', { id: said });
    await until(async () => (await words(agent, 'giraffe')).length === 0, 'the words to be gone');
  });

  await t.test('a private view reaches its owner alone, and the audit log nobody by itself', async () => {
    const heard = { agent: [], supervisor: [], admin: [] };
    for (const [role, frames] of Object.entries(heard)) {
      const raw = sockets[role].onNotification;
      sockets[role].onNotification = (method, params) => { frames.push(JSON.stringify(params)); raw(method, params); };
    }
    const view = newId();
    await sockets.agent.call('view.add', { id: view, name: 'PRIVATE one' });
    await sockets.agent.call('view.update', { id: view, name: 'PRIVATE two' });
    await sockets.agent.call('view.remove', { id: view });
    await sockets.admin.call('tag.add', { id: newId(), name: 'the last' });
    for (const frames of Object.values(heard)) await until(() => frames.some((frame) => frame.includes('the last')), 'the last change');
    assert.ok(heard.agent.some((frame) => frame.includes('PRIVATE two')), 'the owner hears of it');
    for (const role of ['supervisor', 'admin']) {
      const copy = JSON.stringify(await sockets[role].call('sync.changes', { since: 0 }));
      for (const text of [copy, ...heard[role]]) assert.ok(!text.includes('PRIVATE') && !text.includes(view), `${role}: ${text}`);
    }
    for (const text of Object.values(heard).flat()) assert.ok(!text.includes('audit_entry'), text);
    assert.ok(!JSON.stringify(await sockets.admin.call('sync.changes', { since: 0 })).includes('audit_entry'));
    assert.ok((await sockets.admin.call('audit.list', { action: 'tag.add' })).entries.some(({ target_name }) => target_name === 'the last'));
    const csv = await fetch(`${daemon.url}/api/v1/audit.csv`, { headers: { authorization: `Bearer ${logins.admin.token}` } });
    assert.match(csv.headers.get('content-type'), /^text\/csv/);
    assert.match(await csv.text(), /^revision,time,actor,/);
  });

  await t.test('a private canned response or macro never reaches another agent, whatever their role', async () => {
    const heard = { supervisor: [], admin: [] };
    for (const role of Object.keys(heard)) {
      const raw = sockets[role].onNotification;
      sockets[role].onNotification = (method, params) => { heard[role].push(JSON.stringify({ method, params })); raw(method, params); };
    }
    const { agent, supervisor, admin } = sockets;
    const canned = newId();
    const macro = newId();
    await agent.call('canned.add', { id: canned, shortcut: 'mine', text: 'PRIVATE words' });
    await agent.call('macro.add', { id: macro, name: 'PRIVATE macro', close: true });
    await agent.call('canned.used', { id: canned });
    for (const [method, id] of [['canned.update', canned], ['canned.remove', canned], ['canned.used', canned],
      ['macro.update', macro], ['macro.remove', macro], ['macro.used', macro]]) {
      assert.equal(await refusal(() => admin.call(method, { id })), 'not_found', method);
    }
    assert.equal(await refusal(() => admin.call('canned.add', { id: canned, shortcut: 'mine', text: 'PRIVATE words' })), 'conflict');
    assert.equal(await refusal(() => agent.call('canned.add', { id: newId(), shortcut: 'all', text: 'x', shared: true })), 'forbidden');
    assert.equal(await refusal(() => agent.call('macro.add', { id: newId(), name: 'all', close: true, shared: true })), 'forbidden');
    const shared = newId();
    await supervisor.call('canned.add', { id: shared, shortcut: 'all', text: 'For all of us', shared: true });
    await until(() => heard.admin.some((frame) => frame.includes('For all of us')), 'what is shared');
    assert.equal(await refusal(() => agent.call('canned.update', { id: shared, text: 'x' })), 'forbidden');
    await agent.call('canned.remove', { id: canned });
    await agent.call('macro.remove', { id: macro });
    await supervisor.call('canned.remove', { id: shared });
    await until(() => heard.admin.some((frame) => frame.includes(shared) && frame.includes('"deleted"')), 'the last change');

    for (const role of Object.keys(heard)) {
      const answers = [JSON.stringify(await sockets[role].call('sync.changes', { since: 0 })),
        JSON.stringify(await sockets[role].call('sync.changes', { since: 1 })),
        JSON.stringify((await daemon.rest('GET', '/api/v1/changes?since=1', { token: logins[role].token })).body)];
      for (const text of [...heard[role], ...answers]) {
        for (const secret of ['PRIVATE', canned, macro]) assert.ok(!text.includes(secret), `${secret} for ${role} in ${text}`);
      }
    }
    const own = JSON.stringify(await agent.call('sync.changes', { since: 1 }));
    assert.ok(own.includes(canned) && own.includes(macro), 'but their owner hears what became of them');
  });

  await t.test('what is said in a channel reaches its members alone, not an admin who is none', async () => {
    const heard = { agent: [], supervisor: [], admin: [] };
    for (const [role, frames] of Object.entries(heard)) {
      const raw = sockets[role].onNotification;
      sockets[role].onNotification = (method, params) => { frames.push(JSON.stringify({ method, params })); raw(method, params); };
    }
    const { agent, supervisor, admin } = sockets;
    const ids = Object.fromEntries(Object.entries(logins).map(([role, login]) => [role, login.agent.id]));
    const channel = newId();
    const said = newId();
    const file = newId();
    await agent.call('channel.put', { id: channel, name: 'WHISPER', members: [ids.agent, ids.supervisor] });
    await agent.call('channel.send', { id: said, conversation_id: channel, text: 'WHISPER zanzibar', mentions: [ids.supervisor] });
    await agent.call('channel.edit', { id: said, text: 'WHISPER again' });
    await agent.call('file.create', { id: file, conversation_id: channel, name: 'WHISPER.txt', size: 1 });
    agent.notify('signal.typing', { conversation_id: channel, active: true });
    await until(() => heard.supervisor.some((frame) => frame.includes('"typing"') && frame.includes(channel)), 'a member to see the typing');
    const { records: [direct] } = await agent.call('channel.open_direct', { agent_id: ids.supervisor });
    await supervisor.call('channel.send', { id: newId(), conversation_id: direct.id, text: 'WHISPER between two' });
    await admin.call('tag.add', { id: newId(), name: 'after all of it' });
    for (const frames of Object.values(heard)) await until(() => frames.some((frame) => frame.includes('after all of it')), 'the last change');
    assert.ok(heard.supervisor.some((frame) => frame.includes('WHISPER again')), 'a member hears it');
    assert.ok(!heard.supervisor.some((frame) => frame.includes('WHISPER.txt')), 'but no file that is not sent');

    const asked = [];
    for (const since of [0, 1]) asked.push(await admin.call('sync.changes', { since }));
    asked.push(await admin.call('search.messages', { text: 'WHISPER' }), await admin.call('search.messages', { text: 'zanzibar' }), await admin.call('channel.list'));
    for (const path of ['channels', 'changes?since=0', 'search/messages?text=WHISPER']) {
      asked.push((await daemon.rest('GET', `/api/v1/${path}`, { token: logins.admin.token })).body);
    }
    for (const text of [...heard.admin, ...asked.map((answer) => JSON.stringify(answer))]) {
      for (const secret of ['WHISPER', channel, direct.id, said, file]) assert.ok(!text.includes(secret), `${secret} reached the admin: ${text}`);
    }
    for (const [method, params] of [['channel.messages', { conversation_id: channel }], ['channel.send', { id: newId(), conversation_id: channel, text: 'x' }],
      ['channel.leave', { id: channel }], ['channel.remove', { id: said }], ['channel.put', { id: channel, name: 'x', members: [ids.admin] }],
      ['message.list', { conversation_id: channel }], ['conversation.get', { id: channel }], ['message.remove', { id: said }], ['file.link', { id: file }],
      ['file.create', { id: newId(), conversation_id: channel, name: 'a', size: 1 }]]) {
      assert.equal(await refusal(() => admin.call(method, params)), 'not_found', method);
    }

    // Who is taken out of it hears that, and nothing after it.
    heard.supervisor.length = 0;
    await agent.call('channel.put', { id: channel, name: 'WHISPER', members: [ids.agent] });
    await agent.call('channel.send', { id: newId(), conversation_id: channel, text: 'WHISPER alone' });
    agent.notify('signal.typing', { conversation_id: channel, active: true });
    await admin.call('tag.add', { id: newId(), name: 'and after that' });
    await until(() => heard.supervisor.some((frame) => frame.includes('and after that')), 'the last change');
    assert.ok(heard.supervisor.some((frame) => /"type":"channel_member"[^}]*"deleted":true/.test(frame)), 'a tombstone for who is out');
    assert.ok(!heard.supervisor.some((frame) => frame.includes('WHISPER') || frame.includes(channel)), 'nothing more of it');
    assert.ok(!JSON.stringify(await supervisor.call('sync.changes', { since: 0 })).includes(channel));
    assert.equal(await refusal(() => supervisor.call('channel.messages', { conversation_id: channel })), 'not_found');
  });

  await t.test('wrong origin, wrong site, wrong token', async () => {
    const open = async (params, headers = {}) => {
      const socket = await Socket.open(daemon.socketUrl, { headers });
      const closed = new Promise((resolve) => { socket.onClose = (code, reason) => resolve([code, reason]); });
      const reason = await refusal(() => socket.call('session.open', params));
      if (reason === null) socket.cut();
      return [reason, ...await closed];
    };
    assert.deepEqual(await open({ site, token: newVisitorToken() }, { origin: 'https://evil.example' }), ['bad_origin', 4001, 'bad_origin']);
    assert.deepEqual(await open({ site, token: newVisitorToken() }, { origin: 'null' }), ['bad_origin', 4001, 'bad_origin']);
    assert.deepEqual(await open({ site: 'nonsense', token: newVisitorToken() }, { origin: ORIGIN }), ['bad_site', 4001, 'bad_site']);
    assert.deepEqual(await open({ site: other, token: visitorToken }, { origin: 'https://other.example' }), ['bad_site', 4001, 'bad_site']);
    const [id] = visitorToken.split('.');
    assert.deepEqual(await open({ site, token: `${id}.${newVisitorToken().split('.')[1]}` }, { origin: ORIGIN }),
      ['unauthenticated', 4001, 'unauthenticated']);
    assert.deepEqual(await open({ token: 'nonsense' }), ['unauthenticated', 4001, 'unauthenticated']);
    const rest = await daemon.rest('GET', '/api/v1/changes', { site, token: visitorToken, origin: 'https://evil.example' });
    assert.deepEqual([rest.status, rest.body.reason, rest.headers.get('access-control-allow-origin')], [403, 'bad_origin', null]);
    const good = await daemon.rest('GET', '/api/v1/changes', { site, token: visitorToken, origin: ORIGIN });
    assert.deepEqual([good.status, good.headers.get('access-control-allow-origin')], [200, ORIGIN]);
  });

  await t.test('a session that is signed out closes its sockets, with the reason', async () => {
    const login = await daemon.login('supervisor@one.example', PASSWORD);
    const client = new Client({ url: daemon.socketUrl, credentials: { token: login.token } }).start();
    await client.ready();
    await daemon.rest('DELETE', '/api/v1/sessions/current', { token: login.token });
    await until(() => client.refused, 'the end of the session');
    assert.equal(client.refused, 'revoked');
    await client.close();
    assert.equal((await daemon.rest('GET', '/api/v1/agents', { token: login.token })).body.reason, 'revoked');
  });

  await t.test('an agent who is switched off beside the running daemon is out', async () => {
    const client = new Client({ url: daemon.socketUrl, credentials: { token: logins.agent.token } }).start();
    await client.ready();
    await daemon.cli(['agent', 'disable', '-e', 'agent@one.example']);
    await until(() => client.refused, 'the end of the session');
    assert.equal(client.refused, 'disabled');
    await client.close();
    const again = await daemon.rest('POST', '/api/v1/sessions', { body: { email: 'agent@one.example', password: PASSWORD } });
    assert.deepEqual([again.status, again.body.reason], [403, 'disabled']);
  });
});
