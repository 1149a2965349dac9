/** A call service with a directory in memory and engines of tones, and telephones that call it over real sockets. */
import { createVoiceCodec, rmsDbfs, sine, toneLevelDbfs } from '@dialplane/audio';
import { defaultSettings, type Model } from '@dialplane/conversation';
import { createMediaClock, createPortPool, openRtpLeg, type RtpLeg, type SrtpKeys } from '@dialplane/rtp';
import {
  audioOffer,
  createSipEndpoint,
  header,
  type NegotiatedAudio,
  type OutgoingCall,
  parseSdp,
  readAudioAnswer,
  type SessionDescription,
  type SipEndpoint,
} from '@dialplane/sip';
import type { Synthesiser } from '@dialplane/speech';
import {
  type AgentProfile,
  type CallDirectory,
  type CallEvent,
  type CallOpening,
  type CallService,
  type CallServiceOptions,
  type CallTrunk,
  createCallService,
  type NotedRefusal,
  type OutgoingCallOpening,
  type RoutableAgent,
  type TrunkSighting,
} from '../src/index.ts';

export const greetingHz = 700;
export const password = 'correct horse';

/** Every sentence is a tone of a second. */
const toneVoice: Synthesiser = {
  name: 'tone',
  voices: [],
  async *synthesise({ text, sampleRate }) {
    const samples = sine({ frequencyHz: greetingHz, sampleRate, durationMs: 1000, levelDbfs: -12 });
    yield { samples, words: [{ from: 0, to: text.length, endSample: samples.length }] };
  },
};

const goodbyeModel: Model = {
  name: 'goodbye',
  async *stream() {
    yield { type: 'text', delta: 'Goodbye.' };
    yield { type: 'tool_call', id: '1', name: 'end_call', arguments: {} };
    yield { type: 'done' };
  },
};

export interface StoredCall {
  readonly opening: CallOpening;
  readonly events: CallEvent[];
}

export class MemoryDirectory implements CallDirectory {
  readonly calls: StoredCall[] = [];
  agents: RoutableAgent[] = [
    { id: 'agent-1', name: 'Front desk', type: 'inbound', enabled: true, createdAtMs: 1, hasCapacity: true },
    { id: 'agent-2', name: 'Night desk', type: 'inbound', enabled: true, createdAtMs: 2, hasCapacity: true },
  ];
  /** What the trunk has other than usual. */
  trunk: Partial<CallTrunk> = {};
  readonly refusals: NotedRefusal[] = [];
  readonly sightings: ({ readonly trunkId: string } & TrunkSighting)[] = [];
  readonly outgoing: OutgoingCallOpening[] = [];
  /** Awaited before the call row is written. */
  beforeOpen: () => Promise<void> = async () => {};

  async findCredential(username: string) {
    return username === 'pbx' ? { password, owner: 'trunk-1' } : undefined;
  }

  async findTrunk(trunkId: string): Promise<CallTrunk | undefined> {
    return {
      id: trunkId,
      kind: 'inbound',
      orgId: 'org-1',
      username: 'pbx',
      country: 'US',
      fallback: 'agent',
      noAgentStatus: 480,
      agents: this.agents,
      numbers: new Map(),
      trunkNumbers: new Set(['+12025550100']),
      defaultAgentId: null,
      maxCalls: null,
      callsPerSecond: null,
      codecs: ['PCMU', 'PCMA'],
      mediaEncryption: 'allow',
      noiseSuppression: 'auto',
      ...this.trunk,
    };
  }

  noteSeen(trunkId: string, sighting: TrunkSighting): void {
    this.sightings.push({ trunkId, ...sighting });
  }

  noteRefusal(refusal: NotedRefusal): void {
    this.refusals.push(refusal);
  }

  /** What the agents' profiles have other than usual. */
  profile: Partial<AgentProfile> = {};

  async findAgentProfile(_orgId: string, agentId: string): Promise<AgentProfile> {
    return {
      settings: { ...defaultSettings, agentId, firstMessage: 'Hello.', voice: 'tone', menu: [] },
      vocabulary: { id: agentId, sentences: [] },
      noiseSuppression: 'inherit',
      ...this.profile,
    };
  }

  async openCall(opening: CallOpening) {
    await this.beforeOpen();
    this.calls.push({ opening, events: [...opening.events] });
    const id = String(this.calls.length - 1);
    return { id, orgId: opening.orgId, sessionId: `session-${id}`, startedAt: opening.startedAt, history: [] };
  }

  async openOutgoingCall(opening: OutgoingCallOpening) {
    this.outgoing.push(opening);
    return this.openCall({
      ...opening,
      trunkKind: 'outbound',
      agentId: opening.agentId ?? '',
      callerIsNumber: true,
      callerName: null,
      host: '',
    });
  }

  async appendEvents(call: { id: string }, events: readonly CallEvent[]) {
    this.calls[Number(call.id)]?.events.push(...events);
  }

