// SPDX-License-Identifier: GPL-3.0-or-later
// What draws the panel: elements become a document, and the next ones change of it what is different and nothing else.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { common, widgetPlugin } from '../../../widget/build.mjs';
import { build, widgetFolder } from '../lib/packages.mjs';
import { launch, until } from '../lib/stage.mjs';

let browser;
let code;
before(async () => {
  const entry = ['component', 'draw', 'element'].map((name) => `export * from './${name}';`).join('\n');
  const { outputFiles } = await build({ ...common, stdin: { contents: entry, resolveDir: join(widgetFolder, 'src', 'render'), loader: 'ts' }, format: 'iife', globalName: 'R', write: false, mangleProps: /^_\d+$/, plugins: [widgetPlugin()] });
  code = outputFiles[0].text;
  browser = await launch();
});
after(() => browser.close());

/** Runs `call` on an empty page that has `R`, a `place` and a `show`; gives what it gives, and what was thrown on the page. */
async function on(t, call, { then = '' } = {}) {
  const page = await browser.newPage();
  t.after(() => page.close());
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.setContent('<!DOCTYPE html><div id="place"></div>');
  await page.addScriptTag({ content: `${code}\nconst { h, Component, drawer } = R; const place = document.getElementById('place'); const show = drawer(place); const moment = () => new Promise((resolve) => setTimeout(resolve));\n${then}` });
  const result = await page.evaluate(call);
  return { result, errors, page };
}

test('what is nothing shows nothing, lists in lists are flat, text is text', async (t) => {
  const { result, errors } = await on(t, () => {
    const Nothing = () => null;
    const Words = () => 'words';
    show(h('div', null, null, undefined, false, true, '', 0, 7, 'a', ['b', [h('i', null), null, ['c']]], h(Nothing, null), h(Words, null), '<b>&amp;</b>'));
    return place.innerHTML;
  });
  assert.equal(result, '<div>07ab<i></i>cwords&lt;b&gt;&amp;amp;&lt;/b&gt;</div>');
  assert.deepEqual(errors, []);
});

test('attributes, properties, false and nothing', async (t) => {
  const { result } = await on(t, () => {
    const seen = [];
    const look = () => seen.push(place.innerHTML);
    show(h('button', { type: 'button', class: 'a', disabled: true, hidden: false, tabindex: -1, 'aria-expanded': false, 'aria-invalid': true, 'data-x': 0, title: undefined, style: 'width: 10px' }));
    look();
    show(h('button', { type: 'button', disabled: false, hidden: true, 'aria-expanded': true, title: 'T', style: 'width: 20px' }));
    look();
    show(h('button', null));
    look();
    return seen;
  });
  assert.deepEqual(result, [
    '<button type="button" class="a" disabled="" tabindex="-1" aria-expanded="false" aria-invalid="true" data-x="0" style="width: 10px;"></button>',
    '<button type="button" aria-expanded="true" style="width: 20px;" hidden="" title="T"></button>',
    '<button style=""></button>',
  ]);
});

test('what the visitor has in their hands is compared with what it is', async (t) => {
  const { result } = await on(t, () => {
    const draw = (value, on) => show(h('form', null, h('textarea', { value }), h('input', { type: 'checkbox', checked: on }), h('select', { value }, h('option', { value: 'x' }), h('option', { value: 'y' })), h('progress', { max: 4, value: 0 }), h('input', { type: 'text', defaultValue: value })));
    draw('abc', false);
    const [text, box, select, progress, field] = place.firstChild.children;
    text.focus();
    text.setSelectionRange(1, 1);
    draw('abc', false);
    const caret = text.selectionStart;
    text.value = 'abcd';
    box.checked = true;
    field.value = 'own';
    draw('y', false);
    return [caret, text.value, box.checked, select.value, progress.position, field.value, progress.hasAttribute('value')];
  });
  assert.deepEqual(result, [1, 'y', false, 'y', 0, 'own', true]);
});

