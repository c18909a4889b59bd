// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';

import { openPanel, settled, write } from '../widget/lib/stage.mjs';

/** Runs in the page: what stands in the conversation, from the top. */
function readLog(log) {
  const words = (bubble) => [...bubble.childNodes].slice(1).map((node) => node.textContent).join('');
  return [...log.children].flatMap((one) => {
    if (one.matches('.event')) return { kind: 'event', text: one.textContent };
    if (!one.matches('.row')) return [];
    return { kind: 'text', mine: one.matches('.mine'), text: words(one.querySelector('.bubble')), delivery: one.querySelector('.delivery')?.textContent ?? '' };
  });
}

/** A visitor in a browser tab: what they do at the widget, and see. */
export class Visitor {
  /** What the page has complained of, and dialogs that it has opened: there must be none. */
  troubles = [];

  /** Goes to `url` in a new tab of the Playwright context. */
  static async arrive(context, url) {
    const visitor = new Visitor(await context.newPage());
    await visitor.page.goto(url);
    await visitor.page.locator('.launcher').waitFor();
    return visitor;
  }

  constructor(page) {
    this.page = page;
    page.on('pageerror', (error) => this.troubles.push(error.message));
    page.on('dialog', (dialog) => {
      this.troubles.push(`${dialog.type()}: ${dialog.message()}`);
      dialog.dismiss();
    });
  }

  openPanel() {
    return openPanel(this.page);
  }

  write(text) {
    return write(this.page, text);
  }

  log() {
    return this.page.locator('[role=log]').evaluate(readLog);
  }

  /** The texts, whoever wrote them. */
  async texts() {
    return (await this.log()).filter(({ kind }) => kind === 'text').map(({ text }) => text);
  }

  /** Types on and on, as somebody does who thinks aloud, until `effect` has come. */
  async typesUntil(effect) {
    let come = false;
    const done = effect.finally(() => { come = true; });
    done.catch(() => {}); // awaited below
    while (!come) await this.page.locator('textarea').pressSequentially('hm ', { delay: 100 });
    return done;
  }

  async screenshot(path) {
    await settled(this.page);
    await this.page.screenshot({ path });
  }

  wasUntroubled() {
    assert.deepEqual(this.troubles, [], 'the page was not troubled');
  }
}
