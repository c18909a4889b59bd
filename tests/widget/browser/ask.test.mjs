// SPDX-License-Identifier: GPL-3.0-or-later
// What a site asks in the conversation: one thing at a time, answered or passed over, kept, and never in the way of what the visitor writes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { noViolations } from '../lib/axe.mjs';
import { DEPARTMENTS, FIELDS, FORM, QUESTIONS, WHERE } from '../lib/forms.mjs';
import { Stage, bubbles, openPanel, until, write } from '../lib/stage.mjs';

let stage;
before(async () => (stage = await Stage.raise()));
after(() => stage.stop());

const { about, name, email, phone, agree } = FIELDS;
const answers = (daemon) => daemon.heard.filter(({ method }) => method === 'conversation.answer').map(({ params: { field, value } }) => [field, value]);
const card = (page, { label }) => page.locator('.ask', { hasText: label });
const box = (page) => page.locator('.ask').locator('input, select');
const told = (page) => page.locator('[role=status]', { hasText: /\S/ }).first();
const focused = (page) => page.evaluate(() => {
  const { activeElement: it } = document.querySelector('chatflow-widget').shadowRoot;
  return it?.name || it?.tagName;
});
const press = (page, word) => page.locator('.ask').getByRole('button', { name: word }).click();

async function asked(t, { form = QUESTIONS, ...options } = {}) {
  const scene = await stage.scene(t, { site: { form }, ...options });
  await openPanel(scene.page);
  await scene.page.locator('.composer textarea').waitFor();
  assert.equal(await scene.page.locator('.ask, .form').count(), 0, 'nobody is asked before they have written');
  await write(scene.page, 'Where is my order?');
  await scene.page.locator('.ask').waitFor();
  return scene;
}

test('asked after the first message, one thing at a time, until nothing is left', async (t) => {
  const { page, daemon, shot, errors } = await asked(t);
  await card(page, email).waitFor();
  assert.equal(await page.locator('.ask').count(), 1);
  assert.equal(await focused(page), 'TEXTAREA', 'whoever writes goes on writing');
  await until(async () => (await told(page).textContent()) === email.label, 'it is told to those who do not see it');
  assert.equal(await page.locator('.ask').getByRole('button', { name: 'Skip' }).count(), 0, 'this has to be told');
  assert.deepEqual(await box(page).evaluate((input) => [input.type, input.autocomplete]), ['email', 'email']);
  await noViolations(page);
  await shot('ask');
  await write(page, 'It is late');
  await until(() => daemon.texts().includes('It is late'), 'and never stands in the way');
  await box(page).fill('ana');
  await press(page, 'Send');
  await page.getByText('This doesn’t look like an email address.').waitFor();
  assert.equal(await focused(page), email.id);
  await noViolations(page);
  await shot('ask-wrong');
  await box(page).fill(' ana@example.com ');
  await press(page, 'Send');
  await card(page, phone).waitFor();
  assert.equal(await focused(page), phone.id, 'whoever answers goes on answering');
  await press(page, 'Skip');
  await card(page, about).waitFor();
  await box(page).selectOption('An order');
  await shot('ask-choice');
  await press(page, 'Send');
  await card(page, agree).waitFor();
  await noViolations(page);
  await press(page, 'Send');
  await page.getByText('Thank you!').waitFor();
  assert.equal(await page.locator('.ask').count(), 0);
  assert.equal(await focused(page), 'TEXTAREA');
  await shot('ask-done');
  assert.deepEqual(answers(daemon), [[email.id, 'ana@example.com'], [phone.id, undefined], [about.id, 'An order'], [agree.id, 'no']]);
  await write(page, 'Thanks');
  await until(() => daemon.texts().includes('Thanks'), 'the last');
  await until(async () => (await page.locator('.event', { hasText: 'Thank you!' }).count()) === 0, 'and the thanks go');
  await page.reload();
  await openPanel(page);
  await until(async () => (await bubbles(page)).length >= 3, 'the conversation');
  assert.equal(await page.locator('.ask').count(), 0, 'nothing is asked again');
  assert.equal(await page.evaluate(() => localStorage.getItem('chatflow:demo:answer')), null, 'nothing is kept that has arrived');
  assert.deepEqual(errors, []);
});

test('a department is chosen by its name, and not asked for when none is left', async (t) => {
  const [sales, support] = DEPARTMENTS;
  const question = { ...WHERE, required: false, during: true };
  const form = (fields) => ({ on: true, version: 5, fields });
  const { page, daemon, shot } = await asked(t, { form: form([question, { ...phone, required: false, during: true }]) });
  await card(page, WHERE).waitFor();
  assert.deepEqual(await box(page).locator('option').allInnerTexts(), ['Choose…', sales.name, support.name]);
  await noViolations(page);
  await shot('ask-department');
  const { offered, ...vain } = question;
  daemon.configure({ form: form([vain]) });
  await until(async () => (await page.locator('.ask').count()) === 0, 'nothing to choose');
  daemon.configure({ form: form([question]) });
  await card(page, WHERE).waitFor();
  await box(page).selectOption(support.name);
  await press(page, 'Send');
  await until(() => answers(daemon).length === 1, 'the answer');
  assert.deepEqual(answers(daemon), [[WHERE.id, support.id]]);
});