test('a drawing is a drawing', async (t) => {
  const { result } = await on(t, () => {
    const Icon = () => h('svg', { viewBox: '0 0 24 24' }, h('path', { d: 'M0 0', 'stroke-width': '2' }));
    show(h('button', null, h(Icon, null), h('span', null)));
    return [place.innerHTML, place.querySelector('path').namespaceURI, place.querySelector('span').namespaceURI];
  });
  assert.deepEqual(result, ['<button><svg viewBox="0 0 24 24"><path d="M0 0" stroke-width="2"></path></svg><span></span></button>', 'http://www.w3.org/2000/svg', 'http://www.w3.org/1999/xhtml']);
});

test('what has a key stays what it is, and the focus, wherever others go', async (t) => {
  const { result } = await on(t, () => {
    const draw = (keys) => show(h('div', null, h('b', null, 'before'), keys.map((key) => h('textarea', { key, id: key })), h('b', null, 'after')));
    draw(['a', 'b', 'c']);
    const field = document.getElementById('b');
    field.focus();
    const seen = [];
    for (const keys of ['xabc', 'bc', 'bcd', 'zbd', 'zyxwbvu', 'b', 'ab', 'abcdef', 'fabcde', 'abcdef']) {
      draw([...keys]);
      seen.push([...place.querySelectorAll('textarea')].map(({ id }) => id).join(''), document.activeElement === field && document.getElementById('b') === field);
    }
    return seen;
  });
  assert.deepEqual(result, ['xabc', 'bc', 'bcd', 'zbd', 'zyxwbvu', 'b', 'ab', 'abcdef', 'fabcde', 'abcdef'].flatMap((keys) => [keys, true]));
});

test('one row more of two thousand touches no other', async (t) => {
  const { result } = await on(t, async () => {
    const Row = ({ text }) => h('div', { class: 'row' }, h('p', { dir: 'auto', onClick: () => text }, text), [null, h('i', null, text)]);
    const draw = (keys) => show(h('div', { role: 'log' }, keys.map((key) => h(Row, { key, text: `row ${key}` }))));
    const keys = Array.from({ length: 2000 }, (_, i) => i);
    draw(keys);
    const seen = [];
    const observer = new MutationObserver((list) => seen.push(...list.map(({ type, target, addedNodes, removedNodes }) => `${type} of ${target.getAttribute?.('role')}: +${addedNodes.length} -${removedNodes.length}`)));
    observer.observe(place, { subtree: true, childList: true, attributes: true, characterData: true });
    const changes = async (next) => {
      seen.length = 0;
      draw(next);
      await moment();
      return seen.join(', ');
    };
    return [await changes([...keys, 'new']), await changes(['old', ...keys, 'new']), await changes(keys), await changes([...keys.slice(1), 0]), await changes(keys)];
  });
  const log = (...changes) => changes.map((one) => `childList of log: ${one}`).join(', ');
  assert.deepEqual(result, [log('+1 -0'), log('+1 -0'), log('+0 -1', '+0 -1'), log('+0 -1', '+1 -0'), log('+0 -1', '+1 -0')]);
});

test('places stay places: what comes and goes before an element makes no other one of it', async (t) => {
  const { result } = await on(t, () => {
    const draw = (shown, more) => show(h('div', null, shown && h('input', { id: 'first' }), more.map((one) => h('i', null, one)), h('input', { id: 'second' })));
    draw(false, []);
    const second = document.getElementById('second');
    second.value = 'typed';
    draw(true, ['a', 'b']);
    draw(false, ['a']);
    draw(true, []);
    return [place.innerHTML, document.getElementById('second') === second, second.value];
  });
  assert.deepEqual(result, ['<div><input id="first"><input id="second"></div>', true, 'typed']);
});

