// SPDX-License-Identifier: GPL-3.0-or-later
//
// The real widget in a real browser and the real desktop client, each on a machine of its own behind a bad line: they notice within their
// keep-alive (docs/protocol.md), say so in words, keep what is written meanwhile, come back by themselves, and show each message once.
//
//   CHATFLOW_TORTURE=full   also what takes the whole keep-alive: lines that are dead or deaf for 90 s while nobody writes

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { DesktopAgent } from '../../e2e/desktop-agent.mjs';
import { stepsOf } from '../../e2e/steps.mjs';
import { Visitor } from '../../e2e/visitor.mjs';
import { Daemon } from '../../lib/daemon.mjs';
import { SERVER } from '../../lib/network-link.mjs';
import { NetworkWorld } from '../../lib/network-world.mjs';
import { pause, until } from '../../lib/until.mjs';
import { launchIn } from './browser.mjs';

const FULL = process.env.CHATFLOW_TORTURE === 'full';
const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');
const CUSTOMER = 'Tomás Ferreira';
/** Two busy cores, and a picture of the screen now and then. */
const MARGIN = 15_000;
/** Nothing has come for so long: the connection is dead, whatever TCP believes. The desktop client looks every 5 s. */
const SILENCE = 45_000 + 5_000 + MARGIN;
/** Somebody wrote and nothing came back for 10 s: the server is asked, and has 5 s to answer. */
const UNANSWERED = 10_000 + 5_000 + 5_000 + MARGIN;
/** The longest back-off, and the longest that a connection takes. */
const BACK = 30_000 + 20_000 + MARGIN;
const DEAD = 90_000;

const shot = (name) => path.join(SHOTS, `network-${name}.png`);
const textsOf = (messages) => messages.filter(({ kind }) => kind === 'text').map(({ text }) => text);
const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

