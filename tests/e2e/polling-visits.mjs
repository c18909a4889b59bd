// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where visitors are whom no WebSocket reaches: in three browsers, one that has none and one behind a proxy that lets none through. They are seen, followed
// and spoken to as all others are, and left alone as all others are.
import assert from 'node:assert/strict';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { SocketLessProxy } from '../lib/socket-less-proxy.mjs';
import { until } from '../lib/until.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { WebKit } from '../widget/lib/webkit.mjs';
import { Zoo } from './zoo.mjs';

const AT_WIDGET = "const root = document.querySelector('chatflow-widget')?.shadowRoot;";

/** One tab of a browser: `visit(url)`, `evaluate(body)` with the widget's `root`. */
const browsers = {
  async webkit(t) {
    const browser = await WebKit.launch();
    t.after(() => browser.close());
    return async () => {
      // One window for all: each visitor begins with nothing kept.
      await browser.evaluate('try { localStorage.clear(); } catch {}');
      return browser;
    };
  },
  chromium: (t) => byPlaywright(t, 'chromium'),
  firefox: (t) => byPlaywright(t, 'firefox'),
};

async function byPlaywright(t, name) {
  const browser = await launch(name);
  t.after(() => browser.close());
  return async (t2) => {
    const context = await browser.newContext({ locale: 'en-GB' });
    t2.after(() => context.close());
    const page = await context.newPage();
    return { visit: (url) => page.goto(url), evaluate: (body) => page.evaluate(`(() => { ${AT_WIDGET} ${body} })()`) };
  };
}

/** A daemon behind a proxy without WebSockets, an agent who reaches it, and pages that know it by the proxy's name. */
async function stage(t) {
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const proxy = await SocketLessProxy.open(daemon.port);
  t.after(() => proxy.close());
  const { key } = daemon.demo.site;
  const zoo = await Zoo.open(proxy.url, key);
  t.after(() => zoo.close());
  const [{ email, password }] = daemon.demo.agents;
  const agent = new Client({ url: daemon.socketUrl, credentials: { token: (await daemon.login(email, password)).token } }).start();
  t.after(() => agent.close());
  await agent.ready();
  const { id: site } = (await agent.call('site.list')).records.find((one) => one.key === key);
  const configure = async (more) => {
    const { version } = await agent.call('site.settings', { id: site });
    await agent.call('site.configure', { id: site, version, ...more });
  };
  const online = async () => (await agent.call('monitor.list', {})).visitors ?? [];
  const visits = async (visitor_id) => (await agent.call('visit.list', { visitor_id })).visits ?? [];
  return { daemon, proxy, key, zoo, agent, configure, online, visits };
}

