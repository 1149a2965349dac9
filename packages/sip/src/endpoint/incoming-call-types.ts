import type { DialogSnapshot } from '../dialog/dialog.ts';
import type { SipRequest } from '../message/message.ts';
import type { SessionDescription } from '../sdp/description.ts';
import type { Flow } from '../transport/flow.ts';
import type { CallEnd, ExtraHeaders, HangupOptions } from './call-ending.ts';

/** A call that passed all checks and waits for an answer; 100 Trying is on its way already. */
export interface IncomingCall {
  readonly callId: string;
  /** `performance.timeOrigin + performance.now()` when the accepted INVITE arrived. */
  readonly receivedAtMs: number;
  readonly source: Flow;
  /** What `findCredential` named for the authenticated user. */
  readonly owner: string;
  readonly request: SipRequest;
  /** Undefined when the caller leaves the offer to us: then `answer` carries it, and `acknowledged` brings the answer. */
  readonly offer: SessionDescription | undefined;
  /** Sends 180. */
  ring(headers?: ExtraHeaders): void;
  /** Sends 200 and repeats it until the ACK. Nothing happens when the call is over already (CANCEL may win the race). */
  answer(sdp: string, headers?: ExtraHeaders): void;
  /** Sends a final response of 300 to 699. */
  refuse(status: number, options?: { reason?: string; headers?: ExtraHeaders }): void;
  /** Ends the call from any state: 480 before the answer, BYE after the ACK. Resolves when answered or given up. */
  hangup(options?: HangupOptions): Promise<void>;
  /** Replaces the handlers. An exception in one of them ends this call with 500 or BYE. */
  handle(handlers: IncomingCallHandlers): void;
  snapshot(): DialogSnapshot;
}

/** Exactly one of `cancelled` and `ended` is called, once, and last. */
export interface IncomingCallHandlers {
  /** The ACK came; with the answer, when we made the offer. */
  acknowledged?(sdp?: SessionDescription): void;
  /** The caller gave up before the answer. */
  cancelled?(reason?: string): void;
  ended?(end: CallEnd): void;
  /** A changed offer within the call: returns our SDP answer, or undefined for 488. */
  offered?(offer: SessionDescription): string | undefined;
}
