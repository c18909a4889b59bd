// SPDX-License-Identifier: MIT
// For pages that are made by a bundler: what a page may call, before and after the widget is there, and what fetches the widget from the server.

/** Says it to the widget, or keeps it until the widget is there. Where there is no page, as when one is rendered on a server, nothing happens. */
export default function ChatFlow(...call) {
  if (typeof window === 'undefined') return;
  window.ChatFlow ??= function () {
    (window.ChatFlow.q ??= []).push(arguments);
  };
  window.ChatFlow(...call);
}

/** Fetches the widget, once, whatever is called how often. */
export function load({ server, site, locale, nonce }) {
  if (typeof document === 'undefined' || document.querySelector('script[data-site]')) return;
  const script = document.createElement('script');
  script.src = new URL('widget.js', server.endsWith('/') ? server : `${server}/`).href;
  script.async = true;
  script.dataset.site = site;
  if (locale) script.dataset.locale = locale;
  if (nonce) script.nonce = nonce;
  document.head.append(script);
}
