// SPDX-License-Identifier: GPL-3.0-or-later
// Pages that embed the widget, on an origin of their own.
import { createServer } from 'node:http';

const SHOP = `
<header>Tea &amp; Leaf</header>
<main>
<h1>Spring harvest</h1><p>Fresh from the hills of Uji: sencha, gyokuro and a roasted hojicha for the evening.</p>
<label>Search <input id="search"></label>
<p>Free delivery above 40 euro. Orders before noon leave the same day.</p></main>`;

const STYLE = `<style nonce="page">
body { margin: 0; font: 17px/1.6 Georgia, serif; }
header { padding: 24px 48px; font: 700 20px Georgia, serif; border-bottom: 1px solid #ddd; }
main { max-width: 760px; padding: 24px 48px; }
</style>`;

const HOSTILE = `<style>
body * { all: unset !important; display: block !important; position: static !important; color: red !important; font: 40px monospace !important;
  visibility: hidden !important; opacity: 0.1 !important; transform: rotate(20deg) !important; z-index: -1 !important; width: 3px !important; }
body button, body svg, body div, chatflow-widget { display: none !important; }
</style>`;

/** kind → {head, attributes, csp, early} of a page. */
const KINDS = {
  '/': {},
  '/german': { attributes: 'data-locale="de-AT"' },
  '/arabic': { attributes: 'data-locale="ar"' },
  '/left': { attributes: 'data-side="left" data-color="#ffd166"' },
  '/hostile': { head: HOSTILE },
  '/twice': { twice: true },
  '/early': { early: `ChatFlow('on', 'ready', function () { window.wasReady = true; }); ChatFlow('on', 'open', function () { throw new Error('page'); });
    ChatFlow('identify', { name: 'Mia', email: 'mia@mail.example' }); ChatFlow('open');` },
  '/wrong-site': { site: 'nobody' },
  '/strict': { strict: true },
  '/strict-pictures': { strict: true, pictures: true },
  '/bare': { bare: true },
};

/** `?lang=` is the language that a page says it has; English where nothing else is asked. */
export async function startHostPages(daemon) {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://x');
    const kind = KINDS[pathname];
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (!kind) {
      response.statusCode = 404;
      response.end();
      return;
    }
    if (kind.strict)
      response.setHeader('content-security-policy', `default-src 'none'; style-src 'nonce-page'; img-src data: ${kind.pictures ? daemon.address : ''}; script-src ${daemon.address}; connect-src ${daemon.address.replace('http', 'ws')} ${daemon.address}; require-trusted-types-for 'script'`);
    const snippet = `<script src="${daemon.address}widget.js" data-site="${kind.site ?? 'demo'}" ${kind.attributes ?? ''} async></script>`;
    const snippets = kind.bare ? '' : snippet + (kind.twice ? snippet : '');
    const early = kind.early ? `<script>window.ChatFlow = window.ChatFlow || function () { (ChatFlow.q = ChatFlow.q || []).push(arguments); };${kind.early}</script>` : '';
    response.end(`<!doctype html><html lang="${searchParams.get('lang') ?? 'en'}"><head><meta charset="utf-8"><title>Tea &amp; Leaf</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">${STYLE}${kind.head ?? ''}${early}${snippets}</head>
<body>${SHOP}</body></html>`);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: (path = '/') => `http://127.0.0.1:${server.address().port}${path}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