test('by keyboard alone', async (t) => {
  const { page, daemon } = await asked(t);
  await box(page).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Please fill this in.').waitFor();
  await page.keyboard.type('ana@example.com');
  await page.keyboard.press('Enter');
  await card(page, phone).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await card(page, about).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await card(page, agree).waitFor();
  await until(async () => (await focused(page)) === agree.id, 'the box');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.getByText('Thank you!').waitFor();
  assert.deepEqual(answers(daemon).map(([, value]) => value), ['ana@example.com', undefined, undefined, 'yes']);
});

test('kept as it is typed, over a reload, and sent when the line is back', async (t) => {
  const { page, daemon, context } = await asked(t);
  await box(page).fill('ana@exam');
  await page.reload();
  await openPanel(page);
  await until(async () => (await box(page).count()) && (await box(page).inputValue()) === 'ana@exam', 'what was typed');
  await box(page).fill('ana@example.com');
  await context.setOffline(true);
  daemon.drop();
  await press(page, 'Send');
  await page.locator('.ask[aria-busy=true]').waitFor();
  await noViolations(page);
  await context.setOffline(false);
  await page.reload();
  await openPanel(page);
  await card(page, phone).waitFor();
  // Sent once more where the page went before it had heard: that changes nothing.
  for (const answer of answers(daemon)) assert.deepEqual(answer, [email.id, 'ana@example.com']);
});

test('an answer that is lost on the way is sent again, and what is refused can be mended', async (t) => {
  const { page, daemon } = await asked(t);
  daemon.refuse('conversation.answer', 'unavailable', { retryAfter: 100 });
  await box(page).fill('ana@example.com');
  await press(page, 'Send');
  await card(page, phone).waitFor();
  assert.equal(answers(daemon).length, 2);
  daemon.refuse('conversation.answer', 'invalid');
  await box(page).fill('123456');
  await press(page, 'Send');
  await page.locator('.ask [role=alert]', { hasText: 'Not sent.' }).waitFor();
  assert.equal(await box(page).inputValue(), '123456');
  await noViolations(page);
  await press(page, 'Send');
  await card(page, about).waitFor();
});

test('answered in one tab, gone in the other; and what the page has told is not asked', async (t) => {
  const { page, visit } = await asked(t);
  const other = await visit();
  await openPanel(other);
  await card(other, email).waitFor();
  await box(page).fill('ana@example.com');
  await press(page, 'Send');
  await card(other, phone).waitFor();
  assert.notEqual(await focused(other), phone.id, 'nobody was at it there');
  await press(other, 'Skip');
  await card(page, about).waitFor();
});

test('not asked while the conversation is over, when the site does not ask any more, nor what the page says meanwhile', async (t) => {
  const { page, daemon } = await asked(t);
  await page.evaluate(() => window.ChatFlow('identify', { email: 'bo@example.com' }));
  await until(async () => (await page.locator('.ask').count()) === 0, 'it is known');
  await write(page, 'More');
  await card(page, phone).waitFor();
  daemon.closeConversation();
  await until(async () => (await page.locator('.ask').count()) === 0, 'it is over');
  assert.equal(await page.getByText('Thank you!').count(), 0, 'nothing was said');
  await write(page, 'One more thing');
  await card(page, phone).waitFor();
  daemon.configure({ form: { ...QUESTIONS, on: false } });
  await until(async () => (await page.locator('.ask').count()) === 0, 'it is off');
});

test('what is asked before stands before, and the rest comes later', async (t) => {
  const form = { ...FORM, fields: [name, { ...email, during: true }] };
  const { page, daemon } = await stage.scene(t, { site: { form } });
  await openPanel(page);
  assert.deepEqual(await page.locator('.form .field label').allInnerTexts(), ['Your name (optional)']);
  await page.locator('.form button').click();
  await write(page, 'Hello');
  await card(page, email).waitFor();
  const { params } = daemon.heard.find(({ method }) => method === 'conversation.start');
  assert.deepEqual(params.form, { version: FORM.version, values: [] });
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
    await page.locator('.ask [type=submit]').click();
    await page.locator('.wrong').waitFor();
    await noViolations(page);
    await shot(`ask-${what}`);
    assert.equal(await page.locator('.ask').evaluate((one) => one.scrollWidth > one.clientWidth), false, 'nothing is cut off at the side');
    await box(page).fill('ana@example.com');
    await page.locator('.ask [type=submit]').click();
    await card(page, phone).waitFor();
    if (what === 'rtl') await page.locator('.ask').getByText('تخطٍّ').waitFor();
    if (what === 'still') assert.equal(await page.locator('.ask').evaluate((one) => getComputedStyle(one).animationName), 'none');
    if (what === 'phone') assert.equal(await focused(page), 'FORM', 'no keyboard before it is wanted');
    await shot(`ask-${what}-skip`);
  });
