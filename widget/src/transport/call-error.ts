// SPDX-License-Identifier: MIT

/** A call that was not carried out. `reason` is a word of the protocol, or `lost` when the connection broke before the answer. */
export class CallError extends Error {
  readonly reason: string;
  /** Milliseconds after which the same call may be sent again, where the server said so. */
  readonly retryAfter: number;

  constructor(reason: string, message = reason, retryAfter = 0) {
    super(message);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** Nothing was stored and the same call may simply be made again. */
  get transient(): boolean {
    return this.reason === 'unavailable' || this.reason === 'rate_limited';
  }

  static from(error: unknown): CallError {
    return error instanceof CallError ? error : new CallError('internal', String(error));
  }
}

interface WireError {
  message?: string;
  data?: { reason?: string; retry_after_ms?: number };
}

/** The `error` member of a JSON-RPC answer as an exception. */
export function callError(error: WireError): CallError {
  return new CallError(error.data?.reason ?? 'internal', error.message, error.data?.retry_after_ms);
}
