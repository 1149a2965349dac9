import type { Arrival } from './admission.ts';
import { respond, type Signalling } from './signalling.ts';

/** Says what is spoken here (RFC 3261 11.2). */
export function handleOptions(signalling: Signalling, { request, transaction, localTag }: Arrival): void {
  const { allow, accept, supported } = signalling.capabilities;
  respond(signalling, request, transaction, 200, {
    toTag: localTag,
    headers: { Allow: allow, Accept: accept, Supported: supported },
  });
}
