import type { SipResponse } from '../message/message.ts';
import type { RouteAttempt } from '../resolve/route.ts';
import type { SessionDescription } from '../sdp/description.ts';
import type { TlsClientOptions } from '../transport/dial.ts';
import type { TransportName } from '../transport/flow.ts';
import type { CallEnd, ExtraHeaders, HangupOptions } from './call-ending.ts';

export interface OutgoingCallOptions {
  /** `sip:+12025550100@host:port;transport=tcp`. A host name is looked up as RFC 3263 says. */
  readonly target: string;
  /** URI of a proxy that the INVITE goes to first, as a preloaded route (RFC 3261 8.1.2); its transport counts. */
  readonly outboundProxy?: string;
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
  /** Wins over the target's parameter. Without both: UDP, or TCP for a large INVITE (RFC 3261 18.1.1). */
  readonly transport?: TransportName;
  /** Client certificate, authorities and strictness of connections over TLS. */
  readonly tls?: TlsClientOptions;
  readonly handlers: OutgoingCallHandlers;
}

/** Exactly one of `refused` and `ended` is called, once, and last. An exception in a handler hangs up. */
export interface OutgoingCallHandlers {
  /** A place is tried, or failed and another one may be next (RFC 3263 4.3). */
  attempt?(attempt: RouteAttempt): void;
  trying?(): void;
  /** Any 101 to 199. */
  ringing?(response: SipResponse): void;
  /** The ACK is sent already. `sdp` is undefined when the response has none that can be read. */
  answered?(sdp: SessionDescription | undefined, response: SipResponse): void;
  /** A final answer that is no success; without response it is ours: 408 nobody answered, 503 nothing could be sent. */
  refused?(status: number, reason: string, response?: SipResponse): void;
  ended?(end: CallEnd): void;
  /** A changed offer within the call: returns our SDP answer, or undefined for 488. */
  offered?(offer: SessionDescription): string | undefined;
}

export interface OutgoingCall {
  readonly callId: string;
  /** CANCEL before the final answer, BYE after it. Resolves when answered or given up. */
  hangup(options?: HangupOptions): Promise<void>;
}
