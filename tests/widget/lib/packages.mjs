// SPDX-License-Identifier: GPL-3.0-or-later
// The packages that the tests use are pinned and installed with the widget's own.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const widgetFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'widget');
export const projectFolder = join(widgetFolder, '..');
const require = createRequire(join(widgetFolder, 'package.json'));

export const { WebSocketServer } = require('ws');
export const { build } = require('esbuild');
export const playwright = () => require('playwright-core');
export const axeFile = () => require.resolve('axe-core/axe.min.js');