test('both clients on bad networks', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const ends = [];
  t.after(async () => {
    for (const end of ends.reverse()) await end();
  });
  const world = await NetworkWorld.make(3);
  ends.push(() => world.remove());
  const daemon = await Daemon.start({ demo: true, demoPage: true, host: SERVER });
  ends.push(() => daemon.remove());
  const [home, office] = [await world.link(), await world.link()];
  const { browser, end } = await launchIn(home.client);
  ends.push(end);
  const agent = await DesktopAgent.start({ keyring: 'harbour', namespace: office.client });
  ends.push(() => agent.stop());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const visitor = await Visitor.arrive(context, `${daemon.url}/demo`);
  const [bruno] = daemon.demo.agents;
  const links = [home, office];
  const all = (act) => Promise.all(links.map(act));
  const said = [];
  const step = stepsOf(t, () => Promise.all([agent.do('screenshot', { path: shot('failed-client'), rest: false }), visitor.screenshot(shot('failed-page'))]));

  const retransmitted = async () => (await Promise.all([world.server, home.client, office.client].map((one) => one.retransmitted()))).reduce((a, b) => a + b);
  const widgetSays = async () => (await visitor.page.locator('.notice p').allTextContents()).some((text) => text.startsWith('No connection'));
  const clientSays = async () => (await agent.do('shows', { parts: [`Connecting to ${SERVER}`, `Couldn’t reach ${SERVER}`] })).length > 0;
  const sides = { widget: widgetSays, client: clientSays };
  /** The server takes the order of two who write at the same time; everybody has the same one, each writer's own as it was written. */
  const settled = (patience) => until(async () => {
    const [left, right] = [await visitor.texts(), textsOf(await agent.do('messages'))];
    return left.length === said.length && String(left) === String(right) && left;
  }, async () => `both to have ${said.join(' | ')}; the visitor has ${await visitor.texts()}; the agent ${textsOf(await agent.do('messages'))}`, patience);
  const writes = async (text) => {
    await Promise.all([visitor.write(`V ${text}`), agent.do('send', { text: `A ${text}` })]);
    said.push(`V ${text}`, `A ${text}`);
  };
  const nothingWaits = () => until(async () => !(await visitor.log()).some(({ delivery }) => delivery === 'Sending…')
    && !(await agent.do('messages')).some(({ caption }) => caption?.endsWith('Sending…')), 'nothing to be sending', BACK);
  const inOrder = async (from) => {
    const shown = (await settled(BACK)).slice(from);
    for (const who of ['V', 'A']) {
      assert.deepEqual(shown.filter((text) => text.startsWith(who)), said.slice(from).filter((text) => text.startsWith(who)), 'each once, in order');
    }
    await nothingWaits();
  };

  /** Both are live: they say nothing about the network, and a word goes both ways. */
  const back = async (name, from, mended, before) => {
    await until(async () => !await widgetSays() && !await clientSays(), 'both to be back', BACK);
    await inOrder(from);
    t.diagnostic(`${name}: all is there ${seconds(mended)} after the line was mended; ${await retransmitted() - before} segments sent again`);
    visitor.wasUntroubled();
  };

  /** On a line that is bad, but alive: a few words each, and all arrive. */
  const bad = (name, words) => step(name, async () => {
    const [from, before, begun] = [said.length, await retransmitted(), performance.now()];
    await all((link) => link.both(words));
    for (const number of FULL ? ['one', 'two', 'three'] : ['one', 'two']) await writes(`${number}, ${name}`);
    await inOrder(from);
    t.diagnostic(`${name}: the words both ways after ${seconds(begun)}; ${await retransmitted() - before} segments sent again`);
    await all((link) => link.both(''));
    await back(name, from, performance.now(), before);
  });

  /**
   * The line does not carry: both notice and say so in time, also when nobody writes, and keep what is written.
   */
  const broken = (name, { begin, mend, write = true, patience = write ? UNANSWERED : SILENCE, lasts = 0 }) => step(name, async () => {
    const [from, before, begun] = [said.length, await retransmitted(), performance.now()];
    await begin();
    if (write) await writes(`one, ${name}`);
    const noticed = await Promise.all(Object.entries(sides).map(async ([side, says]) => {
      await until(says, `the ${side} to say that there is no connection`, patience);
      return `the ${side} said so after ${seconds(begun)}`;
    }));
    t.diagnostic(`${name}: ${noticed.join(', ')}`);
    await writes(`two, ${name}`);
    const file = name.replace(/\W+/g, '-').toLowerCase();
    await Promise.all([visitor.screenshot(shot(`${file}-widget`)), agent.do('screenshot', { path: shot(`${file}-client`), rest: false })]);
    await until(async () => (await visitor.log()).at(-1).delivery === 'Sending…', 'the visitor to see that it waits');
    assert.match((await agent.do('messages')).at(-1).caption, /Sending…$/);
    while (performance.now() - begun < lasts) await pause(500);
    await mend();
    await back(name, from, performance.now(), before);
  });

  await step('a conversation on a good line', async () => {
    await agent.do('start');
    await agent.do('sign_in', { server: daemon.url, email: bruno.email, password: bruno.password });
    await agent.do('sees', { text: bruno.name });
    await visitor.openPanel();
    await visitor.write('Hello? My lamp flickers');
    said.push('Hello? My lamp flickers');
    await agent.do('choose', { inbox: 'All' });
    const title = await until(async () => (await agent.do('inbox')).find(({ preview }) => preview.includes('My lamp flickers'))?.title, 'the conversation in the inbox');
    await agent.do('open', { title });
    await settled(BACK);
  });

  const dead = { begin: () => all((link) => link.both('dead=1')), mend: () => all((link) => link.both('')) };
  const powerless = {
    begin: async () => {
      await dead.begin();
      await daemon.kill9();
    },
    mend: async () => {
      await daemon.restart();
      await dead.mend();
    },
  };
  if (FULL) {
    const mute = { begin: () => all((link) => link.block('server')), mend: () => all((link) => link.unblock('server')) };
    const deaf = { begin: () => all((link) => link.block('client')), mend: () => all((link) => link.unblock('client')) };
    await bad('30 % loss', 'loss=30');
    await bad('500 ms of delay', 'delay=500');
    await bad('out of order and twice', 'delay=10 reorder=25 duplicate=10');
    await broken('the server hears nobody', mute);
    await broken('nobody hears the server', deaf);
    await broken('the server’s power fails', powerless);
    await broken('a dead line for 90 s, written into', { ...dead, lasts: DEAD });
    await broken('a dead line for 90 s in silence', { ...dead, lasts: DEAD, write: false });
    await broken('the server hears nobody for 90 s, in silence', { ...mute, lasts: DEAD, write: false });
    await broken('nobody hears the server for 90 s, in silence', { ...deaf, lasts: DEAD, write: false });
  } else {
    await bad('loss, delay and disorder', 'loss=15 delay=200 reorder=15 duplicate=5');
    await broken('the server’s power fails', powerless);
  }

  await step('another address', async () => {
    const [from, before, begun] = [said.length, await retransmitted(), performance.now()];
    await all((link) => link.move());
    await writes('from elsewhere');
    await inOrder(from);
    t.diagnostic(`another address: what was written arrived ${seconds(begun)} after it`);
    await back('another address', from, performance.now(), before);
  });

  await step('neither complained', async () => {
    visitor.wasUntroubled();
    assert.deepEqual(await agent.do('leave'), []);
  });
});
