// SPDX-License-Identifier: GPL-3.0-or-later
// Each language says all that English says, in its own script and by its own rules; and the one that is chosen is the visitor's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '../../widget/build.mjs';
import { source } from './lib/sources.mjs';

const { loadLocale } = await source('locales/index.ts');
const { canonical, choose } = await source('locales/choose.ts');
/** The words of modules that are fetched, which English has there, and the other languages under these names. */
const groups = {};
for (const name of ['rating', 'form', 'expect', 'extras', 'menu', 'alerts', 'emoji', 'files']) groups[name] = (await source(`${name}/words.ts`)).default;
const names = await languages();
const locales = new Map();
for (const name of names) locales.set(name, await loadLocale(name === 'pt' ? 'pt-PT' : name));
const english = { ...locales.get('en').strings, ...(await source('failure/words.ts')).default, ...groups };
const others = names.filter((name) => name !== 'en');

const PROMISED = `en de fr es pt-br pt it nl da sv nb fi is pl cs sk sl hr bs sr sr-latn mk bg ro hu el tr ru uk be lt lv et ga ca eu gl sq ar he fa ur
  hi bn ta te th vi id ms fil ja ko zh-hans zh-hant sw af ka hy az kk`.split(/\s+/);

/** What is the same as in English because the language says so. */
const SAME = {
  'alerts.volume': ['af', 'fr', 'gl', 'it', 'pt', 'pt-br'],
  'emoji.nature': ['fr'],
  chat: ['bs', 'cs', 'da', 'de', 'es', 'fi', 'fil', 'fr', 'gl', 'hr', 'id', 'it', 'nb', 'nl', 'pt', 'pt-br', 'ro', 'sk'],
  conversation: ['fr'],
  message: ['fr'],
  online: ['cs', 'da', 'de', 'fil', 'id', 'nl', 'pl', 'pt', 'ro', 'sk', 'sv'],
  send: ['da', 'nb'],
  sent: ['is'],
  team: ['de', 'nl'],
};

/** The scripts of languages that are not written in Latin letters. */
const SCRIPTS = {
  Arabic: ['ar', 'fa', 'ur'], Armenian: ['hy'], Bengali: ['bn'], Cyrillic: ['be', 'bg', 'kk', 'mk', 'ru', 'sr', 'uk'], Devanagari: ['hi'], Georgian: ['ka'],
  Greek: ['el'], Hangul: ['ko'], Han: ['zh-hans', 'zh-hant'], Hebrew: ['he'], Japanese: ['ja'], Tamil: ['ta'], Telugu: ['te'], Thai: ['th'],
};
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

const COUNTS = [1, 2, 3, 5, 11, 21, 100, 0];
/** For these counts, which of them are said alike, in languages that don't tell just one from many; what is counted may look alike in all of them. */
const ALIKE = {
  abbccacc: ['be', 'bs', 'hr', 'ru', 'sr', 'sr-latn', 'uk'],
  abbccccc: ['cs', 'pl', 'sk'],
  abcddddd: ['sl'],
  abbbcacc: ['lt', 'lv'],
  abbbbccb: ['ro'],
  abcccccc: ['he'],
  abccddde: ['ar'],
  abbbaaaa: ['ga'],
  abbbbabb: ['mk'],
  abbbbbba: ['fr', 'pt-br'],
  aaaaaaaa: ['az', 'bn', 'fa', 'fil', 'hi', 'hu', 'hy', 'id', 'is', 'ja', 'ka', 'kk', 'ko', 'ms', 'th', 'tr', 'vi', 'zh-hans', 'zh-hant'],
};
/** Said with a word instead of a number. */
const IN_WORDS = { ar: [0, 1, 2], he: [1, 2] };

/** The words of a language, [key, text or function] each, those of groups too. */
function words(strings) {
  return Object.entries(strings).flatMap(([key, value]) =>
    typeof value === 'object' ? Object.entries(value).map(([inner, text]) => [`${key}.${inner}`, text]) : [[key, value]]);
}

/** Every text of a language as [key, text]; what is a function is called. */
function texts(strings) {
  const { direction: _direction, unread, tooLong, ...plain } = strings;
  return [
    ...words(plain),
    ...COUNTS.map((count) => [`unread ${count}`, unread(count)]),
    ['tooLong', tooLong('9,000', '8,000')],
  ];
}

/** What must be alike in all languages: keys, kinds, what functions take, how often a name is put in. */
function shape(strings) {
  return words(strings).map(([key, value]) => [key, typeof value, typeof value === 'function' ? value.length : value.split('{}').length]).sort();
}

