// SPDX-License-Identifier: GPL-3.0-or-later
// CHATFLOW_PROTOCOL_TYPES names the file that the build generates from the protocol's tables.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { widgetFolder } from './lib/packages.mjs';

test('src/protocol.ts is what the tables say', { skip: !process.env.CHATFLOW_PROTOCOL_TYPES && 'no generated types given' }, () => {
  const generated = readFileSync(process.env.CHATFLOW_PROTOCOL_TYPES, 'utf8');
  assert.equal(readFileSync(join(widgetFolder, 'src', 'protocol.ts'), 'utf8'), generated, 'copy the generated file over src/protocol.ts');
});
