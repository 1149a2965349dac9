import type { ReasonValue } from '../session/reason.ts';

/** How a call ended, told once. */
export interface CallEnd {
  /**
   * `timeout`: the peer stopped answering (no ACK to our 200, or nobody took the call in time). `session_timer`: nobody
   * refreshed the session in time (RFC 4028 10).
   */
  readonly by: 'remote' | 'local' | 'timeout' | 'session_timer';
  /** Reason header of the request that ended it (RFC 3326). */
  readonly reason?: readonly ReasonValue[];
  /** A sentence, when a fault of ours ended it. */
  readonly fault?: string;
  /** Status of the response that ended it, or of the response to our BYE. */
  readonly status?: number;
}

/** Why we hang up; becomes a Reason header (RFC 3326). */
export interface HangupOptions {
  /** Status the ending stands for, such as 200 or 480. */
  readonly sipCause?: number;
  /** Q.850 cause, such as 16 for normal clearing. */
  readonly q850Cause?: number;
  readonly text?: string;
}

/** What the BYE says when nobody refreshed the session (RFC 4028 10). */
export const SESSION_EXPIRED: HangupOptions = { sipCause: 408, text: 'Session timer expired' };

/** Headers for one call's message, or none. */
export type ExtraHeaders = Readonly<Record<string, string>>;

/** Both in one; without a copy where there is nothing to add, which is the rule. */
export function withExtra(headers: ExtraHeaders, extra: ExtraHeaders): ExtraHeaders {
  return Object.keys(extra).length === 0 ? headers : { ...headers, ...extra };
}

/** BYE of a call whose place another one has taken (RFC 3891 3). */
export const HANDED_OVER: HangupOptions = { sipCause: 200, q850Cause: 16, text: 'replaced by another call' };
