// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the page of the preview may and may not, with servers of the test's own: a "widget" that tries to get out, one that is not there, one whose
// certificate nobody has signed.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';

import { Display } from '../lib/display.mjs';
import { until } from '../lib/until.mjs';

const [READY, UNREACHABLE, UNTRUSTED] = [1, 2, 3];
const SITE = { type: 'site', id: '0190a5c0-0003-7abc-8def-0123456789ab', rev: 5, name: 'Shop', key: 'key', appearance: { launcher_text: '' },
  form: { on: true, fields: [{ id: 'q', kind: 'text', label: 'Order', during: true }, { id: 'r', kind: 'text', label: 'Which', during: true, shown_when: 'q', shown_is: 'yes' }] } };

/** A server that gives one script, and remembers what it was asked. */
class Web {
  asked = [];

  static async start(script, tls) {
    const web = new Web();
    const answer = (request, response) => {
      web.asked.push(`${request.method} ${request.url}`);
      if (script === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    };
    web.server = (tls ? https.createServer(tls, answer) : http.createServer(answer)).listen(0, '127.0.0.1');
    web.server.on('upgrade', (request, socket) => {
      web.asked.push(`UPGRADE ${request.url}`);
      socket.destroy();
    });
    web.server.on('tlsClientError', () => {});
    await once(web.server, 'listening');
    web.url = `${tls ? 'https' : 'http'}://127.0.0.1:${web.server.address().port}`;
    return web;
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** The preview in a window of its own. */
class Window {
  said = [];

  constructor(display, server) {
    const snippet = `<script src="${server}/widget.js" data-site="key" async></script>`;
    this.child = spawn(process.env.TEST_PREVIEW_WINDOW, [process.env.CHATFLOW_PREVIEW, server, snippet, JSON.stringify(SITE)], {
      // WebKit keeps things until the end, as the libraries below it do.
      env: { ...display.environment, ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''}:detect_leaks=0` },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    createInterface({ input: this.child.stdout }).on('line', (line) => this.said.push(line));
  }

  tell(line) {
    this.child.stdin.write(`${line}\n`);
  }

  hears(line) {
    return until(() => this.said.includes(line), () => `"${line}", heard ${JSON.stringify(this.said)}`);
  }

  async close() {
    const gone = once(this.child, 'close');
    this.child.stdin.end();
    const [code, signal] = await gone;
    assert.deepEqual([code, signal], [0, null]);
  }
}

test('the page of the preview', async (t) => {
  const display = await Display.start();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-preview-'));
  t.after(async () => {
    await display.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const scene = async (script, run, tls) => {
    const web = await Web.start(script, tls);
    const window = new Window(display, web.url);
    try {
      await run(window, web);
    } finally {
      await window.close();
      web.close();
    }
  };

  await t.test('a script that tries every way out reaches nobody', async () => {
    const elsewhere = await Web.start('');
    const ways = (there) => `
      const post = (word) => window.webkit.messageHandlers.chatflow.postMessage(word);
      const add = (name, values) => document.body.append(Object.assign(document.createElement(name), values));
      const tried = [
        () => fetch('${there}/fetch', { mode: 'no-cors' }),
        () => fetch('/own-fetch', { method: 'POST' }),
        () => new Promise((resolve) => { const ask = new XMLHttpRequest(); ask.onloadend = resolve; ask.open('POST', '/own-xhr'); ask.send(); }),
        () => navigator.sendBeacon('/own-beacon', 'x'),
        () => new EventSource('/own-events'),
        () => { const socket = new WebSocket('${there.replace('http', 'ws')}/socket'); socket.onopen = () => socket.send('{}'); },
        () => { const frame = document.createElement('iframe'); document.body.append(frame); new frame.contentWindow.WebSocket('${there.replace('http', 'ws')}/frame-socket'); },
        () => { const frame = document.createElement('iframe'); document.body.append(frame); return frame.contentWindow.fetch('${there}/frame-fetch', { mode: 'no-cors' }); },
        () => add('script', { src: '${there}/script.js' }),
        () => add('script', { textContent: 'fetch("/inline")' }),
        () => add('iframe', { src: '${there}/frame' }),
        () => add('img', { src: '${there}/picture.png' }),
        () => add('link', { rel: 'stylesheet', href: '${there}/style.css' }),
        () => add('video', { src: '${there}/film.mp4' }),
        () => add('form', { method: 'post', action: '${there}/form' }) ?? document.forms[0].submit(),
        () => window.open('${there}/window'),
        () => { const link = Object.assign(document.createElement('a'), { href: '${there}/link' }); document.body.append(link); link.click(); },
        () => { const link = Object.assign(document.createElement('a'), { href: '/own-download', download: 'x' }); document.body.append(link); link.click(); },
        () => new Worker('/own-worker.js'),
        () => navigator.serviceWorker.register('/own-service.js'),
        () => { location.href = '${there}/location'; },
        () => { location.replace('/own-location'); },
      ];
      addEventListener('load', async () => {
        for (const way of tried) try { await way(); } catch {}
        // The one thing that is allowed, and comes after all that are not.
        Object.assign(new Image(), { onerror: () => post('shown'), src: '/last.png' });
      });`;
    try {
      await scene(ways(elsewhere.url), async (window, web) => {
        await window.hears(`state ${READY}`);
        assert.deepEqual(web.asked, ['GET /widget.js', 'GET /last.png']);
        assert.deepEqual(elsewhere.asked, []);
      });
    } finally {
      elsewhere.close();
    }
  });

  await t.test('the server that stands in answers as the daemon does, and refuses what it does not know', async () => {
    const talk = `
      const post = (word) => window.webkit.messageHandlers.chatflow.postMessage(word);
      const socket = new WebSocket('ws://nobody/');
      const heard = [];
      const send = (id, method, params) => socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      const check = (name, fine) => { if (!fine) throw new Error(name); };
      socket.onopen = () => {
        send(1, 'session.open', { site: 'key' });
        send(2, 'conversation.start', { id: 'c', message_id: 'm', text: 'Hello' });
        send(3, 'message.send', { id: 'n', conversation_id: 'c', text: 'again' });
        send(4, 'message.send', { id: 'o', conversation_id: 'other', text: 'elsewhere' });
        send(5, 'agent.add', {});
        send(6, 'toString', {});
        send(8, 'conversation.answer', { id: 'c', field: 'q', value: 'no' });
        send(7, 'sync.changes', {});
      };
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(data);
        heard.push(frame);
        if (frame.id !== 7) return;
        const answer = (id) => heard.find((one) => one.id === id);
        check('open', answer(1).result.role === 'visitor' && answer(1).result.records[0].name === 'Shop');
        check('dressed', answer(1).result.records[0].appearance.scheme === 'light');
        check('started', answer(2).result.records.map(({ type }) => type).join() === 'conversation,message');
        check('sent', answer(3).result.records[1].position === 2);
        check('asks', answer(2).result.records[0].question_id === 'q' && answer(3).result.records[0].question_id === 'q');
        check('asked', answer(8).result.records[0].question_id === undefined);
        check('refused', [4, 5, 6].every((id) => answer(id).error.data.reason === 'forbidden'));
        const changes = heard.filter(({ method }) => method === 'changes').map(({ params }) => params);
        check('pushed', changes.length === 3 && changes[0].rev === changes[1].prev);
        check('all', frame.result.records.length === 4 && frame.result.rev === changes[2].rev);
        post('open');
      };`;
    await scene(talk, (window) => window.hears('open 1'));
  });

  await t.test('a widget that is not there', async () => {
    await scene(undefined, async (window, web) => {
      await window.hears(`state ${UNREACHABLE}`);
      window.tell('reload');
      await until(() => web.asked.length === 2, 'another attempt');
      await until(() => window.said.filter((line) => line === `state ${UNREACHABLE}`).length === 2, 'the same answer');
    });
  });

  await t.test('a certificate that nobody has signed', async () => {
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name));
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=127.0.0.1'], { stdio: 'ignore' });
    await scene('', async (window, web) => {
      await window.hears(`state ${UNTRUSTED}`);
      assert.deepEqual(web.asked, []);
    }, { key: await readFile(key), cert: await readFile(cert) });
  });
});
