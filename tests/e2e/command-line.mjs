// SPDX-License-Identifier: GPL-3.0-or-later
//
// chatflowd as the person meets it who runs the server: its subcommands beside the running daemon, its configuration, its end.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { Socket } from '../lib/socket.mjs';
import { until } from '../lib/until.mjs';
import { Stage } from './stage.mjs';

const PROGRAM = process.env.TEST_CHATFLOWD ?? '_build/test/backend/chatflowd';

/** Runs it to its end: {code, out, log}. */
function run(words, environment = {}) {
  return new Promise((resolve) => {
    execFile(PROGRAM, words, { env: { ...process.env, ...environment } }, (error, out, log) => resolve({ code: error?.code ?? 0, out, log }));
  });
}

const PASSWORD = 'a good password';

test('subcommands, beside a running daemon', async (t) => {
  const daemon = await Daemon.start();
  t.after(() => daemon.remove());
  const cli = (words, input) => daemon.cli(words, { input });
  const admin = ['-e', 'admin@one.example', '-n', 'Ana Admin', '--password-stdin'];

  await assert.rejects(cli(['agent', 'list']), /chatflowd init/, 'nothing there yet');
  await assert.rejects(cli(['init', '-o', 'One', ...admin], 'short\n'), /expected 10 to 200/);
  assert.match(await cli(['init', '-o', 'One', ...admin], `${PASSWORD}\n`), /admin@one.example/);
  await assert.rejects(cli(['init', '-o', 'Two', ...admin], `${PASSWORD}\n`), /"One" exists already/);

  await cli(['agent', 'add', '-e', 'Bo@one.example', '-n', 'Bo', '--password-stdin'], `${PASSWORD}\n`);
  await assert.rejects(cli(['agent', 'add', '-e', 'bo@one.example', '-n', 'Bo', '--password-stdin'], `${PASSWORD}\n`), /exists already/);
  await assert.rejects(cli(['agent', 'add', '-e', 'nonsense', '-n', 'Bo', '--password-stdin'], `${PASSWORD}\n`), /email/);
  await assert.rejects(cli(['agent', 'add', '-e', 'x@one.example', '-n', 'X', '-r', 'king', '--password-stdin'], `${PASSWORD}\n`), /supervisor or admin/);
  assert.match(await cli(['agent', 'list']), /bo@one\.example +agent +Bo/);

  await assert.rejects(cli(['agent', 'invite', '-e', 'di@one.example', '-s', 'chat.example.com']), /https:\/\/chat\.example\.com/);
  await assert.rejects(cli(['agent', 'invite', '-e', 'bo@one.example', '-s', 'https://chat.example.com']), /exists already/);
  const link = await cli(['agent', 'invite', '-e', 'di@one.example', '-r', 'supervisor', '-s', 'https://chat.example.com']);
  const token = /^chatflow:\/\/chat\.example\.com\/join\/(\S{43})$/m.exec(link)[1];
  const { body: shown } = await daemon.rest('POST', '/api/v1/invites/show', { body: { token } });
  assert.deepEqual([shown.organisation_name, shown.invited_by_name, shown.email, shown.role], ['One', undefined, 'di@one.example', 'supervisor']);
  const { body: joined } = await daemon.rest('POST', '/api/v1/invites/accept', { body: { token, name: 'Di', password: PASSWORD } });
  assert.equal(joined.agent.role, 'supervisor');

  const login = await daemon.login('bo@one.example', PASSWORD);
  const client = new Client({ url: daemon.socketUrl, credentials: { token: login.token } }).start();
  await client.ready();
  await cli(['agent', 'passwd', '-e', 'bo@one.example', '--password-stdin'], 'quite another one\n');
  await until(() => client.refused, 'the end of the sessions with the old password');
  assert.equal(client.refused, 'revoked');
  await client.close();
  await daemon.login('bo@one.example', 'quite another one');
  await cli(['agent', 'disable', '-e', 'bo@one.example']);
  assert.match(await cli(['agent', 'list']), /bo@one\.example +agent +disabled/);
  await cli(['agent', 'disable', '-e', 'bo@one.example', '--undo']);
  await daemon.login('bo@one.example', 'quite another one');
  await assert.rejects(cli(['agent', 'disable', '-e', 'admin@one.example']), /only admin/);
  await assert.rejects(cli(['agent', 'passwd', '-e', 'nobody@one.example', '--password-stdin'], `${PASSWORD}\n`), /no agent/);

  await assert.rejects(cli(['site', 'add', '-n', 'Shop', '-o', 'shop.example']), /https:\/\/shop\.example/);
  const added = await cli(['site', 'add', '-n', 'Shop', '-o', 'https://shop.example', '--color', '#1f5f8b']);
  const key = /key +(\S+)/.exec(added)[1];
  assert.ok((await cli(['site', 'list'])).includes(key));
  const socket = await Socket.open(daemon.socketUrl, { headers: { origin: 'https://shop.example' } });
  const { records } = await socket.call('session.open', { site: key, token: newVisitorToken() });
  assert.equal(records.find(({ type }) => type === 'site').color, '#1f5f8b');
  socket.cut();
});