test('the same key twice is two', async (t) => {
  const { result } = await on(t, () => {
    show(h('p', null, ['a', 'a', 'b'].map((key) => h('i', { key }, key))));
    show(h('p', null, ['a', 'a', 'a', 'b'].map((key) => h('i', { key }, key))));
    const all = place.textContent;
    show(h('p', null, ['b'].map((key) => h('i', { key }, key))));
    return [all, place.textContent];
  });
  assert.deepEqual(result, ['aaab', 'b']);
});

test('a component comes, is changed and goes; with another key it is another one', async (t) => {
  const { result, errors } = await on(t, async () => {
    const said = [];
    class One extends Component {
      state = { count: 0 };
      componentDidMount() { said.push(`${this.props.name} comes: ${place.textContent}`); }
      componentDidUpdate(props, state) { said.push(`${props.name} ${state.count} to ${this.props.name} ${this.state.count}: ${place.textContent}`); }
      componentWillUnmount() { said.push(`${this.props.name} goes: ${this.node.isConnected}`); }
      render({ name, inner }, { count }) { return h('b', { ref: (node) => (this.node = node ?? this.node) }, name, count, inner); }
    }
    const draw = (key, name, inner) => show(h('div', null, h(One, { key, name, inner })));
    draw(1, 'a', h(One, { name: 'in' }));
    draw(1, 'b', h(One, { name: 'in' }));
    draw(2, 'c');
    show(h('div', null));
    await moment();
    return said;
  });
  assert.deepEqual(result, ['in comes: a0in0', 'a comes: a0in0', 'in 0 to in 0: b0in0', 'a 0 to b 0: b0in0', 'b goes: true', 'in goes: true', 'c comes: c0', 'c goes: true']);
  assert.deepEqual(errors, []);
});

test('who is told of an element is told when it stands in its place, and before what it belongs to comes', async (t) => {
  const { result } = await on(t, () => {
    const said = [];
    class One extends Component {
      componentDidMount() { said.push('comes'); }
      render() { return h('p', null, h('i', { ref: (node) => said.push(node?.closest('form')?.id) })); }
    }
    const first = (node) => said.push(`first ${node?.tagName}`);
    show(h('form', { id: 'form' }, h(One, null), h('b', { ref: first })));
    show(h('form', null, h(One, null), h('b', { ref: first })));
    show(h('form', null, h(One, null), h('u', { ref: first })));
    show(h('form', null));
    return said;
  });
  assert.deepEqual(result, ['form', 'first B', 'comes', undefined, '', undefined, 'first undefined', '', 'first U', undefined, 'first undefined']);
});

test('changes of one moment are drawn once; also those made by what has been drawn, and none of those who are gone', async (t) => {
  const { result, errors } = await on(t, async () => {
    const said = [];
    let drawn = 0;
    let one;
    class One extends Component {
      state = { a: 0, b: 0 };
      constructor(props) { super(props); one = this; }
      componentDidMount() { this.setState({ b: 1 }); }
      componentDidUpdate() { if (this.state.a === 2) this.setState({ a: 3 }, () => said.push(`then ${place.textContent}`)); }
      render(_, { a, b }) { drawn++; return a === 5 ? null : h(a % 2 ? 'i' : 'b', null, a, '/', b); }
    }
    show(h('div', null, 'x', h(One, null), 'y'));
    await moment();
    said.push(place.innerHTML, drawn);
    one.setState({ a: 1 });
    one.setState({ a: 2 }, () => said.push(`first ${place.textContent}`));
    said.push(place.textContent);
    await moment();
    said.push(place.innerHTML, drawn);
    one.setState({ a: 5 });
    await moment();
    said.push(place.innerHTML);
    one.setState({ a: 6 });
    one.forceUpdate();
    await moment();
    said.push(place.innerHTML, drawn);
    one.setState({ a: 7 }, () => said.push('never'));
    show(h('div', null));
    one.setState({ a: 8 }, () => said.push('never'));
    await moment();
    said.push(place.innerHTML, drawn);
    return said;
  });
  assert.deepEqual(result, ['<div>x<b>0/1</b>y</div>', 2, 'x0/1y', 'first x2/1y', 'then x3/1y', '<div>x<i>3/1</i>y</div>', 4, '<div>xy</div>', '<div>x<b>6/1</b>y</div>', 6, '<div></div>', 6]);
  assert.deepEqual(errors, []);
});

