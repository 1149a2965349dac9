import type { SipRequest } from '../message/message.ts';
import type { Referral } from '../refer/referral-types.ts';
import type { SessionDescription } from '../sdp/description.ts';
import type { IncomingCall } from './incoming-call-types.ts';

/** The call a session belongs to. */
export interface SessionOwner {
  /** Whether INVITE and its ACK are through, so that the session can be changed. */
  isEstablished(): boolean;
  /** Our answer, or undefined for 488. May throw. */
  offered(offer: SessionDescription): string | undefined;
  /** Our offer for a re-INVITE that asks for one; undefined: what is in force. May throw. */
  offerWanted(): string | undefined;
  /** The answer to an offer we made because the peer asked for it. */
  answerReceived(answer: SessionDescription): void;
  /** A PRACK came and is answered. */
  provisionalAcknowledged(): void;
  /** BYE came; it is answered already. */
  bye(request: SipRequest): void;
  /** A 2xx of ours was never acknowledged. */
  unacknowledged(): void;
  /** The peer does not know this dialog any more, or does not answer in it; `status` is 481 or 408. */
  lost(status: number): void;
  /** Nobody refreshed the session in time (RFC 4028 10). */
  expired(): void;
  /** The peer wants us to call somebody else; 603 when nobody takes it. */
  referred?(referral: Referral): void;
  /** A key came in an INFO. */
  digit?(digit: string, durationMs: number): void;
  /** Another call of this account may take the place of this one; undefined: of any account that is known. */
  readonly account?: string | undefined;
  /** Another call wants the place of this one; false when nobody takes it. */
  replaced?(call: IncomingCall): boolean;
  /** Another call has taken the place of this one. */
  handedOver?(): void;
  /** A handler threw. */
  fault(error: unknown): void;
}
