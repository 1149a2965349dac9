import type { SenderStyle } from '../guard/source-policy.ts';
import type { SipRequest } from '../message/message.ts';
import type { SessionDescription } from '../sdp/description.ts';
import type { ChangeOutcome } from '../session/change-by-us.ts';
import type { InDialogAnswer, InDialogRequestOptions } from '../session/dialog-requests.ts';
import type { ReasonValue } from '../session/reason.ts';
import type { Reliability } from '../session/reliable-provisionals.ts';
import type { Flow } from '../transport/flow.ts';
import type { CallEnd, ExtraHeaders, HangupOptions } from './call-ending.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import type { CallUsageHandlers, CallUsages } from './call-usages.ts';

/** A call that passed all checks and waits for an answer; 100 Trying is on its way already. */
export interface IncomingCall extends CallUsages {
  readonly callId: string;
  /** `performance.timeOrigin + performance.now()` when the accepted INVITE arrived. */
  readonly receivedAtMs: number;
  readonly source: Flow;
  /** What `findCredential` or the source policy named. */
  readonly owner: string;
  /** How the caller showed who it is. */
  readonly style: SenderStyle;
  readonly request: SipRequest;
  /** Undefined when the caller leaves the offer to us: then `answer` carries it, and `acknowledged` brings the answer. */
  readonly offer: SessionDescription | undefined;
  /** When 180 and 183 are sent reliably; `allow` unless changed before the first of them. */
  reliability: Reliability;
  /** Sends 180. */
  ring(headers?: ExtraHeaders): void;
  /**
   * Sends 183 with our answer, so that sound may flow before the call is answered. Without an offer of the caller's it is our
   * offer, sent only where responses are reliable: `answerReceived` brings the answer. From then on the description is
   * settled: `answer` sends this one, whatever it is given.
   */
  earlyMedia(sdp: string, headers?: ExtraHeaders): void;
  /** Sends 200 and repeats it until the ACK. Nothing happens when the call is over already (CANCEL may win the race). */
  answer(sdp: string, headers?: ExtraHeaders): void;
  /** Sends a final response of 300 to 699. */
  refuse(status: number, options?: { reason?: string; headers?: ExtraHeaders }): void;
  /** Ends the call from any state: 480 before the answer, BYE after the ACK. Resolves when answered or given up. */
  hangup(options?: HangupOptions): Promise<void>;
  /** Sends an offer within the call, such as one that holds it; before the answer only where all is agreed already (RFC 3311). */
  change(sdp: string): Promise<ChangeOutcome>;
  /** Sends any request in the dialog of this call. 401 and 407 are answered; 408 and 481 end the call. */
  sendRequest(method: string, options?: InDialogRequestOptions): Promise<InDialogAnswer>;
  /** Replaces the handlers. An exception in one of them ends this call with 500 or BYE. */
  handle(handlers: IncomingCallHandlers): void;
  snapshot(): CallSnapshot;
}

/** Exactly one of `cancelled` and `ended` is called, once, and last. */
export interface IncomingCallHandlers extends CallUsageHandlers {
  /** The ACK came; with the answer, when we made the offer. */
  acknowledged?(sdp?: SessionDescription): void;
  /** The caller gave up before the answer. */
  cancelled?(reason: readonly ReasonValue[]): void;
  ended?(end: CallEnd): void;
  /** A changed offer within the call: returns our SDP answer, or undefined for 488. */
  offered?(offer: SessionDescription): string | undefined;
  /** The caller wants an offer of ours within the call (re-INVITE without description). Default: what is in force. */
  offerWanted?(): string | undefined;
  /** The answer to an offer of ours that `answer` did not bring: of early media, or to `offerWanted`. */
  answerReceived?(answer: SessionDescription): void;
}
