// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '../../lib/ids.mjs';
import { noViolations } from '../lib/axe.mjs';
import { Stage, bubbles, openPanel, settled, until, write } from '../lib/stage.mjs';

let stage;
before(async () => (stage = await Stage.raise()));
after(() => stage.stop());

const inLog = (page, text) => until(async () => (await bubbles(page)).includes(text), `${text} is shown`);
const delivery = (page, word) => page.locator('.delivery', { hasText: word }).waitFor();
const methods = (daemon, method) => daemon.heard.filter((one) => one.method === method);

test('a page that nobody chats on pays for a button, and once it is idle for saying where it is', async (t) => {
  const { page, daemon, errors, shot } = await stage.scene(t);
  const files = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name));
  assert.deepEqual(files.filter((file) => file.startsWith(daemon.address) && !file.includes('/widget/tracker-')), [`${daemon.address}widget.js`]);
  assert.equal(await page.evaluate(() => document.body.scrollWidth <= innerWidth), true);
  const shift = await page.evaluate(() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value))).observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
  }));
  assert.equal(shift, 0);
  await shot('launcher');
  await page.locator('.launcher').hover();
  await until(() => page.evaluate(() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/widget/panel-'))));
  await until(() => methods(daemon, 'visit.page').length === 1);
  assert.equal(daemon.sockets, 1, 'no second socket before the panel opens');
  assert.deepEqual(errors, []);
});

test('a visitor writes, the team answers', async (t) => {
  const { page, daemon, errors, shot } = await stage.scene(t);
  await openPanel(page);
  await page.getByText('Ask us anything about tea.').waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('chatflow-widget').shadowRoot.activeElement.tagName), 'TEXTAREA');
  await shot('empty');
  await noViolations(page);
  await write(page, 'Hello! Do you ship to Portugal?');
  await delivery(page, 'Sent');
  assert.deepEqual(daemon.texts(), ['Hello! Do you ship to Portugal?']);
  daemon.assign();
  await page.locator('.event', { hasText: 'Ana joined' }).waitFor();
  await page.locator('.status', { hasText: 'Online' }).waitFor();
  daemon.types();
  await page.locator('.typing', { hasText: 'Ana is typing…' }).waitFor();
  await shot('typing');
  daemon.reads();
  await delivery(page, 'Seen');
  daemon.says('Hi! Yes, we do: 2 to 4 days, 4.90 € up to 5 kg.');
  daemon.says('Everything is on https://tea.example/shipping.');
  await inLog(page, 'Hi! Yes, we do: 2 to 4 days, 4.90 € up to 5 kg.');
  assert.equal(await page.locator('.typing').count(), 0);
  const link = page.locator('.bubble a');
  assert.deepEqual(await link.evaluate((a) => [a.href, a.target, a.rel]), ['https://tea.example/shipping', '_blank', 'noopener noreferrer nofollow']);
  await until(() => methods(daemon, 'conversation.read').at(-1)?.params.position === daemon.conversation().last_position, 'the answer is marked as read');
  await write(page, 'Wonderful, thank you!');
  await write(page, '🍵💚');
  await delivery(page, 'Sent');
  await shot('conversation');
  await noViolations(page);
  daemon.closeConversation();
  await page.locator('.event', { hasText: 'Conversation closed' }).waitFor();
  await shot('closed');
  await page.locator('textarea').press('Escape');
  await page.locator('#panel').waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.querySelector('chatflow-widget').shadowRoot.activeElement.className), 'launcher');
  assert.deepEqual(errors, []);
});

test('who comes, who goes, and to whom the conversation is handed over', async (t) => {
  const { page, daemon, errors, shot } = await stage.scene(t);
  await openPanel(page);
  await write(page, 'Where is my parcel?');
  await delivery(page, 'Sent');
  const lines = () => page.locator('.event').allTextContents();
  const title = () => page.locator('.header h2').textContent();
  daemon.assign();
  await until(async () => (await title()) === 'Ana', 'the agent is on top');
  daemon.transfer({ id: newId(), name: 'Bo <b>Olsen</b>' });
  daemon.transfer({ id: newId(), name: 'Returns' }, { department: true });
  daemon.assign();
  daemon.unassign();
  await until(async () => (await lines()).length === 5, 'all are told');
  assert.deepEqual(await lines(), ['Ana joined', 'You’re being passed on to Bo <b>Olsen</b>', 'You’re being passed on to Returns', 'Ana joined', 'Ana left']);
  assert.notEqual(await title(), 'Ana', 'nobody’s for now');
  await noViolations(page);
  await shot('handed-over');
  assert.deepEqual(errors, []);
});

