import type { IncomingCall, Refusal } from '@dialplane/sip';
import type { CallTrunk, NotedRefusal } from './directory.ts';
import type { RouteStep } from './events.ts';
import type { CallParties } from './parties.ts';

/** What was known of a call when it was turned away. */
export interface RefusedCall {
  readonly sip: IncomingCall;
  readonly trunk: CallTrunk | undefined;
  readonly parties: CallParties | undefined;
  readonly steps: readonly RouteStep[];
  readonly status: number;
  readonly code: string;
  readonly sentence: string;
}

/** An INVITE that calls turned away, for the list of refusals. */
export function refusedCall({ sip, trunk, parties, steps, status, code, sentence }: RefusedCall): NotedRefusal {
  return {
    at: new Date(sip.receivedAtMs),
    ...placeOf(sip.source),
    method: 'INVITE',
    sipCallId: sip.callId,
    trunk,
    username: trunk?.username,
    caller: parties ? parties.caller : (sip.request.from.uri.user ?? null),
    called: (parties ? parties.dialled.number : sip.request.uri.user) || null,
    status,
    code,
    reason: sentence,
    steps,
  };
}

/** A request that the SIP stack turned away before it was a call. */
export function refusedRequest(refusal: Refusal): NotedRefusal {
  return {
    at: new Date(refusal.atMs),
    ...placeOf(refusal.source),
    method: refusal.method,
    sipCallId: refusal.callId,
    trunk: undefined,
    username: refusal.username,
    caller: refusal.caller ?? null,
    called: refusal.called ?? null,
    status: refusal.status,
    code: refusal.code,
    reason: refusal.reason,
    steps: [],
  };
}

/** Where a request came from, as it is written down. */
export function placeOf({ transport, remoteAddress, remotePort }: IncomingCall['source']) {
  return { transport, source: writePlace(remoteAddress, remotePort) };
}

/** `192.0.2.1:5060`, or `[2001:db8::1]:5060`. */
export function writePlace(address: string, port: number): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}
