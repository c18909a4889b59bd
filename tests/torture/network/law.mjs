// SPDX-License-Identifier: GPL-3.0-or-later
//
// The law of the spine on bad networks: visitors and agents write all the time, some by the reference client, some by the desktop client's
// own connection and cache, while their lines lose, delay, double and reorder packets, go deaf in one direction, die, move, and the server's
// power fails behind a dead line. Afterwards what was written is there once and in order, and the live stream's state is a fresh copy's.
//
// `tc netem` would be the usual tool; packet-link.c says why it is not used.
//
//   CHATFLOW_TORTURE=full   each trouble lasts long enough for every keep-alive       SEED=17   other luck

import assert from 'node:assert/strict';
import test from 'node:test';

import { Daemon } from '../../lib/daemon.mjs';
import { SERVER } from '../../lib/network-link.mjs';
import { NetworkWorld } from '../../lib/network-world.mjs';
import { pause, until } from '../../lib/until.mjs';
import { stepsOf } from '../../e2e/steps.mjs';
import { HeadlessAgent, stateOf } from './headless-agent.mjs';
import { Population } from './population.mjs';

const FULL = process.env.CHATFLOW_TORTURE === 'full';
const SEED = Number(process.env.SEED ?? 1);
/** How long a trouble lasts: it is what is tested, not what is waited for. */
const LASTS = FULL ? 30_000 : 1_500;
const DEAD = FULL ? 90_000 : 3_000;
/** Until everybody is back: the longest back-off, the longest pause of TCP's own, and what they do then. */
const BACK = 120_000;

test('the law on bad networks', async (t) => {
  const world = await NetworkWorld.make(SEED);
  const ends = [() => world.remove()];
  t.after(async () => {
    for (const end of ends.reverse()) await end();
  });
  const daemon = await Daemon.start({ demo: true, host: SERVER });
  ends.push(() => daemon.remove());
  const [bruno, mei] = daemon.demo.agents;
  const tokens = await Promise.all([mei, mei].map(async ({ email, password }) => (await daemon.login(email, password)).token));
  const [web, office] = [await world.link(), await world.link()];
  const headless = await HeadlessAgent.start(office.client, daemon.url, bruno);
  ends.push(() => headless.quit());
  // One of the demo's, which no colleague answers: a reply that a colleague's has overtaken would wait for its author's word.
  const [quiet] = headless.conversations;
  const people = await Population.settle(web.client, { url: daemon.socketUrl, site: daemon.demo.site.key, tokens, visitors: FULL ? 8 : 4, stuck: FULL ? 10_000 : 3_000, seed: SEED });
  ends.push(() => people.leave());
  const links = [web, office];
  const all = (act) => Promise.all(links.map(act));
  const said = [];
  const step = stepsOf(t, async () => t.diagnostic(`${JSON.stringify(await people.tally())} headless ${headless.link}, ${headless.pending} pending`));
  const retransmitted = async () => (await Promise.all([world.server, web.client, office.client].map((one) => one.retransmitted()))).reduce((a, b) => a + b);
  /** Under the trouble everybody goes on writing; when it is over, what was written by then is acknowledged by itself. */
  const trouble = (name, begin, end, lasts = LASTS) => step(name, async () => {
    const [before, sentAgain, losses] = [await people.tally(), await retransmitted(), headless.losses];
    await begin();
    const over = performance.now() + lasts;
    while (performance.now() < over) {
      said.push(headless.say(quiet));
      await pause(lasts / 10);
    }
    const during = await people.tally();
    await end();
    const mended = performance.now();
    await until(async () => (await people.tally()).acknowledged >= during.written && headless.pending === 0 && headless.link === 'live',
      () => `all that was written meanwhile to be acknowledged, and all to be live: headless ${headless.link}, ${headless.pending} pending`, BACK);
    const after = await people.tally();
    t.diagnostic(`${name}: ${during.acknowledged - before.acknowledged} of ${during.written - before.written} acknowledged in ${lasts / 1000} s, the rest ${((performance.now() - mended) / 1000).toFixed(1)} s after it; `
      + `${after.acknowledged - before.acknowledged} in all, ${await retransmitted() - sentAgain} segments sent again, the client lost the server ${headless.losses - losses} times`);
  });

  const mend = () => all((link) => link.both(''));
  await trouble('30 % of all packets are lost', () => all((link) => link.both('loss=30')), mend);
  await trouble('500 ms of delay each way, with jitter', () => all((link) => link.both('delay=500 jitter=100')), mend);
  await trouble('packets come out of order and twice', () => all((link) => link.both('delay=10 reorder=25 duplicate=10')), mend);
  await trouble('a narrow line', () => all((link) => link.both('rate=20000 delay=50')), mend);
  await trouble('the server hears nobody', () => all((link) => link.block('server')), () => all((link) => link.unblock('server')));
  await trouble('nobody hears the server', () => all((link) => link.block('client')), () => all((link) => link.unblock('client')));
  await trouble('a dead line', () => all((link) => link.both('dead=1')), mend, DEAD);
  await trouble('everybody has another address', () => all((link) => link.move()), () => {});
  await trouble('the server loses its power behind a dead line', async () => {
    await all((link) => link.both('dead=1'));
    await daemon.kill9();
    await daemon.restart();
  }, mend);
  await trouble('everything at once', () => all((link) => link.both('loss=10 delay=100 jitter=100 reorder=10 duplicate=5 rate=60000')), mend);

  await step('everything is there once and in order, and a fresh copy is the same', async () => {
    const { problems, ...tally } = await people.finish();
    assert.deepEqual(problems, []);
    assert.equal(tally.acknowledged, tally.written);
    t.diagnostic(`${tally.written} messages of ${tally.people} people and ${said.length} of the client, each acknowledged, stored once, in order`);
  });

  await step('the client has what a fresh one has, and what it said stands there once, in order', async () => {
    const fresh = await HeadlessAgent.start(world.server, daemon.url, bruno);
    try {
      await until(async () => stateOf(await headless.dump()) === stateOf(await fresh.dump()), 'the same state').catch(async () => {
        assert.equal(stateOf(await headless.dump()), stateOf(await fresh.dump()));
      });
      const own = (await fresh.dump()).filter(({ text }) => said.includes(text)).sort((a, b) => a.position - b.position);
      assert.deepEqual(own.map(({ text }) => text), said);
      assert.deepEqual(headless.problems, []);
    } finally {
      await fresh.quit();
    }
  });
});
