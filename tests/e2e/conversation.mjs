// SPDX-License-Identifier: GPL-3.0-or-later
//
// A visitor at a shop's page and an agent at the desktop client talk, all parts real.
//
//   CHATFLOW_SHOTS=FOLDER   where the screenshots of both sides go

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { newId } from '../lib/ids.mjs';
import { until } from '../lib/until.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { WebKit } from '../widget/lib/webkit.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Shop } from './shop.mjs';
import { stepsOf } from './steps.mjs';
import { Visitor } from './visitor.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');
const CUSTOMER = 'Nora Lindqvist';
const LONG = `${'Once more, from the beginning: the parcel, the label, the street. '.repeat(200).slice(0, 7990)} 8,000 🧶!`;
const WORDS = [
  'Two mothers, a girl and a boy: 👩‍👩‍👧‍👦, a guide dog 🐕‍🦺 and a flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  '日本語でもいいですか？ 한국어도요. 简体中文也行。',
  'مرحبا! هل لديكم البطانية باللون الأزرق؟ (رقم 1190)',
  '<script>alert(1)</script><img src=x onerror="alert(2)"></p> <b>bold</b>',
  '&amp; &lt; %s %n {0} ${1} \\u0041 "quoted" \'too\'',
  'First line\n\n  an indented one\nand a link: https://shop.example/?a=1&b=2.',
  LONG,
];

const shot = (name) => path.join(SHOTS, `${name}.png`);
const textsOf = (messages) => messages.filter(({ kind }) => kind === 'text').map(({ text }) => text);

/** What a REST client gets, from the first message to the last. */
async function storedMessages(daemon, token, conversation) {
  const { status, body } = await daemon.rest('GET', `/api/v1/conversations/${conversation}/messages?limit=200`, { token });
  assert.equal(status, 200);
  return body.records.filter(({ type }) => type === 'message');
}

