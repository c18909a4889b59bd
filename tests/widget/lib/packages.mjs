// SPDX-License-Identifier: GPL-3.0-or-later
// The packages that the tests use are pinned and installed with the widget's own.
import { createRequire } from 'node:module';
import { join } from 'node:path';

export const widgetFolder = join(import.meta.dirname, '..', '..', '..', 'widget');
export const projectFolder = join(widgetFolder, '..');
const require = createRequire(join(widgetFolder, 'package.json'));

export const { WebSocketServer } = require('ws');
export const { build } = require('esbuild');
export const playwright = () => require('playwright-core');
export const axeFile = () => require.resolve('axe-core/axe.min.js');
