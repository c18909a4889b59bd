// SPDX-License-Identifier: GPL-3.0-or-later
//
// Mail, by a real mail server: invitations, new passwords and transcripts; what is refused, later or for good; TLS that must be there; and
// nothing forgotten or made up, however the server ends.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { newId } from '../lib/ids.mjs';
import { MailServer, certificate, header } from '../lib/mail-server.mjs';
import { freePort } from '../lib/ports.mjs';
import { until } from '../lib/until.mjs';
import { Stage } from './stage.mjs';

const FROM = 'Ana & Cía. “Support” <support@shop.example>';
const SERVER = 'https://chat.shop.example';
const PASSWORD = 'hunter2-hunter2';

const settings = (mail, more = {}) => ({
  CHATFLOW_MAIL_SERVER: mail.url, CHATFLOW_MAIL_FROM: FROM, CHATFLOW_MAIL_STARTTLS: 'optional', CHATFLOW_MAIL_RETRY_SECONDS: '1', CHATFLOW_MAIL_TRIES: '3', ...more,
});

const stage = await Stage.prepare();
test.after(() => stage.remove());

/** A daemon with its mail server and an admin, all of which end with the test. */
async function post(t, { mail, options } = {}) {
  const server = mail ?? await MailServer.start();
  t.after(() => server.stop());
  const daemon = await stage.daemon(settings(server, options));
  t.after(() => daemon.remove());
  const admin = stage.agent(daemon, 0).start();
  t.after(() => admin.close());
  await admin.ready();
  const invite = (email, more = {}) => admin.call('invite.create', { id: newId(), role: 'agent', email, server: SERVER, ...more });
  const fate = (id) => admin.records.get('invite', id)?.mail;
  return { server, daemon, admin, invite, fate };
}

/** A visitor who has said something, and their conversation. */
async function talk(t, daemon, text = 'hello') {
  const visitor = stage.visitor(daemon).start();
  t.after(() => visitor.close());
  await visitor.ready();
  const id = newId();
  await visitor.write('conversation.start', { id, message_id: newId(), text });
  return { visitor, id };
}

test('an invitation goes by mail, as every mail program reads it', async (t) => {
  const { server, daemon, invite, fate } = await post(t);
  const { token, invite: made } = await invite('bea@shop.example', { language: 'de-AT' });
  assert.equal(made.mail, 'waiting');
  const mail = await server.arrived('bea@shop.example');
  assert.deepEqual(mail.defects, []);
  assert.equal(mail.from, 'support@shop.example');
  assert.deepEqual(header(mail, 'from'), ['"Ana & Cía. “Support”" <support@shop.example>']);
  assert.deepEqual(header(mail, 'to'), ['bea@shop.example']);
  assert.equal(header(mail, 'date').length, 1);
  assert.match(header(mail, 'message-id')[0], /^<[0-9a-f-]{36}@shop\.example>$/);
  assert.deepEqual(header(mail, 'auto-submitted'), ['auto-generated']);
  assert.match(header(mail, 'subject')[0], /lädt Sie zu .* auf ChatFlow ein$/);
  assert.deepEqual(header(mail, 'content-language'), ['de']);
  const link = `chatflow://chat.shop.example/join/${token}`;
  assert.ok(mail.text.includes(link) && mail.html.includes(`href="${link}"`));
  assert.equal(mail.bare, false);
  assert.ok(mail.longest <= 998, `a line of ${mail.longest}`);
  await until(() => fate(made.id) === 'sent', 'the list of invitations to say so');
  const { body } = await daemon.rest('POST', '/api/v1/invites/show', { body: { token } });
  assert.equal(body.email, 'bea@shop.example');
});

test('an address that no mail server knows is an agent\'s all the same: the link is passed on', async (t) => {
  const { server, invite } = await post(t);
  const { token, invite: made } = await invite('ana@localhost');
  assert.equal(token.length, 43);
  assert.deepEqual([made.mail, /expected an email address/.test(made.mail_error)], ['failed', true]);
  assert.deepEqual(server.asked, []);
});

test('a new password goes by mail', async (t) => {
  const { server, admin } = await post(t);
  const other = stage.agents[1].agent;
  const { token, invite } = await admin.call('agent.reset', { id: newId(), agent_id: other.id, server: SERVER });
  assert.equal(invite.mail, 'waiting');
  const mail = await server.arrived(other.email);
  assert.match(header(mail, 'subject')[0], /^A new password for /);
  assert.ok(mail.text.includes(token));
});

