// SPDX-License-Identifier: GPL-3.0-or-later
// What a site asks before a conversation: filled in, refused, kept, changed meanwhile.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { noViolations } from '../lib/axe.mjs';
import { DEPARTMENTS, FIELDS, FORM, WHERE, WHERE_FORM } from '../lib/forms.mjs';
import { Stage, openPanel, until, write } from '../lib/stage.mjs';

let stage;
before(async () => (stage = await Stage.raise()));
after(() => stage.stop());

const { about, order, name, email, phone, bought, agree } = FIELDS;
const starts = (daemon) => daemon.heard.filter(({ method }) => method === 'conversation.start').map(({ params }) => params);
const said = ({ form }) => Object.fromEntries(form.values.map(({ field, value }) => [field, value]));
const field = (page, { label }) => page.locator('.form').getByLabel(label);
const go = (page) => page.locator('.form button[type=submit]');
const focused = (page) => page.evaluate(() => document.querySelector('chatflow-widget').shadowRoot.activeElement?.name);
const stored = (page, key) => page.evaluate((one) => localStorage.getItem(`chatflow:demo:${one}`), key);

async function asked(t, { site, ...options } = {}) {
  const scene = await stage.scene(t, { site: { form: FORM, ...site }, ...options });
  await openPanel(scene.page);
  await scene.page.locator('.form').waitFor();
  return scene;
}

async function fill(page) {
  await field(page, about).selectOption('An order');
  await field(page, order).fill('1182');
  await field(page, email).fill('ana@example.com');
  await field(page, agree).check();
}

test('asked, answered, and sent with the first message', async (t) => {
  const { page, daemon, shot, errors } = await asked(t);
  assert.equal(await focused(page), about.id, 'the first field has the focus');
  assert.equal(await page.locator('.composer').count(), 0);
  assert.equal(await field(page, order).count(), 0);
  for (const [one, token, type] of [[name, 'name', 'text'], [email, 'email', 'email'], [phone, 'tel', 'tel']])
    assert.deepEqual(await field(page, one).evaluate((input) => [input.autocomplete, input.type]), [token, type]);
  await noViolations(page);
  await shot('form');
  await fill(page);
  await field(page, name).fill('Ana');
  await field(page, bought).fill('2026-11-21');
  await noViolations(page);
  await shot('form-filled');
  await go(page).click();
  await page.locator('.composer textarea').waitFor();
  assert.equal(await page.locator('.form').count(), 0);
  await write(page, 'Where is my order?');
  await page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  const [start] = starts(daemon);
  assert.equal(start.form.version, 3);
  assert.deepEqual(said(start), { [about.id]: 'An order', [order.id]: '1182', [name.id]: 'Ana', [email.id]: 'ana@example.com', [bought.id]: '2026-11-21', [agree.id]: 'yes' });
  await until(async () => (await stored(page, 'reply')) === null && (await stored(page, 'typed')) === null, 'nothing is kept that has arrived');
  await write(page, 'Hello?');
  await until(() => daemon.texts().length === 2, 'the second');
  assert.equal(starts(daemon).length, 1);
  await page.reload();
  await openPanel(page);
  await page.locator('.composer textarea').waitFor();
  assert.equal(await page.locator('.form').count(), 0, 'not asked again');
  assert.deepEqual(errors, []);
});

test('what is wrong stands beside its field, and the first has the focus; by keyboard alone', async (t) => {
  const { page, daemon, shot } = await asked(t);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), about.id);
  assert.deepEqual(await page.locator('.wrong').allInnerTexts(), ['Please choose one.', 'Please fill this in.', 'Please tick this box to go on.']);
  assert.equal(await field(page, about).getAttribute('aria-describedby'), `wrong-${about.id}`);
  await noViolations(page);
  await shot('form-wrong');
  await page.keyboard.type('An order');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), order.id, 'what is asked now comes next');
  await page.keyboard.type('1182');
  await field(page, email).focus();
  await page.keyboard.type('ana');
  await field(page, agree).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), email.id);
  assert.deepEqual(await page.locator('.wrong').allInnerTexts(), ['This doesn’t look like an email address.']);
  await page.keyboard.press('End');
  await page.keyboard.type('@example.com');
  assert.equal(await page.locator('.wrong').count(), 0, 'mended as it is typed');
  await page.keyboard.press('Enter');
  await page.locator('.composer textarea').waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('chatflow-widget').shadowRoot.activeElement?.tagName), 'TEXTAREA');
  assert.equal(starts(daemon).length, 0, 'nothing is begun without words');
});

