import type { outboundTrunks } from '../../store/schema.ts';

type TrunkColumn = typeof outboundTrunks.$inferSelect;
export type PresetTransport = TrunkColumn['transport'];

/** How one side of a trunk knows the other. */
export type AuthenticationStyle = 'digest' | 'ip' | 'register';

/** How numbers are written: the policies of trunks, and `configurable` where the other side lets its customer choose. */
export type NumberForm = 'e164' | 'e164_no_plus' | 'national' | 'extension' | 'configurable';

/**
 * What a carrier or PBX expects, and how it behaves, as its own documentation says. What the pages read did not say is
 * null or empty, never guessed.
 */
export interface CarrierPreset {
  /** Value of `preset` of an outbound trunk. */
  readonly name: string;
  readonly displayName: string;
  /** Seen from here: `inbound` calls come from it. */
  readonly directions: readonly ('inbound' | 'outbound')[];
  /** What `host` of a trunk looks like; words in angle brackets are the customer's own. */
  readonly hostPattern: string;
  /** Ports by transport; UDP is used where it is offered and nothing else is asked for. */
  readonly ports: Readonly<Partial<Record<PresetTransport, number>>>;
  readonly authentication: {
    /** How its calls to us can be known. */
    readonly inbound: readonly AuthenticationStyle[];
    /** How it knows our calls. */
    readonly outbound: readonly AuthenticationStyle[];
  };
  /** Our trunk registers with it unless told otherwise. */
  readonly register: boolean;
  readonly numbers: {
    /** As it writes the dialled number of its calls to us. */
    readonly inbound: NumberForm;
    /** As it wants the numbers of ours. */
    readonly outbound: Exclude<NumberForm, 'configurable'>;
  };
  /**
   * What it compares in the From of our calls: the user with the digest user name, the host with its own name. The host of
   * a trunk stands there unless the trunk says otherwise, so that only the user needs filling in.
   */
  readonly from: {
    readonly user: 'caller_number' | 'username';
    readonly domain: 'any' | 'host';
  };
  /** Headers beyond RFC 3261 that it reads or writes. */
  readonly headers: readonly { readonly name: string; readonly use: string }[];
  /** Audio codecs it documents, by their names in SDP. */
  readonly codecs: readonly string[];
  /** What our trunk does about SRTP; `require` where unencrypted media over TLS is refused. */
  readonly mediaEncryption: {
    readonly overTls: TrunkColumn['mediaEncryption'];
    readonly otherwise: TrunkColumn['mediaEncryption'];
  };
  /** RFC 4028, when it asks for it by itself. */
  readonly sessionTimers: { readonly expiresSeconds: number; readonly minSeSeconds: number } | null;
  /** How our trunk hands calls over: `auto` tries REFER and falls back to a bridge. */
  readonly transferMode: TrunkColumn['transferMode'];
  /** Algorithms of its digest challenges. */
  readonly digestAlgorithms: readonly string[];
  /** Where its signalling comes from, for `allowed_ips` of the inbound trunk: addresses or CIDR ranges. */
  readonly signallingAddresses: readonly string[];
  /** Where its media comes from. */
  readonly media: {
    readonly addresses: readonly string[];
    readonly ports: { readonly min: number; readonly max: number } | null;
  };
  readonly limits: {
    /** New calls a second that it takes from a customer who asked for nothing else. */
    readonly callsPerSecond: number | null;
    readonly maxCalls: number | null;
  };
  /** Sentences about what surprises people. */
  readonly quirks: readonly string[];
  /** Pages the facts are from, with the day they were read. */
  readonly sources: readonly { readonly url: string; readonly readOn: string }[];
}