test('nothing is taken for HTML, and text of any language is shown as it is', async (t) => {
  const { page, daemon, errors, shot } = await stage.scene(t);
  await openPanel(page);
  const texts = ['<img src=x onerror="window.broken=1"><script>window.broken=1</script>', 'مرحبا، هل الشاي طازج؟', '你好，世界 👩‍👩‍👧‍👦', 'javascript:alert(1) x'.repeat(3), 'W'.repeat(200)];
  for (const text of texts) await write(page, text);
  await until(() => daemon.texts().length === texts.length, 'all arrive');
  assert.deepEqual(daemon.texts(), texts, 'in order');
  await until(async () => (await page.locator('.sending').count()) === 0);
  assert.deepEqual(await bubbles(page), texts);
  assert.equal(await page.evaluate(() => window.broken), undefined);
  assert.equal(await page.locator('.bubble a, .bubble img').count(), 0);
  assert.equal(await page.locator('.scroller').evaluate((box) => box.scrollWidth <= box.clientWidth), true);
  await shot('languages');
  assert.deepEqual(errors, []);
});

test('what is being typed is told at most once a second', async (t) => {
  const { page, daemon } = await stage.scene(t);
  await openPanel(page);
  await write(page, 'One');
  await delivery(page, 'Sent');
  await page.locator('textarea').pressSequentially('and I need it by friday', { delay: 60 });
  await until(() => methods(daemon, 'signal.typing').at(-1)?.params.text === 'and I need it by friday');
  const signals = methods(daemon, 'signal.typing');
  assert.ok(signals.length >= 2 && signals.length <= 4, `got ${signals.length} signals in 1.4 s`);
  assert.ok(signals.every(({ params }) => params.active && params.conversation_id));
  await page.locator('textarea').fill('');
  await until(() => methods(daemon, 'signal.typing').at(-1).params.active === false);
});