  /** Waits until a call's record has an event of this kind. */
  async event<Kind extends CallEvent['kind']>(call: number, kind: Kind): Promise<Extract<CallEvent, { kind: Kind }>> {
    for (;;) {
      const found = this.calls[call]?.events.find(
        (event): event is Extract<CallEvent, { kind: Kind }> => event.kind === kind,
      );
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

export async function startService(
  directory: CallDirectory,
  options: Partial<CallServiceOptions> = {},
): Promise<CallService> {
  return createCallService({
    host: '127.0.0.1',
    sipPort: 0,
    publicAddress: undefined,
    rtpPortMin: 31000,
    rtpPortMax: 31999,
    mediaThreads: 1,
    userAgent: 'test',
    realm: 'test',
    nonceKey: new Uint8Array(32),
    headerPrefix: 'X-OPENCX',
    directory,
    engines: { recogniser: undefined, synthesiser: toneVoice, model: goodbyeModel },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    ...options,
  });
}

export interface Telephone {
  readonly endpoint: SipEndpoint;
  readonly leg: RtpLeg;
  close(): Promise<void>;
  dial(port: number, options?: DialOptions): Promise<PhoneCall>;
  /** Says this 20 ms of mu-law again and again; undefined for silence. */
  speak(payload: Uint8Array | undefined): void;
  /** Level of a frequency in the last half second heard. */
  heard(frequencyHz: number): number;
  /** RMS of the last half second heard, dBFS. */
  level(): number;
}

export interface DialOptions {
  readonly headers?: Record<string, string>;
  readonly sdp?: string;
  readonly user?: string;
  /** Over TLS, whatever the certificate. */
  readonly tls?: boolean;
  /** What the sound is encrypted with. */
  readonly keys?: (agreed: NegotiatedAudio) => SrtpKeys | undefined;
  /** Sends no RTP, as behind a firewall. */
  readonly silent?: boolean;
}

export interface PhoneCall {
  readonly call: OutgoingCall;
  readonly outcome: { status: number; sessionId?: string | undefined; answer?: SessionDescription | undefined };
  /** Resolves when the other side hangs up; with the Reason header. */
  readonly ended: Promise<string | undefined>;
}

export async function pickUpTelephone(portMin: number): Promise<Telephone> {
  const endpoint = await createSipEndpoint({ host: '127.0.0.1', port: 0, userAgent: 'telephone' });
  const pool = createPortPool({ host: '127.0.0.1', min: portMin, max: portMin + 99 });
  const ear = new Int16Array(4000);
  const scratch = new Int16Array(960);
  let codec = createVoiceCodec('PCMU');
  const leg = await openRtpLeg({
    pool,
    handlers: {
      onSound(packet, { payloadFrom: from, payloadTo: to }) {
        const count = codec.decode(packet, from, to, scratch, 0);
        ear.copyWithin(0, count);
        ear.set(scratch.subarray(0, count), ear.length - count);
      },
      onDigit: () => {},
      onError: () => {},
    },
  });
  let voice: Uint8Array | undefined;
  const clock = createMediaClock({ onError: () => {} });
  const seat = clock.join({
    tick() {
      if (voice) leg.payload.set(voice);
      else leg.payload.fill(0xff);
      leg.send(false);
    },
  });
  const offer = audioOffer({ address: '127.0.0.1', port: leg.localPort, codecs: ['PCMU'], sessionId: 1 });

  return {
    endpoint,
    leg,
    level: () => rmsDbfs(ear),
    heard: (frequencyHz) => toneLevelDbfs(ear, codec.rateHz, frequencyHz),
    speak: (payload) => {
      voice = payload;
    },
    async close() {
      seat.leave();
      await leg.close();
      await endpoint.close();
    },
    dial(port, { headers = {}, sdp = offer, user = 'pbx', silent = false, tls = false, keys = () => undefined } = {}) {
      return new Promise((resolve) => {
        let hungUp: (reason: string | undefined) => void = () => {};
        const ended = new Promise<string | undefined>((done) => {
          hungUp = done;
        });
        const call = endpoint.call({
          target: `sip:+12025550100@127.0.0.1:${port}`,
          from: 'sip:+12025550199@127.0.0.1',
          credentials: { username: user, password },
          sdp,
          headers,
          ...(tls ? { transport: 'tls', tls: { verify: false } } : {}),
          handlers: {
            answered: (answer, response) => {
              const agreed = answer && readAudioAnswer(answer, parseSdp(sdp));
              if (agreed) codec = createVoiceCodec(agreed.codec);
              if (agreed && !silent) leg.connect({ ...agreed, clockRateHz: codec.clockRateHz, srtp: keys(agreed) });
              const sessionId = header(response, 'X-OPENCX-SESSION-ID');
              resolve({ call, ended, outcome: { status: 200, sessionId, answer } });
            },
            refused: (status) => resolve({ call, ended, outcome: { status } }),
            ended: ({ reason = [] }) =>
              hungUp(reason.map(({ protocol, cause, text }) => `${protocol};cause=${cause};text=${text}`).join()),
          },
        });
      });
    },
  };
}
