// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an admin chooses for a site is seen on its pages, and what a visitor thinks of a conversation by the staff: a real page with the widget in two browsers.
import assert from 'node:assert/strict';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { Shop } from './shop.mjs';
import { Visitor } from './visitor.mjs';

const LOOKS = { scheme: 'dark', side: 'left', offset_x: 20, offset_y: 40, launcher_text: 'Ask us', title: 'The desk', photos_off: true, branding_off: true };

for (const name of ['chromium', 'firefox']) {
  test(`looks and ratings in ${name}`, async (t) => {
    const daemon = await Daemon.start({ demo: true });
    t.after(() => daemon.remove());
    const { key } = daemon.demo.site;
    const shop = await Shop.open(daemon.url, key);
    t.after(() => shop.close());
    const browser = await launch(name);
    t.after(() => browser.close());
    const [admin] = daemon.demo.agents;
    const { token, agent: self } = await daemon.login(admin.email, admin.password);
    const agent = new Client({ url: daemon.socketUrl, credentials: { token } }).start();
    t.after(() => agent.close());
    await agent.ready();
    const { id } = (await agent.call('site.list')).records.find((site) => site.key === key);
    const configure = async (changes) => agent.call('site.configure', { id, version: (await agent.call('site.settings', { id })).version, ...changes });
    const context = await browser.newContext({ viewport: { width: 1000, height: 700 }, locale: 'en-GB' });
    const visitor = await Visitor.arrive(context, shop.address());
    const { page } = visitor;
    const launcher = page.locator('.launcher');
    const question = () => agent.records.all('message').find(({ text }) => text === 'Do you wrap gifts?');
    const conversation = () => agent.records.all('conversation').find((one) => one.id === question().conversation_id);

    await t.test('a page that is open follows within seconds, before anybody has opened the panel', async () => {
      await until(async () => (await agent.call('monitor.list', {})).total > 0, 'somebody on a page');
      await configure({ appearance: { ...LOOKS, bubble_text: 'Questions?' } });
      await until(async () => (await launcher.textContent()) === 'Ask us', 'the words of the button');
      const { x, y, height } = await launcher.boundingBox();
      assert.deepEqual([x, 700 - y - height], [40, 60]);
      await page.locator('.word', { hasText: 'Questions?' }).waitFor();
      assert.equal(await page.evaluate(() => performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/widget/panel-')).length), 0);
    });

    await t.test('the panel too, and back again', async () => {
      await visitor.openPanel();
      await until(async () => (await page.locator('#panel h2').innerText()) === 'The desk', 'the title');
      assert.equal(await page.locator('#panel .brand').isVisible(), false);
      await configure({ appearance: {} });
      await until(async () => (await launcher.textContent()) === '' && (await launcher.boundingBox()).x > 500, 'the usual looks');
      assert.equal(await page.locator('#panel .brand').isVisible(), true);
      await configure({ appearance: { scheme: 'dark' } });
      await until(async () => (await page.locator('#panel').evaluate((panel) => getComputedStyle(panel).backgroundColor)) === 'rgb(23, 25, 31)', 'dark');
    });

    await t.test('who was served says how it was, and the staff sees it at once', async () => {
      await visitor.write('Do you wrap gifts?');
      await until(question, 'the question');
      await agent.call('message.send', { id: newId(), conversation_id: conversation().id, text: 'We do.' });
      await agent.call('conversation.close', { id: conversation().id, event_id: newId() });
      await page.locator('.star').nth(4).click();
      await until(() => conversation().rating === 5, 'the stars');
      await page.locator('.rating textarea').fill('Lovely');
      await page.locator('.rating [type=submit]').click();
      await until(() => conversation().rating_comment === 'Lovely', 'the comment');
      assert.equal(conversation().rated_agent_id, self.id);
      const summary = await agent.call('rating.summary', {});
      assert.deepEqual([summary.ratings, summary.stars, summary.good, summary.records[0].rating_comment], [1, 5, 1, 'Lovely']);
      // Before the network goes, of which Firefox complains by itself.
      visitor.wasUntroubled();
    });

    await t.test('what is said without a connection is sent later', async () => {
      await page.getByRole('button', { name: 'Change' }).click();
      await context.setOffline(true);
      await page.locator('.star').nth(2).click();
      await page.locator('.rating [type=submit]').click();
      await page.getByText('It will be sent when you’re back online.').waitFor();
      await context.setOffline(false);
      await until(() => conversation().rating === 3, 'the change');
    });
  });
}