const textsOf = (name) => texts(name === 'en' ? english : locales.get(name).strings);
const englishTexts = new Map(texts(english));

test('all promised languages are there', () => {
  assert.ok(names.length >= 45);
  assert.deepEqual(PROMISED.filter((name) => !names.includes(name)), []);
});

test('each has exactly the words of English', () => {
  for (const name of others) assert.deepEqual(shape(locales.get(name).strings), shape(english), name);
});

test('nothing is left in English but what the language says so', () => {
  const same = {};
  for (const name of others)
    for (const [key, text] of textsOf(name)) if (text === englishTexts.get(key)) (same[key] ??= []).push(name);
  assert.deepEqual(Object.fromEntries(Object.entries(same).sort()), SAME);
});

test('each is written in its own script alone', () => {
  const scripts = new Map(Object.entries(SCRIPTS).flatMap(([script, all]) => all.map((name) => [name, script])));
  for (const name of names) {
    const script = scripts.get(name) ?? 'Latin';
    const own = script === 'Japanese' ? '\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Han}' : `\\p{scx=${script}}`;
    for (const [key, text] of textsOf(name)) {
      assert.match(text, new RegExp(`[${own}]`, 'u'), `${name} ${key}: ${text}`);
      assert.doesNotMatch(text, new RegExp(`(?![${own}])\\p{L}`, 'u'), `${name} ${key}: ${text}`);
    }
  }
});