test('a visitor in Chromium and an agent at the desktop client', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const shop = await Shop.open(daemon.url, daemon.demo.site.key);
  t.after(() => shop.close());
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const agent = await DesktopAgent.start({ keyring: 'harbour' });
  t.after(() => agent.stop());
  const [bruno, mei] = daemon.demo.agents;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const visitor = await Visitor.arrive(context, shop.address(CUSTOMER));
  const step = stepsOf(t, () => Promise.all([
    agent.do('screenshot', { path: shot('failed-client') }),
    visitor.screenshot(shot('failed-page')),
  ]));

  const agentSees = (text) => until(async () => textsOf(await agent.do('messages')).at(-1) === text, `the agent sees “${text.slice(0, 60)}”`);
  const visitorSees = (text) => until(async () => (await visitor.texts()).at(-1) === text, `the visitor sees “${text.slice(0, 60)}”`);
  const visitorIsTold = (text) => until(async () => (await visitor.log()).at(-1)?.text === text, `the visitor is told “${text}”`);
  const inboxRow = async () => (await agent.do('inbox')).find(({ title }) => title === CUSTOMER);

  await step('the agent signs in', async () => {
    await agent.do('start');
    await agent.do('screenshot', { path: shot('sign-in') });
    await agent.do('sign_in', { server: daemon.url, email: bruno.email, password: bruno.password });
    await until(async () => (await agent.do('inbox')).length > 0, 'the inbox');
    await agent.do('choose', { inbox: 'All' });
    await until(async () => (await agent.do('inbox')).length >= 6, 'the demo’s conversations');
  });

  await step('the visitor writes, and it is unread in the inbox', async () => {
    await visitor.openPanel();
    await visitor.screenshot(shot('widget-greeting'));
    await visitor.write('Hello! Is the Fisherman’s blanket warm enough for a boat?');
    const row = await until(inboxRow, 'the conversation in the inbox');
    assert.equal(row.preview, 'Hello! Is the Fisherman’s blanket warm enough for a boat?');
    assert.equal(row.unread, 1);
    await until(async () => (await visitor.log()).at(-1).delivery === 'Sent', 'the visitor’s message to be sent');
  });

  await step('the agent opens it, and the visitor sees that it is seen', async () => {
    await agent.do('open', { title: CUSTOMER });
    await agentSees('Hello! Is the Fisherman’s blanket warm enough for a boat?');
    await until(async () => (await visitor.log()).at(-1).delivery === 'Seen', 'the visitor’s message to be seen');
    await until(async () => (await inboxRow()).unread === 0, 'no unread mark');
  });

  await step('the agent sees what is being typed, before it is sent', async () => {
    await visitor.page.locator('textarea').fill('Does it come to Malta ');
    await visitor.typesUntil((async () => {
      assert.match(await agent.do('sees', { text: 'Does it come to Malta ' }), /^(typing: “)?Does it come to Malta /);
      await agent.do('screenshot', { path: shot('client-peek') });
    })());
    assert.deepEqual(textsOf(await agent.do('messages')), ['Hello! Is the Fisherman’s blanket warm enough for a boat?'], 'it was not sent');
    await visitor.write('Does it come to Malta by Friday? It is a present');
    await agentSees('Does it come to Malta by Friday? It is a present');
  });

  await step('the agent takes it and types, the visitor sees who', async () => {
    await agent.do('press', { name: 'Accept' });
    await visitorIsTold('Bruno Keller joined');
    await until(async () => (await agent.do('heading'))[1].includes('yours'), 'the conversation to be the agent’s');
    let seen = false;
    const typing = visitor.page.locator('.typing', { hasText: 'Bruno Keller is typing…' }).waitFor().finally(() => { seen = true; });
    await Promise.all([typing, (async () => {
      for (const letter of 'Yes, it is. We use it ourselves when the wind is from the north') {
        if (!seen) await agent.do('type', { text: letter });
      }
    })()]);
    await visitor.screenshot(shot('widget-typing'));
    await agent.do('clear');
    await agent.do('send', { text: 'Yes! We sleep under it on ours. If you order today, it is there on Thursday 🚚' });
    await visitorSees('Yes! We sleep under it on ours. If you order today, it is there on Thursday 🚚');
    await until(async () => (await agent.do('messages')).at(-1).caption.endsWith('Seen'), 'the agent’s message to be seen');
    await visitor.write('Wonderful, then I take two 😊');
    await agentSees('Wonderful, then I take two 😊');
    await until(async () => (await visitor.log()).at(-1).delivery === 'Seen', 'the visitor’s message to be seen');
    await until(async () => (await inboxRow()).unread === 0, 'no unread mark');
    await visitor.screenshot(shot('widget'));
    await agent.do('screenshot', { path: shot('client') });
  });

  for (const text of WORDS) {
    await step(`both ways: ${JSON.stringify(text.slice(0, 40))}`, async () => {
      await visitor.write(text);
      await agentSees(text);
      await agent.do('send', { text });
      await until(async () => (await visitor.texts()).filter((one) => one === text).length === 2, 'the visitor sees it come back');
    });
  }

  await step('what was written looks right', async () => {
    await visitor.page.locator('.row').nth(-6).evaluate((row) => row.scrollIntoView({ block: 'end' }));
    await visitor.screenshot(shot('widget-scripts'));
    await agent.do('key', { keys: 'ctrl+Page_Up' });
    await agent.do('screenshot', { path: shot('client-scripts') });
    await agent.do('press', { name: 'To the newest ↓' });
    await visitor.page.locator('.scroller').evaluate((box) => { box.scrollTop = box.scrollHeight; });
  });

  await step('a note is for the team only', async () => {
    await agent.do('note', { text: 'Give her ten percent, she has waited before' });
    const note = (await agent.do('messages')).find(({ kind }) => kind === 'note');
    assert.equal(note.text, 'Give her ten percent, she has waited before');
    assert.equal(note.author, 'Bruno Keller');
    await agent.do('send', { text: 'I have put a small discount on it' });
    await visitorSees('I have put a small discount on it');
    assert.ok(!(await visitor.page.content()).includes('ten percent'));
    assert.ok(!(await visitor.page.locator('.panel').innerText()).includes('ten percent'), 'the visitor does not see the note');
    await agent.do('screenshot', { path: shot('client-note') });
  });

  await step('closed, and opened again by the next message', async () => {
    await agent.do('key', { keys: 'ctrl+shift+w' });
    await visitorIsTold('Conversation closed');
    await until(async () => (await agent.do('heading'))[1].includes('closed'), 'the conversation to be closed');
    await until(async () => !(await inboxRow()), 'it to leave the inbox');
    await visitor.screenshot(shot('widget-closed'));
    await visitor.write('One more thing: do you gift-wrap?');
    await until(inboxRow, 'it to be in the inbox again');
    await agentSees('One more thing: do you gift-wrap?');
    assert.ok(!(await agent.do('heading'))[1].includes('closed'));
    assert.ok((await visitor.log()).some(({ text }) => text === 'Conversation reopened'));
  });

  await step('a reload keeps it, a second tab shows the same', async () => {
    const before = await visitor.log();
    await visitor.page.reload();
    await visitor.page.locator('.launcher').waitFor();
    if (!await visitor.page.locator('#panel').isVisible()) await visitor.openPanel();
    const plain = (log) => log.map(({ kind, mine, text }) => ({ kind, mine, text }));
    await until(async () => (await visitor.log()).length === before.length, 'all of it after the reload');
    assert.deepEqual(plain(await visitor.log()), plain(before));
    const other = await Visitor.arrive(context, shop.address(CUSTOMER));
    await other.openPanel();
    await until(async () => (await other.log()).length === before.length, 'all of it in the second tab');
    assert.deepEqual(plain(await other.log()), plain(before));
    await other.write('From the other tab');
    await agentSees('From the other tab');
    await visitorSees('From the other tab');
    other.wasUntroubled();
    await other.page.close();
  });

  await step('both sides and the server have the same, in one order', async () => {
    const { token } = await daemon.login(mei.email, mei.password);
    const conversations = (await daemon.rest('GET', '/api/v1/conversations?limit=50', { token })).body.records;
    const person = conversations.find(({ type, name }) => type === 'visitor' && name === CUSTOMER);
    const conversation = conversations.find(({ type, visitor_id: id }) => type === 'conversation' && id === person.id);
    const stored = await storedMessages(daemon, token, conversation.id);
    const words = [
      'Hello! Is the Fisherman’s blanket warm enough for a boat?', 'Does it come to Malta by Friday? It is a present',
      'Yes! We sleep under it on ours. If you order today, it is there on Thursday 🚚', 'Wonderful, then I take two 😊',
      ...WORDS.flatMap((text) => [text, text]), 'I have put a small discount on it', 'One more thing: do you gift-wrap?', 'From the other tab',
    ];
    assert.deepEqual(textsOf(stored), words);
    assert.deepEqual(textsOf(await agent.do('messages')), words);
    assert.deepEqual(await visitor.texts(), words);
    assert.equal((await agent.do('messages')).length, stored.length, 'events and the note, too');
    const names = new Set((await agent.do('messages')).filter(({ kind }) => kind === 'text').map(({ author }) => author));
    assert.deepEqual([...names], [CUSTOMER, 'Bruno Keller']);
  });

  await step('nobody complained', async () => {
    visitor.wasUntroubled();
    assert.deepEqual(await agent.do('leave'), []);
  });
});

