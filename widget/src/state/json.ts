// SPDX-License-Identifier: MIT

/** A value as JSON. Old libraries teach arrays, strings and numbers a `toJSON` of their own, which writes something else: it is not asked. */
export function json(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key) {
    return this[key];
  });
}
