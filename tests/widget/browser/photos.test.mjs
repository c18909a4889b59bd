// SPDX-License-Identifier: GPL-3.0-or-later
// The photos of agents: shown where they speak, and nothing asked where there is nobody to be shown.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { png } from '../../lib/pictures.mjs';
import { noViolations } from '../lib/axe.mjs';
import { Stage, openPanel, until, write } from '../lib/stage.mjs';

const ANA = { id: '0190a5c0-0002-7abc-8def-0123456789ab', name: 'Ana' };
const BEN = { id: '0190a5c0-0002-7abc-8def-0123456789ac', name: 'Ben' };
const SIDE = 256;

/** Somebody in front of a wall. */
function portrait() {
  const rows = [];
  for (let y = 0; y < SIDE; y++) {
    rows.push(0);
    for (let x = 0; x < SIDE; x++) {
      const [dx, dy] = [x - SIDE / 2, y - 105];
      const face = dx * dx * 1.5 + dy * dy < 60 * 60;
      const shirt = (dx * dx) / 2 + (y - 270) ** 2 < 95 * 95;
      rows.push(...(face ? [224, 172, 133] : shirt ? [47, 111, 143] : [185, 201, 168]));
    }
  }
  return png(SIDE, SIDE, Buffer.from(rows));
}

let stage;
before(async () => (stage = await Stage.raise()));
after(() => stage.stop());

const asked = (daemon) => daemon.heard.filter(({ method }) => method === 'agent.photos');
const fetched = (page) => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /\/photos[/-]/.test(name)));
const shown = (page) => page.locator('.avatar img').evaluateAll((all) => all.filter((img) => img.complete && img.naturalWidth > 0).length);

/** The panel of somebody who has said something. */
async function talking(t, options = {}) {
  const scene = await stage.scene(t, options);
  scene.daemon.photos.set(ANA.id, portrait());
  await openPanel(scene.page);
  await write(scene.page, 'Do you have oolong?');
  await until(() => scene.daemon.texts().length === 1, 'the question');
  return scene;
}

test('one who has a photo is seen by it, one who has none by the letter', async (t) => {
  const { page, daemon, shot, errors } = await talking(t);
  assert.deepEqual([asked(daemon), await fetched(page)], [[], []], 'nothing before somebody answers');
  daemon.assign(ANA);
  daemon.says('We do!', ANA);
  daemon.says('Three kinds of it.', BEN);
  await until(async () => (await shown(page)) === 2, 'the photo with the message and in the head');
  assert.equal(await page.locator('.row.theirs .avatar').last().innerText(), 'B');
  assert.deepEqual(asked(daemon).flatMap(({ params }) => params.agent_ids).sort(), [ANA.id, BEN.id], 'each is asked about once');
  assert.equal(await page.locator('.avatar img').first().getAttribute('alt'), '', 'the name stands beside it');
  await noViolations(page);
  await shot('photos-light');
  daemon.says('And one from Taiwan.', ANA);
  await until(async () => (await shown(page)) === 3, 'the next message');
  assert.equal(asked(daemon).flatMap(({ params }) => params.agent_ids).length, 2);
  assert.deepEqual(errors, []);
});

for (const [name, options] of Object.entries({
  dark: { colorScheme: 'dark' },
  rtl: { path: '/arabic' },
  phone: { viewport: { width: 360, height: 640 } },
  strict: { path: '/strict-pictures' },
})) {
  test(`it looks well: ${name}`, async (t) => {
    const { page, daemon, shot, errors } = await talking(t, options);
    daemon.assign(ANA);
    daemon.says('We do!', ANA);
    await until(async () => (await shown(page)) === 2, 'the photo');
    await shot(`photos-${name}`);
    assert.deepEqual(errors, []);
  });
}

test('a photo that is gone, or that the page does not let in, leaves the letter', async (t) => {
  for (const [gone, path] of [[true, '/'], [false, '/strict']]) {
    const { page, daemon, errors } = await talking(t, { path });
    if (gone) daemon.photos.set(ANA.id, undefined);
    daemon.says('We do!', ANA);
    await until(() => asked(daemon).length === 1, 'the question');
    await until(async () => (await page.locator('.row.theirs').last().innerText()).includes('We do!') && (await page.locator('.avatar img').count()) === 0, 'the letter');
    assert.equal(await page.locator('.row.theirs .avatar').last().innerText(), 'A');
    assert.deepEqual(errors, []);
  }
});

test('a site without photos tells of none, and nothing is fetched', async (t) => {
  const { page, daemon } = await talking(t, { site: { appearance: { photos_off: true } } });
  daemon.assign(ANA);
  daemon.says('We do!', ANA);
  await page.getByText('We do!').waitFor();
  assert.equal(await page.locator('.row.theirs .avatar').last().isVisible(), false);
  assert.deepEqual([asked(daemon), await fetched(page)], [[], []]);
});

test('what was not answered is asked again with what comes next', async (t) => {
  const { page, daemon } = await talking(t);
  daemon.refuse('agent.photos', 'unavailable');
  daemon.says('We do!', ANA);
  await until(() => asked(daemon).length === 1, 'the question');
  await page.getByText('We do!').waitFor();
  assert.equal(await shown(page), 0);
  daemon.says('Still there?', ANA);
  await until(async () => (await shown(page)) === 1, 'the photo');
});
