// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { FakeDaemon } from '../lib/fake-daemon.mjs';
import { startHostPages } from '../lib/host-pages.mjs';
import { builtWidget, shotsFolder, until } from '../lib/stage.mjs';
import { WebKit } from '../lib/webkit.mjs';

const ENTER = '\uE007';
const ESCAPE = '\uE00C';

test('a visitor writes, the team answers, the connection drops and comes back', async (t) => {
  const temporary = mkdtempSync(join(tmpdir(), 'chatflow-widget-'));
  const daemon = await new FakeDaemon(builtWidget(temporary)).start();
  const pages = await startHostPages(daemon);
  const browser = await WebKit.launch();
  t.after(async () => {
    await browser.close();
    pages.stop();
    daemon.stop();
    rmSync(temporary, { recursive: true, force: true });
  });
  const texts = () => browser.evaluate("return [...root.querySelectorAll('[role=log] .bubble')].map((one) => [...one.childNodes].slice(1).map((node) => node.textContent).join(''))");
  const has = (selector) => until(() => browser.evaluate('return !!root?.querySelector(arguments[0])', selector), `${selector} is there`);

  await browser.visit(pages.address('/'));
  await has('.launcher');
  await browser.evaluate("window.errors = []; addEventListener('error', (event) => errors.push(event.message)); addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)))");
  await browser.evaluate("root.querySelector('.launcher').click()");
  await has('#panel:not([hidden])');
  await until(() => browser.evaluate("return root.activeElement?.tagName === 'TEXTAREA'"), 'the field has the focus');
  await until(() => daemon.peers.size === 1);
  await browser.type(`Hello from WebKit${ENTER}`);
  await has('.row.sent');
  assert.deepEqual(daemon.texts(), ['Hello from WebKit']);
  daemon.assign();
  daemon.says('Hi! See https://tea.example/.');
  await has('.bubble a');
  await browser.evaluate(`const data = new DataTransfer();
    data.items.add(new File(['from WebKit'], 'note.txt', { type: 'text/plain' }));
    const input = root.querySelector('input[type=file]');
    input.files = data.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));`);
  await has('.tray li');
  await browser.evaluate("root.querySelector('.composer .send').click()");
  await until(() => daemon.texts().includes('note.txt'), 'the message with its file');
  assert.equal([...daemon.contents.values()][0].toString(), 'from WebKit');
  await has('.mine a.file[href]');
  daemon.drop();
  await browser.type(`Are you there?${ENTER}`);
  await until(() => daemon.texts().length === 4);
  const all = ['Hello from WebKit', 'Hi! See https://tea.example/.', 'note.txt', 'Are you there?'];
  await until(async () => JSON.stringify(await texts()) === JSON.stringify(all), 'all are shown once');
  writeFileSync(join(shotsFolder(temporary), 'widget-webkit.png'), await browser.screenshot());
  await browser.type(ESCAPE);
  await has('#panel[hidden]');
  assert.deepEqual(await browser.evaluate('return window.errors'), []);

  await browser.visit(pages.address('/strict'));
  await has('.launcher');
  assert.deepEqual(await browser.evaluate("const { width, height } = root.querySelector('.launcher').getBoundingClientRect(); return [width, height]"), [56, 56]);

  await until(() => daemon.peers.size === 1, 'the page listens');
  daemon.configure({ appearance: { scheme: 'dark', side: 'left', launcher_text: 'Ask us' } });
  await until(() => browser.evaluate("return root.querySelector('.launcher').textContent.startsWith('Ask us') && root.querySelector('.launcher').getBoundingClientRect().x < 100"), 'the looks of the site');
  daemon.closeConversation();
  await browser.evaluate("root.querySelector('.launcher').click()");
  await has('.star');
  assert.equal(await browser.evaluate("return getComputedStyle(root.querySelector('#panel')).backgroundColor"), 'rgb(23, 25, 31)');
  await browser.evaluate("root.querySelectorAll('.star input')[3].click()");
  await until(() => daemon.conversation().rating === 4, 'the stars');
  writeFileSync(join(shotsFolder(temporary), 'widget-webkit-rating.png'), await browser.screenshot());

  await browser.visit(pages.address('/strict?lang=zh-HK'));
  await has('.launcher[aria-label$=聊天]');
  await browser.evaluate("root.querySelector('.launcher').click()");
  await has('textarea[placeholder=輸入訊息…]');
});
