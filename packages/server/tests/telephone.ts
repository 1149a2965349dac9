/** A call service on the database of a test server, and a telephone that calls it over real sockets. */
import { decodeG711, sine, toneLevelDbfs } from '@dialplane/audio';
import { type CallService, createCallService } from '@dialplane/calls';
import { createMediaClock, createPortPool, openRtpLeg } from '@dialplane/rtp';
import { audioOffer, createSipEndpoint, header, type OutgoingCall, parseSdp, readAudioAnswer } from '@dialplane/sip';
import type { Synthesiser } from '@dialplane/speech';
import { appendSipMessages } from '../src/calls/sip-messages.ts';
import { createCallDirectory } from '../src/telephony/call-directory.ts';
import { type KnownSources, openKnownSources } from '../src/telephony/known-sources.ts';
import { createRefusalLog } from '../src/telephony/refusal-log.ts';
import { createTrunkSightings } from '../src/telephony/trunk-sightings.ts';
import type { TestServer } from './test-server.ts';
import { silentLog } from './test-store.ts';

const number = '+12025550100';
export const callerNumber = '+12025550199';

/** Every sentence is a tone: this one for the words below, the other for all others. */
export const saidHz = 1000;
const greetingHz = 600;
export const wordsToSay = 'One moment please.';

const toneVoice: Synthesiser = {
  name: 'tone',
  voices: [],
  async *synthesise({ text, sampleRate }) {
    const frequencyHz = text.includes('One moment') ? saidHz : greetingHz;
    const samples = sine({ frequencyHz, sampleRate, durationMs: 400, levelDbfs: -12 });
    yield { samples, words: [{ from: 0, to: text.length, endSample: samples.length }] };
  },
};

export interface DialOptions {
  /** Offers no telephone events. */
  readonly withoutDigits?: boolean;
  /** Where to send to in place of the calls' own port. */
  readonly port?: number;
}

export interface DialledCall {
  /** Final status of the INVITE. */
  readonly status: number;
  readonly sessionId: string | undefined;
  readonly call: OutgoingCall;
  /** Resolves when the other side hangs up. */
  readonly ended: Promise<void>;
}

export interface Telephone {
  readonly calls: CallService;
  readonly agentId: string;
  /** Who may call without a password. */
  readonly sources: KnownSources;
  dial(options?: DialOptions): Promise<DialledCall>;
  /** Keys the far end pressed, with the moments they were heard. */
  readonly digits: { readonly digit: string; readonly atMs: number }[];
  /** Level of a frequency in the last half second heard, dBFS. */
  heard(frequencyHz: number): number;
  close(): Promise<void>;
}

/** Makes an agent and a trunk of `acme`, and connects the HTTP server with the calls. */
export async function pickUpTelephone(server: TestServer, rtpPorts = { min: 33_000, max: 33_099 }): Promise<Telephone> {
  const { services, store, secrets } = server;
  const agent = await server.request<{ id: string }>('POST', '/phone', {
    body: { name: 'Front desk', first_message: 'Hello.' },
  });
  const trunk = await server.request<{ auth_username: string; auth_password: string }>(
    'POST',
    '/phone/sip/inbound-trunk',
    { body: { phone_numbers: [number] } },
  );
  const refusals = createRefusalLog({ db: store.db, log: silentLog });
  const { profiles, bus, model } = services;
  const directory = createCallDirectory({
    db: store.db,
    secrets,
    refusals,
    profiles,
    bus,
    regionOf: () => 'global',
    sightings: createTrunkSightings(store.db, silentLog),
  });
  const sources = await openKnownSources({ db: store.db, log: silentLog });
  const calls = await createCallService({
    sourcePolicy: sources,
    host: '127.0.0.1',
    sipPort: 0,
    publicAddress: undefined,
    rtpPortMin: rtpPorts.min,
    rtpPortMax: rtpPorts.max,
    mediaThreads: 1,
    userAgent: 'test',
    realm: 'test',
    nonceKey: new Uint8Array(32),
    headerPrefix: 'X-OPENCX',
    directory,
    engines: { recogniser: undefined, synthesiser: toneVoice, model },
    recordings: server.recordings,
    writeSipMessages: (call, messages) => appendSipMessages(store.db, call, messages),
    log: silentLog,
  });
  server.connectCalls(calls);

  const endpoint = await createSipEndpoint({ host: '127.0.0.1', port: 0, userAgent: 'telephone' });
  const pool = createPortPool({ host: '127.0.0.1', min: 33_100, max: 33_199 });
  const digits: { digit: string; atMs: number }[] = [];
  const ear = new Int16Array(4000);
  const scratch = new Int16Array(960);
  const leg = await openRtpLeg({
    pool,
    handlers: {
      onSound(packet, { payloadFrom: from, payloadTo: to }) {
        decodeG711('mu', packet, from, to, scratch, 0);
        ear.copyWithin(0, to - from);
        ear.set(scratch.subarray(0, to - from), ear.length - (to - from));
      },
      onDigit: (digit) => digits.push({ digit, atMs: performance.now() }),
      onError: () => {},
    },
  });
  const clock = createMediaClock({ onError: () => {} });
  const seat = clock.join({
    tick() {
      leg.payload.fill(0xff);
      leg.send(false);
    },
  });

  return {
    calls,
    agentId: agent.body.id,
    sources,
    digits,
    heard: (frequencyHz) => toneLevelDbfs(ear, 8000, frequencyHz),
    close: async () => {
      await calls.close();
      sources.close();
      await refusals.close();
      seat.leave();
      await leg.close();
      await endpoint.close();
    },
    dial: ({ withoutDigits = false, port = calls.sipPort } = {}) => {
      const offer = audioOffer({ address: '127.0.0.1', port: leg.localPort, codecs: ['PCMU'], sessionId: 1 });
      const sdp = withoutDigits ? withoutTelephoneEvents(offer) : offer;
      const ended = Promise.withResolvers<void>();
      ear.fill(0);
      return new Promise((resolve) => {
        const call = endpoint.call({
          target: `sip:${number}@127.0.0.1:${port}`,
          from: `sip:${callerNumber}@127.0.0.1`,
          credentials: { username: trunk.body.auth_username, password: trunk.body.auth_password },
          sdp,
          headers: {},
          handlers: {
            answered: (answer, response) => {
              const agreed = answer && readAudioAnswer(answer, parseSdp(sdp));
              if (agreed) leg.connect(agreed);
              const sessionId = header(response, 'X-OPENCX-SESSION-ID');
              resolve({ status: 200, sessionId, call, ended: ended.promise });
            },
            refused: (status) => resolve({ status, sessionId: undefined, call, ended: ended.promise }),
            ended: () => ended.resolve(),
          },
        });
      });
    },
  };
}

function withoutTelephoneEvents(sdp: string): string {
  return sdp
    .replace(/^(m=audio \d+ \S+ 0).*$/m, '$1')
    .split('\r\n')
    .filter((line) => !/telephone-event|^a=fmtp:101/.test(line))
    .join('\r\n');
}
