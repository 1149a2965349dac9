import type { CallEnd, OutgoingCall, OutgoingCallOptions, RouteAttempt, SipEndpoint } from '../../src/index.ts';
import { credentials, offer } from './endpoints.ts';

export interface PlacedCall {
  readonly call: OutgoingCall;
  readonly answered: Promise<void>;
  readonly ended: Promise<CallEnd>;
  /** Rejects when the call is answered. */
  readonly refused: Promise<{ readonly status: number; readonly reason: string }>;
  /** `udp 192.0.2.1 5060 trying`, one per attempt and failure. */
  readonly attempts: readonly string[];
}

/** A call from an endpoint with the credentials of the test trunk, as promises. */
export function placeCall(
  endpoint: SipEndpoint,
  target: string,
  options: Partial<OutgoingCallOptions> = {},
): PlacedCall {
  const answered = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<CallEnd>();
  const refused = Promise.withResolvers<{ readonly status: number; readonly reason: string }>();
  for (const { promise } of [answered, refused]) promise.catch(() => {});
  const attempts: string[] = [];
  const note = ({ transport, address, port, outcome }: RouteAttempt) =>
    void attempts.push(`${transport} ${address} ${port} ${outcome}`);
  const call = endpoint.call({
    target,
    from: 'sip:caller@127.0.0.1',
    credentials,
    sdp: offer,
    ...options,
    handlers: {
      attempt: note,
      answered: () => {
        answered.resolve();
        refused.reject(new Error('the call was answered'));
      },
      ended: (end) => {
        answered.reject(new Error('the call ended'));
        ended.resolve(end);
      },
      refused: (status, reason) => {
        answered.reject(new Error(`refused with ${status} ${reason}`));
        refused.resolve({ status, reason });
      },
    },
  });
  return { call, answered: answered.promise, ended: ended.promise, refused: refused.promise, attempts };
}