test('no header can be smuggled in', async (t) => {
  const { server, admin, daemon, invite } = await post(t);
  for (const email of ['eve@shop.example\r\nBcc: all@shop.example', 'eve@shop.example>\nRCPT TO:<all@shop.example', '"eve@x\r\n"@shop.example', 'eve@shop.example,all@shop.example'])
    await assert.rejects(invite(email), (error) => error.reason === 'invalid');
  const { visitor, id } = await talk(t, daemon, 'hi\r\n.\r\nMAIL FROM:<eve@evil.example>\r\n\r\n.\n..\n');
  const nasty = 'Bcc: all@shop.example =?utf-8?q?x=0D=0ABcc:_all@shop.example?= "<all@shop.example>,';
  await visitor.call('visitor.identify', { name: nasty });
  const site = admin.records.all('site').find(({ key }) => key === stage.site);
  await admin.call('site.update', { id: site.id, name: nasty });
  await visitor.call('conversation.transcript', { id, event_id: newId(), address: 'zoe@mail.example' });
  const mail = await server.arrived('zoe@mail.example');
  assert.deepEqual(mail.defects, []);
  for (const name of ['bcc', 'cc']) assert.deepEqual(header(mail, name), []);
  for (const name of ['from', 'to', 'subject', 'message-id']) assert.equal(header(mail, name).length, 1, name);
  assert.ok(header(mail, 'subject')[0].includes(nasty.replace('=?', '= ?')));
  assert.ok(mail.text.includes('MAIL FROM:<eve@evil.example>'));
  assert.equal(server.mails.length, 1);
});

test('what a mail server refuses for the moment is tried again; what it refuses for good is given up, and told', async (t) => {
  const { server, daemon, admin, invite, fate } = await post(t);
  const later = await invite('busy2@shop.example');
  const never = await invite('nobody@shop.example');
  const tired = await invite('busy9@shop.example');
  await until(() => fate(later.invite.id) === 'sent' && fate(never.invite.id) === 'failed' && fate(tired.invite.id) === 'failed', 'all of them to end');
  assert.equal(server.asked.filter((address) => address === 'busy2@shop.example').length, 3);
  assert.equal(server.asked.filter((address) => address === 'nobody@shop.example').length, 1, 'nobody is asked for twice');
  assert.equal(server.asked.filter((address) => address === 'busy9@shop.example').length, 3, 'as often as mail_tries says');
  assert.equal(server.mails.length, 1);
  assert.match(admin.records.get('invite', never.invite.id).mail_error, /550 5\.1\.1 nobody of that name lives here/);
  assert.match(admin.records.get('invite', tired.invite.id).mail_error, /451/);
  const { visitor, id } = await talk(t, daemon);
  await visitor.call('conversation.transcript', { id, event_id: newId(), address: 'nobody@mail.example' });
  const line = await until(() => visitor.records.messages(id).find((message) => message.event === 'transcript_failed'), 'the conversation to say so');
  assert.equal(line.target_name, 'nobody@mail.example');
});

test('a mail server that is not there is asked again, until it is', async (t) => {
  const port = await freePort();
  const daemon = await stage.daemon(settings({ url: `smtp://127.0.0.1:${port}` }, { CHATFLOW_MAIL_TRIES: '50' }));
  t.after(() => daemon.remove());
  const admin = stage.agent(daemon, 0).start();
  t.after(() => admin.close());
  await admin.ready();
  await admin.call('invite.create', { id: newId(), role: 'agent', email: 'bea@shop.example', server: SERVER });
  await until(() => /it is tried again.*(refused|connect)/is.test(daemon.log), () => `the log to say so:\n${daemon.log}`);
  const server = await MailServer.start({ port });
  t.after(() => server.stop());
  await server.arrived('bea@shop.example');
});

