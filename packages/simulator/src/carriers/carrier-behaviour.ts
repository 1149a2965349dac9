import type { DigestAlgorithm } from './carrier-digest.ts';
import type { CarrierRule } from './carrier-rules.ts';

/** A final answer; `challenge`: it asks for a password, whatever came; `silence`: nothing at all. */
export type RuleAnswer = { readonly status: number; readonly reason: string } | 'challenge' | 'silence';

/** How strict and how odd a carrier or PBX is. Answers to broken rules that its documentation does not name are chosen here. */
export interface CarrierBehaviour {
  /** As in the presets of trunks. */
  readonly name: string;
  /** How it asks for a password, unless the caller is known by address. One challenge for each algorithm, in this order. */
  readonly challenge: {
    readonly status: 401 | 407;
    /** Default: its domain. */
    readonly realm?: string;
    readonly algorithms: readonly DigestAlgorithm[];
  };
  /** What it insists on in an INVITE, with its answer to those who do otherwise. */
  readonly rules: Readonly<Partial<Record<CarrierRule, RuleAnswer>>>;
  /** New calls in one second; more get the answer of the rule `rate`. */
  readonly callsPerSecond: number | null;
  /** Methods it takes; others get 405. */
  readonly methods: readonly string[];
  /** Seconds it grants to a registration. */
  readonly registrationSeconds: number;
  /** Proxies of its own that stay in the way of the call (RFC 3261 16.6). */
  readonly recordRoutes: 0 | 1 | 2;
  /** Its SDP names an address that cannot be reached from outside. */
  readonly privateMediaAddress: boolean;
  /** Right after the answer it moves the media by a re-INVITE. */
  readonly directMedia: boolean;
  /** RFC 4028, asked for in its own INVITEs and granted in its answers. */
  readonly sessionTimers: { readonly expiresSeconds: number; readonly minSeSeconds: number } | null;
  /** Parameter of its Contact in a REGISTER that calls to it have to bring back. */
  readonly contactParameter: string | null;
}
