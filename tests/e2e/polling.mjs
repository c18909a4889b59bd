// SPDX-License-Identifier: GPL-3.0-or-later
//
// Visitors whom WebSockets do not reach: in a browser that has none, and behind something that lets none open. Real daemon, real Chromium.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { Shop } from './shop.mjs';
import { Visitor } from './visitor.mjs';

/** Runs in the page, before anything of it. */
function withoutSockets() {
  delete window.WebSocket;
}

/** Likewise: every attempt ends as one does behind a proxy that knows no WebSockets. */
function withSocketsThatFail() {
  window.WebSocket = class {
    constructor() {
      window.attempts = (window.attempts ?? 0) + 1;
      setTimeout(() => this.onclose?.({ code: 1006, reason: '' }));
    }

    close() {}
  };
}

test('without WebSockets', async (t) => {
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const shop = await Shop.open(daemon.url, daemon.demo.site.key);
  t.after(() => shop.close());
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const [admin] = daemon.demo.agents;
  const { token } = await daemon.login(admin.email, admin.password);
  const agent = new Client({ url: daemon.socketUrl, credentials: { token } }).start();
  t.after(() => agent.close());
  await agent.ready();

  const arrive = async (script) => {
    const context = await browser.newContext({ locale: 'en-GB' });
    t.after(() => context.close());
    await context.addInitScript(script);
    const visitor = await Visitor.arrive(context, shop.address());
    await visitor.openPanel();
    return visitor;
  };
  const conversationOf = async (text) => {
    const { body } = await daemon.rest('GET', `/api/v1/search/messages?text=${text}`, { token });
    return body.records.find(({ conversation_id }) => conversation_id)?.conversation_id;
  };
  const answerTo = async (text, answer) => {
    const conversation_id = await until(() => conversationOf(text), 'the message at the server');
    await agent.write('message.send', { id: newId(), conversation_id, text: answer });
  };

  await t.test('a browser that has none: said, answered, delivered', async () => {
    const visitor = await arrive(withoutSockets);
    await visitor.write('Zebra crossing');
    await answerTo('Zebra', 'Look left first.');
    await until(async () => (await visitor.texts()).includes('Look left first.'), 'the answer');
    visitor.wasUntroubled();
  });

  await t.test('sockets that do not open: the third attempt goes by HTTP, and the daemon may restart', async () => {
    const visitor = await arrive(withSocketsThatFail);
    await visitor.write('Giraffe house');
    await answerTo('Giraffe', 'Duck your head.');
    await until(async () => (await visitor.texts()).includes('Duck your head.'), 'the answer');
    const attempts = await visitor.page.evaluate(() => window.attempts);
    await daemon.stop();
    await visitor.write('Are you still there?');
    await daemon.restart();
    await agent.ready();
    await until(() => conversationOf('still'), 'what was written meanwhile');
    assert.ok(attempts >= 2);
    visitor.wasUntroubled();
  });

  await t.test('a tab that is closed is gone for the agents', async () => {
    const visitors = async () => Number(/^chatflow_connections\{kind="visitor"\} (\d+)$/m.exec(await (await fetch(`${daemon.url}/metrics`)).text())[1]);
    await until(async () => (await visitors()) === 2, 'those who are there already');
    const visitor = await arrive(withoutSockets);
    await until(async () => (await visitors()) === 3, 'the link');
    await visitor.page.close();
    await until(async () => (await visitors()) === 2, 'the end of the link');
  });
});