test('TLS: demanded where it is not there, trusted where it may be, and no password without it', async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-mail-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const files = await certificate(folder);

  await t.test('without TLS nothing is said to a server that should have it', async (t) => {
    const server = await MailServer.start();
    t.after(() => server.stop());
    const { daemon, invite, fate, admin } = await post(t, { mail: server, options: { CHATFLOW_MAIL_STARTTLS: 'required', CHATFLOW_MAIL_TRIES: '1' } });
    const { invite: made } = await invite('bea@shop.example');
    await until(() => fate(made.id) === 'failed', 'it to be given up');
    assert.match(admin.records.get('invite', made.id).mail_error, /no TLS/);
    assert.deepEqual(server.asked, []);
    await assert.rejects(daemon.cli(['mail', 'test', '--to', 'bea@shop.example']), /no TLS/);
  });

  for (const way of ['starttls', 'smtps'])
    await t.test(`${way}, signed in`, async (t) => {
      const server = await MailServer.start({ tls: { ...files, way }, account: ['chat', PASSWORD] });
      t.after(() => server.stop());
      const url = way === 'smtps' ? server.url.replace('smtp:', 'smtps:') : server.url;
      const options = { CHATFLOW_MAIL_SERVER: url, CHATFLOW_MAIL_STARTTLS: 'required', CHATFLOW_MAIL_CA: files.cert, CHATFLOW_MAIL_USER: 'chat', CHATFLOW_MAIL_PASSWORD: PASSWORD };
      const { daemon, invite } = await post(t, { mail: server, options });
      await invite('bea@shop.example');
      const mail = await server.arrived('bea@shop.example');
      assert.deepEqual([mail.tls, mail.signed_in], [true, true]);
      assert.match(await daemon.cli(['mail', 'test', '--to', 'me@shop.example']), /has taken a mail for me@shop\.example/);
      await assert.rejects(daemon.cli(['--set', 'mail_password=wrong-one', 'mail', 'test', '--to', 'me@shop.example']), /refused mail_user and mail_password/);
      await assert.rejects(daemon.cli(['--set', 'mail_ca=/etc/ssl/certs/ca-certificates.crt', 'mail', 'test', '--to', 'me@shop.example']), /certificate/i);
      assert.ok(!(await daemon.cli(['check-config'])).includes(PASSWORD), 'the password is not printed');
      assert.ok(!daemon.log.includes(PASSWORD), 'nor logged');
    });
});

test('kill -9 between the commit and the sending: it goes after the restart', async (t) => {
  const server = await MailServer.start();
  t.after(() => server.stop());
  const { daemon, invite } = await post(t, { mail: server });
  await invite('slow@shop.example');
  await until(() => server.holding.length === 1, 'the mail server to have its content');
  await daemon.kill9();
  await daemon.restart();
  await until(() => server.holding.length === 2, 'it to be sent again');
  server.letGo();
  await until(() => server.mails.length >= 1, 'it to arrive');
  await until(() => invite('last@shop.example').then(() => true, () => false), 'the connection to be there again');
  await server.arrived('last@shop.example');
  const ids = new Set(server.to('slow@shop.example').map((mail) => header(mail, 'message-id')[0]));
  assert.equal(ids.size, 1, 'whoever gets it twice knows it again');
});

