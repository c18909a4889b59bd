// SPDX-License-Identifier: GPL-3.0-or-later
// Time that passes when a test says so. Node's own mock of Date is newer than Node 18.

const RealDate = globalThis.Date;

let now = 0;
let next = 1;
let timers = new Map();

class FakeDate extends RealDate {
  constructor(...given) {
    super(...(given.length > 0 ? given : [now]));
  }

  static now() {
    return now;
  }
}

export const clock = {
  /** Begins anew at `start`, without timers. */
  install(start) {
    now = start;
    timers = new Map();
    globalThis.Date = FakeDate;
    globalThis.setTimeout = (call, delay = 0, ...given) => {
      timers.set(next, { due: now + Math.max(1, delay), call: () => call(...given) });
      return next++;
    };
    globalThis.setInterval = (call, every) => {
      const id = next++;
      const again = () => {
        timers.set(id, { due: now + every, call: () => { again(); call(); } });
      };
      again();
      return id;
    };
    globalThis.clearTimeout = globalThis.clearInterval = (id) => { timers.delete(id); };
  },

  /** The clock is put back; what waits, waits as long as before. */
  back(milliseconds) {
    now -= milliseconds;
    for (const timer of timers.values()) timer.due -= milliseconds;
  },

  /** Lets time pass; what falls due is called in its order, at its time. */
  tick(milliseconds) {
    const end = now + milliseconds;
    for (;;) {
      const due = [...timers].filter(([, timer]) => timer.due <= end).sort(([, a], [, b]) => a.due - b.due)[0];
      if (due === undefined) break;
      timers.delete(due[0]);
      now = due[1].due;
      due[1].call();
    }
    now = end;
  },
};
