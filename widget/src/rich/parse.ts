// SPDX-License-Identifier: MIT
// Which marks there are is said in docs/protocol.md; the client of the staff reads the same (protocol/rich-text.c), and both are held to protocol/fixtures/rich-text.json.

/** A stretch of words that look alike. */
export interface Run {
  text: string;
  bold?: true;
  italic?: true;
  code?: true;
  href?: string;
}

/** Lines that stand together, one item of a list, or lines of code. */
export interface Block {
  kind: 'text' | 'bullet' | 'number' | 'code';
  /** As it was written. */
  number?: number;
  runs: Run[];
}

type Style = Omit<Run, 'text' | 'href'>;

/** What a mark within a word would have on its other side. Scripts that write words without blanks between them are not meant. */
const WORD = '\\p{Lu}\\p{Ll}\\p{Lt}\\p{N}';
const BLANK = '\\p{Z}\\t\\n\\r\\f';
const ends = (before: string): RegExp => new RegExp(`[${before}]$`, 'u');
const AFTER_WORD = ends(WORD);
const AFTER_BLANK = ends(BLANK);
const AFTER_NAME = ends(`${WORD}_.%+@-`);
const here = (pattern: string): RegExp => new RegExp(pattern, 'uy');
const IS_WORD = here(`[${WORD}]`);
const IS_BLANK = here(`[${BLANK}]|$`);
const ADDRESS = here('[Hh][Tt]{2}[Pp][Ss]?://[\\p{L}\\p{N}](?:(?!\\]\\()[^\\p{Z}\\p{Cc}<>"`{}|\\\\^])*');
const LABELLED = here(`\\[([^[\\]\\n]{1,200})\\]\\(((?:https?://[\\p{L}\\p{N}]|mailto:\\w|tel:[+\\d])[^\\p{Z}\\p{Cc}<>"\`{}|\\\\^()]*)\\)`);
const MAIL = here(`[A-Za-z\\d][\\w.%+-]{0,63}@(?:[A-Za-z\\d-]+\\.)+[A-Za-z]{2,}(?![${WORD}_@-]|\\.[A-Za-z\\d-])`);
const PHONE = /\+[1-9]\d{0,14}(?:[ -]\d{2,14}){0,6}/y;
/** Words that look like an address of their own would say that a link leads elsewhere than it does. */
const MISLEADING = /[/@\\:]|[.\u3002\uff0e\u2024][\p{L}\p{N}]/u;
const AROUND = new RegExp(`^[${BLANK}]|[${BLANK}]$`, 'u');
const TRAILING = /[.,:;!?'*_~»”’]$/;
const BULLET = /^- (?=[^\p{Z}\t\r\f])/u;
const NUMBER = /^(0|[1-9]\d{0,2})\. (?=[^\p{Z}\t\r\f])/u;
const FENCE = /^```[\w+#.-]{0,20}[ \t\r]*$/;
const FENCE_END = /^```[ \t\r]*$/;

function at(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/** Two units: a character of the higher planes is that long. */
const before = (pattern: RegExp, text: string, index: number): boolean => pattern.test(text.slice(Math.max(index - 2, 0), index));

/** An address without what ends the sentence around it. A bracket that it opened itself belongs to it, as in https://en.wikipedia.org/wiki/Bread_(food). */
function trimmed(address: string): string {
  let end = address.length;
  const open: Record<string, number> = { ')': 0, ']': 0 };
  for (const c of address) {
    if (c === '(' || c === '[') open[c === '(' ? ')' : ']']!++;
    else if (c in open) open[c]!--;
  }
  for (; end > 0; end--) {
    const last = address[end - 1]!;
    if (open[last]! < 0) open[last]!++;
    else if (!TRAILING.test(last)) break;
  }
  return address.slice(0, end);
}

/** What can be followed from there: its length, its words and where it leads. */
function link(text: string, index: number): [length: number, words: string, href: string] | undefined {
  let match: RegExpExecArray | null;
  if ((match = at(LABELLED, text, index))) {
    const [all, words, href] = match as unknown as [string, string, string];
    return MISLEADING.test(words) || AROUND.test(words) ? undefined : [all.length, words, href];
  }
  if (before(AFTER_WORD, text, index)) return undefined;
  if ((match = at(ADDRESS, text, index))) {
    const address = trimmed(match[0]);
    return [address.length, address, address];
  }
  if ((match = at(PHONE, text, index))) {
    const digits = match[0].replace(/[ -]/g, '');
    return digits.length < 8 || digits.length > 16 || at(IS_WORD, text, index + match[0].length) ? undefined : [match[0].length, match[0], `tel:${digits}`];
  }
  if (!before(AFTER_NAME, text, index) && (match = at(MAIL, text, index))) return [match[0].length, match[0], `mailto:${match[0]}`];
  return undefined;
}

/** Where so many stars end what begins at `from`, on that line. */
function closing(text: string, from: number, end: number, stars: number): number {
  for (let p = from; p < end && text[p] !== '\n'; ) {
    if (text[p] !== '*') {
      p++;
      continue;
    }
    let n = 1;
    while (p + n < end && text[p + n] === '*') n++;
    if (n === stars && !before(AFTER_BLANK, text, p) && !at(IS_WORD, text, p + n)) return p;
    p += n;
  }
  return -1;
}

/** Reads a stretch of the text into runs. */
function inline(text: string, start: number, end: number, style: Style, out: Run[]): void {
  let plain = start;
  let p = start;
  const own = text.slice(0, end);
  /** Up to there nothing ends what so many stars would begin. */
  const vain = [0, 0, 0];
  const say = (from: number, to: number): void => void (to > from && out.push({ text: text.slice(from, to), ...style }));
  while (p < end) {
    const c = text[p]!;
    if (c === '*' || c === '`') {
      let n = 1;
      while (p + n < end && text[p + n] === c) n++;
      const opens = !before(AFTER_WORD, text, p) && p + n < end && !at(IS_BLANK, text, p + n);
      if (c === '`') {
        const close = opens && n === 1 ? text.slice(p + 1, end).search(/[`\n]/) + p + 1 : p;
        if (close > p && text[close] === '`' && text[close + 1] !== '`' && !before(AFTER_BLANK, text, close) && !at(IS_WORD, text, close + 1)) {
          say(plain, p);
          out.push({ text: text.slice(p + 1, close), ...style, code: true });
          plain = p = close + 1;
          continue;
        }
      } else if (opens && n <= 2 && !style[n === 2 ? 'bold' : 'italic'] && p >= vain[n]!) {
        const close = closing(text, p + n, end, n);
        if (close > 0) {
          say(plain, p);
          inline(text, p + n, close, { ...style, [n === 2 ? 'bold' : 'italic']: true }, out);
          plain = p = close + n;
          continue;
        }
        const line = text.indexOf('\n', p);
        vain[n] = line < 0 ? end : line;
      }
      p += n;
      continue;
    }
    const found = /[[+\w]/.test(c) && link(own, p);
    if (found) {
      say(plain, p);
      out.push({ text: found[1], ...style, href: found[2] });
      plain = p += found[0];
    } else p++;
  }
  say(plain, end);
}

function runs(text: string): Run[] {
  const out: Run[] = [];
  inline(text, 0, text.length, {}, out);
  return out;
}

/** How many lines from there are a list; one alone is none. */
function listed(lines: string[], from: number): number {
  const first = NUMBER.exec(lines[from]!);
  let to = from;
  if (first) while (to < lines.length && Number(NUMBER.exec(lines[to]!)?.[1]) === Number(first[1]) + to - from) to++;
  else while (to < lines.length && BULLET.test(lines[to]!)) to++;
  return to - from > 1 ? to - from : 0;
}

/** Reads the marks of a message. What is no mark is there as it was written. */
export function parse(text: string): Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  let plain = 0;
  /** No code ends from there on. */
  let vain = lines.length;
  const say = (to: number): void => {
    const words = lines.slice(plain, to).join('\n');
    if (words) blocks.push({ kind: 'text', runs: runs(words) });
  };
  for (let i = 0; i < lines.length; ) {
    if (i < vain && FENCE.test(lines[i]!)) {
      let close = i + 1;
      while (close < lines.length && !FENCE_END.test(lines[close]!)) close++;
      if (close === lines.length) vain = i;
      const code = lines.slice(i + 1, close).join('\n');
      if (close < lines.length && code) {
        say(i);
        blocks.push({ kind: 'code', runs: [{ text: code }] });
        plain = i = close + 1;
        continue;
      }
    }
    const items = listed(lines, i);
    if (!items) {
      i++;
      continue;
    }
    say(i);
    for (const item of lines.slice(i, i + items)) {
      const number = NUMBER.exec(item);
      const words = runs(item.replace(number ? NUMBER : BULLET, ''));
      blocks.push(number ? { kind: 'number', number: Number(number[1]), runs: words } : { kind: 'bullet', runs: words });
    }
    plain = i += items;
  }
  say(lines.length);
  return blocks;
}