test('kept as it is typed, over a reload and a broken line', async (t) => {
  const { page, daemon, context } = await asked(t);
  await fill(page);
  await field(page, about).selectOption('Something else');
  await page.reload();
  await openPanel(page);
  await until(async () => (await field(page, email).inputValue()) === 'ana@example.com', 'the address');
  assert.equal(await field(page, about).inputValue(), 'Something else');
  assert.equal(await field(page, order).count(), 0);
  await field(page, about).selectOption('An order');
  assert.equal(await field(page, order).inputValue(), '1182', 'also what was hidden meanwhile');
  await context.setOffline(true);
  daemon.drop();
  await go(page).click();
  await write(page, 'Can you hear me?');
  await page.locator('.row.sending').waitFor();
  await page.reload().catch(() => {});
  await context.setOffline(false);
  await page.reload();
  await until(() => starts(daemon).length === 1, 'it has arrived');
  assert.equal(said(starts(daemon)[0])[order.id], '1182');
});

test('a form that was changed meanwhile is asked anew, and no word is lost', async (t) => {
  const { page, daemon, shot } = await asked(t);
  await fill(page);
  await go(page).click();
  await page.locator('.composer textarea').fill('Where is my order?');
  daemon.configure({ form: { ...FORM, version: 9, fields: [...FORM.fields.slice(0, 6), { ...agree, label: 'We may write to you' }] } });
  await page.locator('.form').waitFor();
  await shot('form-anew');
  await go(page).click();
  assert.equal(await page.locator('.composer textarea').inputValue(), 'Where is my order?');
  await page.locator('.composer textarea').press('Enter');
  await until(() => starts(daemon).length === 1, 'the message');
  assert.equal(starts(daemon)[0].form.version, 9);
});

test('switched on while a message is under way: it waits for the answers', async (t) => {
  const scene = await stage.scene(t);
  const { page, daemon } = scene;
  await openPanel(page);
  daemon.refuse('conversation.start', 'unavailable', { retryAfter: 200 });
  await write(page, 'Hello');
  daemon.configure({ form: FORM });
  await page.getByText('Your message will be sent when you have answered.').waitFor();
  await noViolations(page);
  await fill(page);
  await go(page).click();
  await until(() => daemon.texts().includes('Hello'), 'the message');
  assert.equal(starts(daemon).at(-1).form.version, 3);
});

test('what is known of the visitor is filled in', async (t) => {
  const { page } = await asked(t);
  await page.evaluate(() => window.ChatFlow('identify', { name: 'Bo', email: 'bo@example.com' }));
  await until(async () => (await field(page, email).inputValue()) === 'bo@example.com', 'the address');
  assert.equal(await field(page, name).inputValue(), 'Bo');
});

test('a site that is closed and takes no messages asks nothing', async (t) => {
  const scene = await stage.scene(t, { site: { form: FORM, offline: { text: 'Back at nine.', messages_off: true } } });
  scene.daemon.opening = { closed: true };
  await openPanel(scene.page);
  await scene.page.locator('p.form', { hasText: 'Back at nine.' }).waitFor();
  assert.equal(await scene.page.locator('.composer, form').count(), 0);
});

test('outside the hours other things are asked, and it is said when somebody will be back', async (t) => {
  const fields = [{ ...FIELDS.about, asked: 'open' }, FIELDS.name, { ...FIELDS.email, asked: 'closed' }];
  const scene = await stage.scene(t, { site: { form: { ...FORM, fields }, offline: { text: 'We are asleep.' } } });
  const { page, daemon, shot, errors } = scene;
  daemon.opening = { closed: true, until: Date.now() + 3_600_000 };
  await openPanel(page);
  await page.locator('.hint', { hasText: 'We are asleep.' }).waitFor();
  await page.locator('.form .expect', { hasText: 'We’ll be back: ' }).waitFor();
  assert.deepEqual(await page.locator('.form .field label').allInnerTexts(), ['Your name (optional)', 'Email address']);
  await noViolations(page);
  await shot('form-closed');
  await page.locator('.form input[type=email]').fill('ana@example.com');
  await page.getByRole('button', { name: 'Leave a message' }).click();
  await write(page, 'Please call me');
  await until(() => daemon.texts().length === 1, 'it arrives');
  const { params } = daemon.heard.find(({ method }) => method === 'conversation.start');
  assert.deepEqual(params.form, { version: FORM.version, closed: true, values: [{ field: FIELDS.email.id, value: 'ana@example.com' }] });
  assert.deepEqual(errors, []);
});

