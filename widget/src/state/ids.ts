// SPDX-License-Identifier: MIT
let last = 0;

/** A new UUID version 7 (RFC 9562) in lower case. Ids made one after the other sort in that order. */
export function newId(): string {
  last = Math.max(Date.now(), last + 1);
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  bytes[0] = (bytes[0]! & 0x0f) | 0x70;
  bytes[2] = (bytes[2]! & 0x3f) | 0x80;
  const hex = last.toString(16).padStart(12, '0') + [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A visitor's token: their id, and 32 random bytes in base64url that only this browser knows. */
export function newToken(): string {
  const secret = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)));
  return newId() + '.' + btoa(secret).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}
