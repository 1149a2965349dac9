import type { IncomingCall, SipEndpointOptions } from '../../src/index.ts';
import { authentication, offer, openEndpoint } from './endpoints.ts';
import { fastClock } from './fake-clock.ts';
import { authorizationFor, type Heard, openUdpPeer, type RawPeer, requestText } from './raw-peer.ts';

export const sdpType = 'Content-Type: application/sdp';

export interface Caller {
  readonly peer: RawPeer;
  readonly callId: string;
  readonly branch: string;
  /** Sends something in this call; ACK and BYE carry the tag of the last answer. */
  say(
    method: string,
    sequence: number,
    options?: { branch?: string; headers?: string[]; body?: string; from?: RawPeer },
  ): void;
  invite: Heard;
}

let calls = 0;

/** Sends an authenticated INVITE and waits for its first answer beyond 100. */
export async function dial(
  peer: RawPeer,
  options: { body?: string; headers?: string[]; transport?: string } = {},
): Promise<Caller> {
  const callId = `dialog-${++calls}`;
  const branch = `z9hG4bK-invite-${calls}`;
  const { body = offer, transport = 'UDP' } = options;
  const common = { callId, port: peer.port, transport };
  peer.send(requestText(common));
  const challenge = await peer.next(({ callId: id, status }) => id === callId && status === 401);
  peer.send(requestText({ ...common, method: 'ACK', branch: `${branch}-ack` }));
  const headers = [
    sdpType,
    ...(options.headers ?? []),
    authorizationFor(challenge.header('WWW-Authenticate'), 'INVITE'),
  ];
  peer.send(requestText({ ...common, sequence: 2, branch, headers, body }));
  const invite = await peer.next(({ callId: id, status }) => id === callId && status > 100);
  return {
    peer,
    callId,
    branch,
    invite,
    say(method, sequence, { from = peer, ...extra } = {}) {
      const toTag = /;tag=([^;]+)/.exec(invite.header('To'))?.[1] ?? '';
      from.send(requestText({ ...common, method, sequence, ...(method === 'CANCEL' ? {} : { toTag }), ...extra }));
    },
  };
}

/** An endpoint, and a peer that can say anything to it. */
export async function endpointWith(onInvite: (call: IncomingCall) => void, options: Partial<SipEndpointOptions> = {}) {
  // T1 is 100 ms, so that lost ACKs and silent peers do not take seconds.
  const endpoint = await openEndpoint({ authentication, onInvite, clock: fastClock(5), ...options });
  return { endpoint, peer: await openUdpPeer(endpoint.port) };
}