test('a form for the hours outside is not asked within them', async (t) => {
  const fields = [{ ...FIELDS.email, asked: 'closed' }];
  const { page } = await stage.scene(t, { site: { form: { ...FORM, fields } } });
  await openPanel(page);
  await page.locator('.composer').waitFor();
  assert.equal(await page.locator('.form').count(), 0);
});

test('a department is chosen by its name, and sent by its id', async (t) => {
  const { page, daemon, shot, errors } = await asked(t, { site: { form: WHERE_FORM } });
  const [sales, support] = DEPARTMENTS;
  assert.deepEqual(await field(page, WHERE).locator('option').allInnerTexts(), ['Choose…', sales.name, support.name]);
  await go(page).click();
  assert.deepEqual(await page.locator('.wrong').allInnerTexts(), ['Please choose one.']);
  await noViolations(page);
  await field(page, WHERE).selectOption(sales.name);
  await field(page, order).fill('1182');
  await noViolations(page);
  await shot('form-department');
  daemon.configure({ form: { ...WHERE_FORM, fields: [{ ...WHERE, offered: [{ ...sales, name: 'Shop' }, support] }, ...WHERE_FORM.fields.slice(1)] } });
  await until(async () => (await field(page, WHERE).locator('option').allInnerTexts()).includes('Shop'), 'what it is called now');
  assert.equal(await field(page, WHERE).inputValue(), sales.id);
  daemon.configure({ form: { ...WHERE_FORM, version: 4, fields: [{ ...WHERE, offered: [support] }, ...WHERE_FORM.fields.slice(1)] } });
  await until(async () => (await field(page, WHERE).inputValue()) === '', 'what has gone is not chosen');
  assert.equal(await field(page, order).count(), 0, 'nor is what hangs on it asked');
  await field(page, WHERE).selectOption(support.name);
  await go(page).click();
  await write(page, 'Hello');
  await until(() => starts(daemon).length === 1, 'the message');
  assert.deepEqual(starts(daemon)[0].form, { version: 4, values: [{ field: WHERE.id, value: support.id }] });
  assert.deepEqual(errors, []);
});

test('a form without a department to choose asks nothing', async (t) => {
  const { offered, ...vain } = WHERE;
  const { page, daemon } = await stage.scene(t, { site: { form: { ...WHERE_FORM, fields: [vain] } } });
  await openPanel(page);
  await page.locator('.composer').waitFor();
  assert.equal(await page.locator('.form').count(), 0);
  await write(page, 'Hello');
  await until(() => starts(daemon).length === 1, 'the message');
});

for (const [what, options] of [
  ['dark', { colorScheme: 'dark' }],
  ['phone', { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }],
  ['rtl', { path: '/arabic' }],
])
  test(`a department can be chosen: ${what}`, async (t) => {
    const { page, shot } = await asked(t, { site: { form: WHERE_FORM }, ...options });
    await field(page, WHERE).selectOption(DEPARTMENTS[0].id);
    await noViolations(page);
    await shot(`form-department-${what}`);
    assert.equal(await page.locator('.form').evaluate((form) => form.scrollWidth > form.clientWidth), false, 'nothing is cut off at the side');
  });

for (const [what, options] of [
  ['dark', { colorScheme: 'dark' }],
  ['phone', { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true }],
  ['zoom', { viewport: { width: 550, height: 380 } }],
  ['rtl', { path: '/arabic' }],
  ['still', { reducedMotion: 'reduce' }],
])
  test(`it can be read and used: ${what}`, async (t) => {
    const { page, shot } = await asked(t, options);
    if (what === 'phone') assert.notEqual(await focused(page), about.id, 'no keyboard before it is wanted');
    if (what === 'rtl') await go(page).getByText('ابدأ المحادثة').waitFor();
    await go(page).click();
    await page.locator('.wrong').first().waitFor();
    await noViolations(page);
    await shot(`form-${what}`);
    const wide = await page.locator('.form').evaluate((form) => form.scrollWidth > form.clientWidth);
    assert.equal(wide, false, 'nothing is cut off at the side');
    await fill(page);
    await go(page).click();
    await page.locator('.composer textarea').waitFor();
  });
