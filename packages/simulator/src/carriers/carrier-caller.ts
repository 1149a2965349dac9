import { randomInt, randomUUID } from 'node:crypto';
import { isIPv6 } from 'node:net';
import {
  audioOffer,
  type LocalAudio,
  parseNameAddr,
  parseSdp,
  readAudioAnswer,
  type SipResponse,
} from '@dialplane/sip';
import type { CarrierBehaviour } from './carrier-behaviour.ts';
import { CarrierDialog } from './carrier-dialog.ts';
import { answerTo, type DigestAccount } from './carrier-digest.ts';
import { openCarrierMedia } from './carrier-media.ts';
import { newTag } from './carrier-message.ts';
import type { CarrierRequests } from './carrier-requests.ts';
import type { CarrierBinding, CarrierPlace } from './carrier-switch.ts';
import type { CarrierLine, CarrierTransport, CarrierWire } from './carrier-wire.ts';

export interface CarrierServer {
  readonly host: string;
  readonly port: number;
  /** Default: UDP. */
  readonly transport?: CarrierTransport;
}

export interface CarrierCallOptions {
  /** Whom to call; absent: the customer, over its registration. */
  readonly server?: CarrierServer;
  /** Number or extension dialled, as the carrier writes it. */
  readonly to: string;
  readonly from: string;
  /** Answers a challenge; absent: the call ends with it. */
  readonly credentials?: DigestAccount;
  /** Whole header lines. */
  readonly headers?: readonly string[];
}

/** How a call of the carrier went. */
export interface CarrierCallAttempt {
  readonly status: number;
  readonly reason: string;
  /** Statuses of the provisional responses, in their order. */
  readonly provisional: readonly number[];
  readonly response: SipResponse;
  /** When it was answered. */
  readonly call: CarrierDialog | undefined;
  /** Status of the re-INVITE that moves the media, where the carrier does so. */
  readonly mediaMoved: number | undefined;
}

export interface CarrierCallerOptions {
  readonly behaviour: CarrierBehaviour;
  readonly domain: string;
  readonly host: string;
  readonly wire: CarrierWire;
  readonly requests: CarrierRequests;
  readonly dialogs: Map<string, CarrierDialog>;
  readonly mediaAddress: string;
  binding(): CarrierBinding | undefined;
  place(line: CarrierLine): CarrierPlace;
}

/** A challenge, and one more for a nonce that was too old. */
const MOST_ATTEMPTS = 3;

/** Calls the other side as the carrier does. Rejects when it does not answer at all. */
export async function callFromCarrier(
  options: CarrierCallerOptions,
  { server, to, from, credentials, headers = [] }: CarrierCallOptions,
): Promise<CarrierCallAttempt> {
  const { behaviour, domain, wire, requests, host, mediaAddress } = options;
  const { line, uri, toHost } = server ? await towards(wire, server, to) : overRegistration(options.binding(), domain);
  const place = options.place(line);
  const media = await openCarrierMedia(host);
  const sessionId = randomInt(1, 2 ** 31);
  const localAudio: LocalAudio = { address: mediaAddress, port: media.port, codecs: ['PCMU', 'PCMA'], sessionId };
  const sdp = audioOffer(localAudio);
  const fixed = [
    ...place.recordRoutes.map((route) => `Record-Route: ${route}`),
    `Contact: <${place.contact}>`,
    'Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE',
    ...timerHeaders(behaviour),
    ...headers,
  ];
  const invite = {
    method: 'INVITE',
    uri,
    from: `<sip:${from}@${domain}>;tag=${newTag()}`,
    to: `<sip:${to}@${toHost}>`,
    callId: randomUUID(),
    body: { type: 'application/sdp', text: sdp },
  };
  const provisional: number[] = [];
  const heard = ({ status }: SipResponse) => void provisional.push(status);
  let sequence = 1;
  let response = await requests.send(line, { ...invite, sequence, headers: fixed }, heard);
  while ((response.status === 401 || response.status === 407) && credentials && sequence < MOST_ATTEMPTS) {
    const answer = answerTo(response, { method: 'INVITE', uri }, credentials);
    if (answer === undefined) break;
    sequence += 1;
    response = await requests.send(line, { ...invite, sequence, headers: [...fixed, answer] }, heard);
  }
  const outcome = { status: response.status, reason: response.reason, provisional, response };
  if (response.status >= 300) {
    await media.close();
    return { ...outcome, call: undefined, mediaMoved: undefined };
  }
  const audio = readAudioAnswer(parseSdp(response.body.toString()), parseSdp(sdp));
  if (audio) media.connect(audio);
  const call = new CarrierDialog(
    {
      callId: invite.callId,
      line,
      local: invite.from,
      remote: response.headers.get('To') ?? invite.to,
      remoteTarget: parseNameAddr(response.headers.get('Contact') ?? '').uri.text,
      sequence,
      expectedRoutes: place.recordRoutes,
      contact: place.contact,
      media,
      localAudio,
      audio,
    },
    requests,
  );
  options.dialogs.set(invite.callId, call);
  call.sendAck();
  call.acknowledge();
  return { ...outcome, call, mediaMoved: behaviour.directMedia ? await moveMedia(call) : undefined };
}

async function moveMedia(call: CarrierDialog): Promise<number> {
  const { status } = await call.send('INVITE', [], { type: 'application/sdp', text: call.offerAgain() });
  if (status < 300) call.sendAck();
  return status;
}

async function towards(wire: CarrierWire, { host, port, transport = 'udp' }: CarrierServer, to: string) {
  const line = await wire.connect(transport, host, port);
  const hostPort = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  return {
    line,
    uri: `sip:${to}@${hostPort}${transport === 'udp' ? '' : `;transport=${transport}`}`,
    toHost: hostPort,
  };
}

/** The Request-URI is the Contact that was registered; the number called stands in To. */
function overRegistration(binding: CarrierBinding | undefined, domain: string) {
  if (!binding) throw new Error('Nobody is registered with the carrier.');
  return { line: binding.line, uri: binding.contact, toHost: domain };
}

function timerHeaders({ sessionTimers }: CarrierBehaviour): string[] {
  if (!sessionTimers) return [];
  return [
    'Supported: timer',
    `Session-Expires: ${sessionTimers.expiresSeconds}`,
    `Min-SE: ${sessionTimers.minSeSeconds}`,
  ];
}
