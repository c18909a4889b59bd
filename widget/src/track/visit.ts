// SPDX-License-Identifier: MIT
import { newId } from '../state/ids';
import type { Storage } from '../state/storage';
import { address } from './look';

/** Who was away for longer has come again. */
const PAUSE = 30 * 60_000;

export interface Visit {
  visit_id: string;
  landing: string;
  referrer: string;
}

/** The visit that goes on in any tab of this browser, or a new one that begins here. */
export function currentVisit(storage: Storage, href: string, from: string): Visit {
  let kept;
  try {
    kept = JSON.parse(String(storage.get('visit'))) as (Visit & { seen: number }) | null;
  } catch {
    // None, or broken.
  }
  const { visit_id, landing, referrer } =
    kept?.visit_id && Math.abs(Date.now() - kept.seen) < PAUSE ? kept : { visit_id: newId(), landing: address(href), referrer: address(from) };
  const visit = { visit_id, landing, referrer };
  storage.put('visit', { ...visit, seen: Date.now() });
  return visit;
}