test('texts are clean', () => {
  for (const name of names)
    for (const [key, text] of textsOf(name)) {
      const where = `${name} ${key}: ${text}`;
      assert.equal(text, text.trim().normalize('NFC'), where);
      // Joiners belong to the spelling of Persian and of scripts of India.
      assert.doesNotMatch(text, /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u, where);
      assert.doesNotMatch(text, /\s\s|\.\.\.|['"~@|$]|\{[^}]|undefined|NaN/, where);
      assert.equal(text.endsWith('…'), englishTexts.get(key).endsWith('…'), where);
    }
});

test('no text is so long that it breaks what it stands on', () => {
  const buttons = ['tryAgain', 'remove', 'newMessages', 'send', 'rating.change'];
  for (const name of names)
    for (const [key, text] of textsOf(name)) {
      assert.ok([...text].length <= Math.max(3 * englishTexts.get(key).length, 32), `${name} ${key}: ${text}`);
      if (buttons.includes(key)) assert.ok([...text].length <= 24, `${name} ${key}: ${text}`);
    }
});

test('what is counted follows the rules of the language', () => {
  const patterns = new Map(Object.entries(ALIKE).flatMap(([pattern, all]) => all.map((name) => [name, pattern])));
  for (const name of names) {
    const { tag, strings } = locales.get(name);
    const seen = [];
    const pattern = COUNTS.map((count) => {
      const text = strings.unread(count);
      const number = count.toLocaleString(tag);
      assert.equal(text.includes(number), !IN_WORDS[name]?.includes(count), `${name}: ${text}`);
      const form = text.replace(number, '');
      if (!seen.includes(form)) seen.push(form);
      return 'abcdef'[seen.indexOf(form)];
    });
    assert.equal(pattern.join(''), patterns.get(name) ?? 'abbbbbbb', `${name}: ${COUNTS.map(strings.unread).join(' · ')}`);
  }
});

test('the forms of a few languages, read aloud', () => {
  const say = (name) => COUNTS.map(locales.get(name).strings.unread);
  assert.deepEqual(say('ru').slice(0, 6), ['1 непрочитанное сообщение', '2 непрочитанных сообщения', '3 непрочитанных сообщения', '5 непрочитанных сообщений', '11 непрочитанных сообщений', '21 непрочитанное сообщение']);
  assert.deepEqual(say('pl').slice(0, 6), ['1 nieprzeczytana wiadomość', '2 nieprzeczytane wiadomości', '3 nieprzeczytane wiadomości', '5 nieprzeczytanych wiadomości', '11 nieprzeczytanych wiadomości', '21 nieprzeczytanych wiadomości']);
  assert.deepEqual(say('sl').slice(0, 4), ['1 neprebrano sporočilo', '2 neprebrani sporočili', '3 neprebrana sporočila', '5 neprebranih sporočil']);
  assert.deepEqual(say('ro').slice(0, 6), ['1 mesaj necitit', '2 mesaje necitite', '3 mesaje necitite', '5 mesaje necitite', '11 mesaje necitite', '21 de mesaje necitite']);
  assert.deepEqual(say('lv').slice(3, 6), ['5 nelasīti ziņojumi', '11 nelasītu ziņojumu', '21 nelasīts ziņojums']);
  assert.equal(locales.get('pl').strings.unread(22), '22 nieprzeczytane wiadomości');
  assert.equal(locales.get('sl').strings.unread(101), '101 neprebrano sporočilo');
  assert.equal(locales.get('ga').strings.unread(8), '8 dteachtaireacht neamhléite');
  assert.equal(locales.get('bn').strings.unread(5), '৫টি অপঠিত বার্তা');
});

test('each is written in its direction', () => {
  assert.deepEqual(names.filter((name) => locales.get(name).strings.direction === 'rtl'), RIGHT_TO_LEFT);
  for (const name of names) assert.match(locales.get(name).strings.direction, /^(ltr|rtl)$/);
});

test('dates and numbers are the language’s own', () => {
  const day = new Date(2026, 2, 9, 14, 5);
  for (const name of names) {
    const { tag, moment } = locales.get(name);
    assert.equal(new Intl.Locale(moment.resolvedOptions().locale).language, new Intl.Locale(name).language, name);
    assert.deepEqual(Intl.PluralRules.supportedLocalesOf(tag), [tag]);
    assert.ok(moment.format(day).length > 8, name);
    if (Object.values(SCRIPTS).flat().includes(name)) assert.doesNotMatch(moment.format(day), /[a-z]{3}/i, name);
  }
  assert.match(locales.get('de').moment.format(day), /^0?9\.0?3\.2026/);
  assert.match(locales.get('hu').moment.format(day), /^2026\. márc\. 9\./);
});

test('the language is the closest that there is', () => {
  const chosen = (tags) => choose(tags, names).name;
  for (const name of names.filter((one) => one !== 'pt')) assert.equal(chosen(name), name);
  const expected = {
    en: ['en', 'en-GB', 'en_US', 'EN', 'tlh', 'not a tag', '', 'toString', '__proto__', 'undefined', 'x-klingon', '*'],
    de: ['de-AT', 'DE-ch', 'de_CH'],
    'pt-br': ['pt', 'pt-br', 'pt-Latn-BR'],
    pt: ['pt-PT', 'pt-AO', 'pt-MZ', 'pt-CH'],
    'zh-hans': ['zh', 'zh-CN', 'zh-SG', 'zh-Hans-HK', 'cmn'],
    'zh-hant': ['zh-TW', 'zh-HK', 'zh-MO', 'zh-hant', 'zh_tw', 'zh-hant-tw'],
    nb: ['no', 'nn', 'nn-NO', 'no-NO', 'nb-NO'],
    sr: ['sr', 'sr-RS', 'sr-Cyrl-ME', 'sr-BA'],
    'sr-latn': ['sr-Latn-RS', 'sr-ME', 'sh', 'sr_latn'],
    he: ['iw', 'iw-IL'],
    id: ['in', 'in-ID'],
    fil: ['tl', 'fil-PH', 'tl-PH'],
    ro: ['mo', 'ro-MD'],
    es: ['es-419', 'es-MX'],
    fr: ['fr-CA', 'fr-Latn-CH-u-ca-gregory'],
    az: ['az-Latn-AZ'],
  };
  for (const [name, tags] of Object.entries(expected)) for (const tag of tags) assert.equal(chosen(tag), name, tag);
});

test('of the browser’s list the first that there is', () => {
  assert.deepEqual(choose('gsw-CH,de-CH,en', names), { tag: 'de-CH', name: 'de' });
  assert.deepEqual(choose('tlh,vo,zh-TW,zh', names), { tag: 'zh-TW', name: 'zh-hant' });
  assert.deepEqual(choose('en-GB,de', names), { tag: 'en-GB', name: 'en' });
  assert.deepEqual(choose('tlh,vo', names), { tag: 'en', name: 'en' });
  assert.equal(canonical('gsw-CH,de'), 'gsw-CH');
  assert.equal(canonical('no tag,de'), 'en');
});

test('a locale has the words of its language, and dates as its region writes them', async () => {
  for (const [wanted, tag, send] of [['de-AT', 'de-AT', 'Senden'], ['en_GB', 'en-GB', 'Send'], ['iw', 'he', 'שליחה'], ['nn-NO', 'nn-NO', 'Send'], ['zh-HK', 'zh-HK', '傳送'], ['tlh', 'en', 'Send'], ['gsw,pt-AO', 'pt-AO', 'Enviar'], ['', 'en', 'Send']]) {
    const locale = await loadLocale(wanted);
    assert.deepEqual([locale.tag, locale.strings.send], [tag, send], wanted);
  }
  const { moment } = await loadLocale('en-GB');
  assert.equal(moment.resolvedOptions().locale, 'en-GB');
});