const told = (proxy) => proxy.said.filter((text) => /visit\.page|url|referrer|landing|screen|time_zone|locale|Mozilla|agent"/.test(text));
const opened = (proxy) => proxy.said.filter((text) => text.includes('session.open')).length;

for (const name of Object.keys(browsers)) {
  test(`visits without WebSockets in ${name}`, async (t) => {
    const scene = await stage(t);
    const { proxy, zoo, agent, online, visits } = scene;
    const arrive = await browsers[name](t);

    for (const page of ['no-sockets', 'application'])
      await t.test(page === 'application' ? 'a proxy that lets none through' : 'a browser that has none', async (t2) => {
        const trigger = newId();
        await agent.call('trigger.save', {
          id: trigger, name: 'Lamps', enabled: true, actions: { bubble: 'Shall I help you to choose?', author_name: 'Shop bot' },
          rules: { conditions: [{ kind: 'url', how: 'matches', value: '*/lamps' }] },
        });
        t2.after(() => agent.call('trigger.remove', { id: trigger }));
        const refused = proxy.refused;
        const tab = await arrive(t2);
        const has = (selector, text) => until(() => tab.evaluate(`return !!root && [...root.querySelectorAll('${selector}')].some((one) => one.textContent.includes('${text}'))`), `${selector} with ${text}`);

        await tab.visit(zoo.address(page));
        await tab.evaluate("window.wrong = []; addEventListener('error', (event) => wrong.push(event.message)); addEventListener('unhandledrejection', (event) => wrong.push(String(event.reason)))");
        const visitor = await until(async () => (await online()).find(({ url, browser }) => browser && url === zoo.address(page)), 'somebody who is there');
        assert.equal(visitor.pages, 1);
        if (page === 'application') assert.ok(proxy.refused > refused, 'it was tried');
        else assert.equal(proxy.refused, refused, 'there is nothing to try');

        await tab.evaluate("history.pushState({}, '', '/lamps'); document.title = 'Lamps'");
        await until(async () => (await online()).find(({ id, url, title, pages }) => id === visitor.id && url.endsWith('/lamps') && title === 'Lamps' && pages === 2), 'the second page');
        await has('.word .say', 'Shall I help you to choose?');

        // Told by nothing but the last words of the page: for how long it was seen, and that it is no longer.
        const seen = async () => (await visits(visitor.id))[0]?.pages.find(({ url }) => url.endsWith('/lamps'))?.visible;
        const before = await until(seen, 'the visit');
        await tab.evaluate('const since = performance.now(); return new Promise((done) => { const look = () => (performance.now() - since > 100 ? done() : setTimeout(look, 10)); look(); })');
        assert.equal(await seen(), before, 'nothing was said meanwhile');
        assert.deepEqual(await tab.evaluate('return window.wrong'), []);
        await tab.visit(zoo.address('away'));
        await until(async () => (await seen()) > before, 'the time on the page that was left');
        await until(async () => !(await online()).some(({ id }) => id === visitor.id), 'nobody');
      });

    await t.test('an agent speaks first', async (t2) => {
      const tab = await arrive(t2);
      await tab.visit(zoo.address('no-sockets?speak'));
      const visitor = await until(async () => (await online()).find(({ url }) => url.endsWith('?speak')), 'somebody who is there');
      await agent.call('conversation.start', { id: newId(), message_id: newId(), text: 'Hello! Can I help?', visitor_id: visitor.id });
      await until(() => tab.evaluate("return !!root.querySelector('.word .say')?.textContent.includes('Can I help?')"), 'the words beside the launcher');
      // From now on the panel says where they are, by HTTP too.
      await until(() => tab.evaluate("return root.querySelector('.badge')?.dataset.count === '1'"), 'the badge');
      await tab.evaluate("history.pushState({}, '', '/kitchen'); document.title = 'Kitchen'");
      await until(async () => (await online()).find(({ id, title }) => id === visitor.id && title === 'Kitchen'), 'the second page');
      await tab.visit(zoo.address('away'));
    });

    await t.test('a site that asks first hears nothing before the answer, and nothing after a no', async (t2) => {
      await scene.configure({ privacy: { ask_first: true } });
      t2.after(() => scene.configure({ privacy: {} }));
      const tab = await arrive(t2);
      await tab.visit(zoo.address('away'));
      await until(async () => (await online()).length === 0, 'those before are gone');
      proxy.said.length = 0;
      const sees = (page) => tab.visit(zoo.address(`no-sockets?${page}`)).then(() => until(() => opened(proxy) > 0, 'the line'));
      await sees('one');
      await until(() => tab.evaluate(`return localStorage.getItem('chatflow:${scene.key}:ask') === '1'`), 'it knows that it has to ask');
      await sees('two');
      assert.deepEqual([told(proxy), await online()], [[], []]);
      assert.equal(await tab.evaluate(`return localStorage.getItem('chatflow:${scene.key}:token')`), null);

      await tab.evaluate("ChatFlow('consent', { tracking: true })");
      const visitor = await until(async () => (await online())[0], 'somebody who is there');
      await until(async () => (await visits(visitor.id)).length === 1, 'the visit');
      await tab.evaluate("ChatFlow('consent', { tracking: false })");
      await until(async () => (await visits(visitor.id)).length === 0 && (await online()).length === 0, 'nothing of it');
      proxy.said.length = 0;
      await sees('three');
      await tab.visit(zoo.address('away'));
      await until(() => proxy.said.length === opened(proxy), 'no other words');
      assert.deepEqual([told(proxy), await online()], [[], []]);
    });
  });
}

/** A link of our own: opens with an `Origin`, says frames, hears what comes or why it ends. */
class Link {
  static async open({ daemon }, origin) {
    const link = new Link();
    link.url = `${daemon.url}/api/v1/poll`;
    link.headers = { ...(origin && { origin }) };
    const answer = await fetch(link.url, { method: 'POST', headers: link.headers });
    link.url += `/${await answer.text()}`;
    link.said = 0;
    return link;
  }

  async say(method, params, id) {
    const body = JSON.stringify({ jsonrpc: '2.0', id, method, params });
    const { status } = await fetch(`${this.url}?first=${++this.said}`, { method: 'POST', headers: this.headers, body });
    return status;
  }

  /** All that it hears until there is `enough` in it, or it is over. */
  async hear(enough) {
    let all = '';
    for (let after = 0; ;) {
      const answer = await fetch(`${this.url}?after=${after}`, { headers: this.headers });
      const text = await answer.text();
      all += `${text}\n`;
      if (answer.status !== 200) return { over: text, all };
      if (all.includes(enough)) return { all };
      after = Number(text.split('\n')[0]);
    }
  }
}

test('by HTTP nobody may do what they may not by a socket', async (t) => {
  const scene = await stage(t);
  const { key, configure, online, visits, daemon } = scene;
  const ORIGIN = 'https://shop.example';
  const page = () => ({ visit_id: newId(), id: newId(), url: `${ORIGIN}/secret` });
  const open = async (origin, params) => {
    const link = await Link.open(scene, origin);
    await link.say('session.open', { site: key, token: newVisitorToken(), since: 0, ...params }, 1);
    return link;
  };
  await configure({ origins: [ORIGIN] });

  await t.test('a page of another origin, a site that there is not: closed with the word', async () => {
    for (const [origin, params, word] of [['https://evil.example', {}, 'bad_origin'], [ORIGIN, { site: 'nobody' }, 'bad_site'], [ORIGIN, { token: 'rubbish' }, 'unauthenticated']]) {
      const link = await open(origin, params);
      assert.equal((await link.hear('never')).over, `4001 ${word}`);
      assert.notEqual(await link.say('visit.page', page()), 204);
    }
    assert.deepEqual(await online(), []);
  });

  await t.test('a link is of use on its own origin alone', async () => {
    const link = await open(ORIGIN);
    await link.hear('"result"');
    for (const origin of ['https://evil.example', undefined]) {
      const thief = Object.assign(new Link(), link, { headers: origin ? { origin } : {} });
      assert.equal(await thief.say('visit.page', page()), 404);
      assert.match((await thief.hear('anything')).over, /not_found/);
    }
    const look = page();
    assert.equal(await link.say('visit.page', look), 204);
    await until(async () => (await online()).some(({ visit_id }) => visit_id === look.visit_id), 'its own words');
  });

  await t.test('who has not said who they are says nothing', async () => {
    const link = await Link.open(scene, ORIGIN);
    const look = page();
    await link.say('visit.page', look, 1);
    assert.match((await link.hear('"error"')).all, /unauthenticated/);
    assert.ok(!(await online()).some(({ visit_id }) => visit_id === look.visit_id));
  });

  await t.test('staff’s methods are not theirs', async () => {
    const link = await open(ORIGIN);
    await link.say('monitor.list', {}, 2);
    await link.say('monitor.watch', { scope: 'visitors' }, 3);
    const { all } = await link.hear('"id":3');
    assert.equal(all.match(/"forbidden"/g).length, 2);
  });

  await t.test('nobody is followed who has not agreed, where the site asks', async () => {
    await configure({ privacy: { ask_first: true } });
    const token = newVisitorToken();
    const link = await open(ORIGIN, { token });
    const look = page();
    await link.say('visit.page', look, 2);
    await link.hear('"id":2');
    assert.ok(!(await online()).some(({ visit_id }) => visit_id === look.visit_id));
    await link.say('visit.page', { ...look, agreed: true }, 3);
    await until(async () => (await online()).some(({ visit_id }) => visit_id === look.visit_id), 'after their yes');
    await until(async () => (await visits(token.split('.')[0])).length === 1, 'the visit');
    await configure({ privacy: {} });
  });

  await t.test('who calls too often waits', async () => {
    await daemon.stop();
    const strict = await Daemon.start({ state: daemon.state, options: { CHATFLOW_PEER_RATE: '1', CHATFLOW_PEER_BURST: '5' } });
    t.after(() => strict.remove());
    const link = await Link.open({ daemon: strict }, ORIGIN);
    await link.say('session.open', { site: key, token: newVisitorToken(), since: 0 }, 1);
    for (let id = 2; id < 20; id++) await link.say('server.info', {}, id);
    const { all } = await link.hear('rate_limited');
    assert.match(all, /retry_after_ms/);
  });
});
