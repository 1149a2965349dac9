/** How a call ended, told once. */
export interface CallEnd {
  /** `timeout`: the peer stopped answering (no ACK to our 200, or nobody took the call in time). */
  readonly by: 'remote' | 'local' | 'timeout';
  /** Reason header of the request that ended it (RFC 3326), or a sentence of ours. */
  readonly reason?: string;
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

/** Headers for one call's message, or none. */
export type ExtraHeaders = Readonly<Record<string, string>>;