test('a message that is refused keeps its text, says why and can be sent again', async (t) => {
  const { page, daemon, shot } = await stage.scene(t);
  await openPanel(page);
  await write(page, 'First');
  await delivery(page, 'Sent');
  daemon.refuse('message.send', 'forbidden');
  await write(page, 'Can I have it gift-wrapped?');
  await page.locator('.failure', { hasText: 'You can’t write here at the moment.' }).waitFor();
  await write(page, 'And a card?');
  await until(() => daemon.texts().length === 2);
  await shot('failed');
  await noViolations(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await until(() => daemon.texts().length === 3);
  assert.deepEqual(daemon.texts(), ['First', 'And a card?', 'Can I have it gift-wrapped?']);
  assert.equal(await page.locator('.failure').count(), 0);
  daemon.refuse('message.send', 'invalid');
  await write(page, 'Never mind');
  await page.getByRole('button', { name: 'Delete' }).click();
  await until(async () => !(await bubbles(page)).includes('Never mind'));
});

test('a busy server is asked again by itself, and the order holds', async (t) => {
  const { page, daemon } = await stage.scene(t);
  await openPanel(page);
  await write(page, 'Zero');
  await delivery(page, 'Sent');
  daemon.refuse('message.send', 'rate_limited', { retryAfter: 300, times: 2 });
  for (const text of ['One', 'Two', 'Three']) await write(page, text);
  await until(() => daemon.texts().length === 4);
  assert.deepEqual(daemon.texts(), ['Zero', 'One', 'Two', 'Three']);
  await until(async () => (await page.locator('.sending').count()) === 0);
  assert.deepEqual(await bubbles(page), ['Zero', 'One', 'Two', 'Three']);
});

test('an answer that got lost does not double the message', async (t) => {
  const { page, daemon } = await stage.scene(t);
  await openPanel(page);
  daemon.mute('conversation.start');
  await write(page, 'Only once');
  await until(() => daemon.texts().length === 1);
  await page.locator('.sending').waitFor();
  daemon.unmute('conversation.start');
  daemon.drop();
  await delivery(page, 'Sent');
  assert.deepEqual(daemon.texts(), ['Only once']);
  assert.deepEqual(await bubbles(page), ['Only once']);
});

test('a dropped connection comes back and catches up; a missed push is noticed', async (t) => {
  const { page, daemon, errors } = await stage.scene(t);
  await openPanel(page);
  await write(page, 'Hello');
  await delivery(page, 'Sent');
  for (const code of [undefined, 1012, 1013]) {
    const before = daemon.sockets;
    daemon.drop(code);
    daemon.says(`While away (${code})`);
    await inLog(page, `While away (${code})`);
    assert.equal(daemon.sockets, before + 1);
    assert.ok(methods(daemon, 'session.open').at(-1).params.since > 0, 'goes on from where it was');
  }
  daemon.sayUnheard('Lost on the way');
  daemon.says('After it');
  await inLog(page, 'After it');
  const texts = await bubbles(page);
  assert.deepEqual(texts.slice(-2), ['Lost on the way', 'After it']);
  assert.equal(new Set(texts).size, texts.length);
  assert.deepEqual(errors, []);
});

test('what is written offline is sent once on return, also after a reload', async (t) => {
  const { page, daemon, context, shot } = await stage.scene(t);
  await openPanel(page);
  await write(page, 'Hello');
  await delivery(page, 'Sent');
  await context.setOffline(true);
  await page.locator('.notice p', { hasText: 'No connection' }).waitFor();
  await write(page, 'Are you still there?');
  await write(page, 'I am on a train');
  assert.equal(await page.locator('.row.sending').count(), 2);
  await shot('offline');
  await noViolations(page);
  assert.deepEqual(daemon.texts(), ['Hello']);
  await context.setOffline(false);
  await until(() => daemon.texts().length === 3);
  await until(async () => (await page.locator('.sending').count()) === 0);
  assert.equal(await page.locator('.notice p').count(), 0);

  daemon.mute('message.send');
  await write(page, 'Before the reload');
  await until(() => daemon.texts().length === 4);
  daemon.unmute('message.send');
  await context.setOffline(true);
  await write(page, 'While offline');
  await page.locator('textarea').fill('A draft');
  await context.setOffline(false);
  await page.reload();
  await openPanel(page);
  await inLog(page, 'While offline');
  await until(async () => (await page.locator('.sending').count()) === 0);
  assert.deepEqual(daemon.texts(), ['Hello', 'Are you still there?', 'I am on a train', 'Before the reload', 'While offline']);
  assert.deepEqual(await bubbles(page), daemon.texts());
  assert.equal(await page.locator('textarea').inputValue(), 'A draft');
});

test('two tabs are one visitor in one conversation', async (t) => {
  const { page, daemon, visit } = await stage.scene(t);
  const other = await visit();
  await openPanel(page);
  await openPanel(other);
  await Promise.all([write(page, 'From one'), write(other, 'From two')]);
  await until(() => daemon.texts().length === 2);
  for (const tab of [page, other]) {
    await inLog(tab, 'From one');
    await inLog(tab, 'From two');
    await until(async () => (await tab.locator('.sending').count()) === 0);
    assert.deepEqual(await bubbles(tab), daemon.texts());
  }
  assert.equal(daemon.secrets.size, 1);
  assert.equal([...daemon.records.values()].filter((record) => record.type === 'conversation').length, 1);
  daemon.says('To both');
  await inLog(page, 'To both');
  await inLog(other, 'To both');
});

test('a message of a tab that was closed is sent by another', async (t) => {
  const { page, daemon, visit, context } = await stage.scene(t);
  await openPanel(page);
  await write(page, 'Hello');
  await delivery(page, 'Sent');
  daemon.refuse('message.send', 'unavailable', { retryAfter: 60_000 });
  await write(page, 'Goodbye');
  await until(() => methods(daemon, 'message.send').length === 1);
  const other = await visit();
  await page.close();
  // Older than any living tab leaves it.
  await other.evaluate(() => {
    for (const key of Object.keys(localStorage))
      if (key.includes(':out:')) localStorage[key] = JSON.stringify({ ...JSON.parse(localStorage[key]), touched_at: 0 });
  });
  await openPanel(other);
  await until(() => daemon.texts().includes('Goodbye'));
  assert.equal(context.pages().length, 1);
});

test('unread messages are counted on the launcher and told to the page', async (t) => {
  const { page, daemon, shot } = await stage.scene(t);
  await page.evaluate(() => {
    window.log = [];
    for (const name of ['ready', 'open', 'close', 'message', 'unread']) window.ChatFlow('on', name, (detail) => window.log.push([name, detail?.text ?? detail]));
  });
  await openPanel(page);
  await write(page, 'Hello');
  await delivery(page, 'Sent');
  await page.locator('.launcher').click();
  daemon.says('Hi!');
  daemon.says('How can I help?');
  await page.locator('.badge[data-count="2"]').waitFor();
  assert.equal(await page.locator('.launcher').getAttribute('aria-label'), 'Chat, 2 unread messages');
  await shot('unread');
  await page.reload();
  await page.locator('.badge[data-count="2"]').waitFor();
  assert.equal(await page.locator('#panel').isVisible(), false);
  await openPanel(page);
  await until(async () => (await page.locator('.badge').getAttribute('data-count')) === '');
});

test('the page is told what happens', async (t) => {
  const { page, daemon } = await stage.scene(t);
  await page.evaluate(() => {
    window.log = [];
    for (const name of ['ready', 'open', 'close', 'message', 'unread']) window.ChatFlow('on', name, (detail) => window.log.push([name, detail?.text ?? detail ?? null]));
    window.ChatFlow('open');
  });
  await page.locator('#panel').waitFor();
  await write(page, 'Hello');
  await delivery(page, 'Sent');
  await page.evaluate(() => window.ChatFlow('toggle'));
  daemon.says('Hi!');
  await until(() => page.evaluate(() => window.log.length >= 5));
  assert.deepEqual(await page.evaluate(() => window.log), [['ready', null], ['open', null], ['close', null], ['message', 'Hi!'], ['unread', 1]]);
  await page.evaluate(() => {
    window.ChatFlow('off', 'open');
    window.ChatFlow('nonsense');
    window.ChatFlow('open');
  });
  await until(() => page.evaluate(() => window.log.length >= 6));
  assert.deepEqual((await page.evaluate(() => window.log)).at(-1), ['unread', 0]);
});

test('calls made before the script are carried out, and the page’s own errors stay its own', async (t) => {
  const { page, daemon, errors } = await stage.scene(t, { path: '/early' });
  await page.locator('#panel').waitFor();
  assert.equal(await page.evaluate(() => window.wasReady), true);
  await until(() => methods(daemon, 'visitor.identify').length === 1);
  assert.deepEqual(methods(daemon, 'visitor.identify')[0].params, { name: 'Mia', email: 'mia@mail.example' });
  await page.evaluate(() => window.WebsiteChat.identify({ name: 'Mia', email: 'mia@mail.example' }));
  await page.evaluate(() => window.WebsiteChat.identify({ name: 'Mia B.', email: 'mia@mail.example' }));
  await until(() => methods(daemon, 'visitor.identify').length === 2);
  assert.equal(methods(daemon, 'visitor.identify')[1].params.name, 'Mia B.', 'what is known already is not said again');
  assert.deepEqual(errors, []);
});

test('logout forgets the visitor in all tabs', async (t) => {
  const { page, daemon, visit } = await stage.scene(t);
  const other = await visit();
  for (const tab of [page, other]) await openPanel(tab);
  await write(page, 'My secret');
  await inLog(other, 'My secret');
  await page.evaluate(() => window.ChatFlow('logout'));
  for (const tab of [page, other]) await tab.locator('#panel').waitFor({ state: 'hidden' });
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
  await openPanel(page);
  await page.getByText('Ask us anything about tea.').waitFor();
  assert.deepEqual(await bubbles(page), []);
  const [first, last] = [methods(daemon, 'session.open')[0], methods(daemon, 'session.open').at(-1)];
  assert.notEqual(first.params.token, last.params.token);
});

test('who has signed out in one tab is not followed in another', async (t) => {
  const { page, daemon, visit } = await stage.scene(t);
  const other = await visit();
  await until(() => methods(daemon, 'visit.page').length === 2 && daemon.peers.size === 2);
  await page.evaluate(() => window.ChatFlow('logout'));
  await until(() => daemon.peers.size === 0, 'the sockets of both are closed');
  assert.deepEqual(await other.evaluate(() => Object.keys(localStorage)), []);
});

test('a token that the server does not accept is replaced, and the message still goes', async (t) => {
  const { page, daemon } = await stage.scene(t);
  await openPanel(page);
  await page.getByText('Ask us anything about tea.').waitFor();
  const visitor = [...daemon.peers][0].visitor;
  daemon.secrets.set(visitor, 'somebody else');
  daemon.drop();
  await write(page, 'Hello');
  await delivery(page, 'Sent');
  assert.notEqual([...daemon.peers][0].visitor, visitor);
  assert.deepEqual(daemon.texts(), ['Hello']);
});

test('long history is loaded upward and does not jump', async (t) => {
  const { page, daemon, shot } = await stage.scene(t);
  await openPanel(page);
  await page.getByText('Ask us anything about tea.').waitFor();
  daemon.seed([...daemon.peers][0].visitor, 130, { step: 1_800_000, text: (n) => `Message ${n}${n % 5 ? '' : ' with a few more words, so that it takes more than a single line of the panel.'}` });
  await page.reload();
  await openPanel(page);
  await inLog(page, 'Message 129');
  await shot('history');
  const box = page.locator('.scroller');
  const seen = async () => (await bubbles(page)).length;
  const before = await seen();
  assert.equal(before, 50);
  const mark = page.locator('.row', { hasText: 'Message 83' }).last();
  await box.evaluate((element) => (element.scrollTop = 30));
  const top = (await mark.boundingBox()).y;
  await until(async () => (await seen()) === 100);
  const moved = Math.abs((await mark.boundingBox()).y - top);
  assert.ok(moved < 40, `moved by ${moved} px`);
  await box.evaluate((element) => (element.scrollTop = 0));
  await until(async () => (await seen()) === 130);
  await box.evaluate((element) => (element.scrollTop = 0));
  await page.getByText('Ask us anything about tea.').waitFor();
  assert.deepEqual((await bubbles(page))[0], 'Message 1');
  daemon.says('Are you still with us?');
  await page.locator('.pill').waitFor();
  assert.ok((await box.evaluate((element) => element.scrollTop)) < 5, 'stays where one reads');
  await shot('pill');
  await noViolations(page);
  await page.locator('.pill').click();
  await until(() => box.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight < 2));
  await page.locator('.pill').waitFor({ state: 'detached' });
});

