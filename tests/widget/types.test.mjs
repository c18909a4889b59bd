// SPDX-License-Identifier: GPL-3.0-or-later
// CHATFLOW_PROTOCOL_TYPES names the file that the build generates from the protocol's tables.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { widgetFolder } from './lib/packages.mjs';

test('src/protocol.ts is what the tables say', { skip: !process.env.CHATFLOW_PROTOCOL_TYPES && 'no generated types given' }, () => {
  const generated = readFileSync(process.env.CHATFLOW_PROTOCOL_TYPES, 'utf8');
  assert.equal(readFileSync(join(widgetFolder, 'src', 'protocol.ts'), 'utf8'), generated, 'copy the generated file over src/protocol.ts');
});

const PAGE = `
/// <reference path="${join(widgetFolder, 'chatflow.d.ts')}" />
window.ChatFlow?.('identify', { name: 'Mia Berg', email: 'mia@mail.example' });
ChatFlow('identify', { customData: { plan: 'pro', seats: 4, vip: true, since: new Date(), gone: null } });
ChatFlow('verify', 'a.b.c');
ChatFlow('on', 'message', ({ author, text }) => console.log(author.length + text.length));
ChatFlow('on', 'survey', ({ rating }) => rating.toFixed());
ChatFlow('off', 'unread');
ChatFlow('get', ({ open, visitor }) => open && visitor?.email?.toLowerCase());
ChatFlow('page');
WebsiteChat!.identify({ name: 'Mia' });
// @ts-expect-error there is no such verb
ChatFlow('explode');
// @ts-expect-error a token is a text
ChatFlow('verify', 7);
// @ts-expect-error no lists
ChatFlow('identify', { customData: { tags: ['a'] } });
// @ts-expect-error an identity is an object
ChatFlow('identify', 'Mia');
// @ts-expect-error there is no such event
ChatFlow('on', 'opened', () => {});
`;

test('chatflow.d.ts says what a page may call, and nothing else', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'chatflow-types-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'page.ts'), `${PAGE}declare const WebsiteChat: Window['WebsiteChat'];\nexport {};\n`);
  const tsc = join(widgetFolder, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '--strict', '--noEmit', '--lib', 'ES2022,DOM', '--types', '', join(folder, 'page.ts')], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
});
