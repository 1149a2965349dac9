import { quote } from '../message/grammar.ts';
import { parseUri, type SipUri } from '../message/uri.ts';
import type { Flow } from '../transport/flow.ts';

/** One way to reach a registered PBX or phone, as plain data (RFC 3261 10.3, RFC 5626 6). */
export interface Binding {
  /** What the credentials belong to. */
  readonly owner: string;
  /** Absent for a sender that is known without a password. */
  readonly username?: string;
  /** User of the address of record, the To of the REGISTER. */
  readonly addressOfRecord: string;
  /** Contact URI as written. */
  readonly contact: string;
  readonly q: number;
  readonly callId: string;
  readonly sequence: number;
  /** In the endpoint's time, which is milliseconds since 1970. */
  readonly expiresAtMs: number;
  readonly registeredAtMs: number;
  /** Where the REGISTER came from: calls go back along it, through whatever NAT lies between. */
  readonly flow: Flow;
  /** Path values, topmost first (RFC 3327): the Route of calls to it. */
  readonly path: readonly string[];
  readonly instanceId?: string;
  readonly regId?: number;
  readonly userAgent?: string;
}

/** The value of a Contact in the 200 to a REGISTER (RFC 3261 10.3, step 8). */
export function writeBinding(binding: Binding, nowMs: number): string {
  const { contact, expiresAtMs, q, instanceId, regId } = binding;
  // Rounded up, so that a binding that is still there never seems to be gone.
  const seconds = Math.max(0, Math.ceil((expiresAtMs - nowMs) / 1000));
  let text = `<${contact}>;expires=${seconds}`;
  if (q !== 1) text += `;q=${q}`;
  if (instanceId !== undefined) text += `;+sip.instance=${quote(`<${instanceId}>`)}`;
  if (regId !== undefined) text += `;reg-id=${regId}`;
  return text;
}

export function contactOf(binding: Binding): SipUri {
  return parseUri(binding.contact);
}
