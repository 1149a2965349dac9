import type { ClientCredentials, DigestChallenge } from '../digest/client.ts';
import type { TlsClientOptions } from '../transport/dial.ts';
import type { Flow, TransportName } from '../transport/flow.ts';
import type { RegistrationState } from './registration-table.ts';

/** A registration of ours at a carrier or PBX (RFC 3261 10.2). */
export interface RegistrationOptions {
  /** Whatever it belongs to; calls that come in along it carry this name. */
  readonly owner: string;
  /** Where REGISTER is sent, and its Request-URI: `sip:carrier.example;transport=tls`. */
  readonly registrar: string;
  /** Who registers: `sip:user@carrier.example`. */
  readonly addressOfRecord: string;
  readonly credentials?: ClientCredentials;
  /** `sip:edge.carrier.example`: requests go there first, with a Route. */
  readonly outboundProxy?: string;
  /** Wins over the URI's parameter. */
  readonly transport?: TransportName;
  /** Certificates and trust of a registrar that is reached over TLS. */
  readonly tls?: TlsClientOptions;
  /** What we ask for; the registrar decides. Default 600 s: a carrier that lost us is noticed within minutes. */
  readonly expiresSeconds?: number;
  /**
   * Puts the address the registrar sees into Contact, when it differs from what we know: for carriers that call the
   * Contact although it was registered through a NAT. Default false.
   */
  readonly contactFollowsNat?: boolean;
  /** Goes on where an earlier process stopped, with the same Contact. */
  readonly snapshot?: RegistrationSnapshot;
  onChange?(status: RegistrationStatus): void;
}

export interface RegistrationStatus {
  readonly state: RegistrationState;
  /** When this state began. */
  readonly sinceMs: number;
  /** End of the current grant; absent when nothing is registered. */
  readonly expiresAtMs?: number;
  /** Why the last try failed; absent since the last success. */
  readonly lastError?: RegistrationError;
  /** When the next try or refresh is planned. */
  readonly nextTryAtMs?: number;
  /** The server that was spoken to last. */
  readonly registrar?: { readonly transport: TransportName; readonly address: string; readonly port: number };
  /** Where the registrar sees us (RFC 3581): tells whether a NAT lies between. */
  readonly seenAs?: { readonly address: string; readonly port: number };
}

export interface RegistrationError {
  readonly code:
    | 'wrong_credentials'
    | 'no_credentials'
    | 'forbidden'
    | 'unknown_user'
    | 'refused'
    | 'server_failure'
    | 'no_answer'
    | 'unreachable'
    | 'not_granted';
  /** `ours`: a setting of ours; `upstream`: the carrier; `unknown`: either, or the network between. */
  readonly errorClass: 'ours' | 'upstream' | 'unknown';
  /** Status of the answer, if there was one. */
  readonly status?: number;
  /** Cause and next step. */
  readonly message: string;
}

/** A registration as plain data, so that it can outlive a process. */
export interface RegistrationSnapshot {
  /** User part of our Contact. */
  readonly token: string;
  readonly callId: string;
  readonly fromTag: string;
  readonly sequence: number;
  readonly grant?: RegistrationGrant;
  readonly digest: readonly DigestChallenge[];
  readonly failures: number;
}

/** What the registrar has granted, and along which flow. */
export interface RegistrationGrant {
  readonly expiresAtMs: number;
  readonly flow: Flow;
  /** Our Contact as registered. */
  readonly contact: string;
}

/** A running registration. */
export interface Registration {
  readonly status: RegistrationStatus;
  snapshot(): RegistrationSnapshot;
  /** Takes the registration back. Resolves when the registrar has answered or will not. */
  stop(): Promise<void>;
}
