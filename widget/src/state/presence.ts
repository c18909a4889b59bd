// SPDX-License-Identifier: MIT
import type { PresenceState, Signal } from '../protocol';

/** A receiver forgets that somebody types after this many milliseconds. */
export const TYPING_LASTS = 6000;

/** Who is there, and who is typing: heard by signals, true for a moment, never stored. */
export interface Presence {
  readonly team: PresenceState;
  readonly agents: ReadonlyMap<string, PresenceState>;
  readonly typing: { readonly agent: string; readonly name: string } | undefined;
}

export const nobody: Presence = { team: 'offline', agents: new Map(), typing: undefined };

/** Takes in a signal. */
export function hear(presence: Presence, signal: Signal): Presence {
  if (signal.actor_kind !== 'agent' && signal.actor_kind !== 'system') return presence;
  if (signal.kind === 'presence') {
    const state = signal.state ?? 'offline';
    if (!signal.actor_id) return { ...presence, team: state };
    return { ...presence, agents: new Map(presence.agents).set(signal.actor_id, state) };
  }
  if (signal.kind !== 'typing') return presence;
  const agent = signal.actor_id ?? '';
  if (signal.active) return { ...presence, typing: { agent, name: signal.actor_name ?? '' } };
  return presence.typing?.agent === agent ? { ...presence, typing: undefined } : presence;
}

/** After an agent's message, or after their time is up, nobody types. */
export function stopTyping(presence: Presence): Presence {
  return presence.typing ? { ...presence, typing: undefined } : presence;
}
