// SPDX-License-Identifier: GPL-3.0-or-later

const MIB = 1024 * 1024;

/** At least so many times the peer's. */
const times = (factor) => [`at least ${factor}x`, ({ ours, peer }) => ours >= factor * peer];

/** What ChatFlow has to reach. `figure`: the scenario's figure; `must`, `aim`: [words, whether it is reached by the medians]. */
export const TARGETS = [
  {
    what: 'messages per second of server CPU, 10,000 idle visitors, 1,000 msg/s', figure: ['idle-10k', 'messages_per_cpu_s'], unit: 'n', must: times(1.5), aim: times(2),
  },
  {
    what: 'peak durable messages per second, 128 writers', figure: ['peak', 'messages_per_s'], unit: 'n', must: times(2), aim: times(3),
  },
  {
    what: 'resident memory per idle visitor, everything included', figure: ['idle-10k', 'rss_per_idle_bytes'], unit: 'bytes',
    must: ['at most 2 KiB and 1/8', ({ ours, peer }) => ours <= 2048 && ours * 8 <= peer], aim: ['1 KiB', ({ ours }) => ours <= 1024],
  },
  {
    what: 'delivery p99, 10,000 idle visitors, 1,000 msg/s', figure: ['idle-10k', 'delivery_p99_ms'], unit: 'ms',
    must: ['below', ({ ours, peer }) => ours < peer], aim: ['half, below 2 ms', ({ ours, peer }) => ours * 2 <= peer && ours < 2],
  },
  {
    what: 'handshakes with session open per second', figure: ['idle-10k', 'handshake_per_s'], unit: 'n', must: times(3), aim: times(5),
  },
  {
    what: 'whole server with demo data and 100 visitors, resident', figure: ['footprint', 'rss_idle_bytes'], unit: 'bytes',
    must: ['at most 25 MiB', ({ ours }) => ours <= 25 * MIB], aim: ['15 MiB', ({ ours }) => ours <= 15 * MIB],
  },
  {
    what: 'CPU per message at 10,000 idle visitors, over that at 100', figure: ['idle-10k', 'cpu_ms_per_1000'], over: ['idle-100', 'cpu_ms_per_1000'], unit: 'n',
    must: ['at most 1.3', ({ ours }) => ours <= 1.3], aim: ['flat (1.05)', ({ ours }) => ours <= 1.05],
  },
];