/** The core of it in another engine; the agent speaks the protocol. */
async function coreFlow(t, { open, write: say, texts, shop }) {
  const { daemon } = shop;
  const { token } = await daemon.login(daemon.demo.agents[0].email, daemon.demo.agents[0].password);
  const agent = new Client({ url: daemon.socketUrl, credentials: { token } }).start();
  t.after(() => agent.close());
  await agent.ready();
  await open();
  await say('Hello from another engine 👩‍👩‍👧‍👦 日本 عربي <b>&amp;</b>');
  const heard = await until(() => agent.records.all('message').find(({ text }) => text?.startsWith('Hello from another engine')), 'the agent has it');
  assert.equal(heard.text, 'Hello from another engine 👩‍👩‍👧‍👦 日本 عربي <b>&amp;</b>');
  await agent.write('message.send', { id: newId(), conversation_id: heard.conversation_id, text: 'And hello <i>back</i> 🏴󠁧󠁢󠁳󠁣󠁴󠁿' });
  await until(async () => (await texts()).length === 2, 'the visitor has the answer');
  assert.deepEqual(await texts(), [heard.text, 'And hello <i>back</i> 🏴󠁧󠁢󠁳󠁣󠁴󠁿']);
}

async function openShop(t) {
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const shop = await Shop.open(daemon.url, daemon.demo.site.key);
  t.after(() => shop.close());
  return { daemon, address: shop.address() };
}

test('a visitor in Firefox', async (t) => {
  const shop = await openShop(t);
  const browser = await launch('firefox');
  t.after(() => browser.close());
  const visitor = await Visitor.arrive(browser, shop.address);
  await coreFlow(t, { shop, open: () => visitor.openPanel(), write: (text) => visitor.write(text), texts: () => visitor.texts() });
  visitor.wasUntroubled();
});

test('a visitor in WebKit', async (t) => {
  const shop = await openShop(t);
  const browser = await WebKit.launch();
  t.after(() => browser.close());
  await browser.visit(shop.address);
  const has = (selector) => until(() => browser.evaluate('return !!root?.querySelector(arguments[0])', selector), `${selector} is there`);
  await coreFlow(t, {
    shop,
    async open() {
      await has('.launcher');
      await browser.evaluate("root.querySelector('.launcher').click()");
      await until(() => browser.evaluate("return root.activeElement?.tagName === 'TEXTAREA'"), 'the field has the focus');
    },
    write: (text) => browser.type(`${text}\uE007`),
    texts: () => browser.evaluate(
      "return [...root.querySelectorAll('[role=log] .bubble')].map((one) => [...one.childNodes].slice(1).map((node) => node.textContent).join(''))"),
  });
});