test('a listener is replaced unseen, and hears nothing that was on its way before it', async (t) => {
  const { result } = await on(t, async () => {
    const said = [];
    let added = 0;
    const add = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (...args) { if (this.tagName) added++; return add.apply(this, args); };
    const draw = (word, outer) => show(h('div', { onClick: outer && (() => said.push('outer')) }, h('button', { onClick: word && (() => { said.push(word); draw('second', true); }) })));
    draw('first', false);
    const button = place.querySelector('button');
    button.click();
    button.click();
    draw(undefined, true);
    button.click();
    draw('third', false);
    button.click();
    said.push(added);
    button.dispatchEvent(new Event('click', { bubbles: true }));
    EventTarget.prototype.addEventListener = add;
    return said;
  });
  assert.deepEqual(result, ['first', 'second', 'outer', 'outer', 'third', 2, 'second', 'outer']);
});

test('who draws while something is drawn is drawn next', async (t) => {
  const { result, errors } = await on(t, () => {
    const said = [];
    const plain = (text) => show(h('div', null, h('b', null, text)));
    show(h('div', null, h('input', { ref: (node) => node || (plain('again'), said.push(place.textContent)) })));
    plain('once');
    return [...said, place.innerHTML];
  });
  assert.deepEqual(result, ['', '<div><b>again</b></div>']);
  assert.deepEqual(errors, []);
});

test('an error in one component is told, and the next drawing is whole', async (t) => {
  const { result, errors } = await on(t, async () => {
    const seen = [];
    let bad = '';
    class One extends Component {
      constructor(props) { super(props); if (bad === 'new') throw new Error('new'); }
      componentDidMount() { if (bad === 'mount') throw new Error('mount'); }
      componentDidUpdate() { if (bad === 'update') throw new Error('update'); }
      componentWillUnmount() { if (bad === 'unmount') throw new Error('unmount'); }
      render({ n }) { if (bad === 'render') throw new Error('render'); return h('b', { class: `c${n}` }, n); }
    }
    const Plain = ({ n }) => { if (bad === 'plain') throw new Error('plain'); return h('i', null, n); };
    const draw = (what, n, shown = true) => { bad = what; show(h('div', { class: `c${n}` }, h('p', null, n), shown && h(One, { n }), h(Plain, { n }), h('p', null, n))); seen.push(place.innerHTML); };
    draw('new', 0);
    draw('render', 1);
    draw('plain', 2);
    draw('render', 3);
    draw('update', 4);
    draw('unmount', 5, false);
    draw('mount', 6);
    draw('', 7);
    await moment();
    return seen;
  });
  const whole = (n, one = n, plain = n) => `<div class="c${n}"><p>${n}</p>${one === '' ? '' : `<b class="c${one}">${one}</b>`}${plain === '' ? '' : `<i>${plain}</i>`}<p>${n}</p></div>`;
  assert.deepEqual(result, [whole(0, ''), whole(1, ''), whole(2, 2, 1), whole(3, 2), whole(4), whole(5, ''), whole(6), whole(7)]);
  await until(() => errors.length >= 7, 'all are told');
  assert.deepEqual(errors, ['new', 'render', 'plain', 'render', 'update', 'unmount', 'mount']);
});

test('what a translator has put in the place of a text is not doubled', async (t) => {
  const { result } = await on(t, () => {
    const draw = (more) => show(h('p', null, 'Hello', more && h('b', null, 'new')));
    draw(false);
    const font = document.createElement('font');
    font.textContent = 'Hallo';
    place.firstChild.firstChild.replaceWith(font);
    draw(false);
    draw(true);
    return place.textContent;
  });
  assert.equal(result, 'Hallonew');
});

