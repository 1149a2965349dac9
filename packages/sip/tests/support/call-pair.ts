import type { CallEnd, IncomingCall, OutgoingCallOptions, SipEndpoint, SipEndpointOptions } from '../../src/index.ts';
import { authentication, credentials, offer, openEndpoint } from './endpoints.ts';

/** What happened, in order, with a promise for each name. */
export function diary() {
  const entries: string[] = [];
  const waiting = new Map<string, () => void>();
  return {
    entries,
    note(name: string) {
      entries.push(name);
      waiting.get(name)?.();
    },
    until: (name: string) =>
      entries.includes(name) ? Promise.resolve() : new Promise<void>((resolve) => waiting.set(name, resolve)),
  };
}

export function endText(who: string, end: CallEnd): string {
  return `${who} ended by ${end.by}`;
}

/** Two endpoints, one of which answers as told. */
export async function openPair(
  onInvite: (call: IncomingCall) => void,
  options: Partial<SipEndpointOptions> = {},
): Promise<{ callee: SipEndpoint; caller: SipEndpoint }> {
  const callee = await openEndpoint({ authentication, onInvite, ...options });
  const caller = await openEndpoint(options.clock ? { clock: options.clock } : {});
  return { callee, caller };
}

/** Options of a call with the test trunk's credentials. */
export function callTo(
  port: number,
  options: Partial<OutgoingCallOptions> & Pick<OutgoingCallOptions, 'handlers'>,
): OutgoingCallOptions {
  return {
    target: `sip:+12025550100@127.0.0.1:${port}`,
    from: 'sip:+12025550199@127.0.0.1',
    credentials,
    sdp: offer,
    ...options,
  };
}
