import type { SipRequest } from '../message/message.ts';
import type { DialogName, ReplacedDialog } from './replaces.ts';

export interface ReferOptions {
  /** Who asks for the transfer, as a URI (RFC 3892). */
  readonly referredBy?: string;
  /** An attended transfer: the call the new one takes the place of, from its `snapshot()` (RFC 3891, RFC 5589 7). */
  readonly replaces?: DialogName;
  /** Asks the peer to tell nothing (RFC 4488). */
  readonly withoutNews?: boolean;
  /** Any provisional status the peer tells of the call it makes. */
  progress?(status: number, reason: string): void;
}

/**
 * How a transfer ended. Only `finished` with a 2xx says that the other side has answered; `untold` leaves it open: the peer
 * agreed and then told nothing, was told to tell nothing, or never answered the REFER.
 */
export type ReferOutcome =
  | { readonly kind: 'finished'; readonly status: number; readonly reason: string }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  | { readonly kind: 'untold'; readonly accepted: boolean };

/** The peer wants us to call somebody else (RFC 3515). Exactly one of `accept` and `refuse` counts. */
export interface Referral {
  /** URI to call. */
  readonly target: string;
  readonly replaces: ReplacedDialog | undefined;
  /** As written; undefined when the peer does not say. */
  readonly referredBy: string | undefined;
  readonly request: SipRequest;
  /** Sends 202, and tells the peer that the call is being tried. */
  accept(): void;
  /** Tells the peer how the call goes; a final status is the last one. Nothing happens before `accept`. */
  progress(status: number, reason?: string): void;
  /** Default: 603. */
  refuse(status?: number): void;
}