test('a message that is too long can’t be sent, one at the limit can', async (t) => {
  const { page, daemon, shot } = await stage.scene(t);
  await openPanel(page);
  await page.locator('textarea').fill('😀'.repeat(8001));
  await page.getByText('8,001 of 8,000 characters').waitFor();
  await page.locator('textarea').press('Enter');
  assert.equal(await page.getByRole('button', { name: 'Send' }).isDisabled(), true);
  await shot('too-long');
  await write(page, '😀'.repeat(8000));
  await delivery(page, 'Sent');
  assert.equal(Array.from(daemon.texts()[0]).length, 8000);
});

test('a hostile stylesheet does not reach it', async (t) => {
  const { page, errors, shot } = await stage.scene(t, { path: '/hostile' });
  const launcher = await page.locator('.launcher').boundingBox();
  assert.deepEqual([launcher.width, launcher.height], [56, 56]);
  await openPanel(page);
  await write(page, 'Hello');
  await delivery(page, 'Sent');
  const panel = await page.locator('#panel').boundingBox();
  assert.equal(panel.width, 384);
  await shot('hostile');
  assert.deepEqual(errors, []);
});

test('a strict content security policy does not stop it', async (t) => {
  const { page, errors } = await stage.scene(t, { path: '/strict' });
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  const launcher = await page.locator('.launcher').boundingBox();
  assert.deepEqual([launcher.width, launcher.height], [56, 56]);
  await openPanel(page);
  await write(page, 'Hello');
  await delivery(page, 'Sent');
  assert.deepEqual(said.filter((text) => text.includes('Content Security Policy')), []);
  assert.deepEqual(errors, []);
});

