// SPDX-License-Identifier: GPL-3.0-or-later
//
// The server of the preview: it runs before the widget, takes the place of the page's WebSocket and answers from what the client wants to
// see. Nothing leaves the page; what is said in it is forgotten with it.
(() => {
  'use strict';

  /** When the widget has not asked for its site after so long, what there is is shown. */
  const PATIENCE = 3000;
  const EPOCH = 1;
  const tell = (word) => window.webkit.messageHandlers.chatflow.postMessage(word);
  const sockets = new Set();
  const said = new Map();
  let rev = 0;
  let wanted;
  /** The chat has been opened on this page. */
  let talking = false;
  /** The form as it was asked last, and how often it has changed: the server counts that, and whoever fills it in is asked anew. */
  let form = { text: '', version: 0 };
  /** What was said to the form's questions, by the ids of their fields; nothing where one was passed over. */
  const answers = new Map();
  let begin;
  const begun = new Promise((resolve) => (begin = resolve));

  /**
   * What visitors of this site are told of it. The system that this page pretends to run on is dark or light; nobody waits for an invitation here, and
   * none is said into an open chat.
   */
  function siteRecord() {
    const { site, dark, open } = wanted;
    const { appearance = {} } = site;
    const { scheme = 'auto' } = appearance;
    const system = dark ? 'dark' : 'light';
    return {
      ...site, rev,
      appearance: { ...appearance, scheme: scheme === 'auto' ? system : scheme, bubble_delay: 0, ...(open && { bubble_text: undefined }) },
      ...(site.form && { form: { ...site.form, version: form.version } }),
    };
  }

  function everything() {
    return { rev, epoch: EPOCH, records: [siteRecord(), ...said.values()] };
  }

  function opened() {
    tell('shown');
    const signals = wanted.away ? [] : [{ kind: 'presence', actor_kind: 'agent', state: 'online' }];
    return { role: 'visitor', time: Date.now(), ...everything(), signals, opening: wanted.away ? { closed: true } : {} };
  }

  /** Stamps what has changed and pushes it, as the server does. */
  function commit(records) {
    const prev = rev++;
    const stamped = records.map((record) => ({ ...record, rev }));
    for (const record of stamped) if (record.type !== 'site') said.set(record.id, record);
    for (const socket of sockets) socket.tell({ method: 'changes', params: { prev, rev, records: stamped } });
    return { rev, records: stamped };
  }

  /** What is asked in the conversation now. */
  function question() {
    const { on, fields = [] } = wanted.site.form ?? {};
    const now = ({ id, during, asked, shown_when: when, shown_is: is }) =>
      during && asked !== (wanted.away ? 'open' : 'closed') && !answers.has(id) && (!when || answers.get(when) === is);
    return on ? fields.find(now)?.id : undefined;
  }

  function write(conversation, id, text) {
    const created_at = Date.now();
    const position = (conversation.last_position ?? 0) + 1;
    const newest = { last_message_at: created_at, last_position: position, last_author: 'visitor', preview: text };
    const message = { type: 'message', id, conversation_id: conversation.id, position, kind: 'text', author_kind: 'visitor', text, created_at };
    return commit([{ ...conversation, ...newest, question_id: question() }, message]);
  }

  const methods = {
    'session.open': opened,
    'sync.changes': everything,
    'server.info': () => ({ name: 'ChatFlow', version: '' }),
    'visitor.identify': () => ({ rev, records: [] }),
    'conversation.read': () => ({ rev, records: [] }),
    'message.list': () => ({ rev, records: [] }),
    'conversation.start': ({ id, message_id, text, form: reply }) => {
      if (wanted.away && wanted.site.offline?.messages_off) return undefined;
      for (const { field, value } of reply?.values ?? []) answers.set(field, value);
      return write({ type: 'conversation', id, site_id: wanted.site.id, status: 'open', created_at: Date.now() }, message_id, text);
    },
    'conversation.answer': ({ id, field, value }) => {
      answers.set(field, value);
      return said.has(id) ? commit([{ ...said.get(id), question_id: question() }]) : undefined;
    },
    'message.send': ({ id, conversation_id, text }) => said.has(conversation_id) ? write(said.get(conversation_id), id, text) : undefined,
  };

  /** What is not known here is refused, as by a server that doesn't allow it. */
  function answer({ id, method, params = {} }) {
    const result = Object.hasOwn(methods, method) ? methods[method](params) : undefined;
    if (result) return { id, result };
    return { id, error: { code: -31002, message: 'a preview cannot do that', data: { reason: 'forbidden' } } };
  }

  class PreviewSocket {
    onopen = null;
    onmessage = null;
    onclose = null;

    constructor() {
      void begun.then(() => {
        sockets.add(this);
        this.onopen?.({});
      });
    }

    send(text) {
      const frame = JSON.parse(text);
      if (frame.id !== undefined) this.tell(answer(frame));
    }

    tell(frame) {
      queueMicrotask(() => this.onmessage?.({ data: JSON.stringify({ jsonrpc: '2.0', ...frame }) }));
    }

    close() {
      sockets.delete(this);
    }
  }

  /** What is shown above the button, in words that are others when it is another. */
  const invitation = ({ open, site: { name, appearance: { bubble_text = '', title = name } = {} } }) => !open && bubble_text && `${title}\n${bubble_text}`;

  /** An invitation is shown once in a visit, until a chat was opened: one that has changed is a new one, and else needs a new page. */
  function pushSite(before) {
    const invited = invitation(wanted);
    const changed = invited !== invitation(before) && !wanted.open;
    if (changed && (talking || !invited) && (invited || invitation(before))) {
      tell('again');
      return;
    }
    if (changed) localStorage.removeItem(`chatflow:${wanted.site.key}:invited`);
    // A form that has changed asks something else.
    commit([siteRecord(), ...[...said.values()].filter(({ type }) => type === 'conversation').map((one) => ({ ...one, question_id: question() }))]);
  }

  function turn(open) {
    window.ChatFlow(open ? 'open' : 'close');
    // Whoever presses a button of the client has not come to this one with the keyboard.
    if (!open) document.activeElement?.shadowRoot?.activeElement?.blur();
  }

  /** Somebody has clicked in the page, or what was asked for has come about. */
  function turned(open) {
    talking ||= open;
    if (wanted.open !== open) tell(open ? 'open' : 'close');
    wanted = { ...wanted, open };
  }

  /** What is to be seen from now on: the site as visitors receive it, dark, open, away. */
  function show(next) {
    const before = wanted;
    wanted = next;
    const text = JSON.stringify(next.site.form ?? {});
    if (text !== form.text) form = { text, version: form.version + 1 };
    document.documentElement.toggleAttribute('data-dark', next.dark);
    if (next.open !== (before?.open ?? false)) turn(next.open);
    if (before) {
      pushSite(before);
    } else {
      rev = 1;
      begin();
    }
  }

  const queue = [];
  window.WebSocket = PreviewSocket;
  // Each page is a new visitor's.
  localStorage.clear();
  sessionStorage.clear();
  window.ChatFlow = (...call) => void queue.push(call);
  window.ChatFlow.q = queue;
  window.ChatFlow('on', 'ready', () => setTimeout(tell, PATIENCE, 'shown'));
  window.ChatFlow('on', 'open', () => turned(true));
  window.ChatFlow('on', 'close', () => turned(false));
  addEventListener('error', ({ target }) => target instanceof HTMLScriptElement && target.dataset.site && tell('unreachable'), true);
  // It closes the chat; without this it would go on to the client and close its window too.
  addEventListener('keydown', (event) => event.key === 'Escape' && event.preventDefault(), true);
  Object.defineProperty(window, 'chatflowPreview', { value: { show } });
})();
