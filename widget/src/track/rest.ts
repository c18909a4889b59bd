// SPDX-License-Identifier: MIT
import type { Shell } from '../boot/shell';
import { json } from '../state/json';
import type { Storage } from '../state/storage';

/** How a call ended: with an answer, to be made again, or for nothing. */
export type Outcome<Result> = { result: Result } | 'again' | 'refused';

/** A call by HTTP in the visitor's name, which also ends well when the page is left meanwhile. */
export async function rest<Result>({ server, site }: Shell, storage: Storage, path: string, body?: object): Promise<Outcome<Result>> {
  try {
    const answer = await fetch(`${server}api/v1/visits/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'Content-Type': 'application/json', 'X-ChatFlow-Site': site, Authorization: `Bearer ${storage.get('token')}` },
      ...(body && { body: json(body), keepalive: true }),
    });
    if (answer.ok) return { result: (await answer.json()) as Result };
    return answer.status === 429 || answer.status >= 500 ? 'again' : 'refused';
  } catch {
    return 'again';
  }
}