test('a wrong site key says so, quietly, and does not try for ever', async (t) => {
  const { page, daemon, errors, shot } = await stage.scene(t, { path: '/wrong-site' });
  await openPanel(page);
  await page.locator('.notice p', { hasText: 'Chat isn’t available on this page.' }).waitFor();
  assert.equal(await page.locator('textarea').isDisabled(), true);
  await shot('not-here');
  assert.ok(daemon.sockets <= 2, 'once for the page, once for the panel');
  assert.deepEqual(errors, []);
});

test('two snippets make one widget, and a removed one comes back', async (t) => {
  const { page } = await stage.scene(t, { path: '/twice' });
  assert.equal(await page.locator('chatflow-widget').count(), 1);
  await page.evaluate(() => document.querySelector('chatflow-widget').remove());
  await page.evaluate(() => window.ChatFlow('open'));
  await page.locator('#panel').waitFor();
});

test('what is typed is no shortcut of the page', async (t) => {
  const { page } = await stage.scene(t);
  await page.evaluate(() => document.addEventListener('keydown', () => (window.heard = true)));
  await openPanel(page);
  await page.locator('textarea').press('s');
  assert.equal(await page.evaluate(() => window.heard), undefined);
});

test('on a phone it is the whole screen, and back closes it', async (t) => {
  const phone = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
  const { page, daemon, shot } = await stage.scene(t, phone);
  await shot('phone-launcher');
  const address = page.url();
  await page.locator('.launcher').tap();
  await page.locator('#panel').waitFor();
  await settled(page);
  assert.deepEqual(await page.locator('#panel').boundingBox(), { x: 0, y: 0, width: 390, height: 780 });
  await write(page, 'Hello from my phone');
  await delivery(page, 'Sent');
  daemon.assign();
  daemon.says('Hi! What can I do for you?');
  await inLog(page, 'Hi! What can I do for you?');
  await shot('phone');
  const small = await page.locator('#panel button').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width < 44 || height < 44).length);
  assert.equal(small, 0);
  await page.goBack();
  await page.locator('#panel').waitFor({ state: 'hidden' });
  assert.equal(page.url(), address);
  await page.locator('.launcher').tap();
  await page.getByRole('button', { name: 'Close chat' }).last().tap();
  await page.locator('#panel').waitFor({ state: 'hidden' });
  await until(() => page.evaluate(() => !Object(history.state).chatflow));
});

