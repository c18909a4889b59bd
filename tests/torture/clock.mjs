// SPDX-License-Identifier: GPL-3.0-or-later
//
// The server's wall clock jumps back an hour, forward a day, and about, while all write. Order, revisions, timers and sessions do not
// follow it; only times that people read do.
//
//   SEED=17

import assert from 'node:assert/strict';
import test from 'node:test';

import { newId } from '../lib/ids.mjs';
import { Random } from '../lib/random.mjs';
import { RawSocket } from '../lib/raw-socket.mjs';
import { until } from '../lib/until.mjs';
import { Stage } from '../e2e/stage.mjs';
import { Relay, checkDatabases } from './crowd.mjs';
import { FULL, SEED } from './length.mjs';
import { must } from './must.mjs';
import { Clock } from './shims.mjs';

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
const JUMPS = { 'back an hour': -HOUR, 'forward a day': DAY - HOUR, 'back to the truth': 0, 'back two days': -2 * DAY };
const ROUNDS = FULL ? 60 : 4;

const of = (records, type) => records.find((record) => record.type === type);

/** Does something whose times must lie within: the daemon's clock before and after it. */
async function timed(clock, action) {
  const before = clock.now;
  const result = await action();
  return { result, within: (time, what) => assert.ok(time >= before && time <= clock.now, `${what}: ${time} is not in ${before}…${clock.now}`) };
}

test('a clock that jumps', async (t) => {
  const random = new Random(SEED);
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const clock = new Clock();
  const daemon = await stage.daemon({ ...clock.options, CHATFLOW_LOGIN_TRIES: '5' });
  const relay = new Relay(stage, daemon, { random });
  let crowd;
  t.after(async () => {
    await relay.close();
    await daemon.remove();
    clock.remove();
  });
  const sessions = new Set();
  let idle = await RawSocket.open(daemon.port);

  /** A new visitor's first conversation says when, and since when they wait. */
  const timesAreRight = async () => {
    const visitor = await stage.visitor(daemon).start().ready();
    const id = newId();
    const first = await timed(clock, () => visitor.write('conversation.start', { id, message_id: newId(), text: 'hello' }));
    first.within(of(first.result.records, 'message').created_at, 'created_at of the message');
    first.within(of(first.result.records, 'conversation').created_at, 'created_at of the conversation');
    const agent = crowd.agents[0];
    await until(() => agent.records.get('conversation', id), 'the agent to hear of it');
    const asked = of(first.result.records, 'message');
    assert.equal(agent.records.get('conversation', id).waiting_since, asked.created_at, 'they wait since they asked');
    await visitor.write('message.send', { id: newId(), conversation_id: id, text: 'anybody?' });
    const { records } = await agent.write('conversation.get', { id });
    assert.equal(of(records, 'conversation').waiting_since, asked.created_at, 'they still do');
    const answer = await timed(clock, () => agent.write('message.send', { id: newId(), conversation_id: id, text: 'yes' }));
    answer.within(of(answer.result.records, 'conversation').last_message_at, 'last_message_at');
    assert.equal(of(answer.result.records, 'conversation').waiting_since, undefined);
    const closed = await timed(clock, () => agent.write('conversation.close', { id, event_id: newId() }));
    closed.within(of(closed.result.records, 'conversation').closed_at, 'closed_at');
    await visitor.close();
  };

  /** Those who are signed in stay so; who signs in gets a session of their own that lives. */
  const sessionsLive = async () => {
    assert.deepEqual(crowd.everyone.map((client) => [client.closeCode, client.refused]), crowd.everyone.map(() => [null, null]), 'nobody was sent away');
    await (await stage.agent(daemon, 0).start().ready()).close();
    const { email, password } = stage.credentials[0];
    const { session, token } = await daemon.login(email, password);
    assert.ok(!sessions.has(session.id), 'a session id was made twice');
    sessions.add(session.id);
    assert.ok(session.expires_at > clock.now);
    const { body } = await daemon.rest('GET', '/api/v1/sessions', { token });
    assert.ok(body.records.some((record) => record.id === session.id), 'the new session is listed');
  };

  const restart = async () => {
    await daemon.kill9();
    await daemon.restart();
    await Promise.all(crowd.everyone.map((client) => client.ready()));
    for (const client of crowd.everyone) client.closeCode = null;
    idle = await RawSocket.open(daemon.port);
  };

  const jumps = Object.entries(JUMPS);
  for (let round = 0; round < ROUNDS; round += 1) {
    crowd = await relay.at(round + 1);
    const [name, ahead] = jumps[round] ?? [`round ${round}`, random.between(-3 * DAY, 3 * DAY)];
    await must(t, `${name}, seed ${SEED}`, async () => {
      await crowd.goesOn();
      clock.ahead = ahead;
      await crowd.goesOn();
      await timesAreRight();
      await sessionsLive();
      await crowd.compareSides();
      idle.call(round, 'server.info');
      if (!(await idle.answer(round)).result) { // only when its ten seconds were over by the clock on the wall of the test
        assert.equal(idle.closed.code, 1008);
        idle = await RawSocket.open(daemon.port);
      }
      if (random.chance(0.3)) await restart();
    });
  }

  await must(t, 'what is snoozed sleeps and wakes by the clock on the wall, as it is set', async () => {
    clock.ahead = 0;
    const visitor = await stage.visitor(daemon).start().ready();
    const agent = crowd.agents[0];
    const id = newId();
    await visitor.write('conversation.start', { id, message_id: newId(), text: 'hello' });
    await agent.write('conversation.snooze', { id, event_id: newId(), until: clock.now + HOUR });
    clock.ahead = -DAY;
    const { records } = await agent.write('conversation.get', { id });
    assert.ok(of(records, 'conversation').snoozed_until > clock.now + DAY, 'it sleeps on');
    clock.ahead = 2 * HOUR;
    await until(() => agent.records.messages(id).some(({ event }) => event === 'woken'), 'the conversation to wake');
    await visitor.close();
  });

  await must(t, 'a failed sign-in is forgotten in its time, however the clock is set', async () => {
    const { email } = stage.credentials[1];
    const wrong = () => daemon.rest('POST', '/api/v1/sessions', { body: { email, password: 'no such password', device: 'test' } });
    clock.ahead = DAY;
    for (let i = 0; i < 5; i += 1) assert.equal((await wrong()).body.reason, 'unauthenticated');
    assert.equal((await wrong()).body.reason, 'rate_limited');
    clock.ahead = 0; // the day that it was ahead is no reason to lock anyone out for longer
    await daemon.login(email, stage.credentials[1].password);
  });

  await must(t, 'the copy that the live stream built is what a fresh one gives', async () => {
    await relay.finish();
    await checkDatabases(daemon);
  });

  await must(t, 'a session that is over by a wrong clock is not over when the clock is right', async () => {
    clock.ahead = 31 * DAY;
    const early = stage.agent(daemon, 0).start();
    await assert.rejects(early.ready(), /expired/);
    await early.close();
    clock.ahead = 0;
    await (await stage.agent(daemon, 0).start().ready()).close();
  });
  t.diagnostic(`${relay.count} acknowledged texts, ${ROUNDS} jumps, seed ${SEED}`);
});
