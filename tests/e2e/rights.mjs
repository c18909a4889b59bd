// SPDX-License-Identifier: GPL-3.0-or-later
//
// An agent who serves some sites knows nothing of the others: through both doors, in what is pushed, in what is found, and after a site was
// taken from them also in what they had. The rows of the method table one by one are in tests/backend/features/test-rights.c.

import assert from 'node:assert/strict';
import test from 'node:test';

import { newId, newVisitorToken } from '../lib/ids.mjs';
import { CallError } from '../lib/socket.mjs';
import { until } from '../lib/until.mjs';
import { Stage } from './stage.mjs';

const refusal = (call) => call.then(() => null, (error) => {
  if (error instanceof CallError) return error.reason;
  throw error;
});

const openPage = () => ({ visit_id: newId(), id: newId(), url: 'https://shop.example/', title: 'A page' });

test('sites that an agent does not see', async (t) => {
  const stage = await Stage.prepare({ sites: true });
  t.after(() => stage.remove());
  const daemon = await stage.daemon();
  t.after(() => daemon.remove());
  const [near, far] = stage.sites;
  const adminIndex = stage.agents.findIndex(({ agent }) => agent.role === 'admin');
  const { id: limitedId } = stage.agents[stage.limited].agent;
  const { token } = stage.agents[stage.limited];
  const admin = await stage.agent(daemon, adminIndex).start().ready();
  const limited = stage.agent(daemon, stage.limited).start();
  const people = { near: stage.visitor(daemon, near.key).start(), far: stage.visitor(daemon, far.key).start() };
  const clients = [admin, limited, ...Object.values(people)];
  t.after(() => Promise.all(clients.map((client) => client.close())));
  const speak = async (visitor, text, name) => {
    const id = newId();
    await visitor.write('conversation.start', { id, message_id: newId(), text });
    await visitor.write('visitor.identify', { name, email: `${name.split(' ')[0].toLowerCase()}@shop.example` });
    return id;
  };
  const give = async (...sites) => {
    const before = limited.records.epoch;
    await admin.call('agent.sites', { id: limitedId, sites: sites.map(({ id }) => id) });
    await until(() => limited.live && limited.records.epoch !== before, 'the agent to come again with other sites');
  };
  await limited.ready();
  const talks = { near: await speak(people.near, 'a harbour near', 'Nora Near'), far: await speak(people.far, 'a harbour far', 'Fay Far') };
  const knows = (client, what) => client.records.toString().includes(what);
  await until(() => knows(limited, 'Fay Far') && knows(limited, talks.far), 'all sites, at first');

  await t.test('what is taken leaves their copy, on each device, also on one that was away', async () => {
    const asleep = limited.twin(limited.records.copy());
    await give(near);
    for (const client of [limited, await asleep.start().ready()]) {
      assert.ok(knows(client, talks.near) && knows(client, 'Nora Near'), 'theirs stays');
      for (const gone of [talks.far, 'Fay Far', people.far.visitorId, far.key]) assert.ok(!knows(client, gone), `${gone} goes`);
    }
    await asleep.close();
    assert.equal(limited.closeCode, 1012, 'to come again, not to sign in');
  });

  await t.test('nothing of it is pushed or signalled', async () => {
    const heard = limited.signals.length;
    await people.far.write('message.send', { id: newId(), conversation_id: talks.far, text: 'a secret' });
    await admin.write('note.add', { id: newId(), conversation_id: talks.far, text: 'a secret', mentions: [limitedId] });
    people.far.signal('signal.typing', { conversation_id: talks.far, active: true, text: 'half a secret' });
    admin.signal('signal.viewing', { conversation_id: talks.far });
    await until(() => admin.signals.some(({ text }) => text === 'half a secret'), 'an admin to see it');
    people.near.signal('signal.typing', { conversation_id: talks.near, active: true, text: 'half a word' });
    await until(() => limited.signals.some(({ text }) => text === 'half a word'), 'what is theirs');
    const { rev } = await people.near.write('message.send', { id: newId(), conversation_id: talks.near, text: 'no secret' });
    await until(() => limited.records.applied >= rev, 'the last change');
    const state = limited.records.toString() + JSON.stringify(limited.signals.slice(heard));
    for (const secret of ['secret', talks.far, people.far.visitorId]) assert.ok(!state.replaceAll('no secret', '').includes(secret), secret);
  });

  await t.test('nor named: what acts on other sites, also when it moves there', async () => {
    const rules = { conditions: [{ kind: 'url', how: 'matches', value: '/prices*' }] };
    const trigger = (id, version, name, ...sites) => admin.write('trigger.save', { id, version, name, enabled: true, sites: sites.map((site) => site.id), rules, actions: { bubble: 'Questions?' } });
    const goal = (id, version, name, ...sites) => admin.write('goal.save', { id, version, name, kind: 'url', pattern: '/thanks*', sites: sites.map((site) => site.id) });
    const ids = { near: newId(), far: newId(), all: newId(), wanders: newId(), aim: newId() };
    await trigger(ids.near, 0, 'Rule near', near);
    await trigger(ids.far, 0, 'Rule far', far);
    await trigger(ids.all, 0, 'Rule all');
    await trigger(ids.wanders, 0, 'Rule that stays', near, far);
    const { rev } = await goal(ids.aim, 0, 'Aim far', far);
    await until(() => limited.records.applied >= rev, 'the last of them');
    for (const [word, theirs] of [['Rule near', true], ['Rule far', false], ['Rule all', true], ['Rule that stays', true], ['Aim far', false]]) assert.equal(knows(limited, word), theirs, word);
    const asleep = limited.twin(limited.records.copy());
    await trigger(ids.wanders, 1, 'Rule that went', far);
    await goal(ids.aim, 1, 'Aim that came', near);
    await until(() => knows(limited, 'Aim that came'), 'what comes');
    for (const client of [limited, await asleep.start().ready()]) {
      assert.ok(!knows(client, ids.wanders) && !knows(client, 'Rule that'), 'what goes');
      assert.ok(knows(client, 'Aim that came') && knows(client, 'Rule near'));
    }
    await asleep.close();
    const read = async (place) => JSON.stringify((await daemon.rest('GET', `/api/v1/${place}`, { token })).body);
    const names = await read('triggers') + await read('goals') + await read('changes?since=0');
    for (const [word, theirs] of [['Rule near', true], ['Rule all', true], ['Aim that came', true], ['Rule far', false], ['Rule that', false], [ids.far, false]]) assert.equal(names.includes(word), theirs, word);
  });

  await t.test('nor found, read, exported or spoken to, through either door', async () => {
    const ask = (verb, path, body) => daemon.rest(verb, path, { token, body });
    for (const path of [`/api/v1/conversations/${talks.far}`, `/api/v1/conversations/${talks.far}/messages`, `/api/v1/visitors/${people.far.visitorId}`,
      `/api/v1/websites/${far.id}/settings`]) {
      const { status, body } = await ask('GET', path);
      assert.deepEqual([status, body.reason], [404, 'not_found'], path);
      const unknown = await ask('GET', path.replace(/[0-9a-f-]{36}/, newId()));
      assert.deepEqual({ ...unknown.body, instance: 0 }, { ...body, instance: 0 }, 'as if it had never been');
    }
    assert.equal((await ask('POST', `/api/v1/conversations/${talks.far}/messages`, { id: newId(), text: 'x' })).status, 404);
    assert.deepEqual((await ask('GET', `/api/v1/visitors/${people.far.visitorId}/visits`)).body.visits ?? [], []);
    const found = (client, method, text) => client.call(method, { text }).then(({ hits = [] }) => hits.length);
    await until(async () => await found(admin, 'search.messages', 'harbour') === 2 && await found(admin, 'search.visitors', 'shop.example') >= 2, 'the index');
    assert.equal(await found(limited, 'search.messages', 'harbour'), 1);
    assert.equal(await found(limited, 'search.visitors', 'fay'), 0);
    assert.equal(await found(limited, 'search.visitors', 'nora'), 1);
  });

  await t.test('nor seen on a page', async () => {
    await limited.call('monitor.watch', { scope: 'visitors' });
    const stranger = stage.visitor(daemon, far.key).start();
    clients.push(stranger);
    await stranger.ready();
    const page = openPage();
    await stranger.call('visit.page', page);
    await people.near.call('visit.page', openPage());
    await until(() => limited.news.some(({ visitors = [] }) => visitors.some(({ id }) => id === people.near.visitorId)), 'who is on their site');
    assert.ok(!JSON.stringify(limited.news).includes(stranger.visitorId));
    const [own, all] = await Promise.all([limited, admin].map((client) => client.call('monitor.list', {})));
    assert.deepEqual([own.total, own.visitors.length, all.total], [1, 1, 2]);
    const first = { id: newId(), message_id: newId(), text: 'Can I help you?', visitor_id: stranger.visitorId };
    assert.equal(await refusal(limited.call('conversation.start', first)), 'conflict', 'they are on no page of theirs');
    assert.equal(await refusal(admin.call('conversation.start', first)), null);
    await until(async () => (await admin.call('visit.list', { visitor_id: stranger.visitorId })).visits?.length === 1, 'the visit on the disk');
    assert.deepEqual((await limited.call('visit.list', { visitor_id: stranger.visitorId })).visits ?? [], []);
  });

  await t.test('nor handed to them; what was theirs there is nobody’s', async () => {
    const assign = (agent) => admin.call('conversation.assign', { id: talks.far, event_id: newId(), agent_id: agent });
    await assert.rejects(() => assign(limitedId), /Lim does not serve the site of this conversation/);
    await give(near, far);
    await until(() => knows(limited, 'Fay Far'), 'what was given, with its past');
    await assign(limitedId);
    await give(near);
    await until(() => admin.records.get('conversation', talks.far).assignee_id === undefined, 'nobody to have it');
    assert.ok(!knows(limited, talks.far));
  });

  await t.test('a supervisor is limited too, and can’t undo it; an admin is not', async () => {
    const role = (word) => admin.call('agent.update', { id: limitedId, role: word });
    await role('supervisor');
    assert.equal(await refusal(limited.call('agent.sites', { id: limitedId, sites: [] })), 'forbidden');
    assert.equal(await refusal(limited.call('person.export', { id: people.far.visitorId })), 'not_found');
    assert.ok(!(await limited.call('visitor.export', {})).csv.includes('Fay Far'));
    assert.equal(await refusal(limited.call('conversation.get', { id: talks.far })), 'not_found');
    const rules = { conditions: [{ kind: 'url', how: 'matches', value: '*' }] };
    const [own, all] = await Promise.all([limited, admin].map((client) => client.call('trigger.dry_run', { rules })));
    assert.deepEqual([own.visits, all.visits > 1, JSON.stringify(own).includes(far.id)], [1, true, false], 'nor in a dry run');
    await role('admin');
    await until(() => limited.live && knows(limited, 'Fay Far'), 'an admin to see all');
    await role('agent');
    await until(() => limited.live && !knows(limited, 'Fay Far'), 'an agent to see theirs again');
  });

  await t.test('a server that restarts remembers it', async () => {
    await daemon.stop();
    await daemon.restart();
    await until(() => clients.every((client) => client.live), 'everybody');
    const note = await admin.write('note.add', { id: newId(), conversation_id: talks.near, text: 'ours' });
    await admin.write('note.add', { id: newId(), conversation_id: talks.far, text: 'theirs' });
    await until(() => limited.records.applied >= note.rev, 'a note that comes without its conversation');
    assert.ok(knows(limited, '"ours"') && !knows(limited, '"theirs"'));
  });

  await t.test('who is free of it again has all', async () => {
    await give();
    await until(() => knows(limited, 'Fay Far') && knows(limited, '"theirs"') && knows(limited, talks.far), 'everything');
    assert.equal(limited.records.epoch, admin.records.epoch);
    const claimed = { site: far.key, token: newVisitorToken() };
    assert.equal((await daemon.rest('GET', '/api/v1/changes?since=0', claimed)).status, 200, 'visitors notice nothing');
  });
});
