// SPDX-License-Identifier: GPL-3.0-or-later

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const HELP = new RegExp(`^# HELP (${NAME}) ((?:[^\\\\\\n]|\\\\\\\\|\\\\n)+)$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram|summary|untyped)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? ([+-]?(?:\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?|Inf)|NaN)$`);
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/;
const PARTS = { histogram: ['_bucket', '_sum', '_count'], counter: [''], gauge: [''] };

class Malformed extends Error {}

function labelsOf(text, line) {
  const labels = {};
  for (let rest = text ?? ''; rest !== '';) {
    const match = LABEL.exec(rest);
    if (!match) throw new Malformed(`labels: ${line}`);
    if (match[1] in labels) throw new Malformed(`the label ${match[1]} twice: ${line}`);
    labels[match[1]] = match[2];
    rest = rest.slice(match[0].length);
    if (rest === '' && match[0].endsWith(',')) throw new Malformed(`a comma at the end: ${line}`);
  }
  return labels;
}

const number = (text) => (text.endsWith('Inf') ? (text[0] === '-' ? -Infinity : Infinity) : Number(text));
const keyOf = (labels) => Object.keys(labels).sort().map((name) => `${name}=${labels[name]}`).join(' ');

/** Buckets rise to +Inf, which is the count; all series have the three parts. */
function checkHistogram(family) {
  const series = new Map();
  for (const { part, labels: { le, ...labels }, value } of family.samples) {
    const one = series.get(keyOf(labels)) ?? series.set(keyOf(labels), { buckets: [] }).get(keyOf(labels));
    if ((le !== undefined) !== (part === '_bucket')) throw new Malformed(`${family.name}: le belongs to buckets`);
    if (part === '_bucket') one.buckets.push([number(le), value]);
    else one[part] = value;
  }
  for (const { buckets, _sum: sum, _count: count } of series.values()) {
    const fine = buckets.length > 1 && buckets.at(-1)[0] === Infinity && buckets.at(-1)[1] === count && sum >= 0
      && buckets.every(([bound, value], i) => i === 0 || (bound > buckets[i - 1][0] && value >= buckets[i - 1][1]));
    if (!fine) throw new Malformed(`${family.name}: buckets ${JSON.stringify(buckets)}, sum ${sum}, count ${count}`);
  }
}

/**
 * Reads Prometheus' text format 0.0.4 by the letter, and as its conventions want it: every metric in one piece, with help and type
 * before its samples; counters end in _total, none twice. Returns a Map of name to {type, help, samples: [{part, labels, value}]}.
 */
export function readExposition(text) {
  if (!text.endsWith('\n')) throw new Malformed('no line feed at the end');
  const families = new Map();
  let family;
  for (const line of text.slice(0, -1).split('\n')) {
    const help = HELP.exec(line);
    const type = TYPE.exec(line);
    const sample = SAMPLE.exec(line);
    if (help) {
      if (families.has(help[1])) throw new Malformed(`${help[1]} begins twice`);
      family = { name: help[1], help: help[2], samples: [] };
      families.set(family.name, family);
    } else if (type) {
      if (family?.name !== type[1] || family.type || family.samples.length > 0) throw new Malformed(`out of place: ${line}`);
      family.type = type[2];
    } else if (sample) {
      const part = PARTS[family?.type]?.find((ending) => sample[1] === family.name + ending);
      if (part === undefined) throw new Malformed(`out of place: ${line}`);
      const labels = labelsOf(sample[2], line);
      if (family.samples.some((other) => other.part === part && keyOf(other.labels) === keyOf(labels))) throw new Malformed(`twice: ${line}`);
      family.samples.push({ part, labels, value: number(sample[3]) });
    } else {
      throw new Malformed(`no line of the format: ${line}`);
    }
  }
  for (const one of families.values()) {
    if (one.type === 'histogram') checkHistogram(one);
    if ((one.type === 'counter') !== one.name.endsWith('_total')) throw new Malformed(`${one.name} is a ${one.type}`);
    if (one.type === 'counter' && one.samples.some(({ value }) => !(value >= 0))) throw new Malformed(`${one.name} is below 0`);
  }
  return families;
}


/** The value of one sample; 0 where there is none yet. */
export function valueOf(families, name, labels = {}) {
  const base = [...families.keys()].find((key) => name === key || ['_bucket', '_sum', '_count'].some((ending) => families.get(key).type === 'histogram' && name === key + ending));
  if (base === undefined) throw new Error(`no metric ${name}`);
  return families.get(base).samples.find((sample) => base + sample.part === name && keyOf(sample.labels) === keyOf(labels))?.value ?? 0;
}
