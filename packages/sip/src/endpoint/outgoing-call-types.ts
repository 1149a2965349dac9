import type { SipResponse } from '../message/message.ts';
import type { RouteAttempt } from '../resolve/route.ts';
import type { SessionDescription } from '../sdp/description.ts';
import type { ChangeOutcome } from '../session/change-by-us.ts';
import type { InDialogAnswer, InDialogRequestOptions } from '../session/dialog-requests.ts';
import type { Reliability } from '../session/reliable-provisionals.ts';
import type { TlsClientOptions } from '../transport/dial.ts';
import type { Flow, TransportName } from '../transport/flow.ts';
import type { CallEnd, ExtraHeaders, HangupOptions } from './call-ending.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import type { CallUsageHandlers, CallUsages } from './call-usages.ts';

export interface OutgoingCallOptions {
  /** `sip:+12025550100@host:port;transport=tcp`; `sips:` goes over TLS only. A host name is looked up as RFC 3263 says. */
  readonly target: string;
  /** URI of a proxy that the INVITE goes to first, as a preloaded route (RFC 3261 8.1.2); its transport counts. */
  readonly outboundProxy?: string;
  /**
   * A flow the INVITE is sent on, whatever the target's address says: the one a PBX behind a NAT has registered over
   * (RFC 5626 5.3). Its Path, if it has one, goes into `headers` as Route.
   */
  readonly along?: Flow;
  /** Names the call in every message; made at random without it. One of its own for each call. */
  readonly callId?: string;
  /** Our address, as a URI. */
  readonly from: string;
  readonly displayName?: string;
  /** Answers 401 and 407. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** Our offer. */
  readonly sdp: string;
  readonly headers?: ExtraHeaders;
  /** Whether the other side may, or must, send its provisional responses reliably (RFC 3262). Default: it may. */
  readonly reliability?: Reliability;
  /** Wins over the target's parameter. Without both: UDP, or TCP for a large INVITE (RFC 3261 18.1.1). */
  readonly transport?: TransportName;
  /** Client certificate, authorities and strictness of connections over TLS. */
  readonly tls?: TlsClientOptions;
  readonly handlers: OutgoingCallHandlers;
}

/** Exactly one of `refused` and `ended` is called, once, and last. An exception in a handler hangs up. */
export interface OutgoingCallHandlers extends CallUsageHandlers {
  /** A place is tried, or failed and another one may be next (RFC 3263 4.3). */
  attempt?(attempt: RouteAttempt): void;
  trying?(): void;
  /** Any 101 to 199. */
  ringing?(response: SipResponse): void;
  /**
   * A provisional response describes early media, such as ringing tones or an announcement (RFC 3960 3). Every To tag is
   * another phone with a description of its own; `answered` names the one that counts.
   */
  earlyMedia?(sdp: SessionDescription, response: SipResponse): void;
  /**
   * The ACK is sent already. `sdp`: the answer, in this response or in an earlier one of the same phone; undefined when none
   * can be read.
   */
  answered?(sdp: SessionDescription | undefined, response: SipResponse): void;
  /** A final answer that is no success; without response it is ours: 408 nobody answered, 503 nothing could be sent. */
  refused?(status: number, reason: string, response?: SipResponse): void;
  ended?(end: CallEnd): void;
  /** A changed offer within the call: returns our SDP answer, or undefined for 488. */
  offered?(offer: SessionDescription): string | undefined;
  /** The other side wants an offer of ours (re-INVITE without description). Default: what is in force. */
  offerWanted?(): string | undefined;
  /** The answer to the offer of `offerWanted`. */
  answerReceived?(answer: SessionDescription): void;
}

export interface OutgoingCall extends CallUsages {
  readonly callId: string;
  /** CANCEL before the final answer, BYE after it. Resolves when answered or given up. */
  hangup(options?: HangupOptions): Promise<void>;
  /** Sends an offer within the call, such as one that holds it. Nothing can be changed before the answer. */
  change(sdp: string): Promise<ChangeOutcome>;
  /** Sends any request in the dialog of this call, once it is answered. 401 and 407 are answered; 408 and 481 end the call. */
  sendRequest(method: string, options?: InDialogRequestOptions): Promise<InDialogAnswer>;
  /** Undefined before the answer. */
  snapshot(): CallSnapshot | undefined;
}
