// SPDX-License-Identifier: GPL-3.0-or-later
//
// The desktop client's own code and a site that is taken from its agent: what was there leaves this computer, also for search without a server,
// and comes back with the site.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';

import { newId } from '../lib/ids.mjs';
import { until } from '../lib/until.mjs';
import { Stage } from './stage.mjs';

const PROGRAM = process.env.TEST_HEADLESS_AGENT ?? '_build/test/tests/app/headless-agent';

/** The client without a window, what it has said since it was asked last, and all that it keeps on the disk. */
class Desk {
  #child;
  #heard = [];

  static async start(t, daemon, { email, password }) {
    const desk = new Desk();
    desk.folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-agent-sites-'));
    desk.#child = spawn(PROGRAM, [daemon.url, email, password], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, HOME: desk.folder, XDG_DATA_HOME: desk.folder, XDG_CACHE_HOME: desk.folder, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', GSETTINGS_BACKEND: 'memory' },
    });
    createInterface({ input: desk.#child.stdout }).on('line', (line) => desk.#heard.push(JSON.parse(line)));
    t.after(async () => {
      const gone = once(desk.#child, 'close');
      desk.#child.stdin.end();
      await gone;
      await rm(desk.folder, { recursive: true, force: true });
    });
    return desk;
  }

  tell(line) {
    this.#child.stdin.write(`${line}\n`);
  }

  /** All conversations and messages that can be had, as one text. */
  async dump() {
    const from = this.#heard.length;
    this.tell('dump');
    await until(() => this.#heard.slice(from).some(({ event }) => event === 'dumped'), 'the client to say what it has');
    return JSON.stringify(this.#heard.slice(from));
  }

  /** How much the cache's own search finds. */
  async search(text) {
    const from = this.#heard.length;
    this.tell(`search ${text}`);
    await until(() => this.#heard.slice(from).some(({ event }) => event === 'searched'), 'the search');
    return this.#heard.slice(from).filter(({ event }) => event === 'found').length;
  }
}

/** A daemon with two sites on which somebody has spoken, an admin, and an agent whose sites it gives and takes. */
async function prepare(t) {
  const stage = await Stage.prepare({ sites: true });
  t.after(() => stage.remove());
  const daemon = await stage.daemon();
  t.after(() => daemon.remove());
  const [near, far] = stage.sites;
  const adminIndex = stage.agents.findIndex(({ agent }) => agent.role === 'admin');
  const admin = await stage.agent(daemon, adminIndex).start().ready();
  const visitors = [near, far].map(({ key }) => stage.visitor(daemon, key).start());
  t.after(() => Promise.all([admin, ...visitors].map((client) => client.close())));
  for (const [i, [text, name]] of [['a harbour near', 'Nora Near'], ['a lighthouse far', 'Fay Far']].entries()) {
    await visitors[i].write('conversation.start', { id: newId(), message_id: newId(), text });
    await visitors[i].write('visitor.identify', { name });
  }
  const give = (...sites) => admin.call('agent.sites', { id: stage.agents[stage.limited].agent.id, sites: sites.map(({ id }) => id) });
  return { daemon, near, far, visitors, give, who: stage.credentials[stage.limited] };
}

test('a site that is taken leaves the client, and comes back when it is given', async (t) => {
  const { daemon, near, far, visitors, give, who } = await prepare(t);
  const desk = await Desk.start(t, daemon, who);
  const has = async (text) => (await desk.dump()).includes(text);
  await until(async () => await has('a lighthouse far') && await has('a harbour near'), 'both sites');

  await give(near);
  await until(async () => !(await has('lighthouse')) && await has('a harbour near'), 'one site only');
  assert.deepEqual([await desk.search('lighthouse'), await desk.search('harbour')], [0, 1], 'nor is it found here');
  await give(near, far);
  await until(() => has('a lighthouse far'), 'what was given again');
  assert.equal(await desk.search('lighthouse'), 1);
  await give(near);
  await until(async () => !(await has('lighthouse')) && await has('a harbour near'), 'one site only, once more');
  const { rev } = await visitors[1].write('conversation.start', { id: newId(), message_id: newId(), text: 'one more lighthouse' });
  await visitors[0].write('conversation.start', { id: newId(), message_id: newId(), text: 'one more harbour' });
  await until(() => has('one more harbour'), 'what is theirs');
  assert.ok(rev > 0 && !(await has('lighthouse')), 'and nothing else');
  assert.equal(await desk.search('lighthouse'), 0);
});