test('it is dark where the visitor’s system is', async (t) => {
  const { page, daemon, shot } = await stage.scene(t, { colorScheme: 'dark' });
  await openPanel(page);
  await write(page, 'Good evening');
  await delivery(page, 'Sent');
  daemon.assign();
  daemon.says('Good evening! See https://tea.example/night');
  await page.locator('.bubble a').waitFor();
  await shot('dark');
  await noViolations(page);
});

test('German, right-to-left, the left side and a pale colour', async (t) => {
  const { daemon, visit, shot } = await stage.scene(t, { site: { color: '#ffd166', greeting: undefined } });
  const german = await visit('/german');
  assert.equal(await german.locator('.launcher').getAttribute('aria-label'), 'Chat');
  await openPanel(german);
  await german.getByPlaceholder('Nachricht schreiben…').waitFor();
  await german.getByText('Hallo! Wie können wir helfen?').waitFor();
  await write(german, 'Guten Tag');
  await german.locator('.delivery', { hasText: 'Gesendet' }).waitFor();
  await shot('german', german);
  await noViolations(german);
  await german.evaluate(() => window.ChatFlow('locale', 'en'));
  await german.getByPlaceholder('Write a message…').waitFor();
  await german.close();
  const arabic = await visit('/arabic');
  await openPanel(arabic);
  await write(arabic, 'مرحبا، هل يمكنكم المساعدة؟');
  daemon.says('أهلا بك! بالتأكيد.');
  await inLog(arabic, 'أهلا بك! بالتأكيد.');
  const [mine, theirs] = [await arabic.locator('.mine .bubble').last().boundingBox(), await arabic.locator('.theirs .bubble').last().boundingBox()];
  assert.ok(mine.x < theirs.x, 'mirrored');
  await shot('arabic', arabic);
  const left = await visit('/left');
  assert.ok((await left.locator('.launcher').boundingBox()).x < 100);
  await openPanel(left);
  await shot('left', left);
});

test('forced colours and reduced motion', async (t) => {
  const { page, shot } = await stage.scene(t, { forcedColors: 'active', reducedMotion: 'reduce' });
  await openPanel(page);
  await write(page, 'Hello');
  await delivery(page, 'Sent');
  assert.equal(await page.locator('#panel').evaluate((panel) => getComputedStyle(panel).animationName), 'none');
  await shot('forced-colors');
});

test('a browser that blocks storage can chat all the same', async (t) => {
  const { context, visit, daemon, errors } = await stage.scene(t);
  await context.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });
  });
  const page = await visit();
  await openPanel(page);
  await write(page, 'Hello');
  await delivery(page, 'Sent');
  const visitor = daemon.conversation().visitor_id;
  daemon.drop();
  // The scene's first page listens too, as somebody else.
  await until(() => [...daemon.peers].some((peer) => peer.live && peer.visitor === visitor), 'the visitor is back');
  daemon.says('Hi!');
  await inLog(page, 'Hi!');
  await page.evaluate(() => window.ChatFlow('logout'));
  assert.deepEqual(errors, []);
});