/** The trees of a seed, drawn one after the other into one place and each into a place of its own. */
async function drawTrees({ seed, rounds }) {
  let state = seed;
  const random = (below) => (state = (state * 48_271) % 2_147_483_647) % below;
  let alive = 0;
  class One extends Component {
    state = { more: 0 };
    componentDidMount() { alive++; }
    componentWillUnmount() { alive--; }
    render({ inner }, { more }) { return more ? h('u', null, inner) : inner; }
  }
  const Plain = ({ inner }) => inner;
  // Described by numbers, since what has been drawn is drawn in one place only.
  const plan = (depth) => {
    const kind = random(depth > 3 ? 5 : 12);
    if (kind < 5) return [null, false, '', `text ${random(5)}`, random(3)][kind];
    const key = random(3) ? undefined : `k${random(6)}`;
    if (kind === 5) return { list: Array.from({ length: random(8) }, () => plan(depth + 1)) };
    const kids = Array.from({ length: random(6) }, () => plan(depth + 1));
    const inner = { tag: 'div p b ul'.split(' ')[random(4)], props: { key, class: random(2) ? `c${random(3)}` : undefined, hidden: random(2) === 0, 'aria-busy': random(2) === 0 }, kids };
    return kind === 6 ? { component: 'One', key, inner } : kind === 7 ? { component: 'Plain', key, inner: random(3) ? inner : `word ${random(3)}` } : inner;
  };
  let counted = 0;
  const made = (one) => {
    if (one === null || typeof one !== 'object') return one;
    if (one.list) return one.list.map(made);
    if (one.component === 'One') counted++;
    if (one.component) return h(one.component === 'One' ? One : Plain, { key: one.key, inner: made(one.inner) });
    return h(one.tag, one.props, one.kids.map((kid) => made(kid)));
  };
  const sorted = (html) => html.replace(/<(\w+)((?: [\w-]+="[^"]*")+)>/g, (_, tag, list) => `<${tag}${list.match(/ [\w-]+="[^"]*"/g).sort().join('')}>`);
  for (let round = 0; round < rounds; round++) {
    const tree = { tag: 'main', props: {}, kids: Array.from({ length: random(9) }, () => plan(0)) };
    show(made(tree));
    await null;
    const living = alive;
    const fresh = document.createElement('div');
    counted = 0;
    const only = drawer(fresh);
    only(made(tree));
    const [got, expected] = [place, fresh].map((one) => sorted(one.innerHTML));
    if (got !== expected) return `round ${round}: got ${got}, expected ${expected}`;
    if (living !== counted) return `round ${round}: ${living} components live, expected ${counted}`;
    only(h('main', null));
  }
  return 'the same';
}

test('random trees, one after the other, look as each does alone', async (t) => {
  for (const seed of [7, 1234, 990_017]) {
    const { page, errors } = await on(t, () => {});
    assert.equal(await page.evaluate(drawTrees, { seed, rounds: 400 }), 'the same', `seed ${seed}`);
    assert.deepEqual(errors, []);
  }
});

test('what a page has taught all objects is seen nowhere', async (t) => {
  const then = `for (const name of ['key', 'ref', 'class', 'title', 'onClick', 'style', 'value', 'kids', 'out', 'own', 'click', 'extend']) Object.prototype[name] = function () { throw new Error(name); };
    Array.prototype.each = Array.prototype.last = function () {};`;
  const { result, errors } = await on(t, () => {
    class One extends Component { render({ text }) { return h('b', null, [text, [h('i', { key: 'x' })]]); } }
    show(h('div', null, h(One, { text: 'a' }), h('input', null)));
    show(h('div', { onInput: () => {} }, h(One, { text: 'b' }), h('input', { disabled: true })));
    place.firstChild.click();
    show(h('div', null));
    show(h('p', { title: 'x' }, 'end'));
    return place.innerHTML;
  }, { then });
  assert.equal(result, '<p title="x">end</p>');
  assert.deepEqual(errors, []);
});
