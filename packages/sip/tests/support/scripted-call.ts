import { onTestFinished } from 'vitest';
import type {
  IncomingCall,
  OutgoingCall,
  OutgoingCallOptions,
  SipEndpoint,
  SipEndpointOptions,
} from '../../src/index.ts';
import { audioOffer, negotiateAudio, parseSdp } from '../../src/index.ts';
import { authentication, credentials, offer, openEndpoint } from './endpoints.ts';
import { fastClock } from './fake-clock.ts';
import { authorizationFor, type Heard, openUdpPeer, type RawPeer, requestText } from './raw-peer.ts';

const sdpType = 'Content-Type: application/sdp';

/** The description of a scripted peer, as offer. */
export function peerOffer(change: { direction?: 'sendonly' | 'inactive'; port?: number } = {}): string {
  return audioOffer({ address: '127.0.0.1', port: 9000, codecs: ['PCMU', 'PCMA'], sessionId: 9, ...change });
}

/** The same as an answer. */
export function peerAnswer(to: string): string {
  const local = { address: '127.0.0.1', port: 9000, codecs: ['PCMU', 'PCMA'], sessionId: 9 } as const;
  return negotiateAudio(parseSdp(to), local)?.answer ?? '';
}

/** A call in which one side says exactly what the test says. */
export interface ScriptedCall {
  readonly endpoint: SipEndpoint;
  readonly peer: RawPeer;
  /** Sends a request in this dialog. */
  say(method: string, sequence: number, options?: { branch?: string; headers?: string[]; body?: string }): void;
  /** Answers a request of the endpoint. */
  reply(request: Heard, status: number, options?: { tag?: string; headers?: string[]; body?: string }): void;
  /** The next request of that method, or response to that sequence and method. */
  request(method: string): Promise<Heard>;
  response(sequence: number, method: string, status?: number): Promise<Heard>;
}

let calls = 0;

/** The peer calls. T1 is 100 ms. */
export async function callEndpoint(
  onInvite: (call: IncomingCall) => void,
  options: {
    body?: string;
    headers?: string[];
    endpoint?: Partial<SipEndpointOptions>;
  } = {},
): Promise<ScriptedCall & { readonly first: Heard; readonly branch: string; readonly call: IncomingCall }> {
  const seen = Promise.withResolvers<IncomingCall>();
  const endpoint = await openEndpoint({
    authentication,
    clock: fastClock(5),
    onInvite(call) {
      seen.resolve(call);
      onInvite(call);
    },
    ...options.endpoint,
  });
  const peer = await openUdpPeer(endpoint.port);
  const callId = `scripted-${++calls}`;
  const branch = `z9hG4bK-scripted-${calls}`;
  const common = { callId, port: peer.port };
  const { body = offer, headers = [] } = options;
  peer.send(requestText(common));
  const challenge = await peer.next(({ status }) => status === 401);
  const challengeTag = /;tag=([^;]+)/.exec(challenge.header('To'))?.[1] ?? '';
  peer.send(requestText({ ...common, method: 'ACK', toTag: challengeTag, branch: 'z9hG4bK-ack-of-401' }));
  const authorization = authorizationFor(challenge.header('WWW-Authenticate'), 'INVITE');
  const type = body === '' ? [] : [sdpType];
  peer.send(requestText({ ...common, sequence: 2, branch, body, headers: [...type, ...headers, authorization] }));
  const first = await peer.next(({ status, header }) => status > 100 && header('CSeq') === '2 INVITE');
  const toTag = /;tag=([^;]+)/.exec(first.header('To'))?.[1] ?? '';
  const call = first.status === 422 ? undefined : await seen.promise;
  return {
    ...scripted(endpoint, peer, (method, sequence, extra = {}) => {
      const tag = method === 'CANCEL' ? {} : { toTag };
      const contentType = extra.body ? [sdpType] : [];
      peer.send(
        requestText({
          ...common,
          method,
          sequence,
          ...tag,
          ...extra,
          headers: [...contentType, ...(extra.headers ?? [])],
        }),
      );
    }),
    first,
    branch,
    get call() {
      if (!call) throw new Error('the call was refused');
      return call;
    },
  };
}

/** The endpoint calls. T1 is 100 ms. */
export async function callPeer(
  options: Partial<OutgoingCallOptions> = {},
  endpointOptions: Partial<SipEndpointOptions> = {},
): Promise<ScriptedCall & { readonly call: OutgoingCall; readonly invite: Heard }> {
  const endpoint = await openEndpoint({ clock: fastClock(5), ...endpointOptions });
  const peer = await openUdpPeer(endpoint.port);
  const call = endpoint.call({
    target: `sip:callee@127.0.0.1:${peer.port}`,
    from: 'sip:caller@127.0.0.1',
    credentials,
    sdp: offer,
    handlers: {},
    ...options,
  });
  const invite = await peer.next(({ method }) => method === 'INVITE');
  const fromTag = /;tag=([^;]+)/.exec(invite.header('From'))?.[1] ?? '';
  return {
    ...scripted(
      endpoint,
      peer,
      (method, sequence, extra = {}) => {
        const contentType = extra.body ? [sdpType] : [];
        const text = requestText({
          callId: invite.callId,
          port: peer.port,
          method,
          sequence,
          fromTag: 'a',
          toTag: fromTag,
          ...extra,
          headers: [...contentType, ...(extra.headers ?? [])],
        });
        peer.send(text);
      },
      invite,
    ),
    call,
    invite,
  };
}

function scripted(endpoint: SipEndpoint, peer: RawPeer, say: ScriptedCall['say'], invite?: Heard): ScriptedCall {
  const call: ScriptedCall = {
    endpoint,
    peer,
    say,
    reply(request, status, { tag = 'a', headers = [], body = '' } = {}) {
      const to = request.header('To');
      const routes = request.text.split('\r\n').filter((line) => line.startsWith('Record-Route:'));
      const lines = [
        `SIP/2.0 ${status} Whatever`,
        `Via: ${request.header('Via')}`,
        ...routes,
        `From: ${request.header('From')}`,
        `To: ${to.includes('tag=') ? to : `${to};tag=${tag}`}`,
        `Call-ID: ${request.callId}`,
        `CSeq: ${request.header('CSeq')}`,
        ...(headers.some((line) => line.startsWith('Contact')) ? [] : [`Contact: <sip:callee@127.0.0.1:${peer.port}>`]),
        ...(body === '' ? [] : [sdpType]),
        ...headers,
        `Content-Length: ${Buffer.byteLength(body)}`,
      ];
      peer.send(`${lines.join('\r\n')}\r\n\r\n${body}`);
    },
    request: (wanted) => peer.next(({ method }) => method === wanted),
    response: (sequence, method, wanted) =>
      peer.next(
        ({ status, header }) =>
          header('CSeq') === `${sequence} ${method}` && (wanted === undefined ? status > 100 : status === wanted),
      ),
  };
  onTestFinished(() => leave(call, invite));
  return call;
}

/** Closes the endpoint, whose last requests are answered, so that nobody has to wait for them. */
async function leave({ endpoint, peer, reply }: ScriptedCall, invite: Heard | undefined): Promise<void> {
  let isClosed = false;
  // A call that nobody has answered can be cancelled once something has come back.
  if (invite) reply(invite, 180);
  const closing = endpoint.close().then(() => {
    isClosed = true;
  });
  while (!isClosed) {
    const heard = await peer.next(({ method }) => method === 'BYE' || method === 'CANCEL', 20).catch(() => undefined);
    if (heard) reply(heard, 200);
    if (heard?.method === 'CANCEL' && invite) reply(invite, 487);
  }
  await closing;
}