test('a transcript is what its visitor may read, and no more', async (t) => {
  const { server, daemon, admin } = await post(t);
  const { visitor, id } = await talk(t, daemon, 'where is <b>my</b> order?');
  await visitor.call('visitor.identify', { name: 'Zoë 🦊' });
  await admin.call('message.send', { id: newId(), conversation_id: id, text: 'On its way.\nTomorrow & later' });
  await admin.call('note.add', { id: newId(), conversation_id: id, text: 'SECRET-NOTE' });
  const event_id = newId();
  const ask = () => visitor.call('conversation.transcript', { id, event_id, address: ' Zoe@Mail.Example ' });
  await Promise.all([ask(), ask()]);
  const mail = await server.arrived('Zoe@mail.example');
  assert.match(header(mail, 'subject')[0], /^Your conversation with /);
  for (const part of [mail.text, mail.html]) assert.ok(!part.includes('SECRET-NOTE') && part.includes('Zoë 🦊'), part);
  assert.ok(mail.text.includes('where is <b>my</b> order?') && mail.text.includes('On its way.'));
  assert.ok(mail.html.includes('where is &lt;b&gt;my&lt;/b&gt; order?') && mail.html.includes('On its way.<br>\nTomorrow &amp; later'));
  const line = (client) => client.records.messages(id).find((message) => message.id === event_id);
  await until(() => line(visitor) && line(admin), 'a line in the conversation');
  assert.deepEqual([line(admin).event, line(admin).target_name, line(admin).author_kind], ['transcript_sent', 'Zoe@mail.example', 'visitor']);
  await ask();
  assert.equal(server.mails.length, 1, 'a repeat sends nothing');

  await t.test('an agent sends it too, in the visitor\'s words', async () => {
    await admin.call('conversation.transcript', { id, event_id: newId(), address: 'other@mail.example' });
    assert.ok(!(await server.arrived('other@mail.example')).text.includes('SECRET-NOTE'));
  });

  await t.test('nobody else\'s, to no wrong address, and not without end', async (t) => {
    const { visitor: stranger, id: theirs } = await talk(t, daemon);
    await assert.rejects(stranger.call('conversation.transcript', { id, event_id: newId(), address: 'eve@mail.example' }), (error) => error.reason === 'not_found');
    await assert.rejects(stranger.call('conversation.transcript', { id: theirs, event_id, address: 'eve@mail.example' }), (error) => error.reason === 'conflict');
    for (const address of ['eve', 'eve@localhost', 'a b@mail.example', 'eve@-mail.example'])
      await assert.rejects(stranger.call('conversation.transcript', { id: theirs, event_id: newId(), address }), (error) => error.reason === 'invalid', address);
    const asks = [];
    for (let i = 0; i < 8; i++) asks.push(await stranger.call('conversation.transcript', { id: theirs, event_id: newId(), address: `s${i}@mail.example` }).then(() => 'ok', (error) => error.reason));
    assert.deepEqual(asks, [...Array(5).fill('ok'), ...Array(3).fill('rate_limited')]);
  });

  await t.test('one address hears from many visitors no more than from one', async (t) => {
    const asks = [];
    for (let i = 0; i < 6; i++) {
      const other = await talk(t, daemon);
      asks.push(await other.visitor.call('conversation.transcript', { id: other.id, event_id: newId(), address: 'Victim@mail.example' }).then(() => 'ok', (error) => error.reason));
    }
    assert.deepEqual(asks, [...Array(5).fill('ok'), 'rate_limited']);
  });
});

test('a visitor ends a conversation, and begins another', async (t) => {
  const { daemon, admin } = await post(t);
  const { visitor, id } = await talk(t, daemon);
  const event_id = newId();
  await visitor.call('conversation.close', { id, event_id });
  await until(() => admin.records.get('conversation', id)?.status === 'closed', 'agents to see that');
  const line = admin.records.messages(id).find((message) => message.id === event_id);
  assert.deepEqual([line.event, line.author_kind, line.author_id], ['closed', 'visitor', visitor.visitorId]);
  const next = newId();
  await visitor.call('conversation.start', { id: next, message_id: newId(), text: 'another matter' });
  await until(() => admin.records.get('conversation', next)?.status === 'open', 'agents to see the new one');
  assert.equal(admin.records.get('conversation', id).status, 'closed');
  const { visitor: stranger } = await talk(t, daemon);
  await assert.rejects(stranger.call('conversation.close', { id: next, event_id: newId() }), (error) => error.reason === 'not_found');
});

test('without a mail server all goes on, and whoever wants mail is told', async (t) => {
  const daemon = await stage.daemon();
  t.after(() => daemon.remove());
  const admin = stage.agent(daemon, 0).start();
  t.after(() => admin.close());
  await admin.ready();
  assert.equal((await daemon.rest('GET', '/api/v1/server')).body.mail, undefined);
  const { invite, token } = await admin.call('invite.create', { id: newId(), role: 'agent', email: 'bea@shop.example', server: SERVER });
  assert.equal(invite.mail, undefined);
  assert.equal(token.length, 43);
  const { visitor, id } = await talk(t, daemon);
  await assert.rejects(visitor.call('conversation.transcript', { id, event_id: newId(), address: 'zoe@mail.example' }), (error) => error.reason === 'unavailable' && /sends no mail/.test(error.message));
  await assert.rejects(daemon.cli(['mail', 'test', '--to', 'zoe@mail.example']), /set mail_server and mail_from/);
  await assert.rejects(daemon.cli(['--set', 'mail_server=smtp://x', 'check-config']), /mail_server without mail_from/);
  await assert.rejects(daemon.cli(['--set', 'mail_server=smtp://me:hunter2@x', 'check-config']), (error) => /without user and password/.test(error.message) && !error.message.includes('me:hunter2@x", expected'));
});
