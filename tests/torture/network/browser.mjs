// SPDX-License-Identifier: GPL-3.0-or-later
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { launch } from '../../widget/lib/stage.mjs';

/** Starts Chromium on the machine of a `namespace`; resolves with it and with how to end it. */
export async function launchIn(namespace) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-browser-'));
  const starter = path.join(folder, 'chromium');
  const [program, words] = namespace.command('/usr/bin/chromium');
  await writeFile(starter, `#!/bin/sh\nexec ${[program, ...words].join(' ')} "$@"\n`);
  await chmod(starter, 0o700);
  const browser = await launch('chromium', starter);
  const end = async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { browser, end };
}
