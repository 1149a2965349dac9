import type { ReferOptions, ReferOutcome, Referral } from '../refer/referral-types.ts';
import type { IncomingCall } from './incoming-call-types.ts';

/** What can be done with an established call beside its session, whoever made it. */
export interface CallUsages {
  /**
   * Asks the peer to call somebody else (RFC 3515). Resolves when the outcome is known; the call goes on, and hanging up is
   * the caller's choice. Rejects with SipParseError when the target is no URI.
   */
  refer(target: string, options?: ReferOptions): Promise<ReferOutcome>;
  /**
   * Sends a key as INFO, after those sent before. Resolves with whether the peer took it.
   * @throws RangeError for what is no key.
   */
  sendDigit(digit: string, durationMs?: number): Promise<boolean>;
  /** Whether the peer has named the method in Allow. */
  peerAllows(method: string): boolean;
}

export interface CallUsageHandlers {
  /** The peer wants us to call somebody else; without this handler it gets 603. */
  referred?(referral: Referral): void;
  /** A key came as INFO. */
  digit?(digit: string, durationMs: number): void;
  /**
   * Another call wants the place of this one (RFC 3891), and waits for an answer. This call is hung up once the other is
   * answered. Without this handler the other gets 603.
   */
  replaced?(call: IncomingCall): void;
}
