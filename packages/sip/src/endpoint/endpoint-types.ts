import type { Clock } from '../clock.ts';
import type { AuthenticationOptions } from '../digest/server.ts';
import type { Ban } from '../guard/guard.ts';
import type { GuardLimits } from '../guard/guard-options.ts';
import type { SourcePolicy } from '../guard/source-policy.ts';
import type { RegistrarOptions } from '../registration/registrar.ts';
import type { RegisteredUsers } from '../registration/registrar-service.ts';
import type { Registration, RegistrationOptions } from '../registration/registration-types.ts';
import type { DnsClient } from '../resolve/dns.ts';
import type { Flow } from '../transport/flow.ts';
import type { AdvertisedAddress, Reachability } from '../transport/reachability.ts';
import type { TlsIdentity } from '../transport/tls-acceptor.ts';
import type { LocalPlace, TransportCounters } from '../transport/transports.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import type { EstablishedCall, RestoreOptions } from './established-call-types.ts';
import type { IncomingCall } from './incoming-call-types.ts';
import type { OutgoingCall, OutgoingCallOptions } from './outgoing-call-types.ts';
import type { RefusalCode } from './refusal-codes.ts';

export interface SipEndpointOptions {
  /** Address to listen on, such as `0.0.0.0`, `::` or `127.0.0.1`. */
  readonly host: string;
  /** The same number on UDP and TCP; 0 lets the system choose. */
  readonly port: number;
  /** Goes into Via and Contact. Default: the local address that faces the peer. */
  readonly advertised?: AdvertisedAddress;
  /** Listens for TLS too; port 0 lets the system choose. Calls can go out over TLS without it. */
  readonly tls?: TlsIdentity & { readonly port: number };
  /** Default: the system's. */
  readonly dns?: DnsClient;
  readonly userAgent: string;
  /** Passwords. Without it, and without a source policy, nobody may call in: 403. */
  readonly authentication?: AuthenticationOptions;
  /** Who may call in without a password. */
  readonly sourcePolicy?: SourcePolicy;
  readonly guard?: {
    readonly limits?: Partial<GuardLimits>;
    /** Whether loopback and private addresses can be silenced, too. Default false. */
    readonly watchesPrivate?: boolean;
  };
  /** With it, known senders may register their contacts (RFC 3261 10.3). */
  readonly registrar?: RegistrarOptions;
  /** Asked for each INVITE; while it is true, those get 503. */
  isOverloaded?(): boolean;
  /** A call that passed syntax, Max-Forwards, authentication, method, Require and body type, in this order. */
  onInvite?(call: IncomingCall): void;
  onRefused?(refusal: Refusal): void;
  onSilenced?(ban: Ban): void;
  /** Every message as it is on the wire. */
  onMessage?(trace: MessageTrace): void;
  /** For tests: time of another kind. */
  readonly clock?: Clock;
}

/** A request from outside that was not let in; a challenge is a refusal only when nobody answers it. */
export interface Refusal {
  readonly atMs: number;
  readonly source: Flow;
  readonly method: string;
  readonly callId: string;
  /** 0: there was no answer. */
  readonly status: number;
  readonly code: RefusalCode;
  /** A sentence with the cause. */
  readonly reason: string;
  readonly username?: string;
  /** Users of From and of the Request-URI, as written; absent when the request could not be read. */
  readonly caller?: string;
  readonly called?: string;
}

export interface MessageTrace {
  readonly atMs: number;
  readonly direction: 'in' | 'out';
  readonly flow: Flow;
  readonly bytes: Buffer;
}

export interface SipEndpoint {
  readonly host: string;
  readonly port: number;
  /** Undefined without TLS. */
  readonly tlsPort: number | undefined;
  /** What carriers see of us. */
  readonly reachability: Reachability;
  readonly transportCounters: TransportCounters;
  /** A new certificate, for the connections from now on. @throws Error when it cannot be used, or TLS is not listened for. */
  setTlsIdentity(identity: TlsIdentity): void;
  /** The address of ours that a peer is to send to: what our Contact says to it, and what its SDP should. */
  addressFor(peer: Flow): Promise<string>;
  /** Our own end of a flow, as packets on the wire have it. */
  localPlace(flow: Flow): Promise<LocalPlace>;
  /** Calls that are not over, both ways. */
  readonly activeCalls: number;
  /** @throws TypeError or SipParseError when target, from or a header cannot be put on the wire; Error after `close`. */
  call(options: OutgoingCallOptions): OutgoingCall;
  /** Goes on with an answered call of another process that listened on the same address. @throws Error after `close`. */
  restore(snapshot: CallSnapshot, options: RestoreOptions): EstablishedCall;
  /**
   * Registers at a carrier until stopped or closed; calls along the registration come in for its owner, with style
   * `registration`. @throws SipParseError when an address of the options is none; Error after `close`.
   */
  register(options: RegistrationOptions): Registration;
  /** Who has registered here; undefined without a registrar. */
  readonly registeredUsers: RegisteredUsers | undefined;
  /** From now on INVITE and OPTIONS get 503, so that carriers go elsewhere; calls in progress go on. */
  refuseNewCalls(): void;
  /** Sources that get no answer at the moment, the newest last. */
  bans(): Ban[];
  /** Hears a source again, and forgets what it did. @returns whether it was silenced. */
  liftBan(source: string): boolean;
  /** Messages of silenced sources since the last call. */
  takeDropped(): number;
  /** Hangs up what is left, waits a little for the answers, and closes all sockets and timers. */
  close(): Promise<void>;
}
