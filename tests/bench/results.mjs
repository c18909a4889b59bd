// SPDX-License-Identifier: GPL-3.0-or-later
import { listMachine } from './machine.mjs';
import { TARGETS } from './targets.mjs';

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const number = (value) => {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
};

const bytes = (value) => {
  if (Math.abs(value) >= 2 ** 20) return `${(value / 2 ** 20).toFixed(1)} MiB`;
  return Math.abs(value) >= 2 ** 10 ? `${(value / 2 ** 10).toFixed(1)} KiB` : `${Math.round(value)} bytes`;
};

const FORMATS = { n: number, ms: (value) => `${number(value)} ms`, us: (value) => `${number(value)} µs`, bytes };

const show = (value, unit) => (Number.isFinite(value) ? FORMATS[unit](value) : '–');
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (heads, rows) => [row(heads), row(heads.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n');

/** What all runs have measured, and what follows from it. */
export class Results {
  /** scenario -> server -> figure -> one value for each run */
  #runs = new Map();

  add(scenario, server, figures) {
    if (!this.#runs.has(scenario)) this.#runs.set(scenario, new Map());
    const servers = this.#runs.get(scenario);
    if (!servers.has(server)) servers.set(server, {});
    for (const [name, value] of Object.entries(figures)) (servers.get(server)[name] ??= []).push(value);
  }

  /** The median over the runs; NaN when it was not measured. */
  median(scenario, server, figure) {
    const values = this.#runs.get(scenario)?.get(server)?.[figure]?.filter(Number.isFinite) ?? [];
    return values.length > 0 ? median(values) : NaN;
  }

  /** The targets with their values, those only that these runs have measured: [{what, ours, peer, ratio, must, aim}]. */
  targets(ours, peer) {
    return TARGETS.map((target) => {
      const value = (server) => this.median(target.figure[0], server, target.figure[1]) / (target.over ? this.median(target.over[0], server, target.over[1]) : 1);
      const values = { ours: value(ours), peer: value(peer) };
      const judge = ([words, holds]) => ({ words, reached: holds(values) });
      return { what: target.what, unit: target.unit, ...values, ratio: values.ours / values.peer, must: judge(target.must), aim: judge(target.aim) };
    }).filter((target) => Number.isFinite(target.ours) && Number.isFinite(target.peer));
  }

  toJson() {
    return Object.fromEntries([...this.#runs].map(([scenario, servers]) => [scenario, Object.fromEntries(servers)]));
  }

  markdown(machine, scenarios, ours, peer) {
    const targets = this.targets(ours, peer);
    const word = ({ words, reached }) => `${words}: ${reached ? 'yes' : '**no**'}`;
    const judged = targets.length > 0 ? [table(['', ours, peer, 'ratio', 'must', 'aim'],
      targets.map((target) => [target.what, show(target.ours, target.unit), show(target.peer, target.unit), show(target.ratio, 'n'), word(target.must), word(target.aim)]))] : [];
    return [listMachine(machine), ...judged, ...scenarios.map((scenario) => this.#scenario(scenario, ours, peer))].join('\n\n');
  }

  #scenario({ name, title, shows }, ours, peer) {
    const rows = Object.entries(shows).map(([figure, [label, unit, better]]) => {
      const [mine, theirs] = [ours, peer].map((server) => this.median(name, server, figure));
      const ratio = show(mine / theirs, 'n');
      return [label, show(mine, unit), show(theirs, unit), better === null ? '' : `${ratio} (${better} is better)`];
    });
    return `**${name}**: ${title}\n\n${table(['', ours, peer, 'ratio'], rows)}`;
  }
}
