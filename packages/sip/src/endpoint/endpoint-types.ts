import type { Clock } from '../clock.ts';
import type { AuthenticationOptions } from '../digest/server.ts';
import type { Flow } from '../transport/flow.ts';
import type { IncomingCall } from './incoming-call-types.ts';
import type { OutgoingCall, OutgoingCallOptions } from './outgoing-call-types.ts';

export interface SipEndpointOptions {
  /** Address to listen on, such as `0.0.0.0`, `::` or `127.0.0.1`. */
  readonly host: string;
  /** The same number on UDP and TCP; 0 lets the system choose. */
  readonly port: number;
  /** Goes into Via and Contact. Default: the local address that faces the peer. */
  readonly advertised?: { readonly host: string; readonly port?: number };
  readonly userAgent: string;
  /** Without it nobody may call in: 403. */
  readonly authentication?: AuthenticationOptions;
  /** A call that passed syntax, Max-Forwards, authentication, method, Require and body type, in this order. */
  onInvite?(call: IncomingCall): void;
  onRefused?(refusal: Refusal): void;
  /** Every message as it is on the wire. */
  onMessage?(trace: MessageTrace): void;
  /** For tests: time of another kind. */
  readonly clock?: Clock;
}

/** A request from outside that was not let in; plain first challenges are not refusals. */
export interface Refusal {
  readonly atMs: number;
  readonly source: Flow;
  readonly method: string;
  readonly callId: string;
  readonly status: number;
  readonly code: RefusalCode;
  /** A sentence with the cause. */
  readonly reason: string;
  readonly username?: string;
  /** Users of From and of the Request-URI, as written; absent when the request could not be read. */
  readonly caller?: string;
  readonly called?: string;
}

export type RefusalCode =
  | 'malformed'
  | 'unsupported_version'
  | 'unsupported_uri_scheme'
  | 'body_too_large'
  | 'message_too_large'
  | 'too_many_hops'
  | 'merged_request'
  | 'no_dialog'
  | 'shutting_down'
  | 'authentication_not_configured'
  | 'malformed_credentials'
  | 'wrong_credentials'
  | 'credentials_unavailable'
  | 'method_not_allowed'
  | 'unsupported_extension'
  | 'unsupported_body'
  | 'not_acceptable'
  | 'nobody_answers'
  /** A fault of ours; `reason` is its message. */
  | 'internal_error';

export interface MessageTrace {
  readonly atMs: number;
  readonly direction: 'in' | 'out';
  readonly flow: Flow;
  readonly bytes: Buffer;
}

export interface SipEndpoint {
  readonly host: string;
  readonly port: number;
  /** Calls that are not over, both ways. */
  readonly activeCalls: number;
  /** @throws TypeError or SipParseError when target, from or a header cannot be put on the wire; Error after `close`. */
  call(options: OutgoingCallOptions): OutgoingCall;
  /** From now on INVITE and OPTIONS get 503, so that carriers go elsewhere; calls in progress go on. */
  refuseNewCalls(): void;
  /** Hangs up what is left, waits a little for the answers, and closes all sockets and timers. */
  close(): Promise<void>;
}