test('help, version, and a configuration that is wrong', async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-config-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'chatflowd.conf');
  const check = async (text, environment) => {
    await writeFile(file, text);
    return run(['--config', file, '--state', folder, 'check-config'], environment);
  };

  const help = await run(['--help']);
  for (const word of ['init', 'agent add', 'site list', 'check-config', 'CHATFLOW_', 'peer_rate']) assert.ok(help.out.includes(word), word);
  assert.match((await run(['--version'])).out, /^chatflowd \d/);
  assert.deepEqual([(await run(['no-such-command'])).code, (await run(['--no-such-option'])).code], [2, 2]);

  const good = await check('[chatflow]\npeer_rate = 7\n', { CHATFLOW_PEER_BURST: '70' });
  assert.equal(good.code, 0, good.log);
  assert.match(good.out, /peer_rate = 7\n/);
  assert.match(good.out, /peer_burst = 70\n/);
  const named = await run(['--state', folder, 'check-config'], { CHATFLOW_CONFIG: file });
  assert.match(named.out, /peer_rate = 7\n/);
  const wrong = {
    '[chatflow]\npeer_rat = 7\n': /peer_rat\b.*peer_rate/s,
    '[chatflow]\npeer_rate = many\n': /peer_rate.*many/s,
    '[chatflow]\npeer_rate = -1\n': /peer_rate.*-1/s,
    '[chatflow]\ntls_cert = /nowhere.pem\n': /tls_key/,
    '[chatflow]\ntls_cert = /nowhere.pem\ntls_key = /nowhere.key\n': /nowhere/,
    'no group\n': /./,
  };
  for (const [text, message] of Object.entries(wrong)) {
    const { code, log } = await check(text);
    assert.ok(code > 0, text);
    assert.match(log, message);
  }
  assert.match((await check('[chatflow]\n', { CHATFLOW_PEER_RATTE: '1' })).log, /PEER_RATTE/i);
});

test('SIGTERM under load: what was accepted is there, sockets close with 1012, it leaves without complaint', async (t) => {
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const daemon = await stage.daemon();
  t.after(() => daemon.remove());
  const conversation = newId();
  const visitor = await Socket.open(daemon.socketUrl);
  await visitor.call('session.open', { site: stage.site, token: newVisitorToken() });
  await visitor.call('conversation.start', { id: conversation, message_id: newId(), text: 'begin' });
  const closed = new Promise((resolve) => { visitor.onClose = resolve; });
  const acknowledged = [];
  let going = true;
  const writing = (async () => {
    while (going) {
      const batch = Array.from({ length: 20 }, newId);
      await Promise.all(batch.map((id) => visitor.call('message.send', { id, conversation_id: conversation, text: 'x' })
        .then(() => acknowledged.push(id), () => { going = false; })));
    }
  })();
  await until(() => acknowledged.length > 200, 'some writes');
  await daemon.stop(); // complains unless it exits with 0
  assert.equal(await closed, 1012);
  await writing;
  await daemon.restart();
  const agent = await stage.agent(daemon, 0).start().ready();
  const found = new Set();
  for (let before; ;) {
    const page = await agent.call('message.list', { conversation_id: conversation, limit: 200, ...(before && { before }) });
    page.records.forEach(({ id }) => found.add(id));
    if (!page.more) break;
    before = page.records[0].position;
  }
  await agent.close();
  for (const id of acknowledged) assert.ok(found.has(id), `acknowledged ${id}`);
});
