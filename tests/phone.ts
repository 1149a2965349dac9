import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeG711, encodeG711, rmsDbfs } from '@dialplane/audio';
import { createMediaClock, createPortPool, openRtpLeg, sharedNowMs } from '@dialplane/rtp';
import { audioOffer, type CallEnd, createSipEndpoint, readAudioAnswer } from '@dialplane/sip';
import type { DemoTrunk } from './product.ts';

const PACKET_SAMPLES = 160;
const PACKET_MS = 20;
/** mu-law code of the sample 0. */
const SILENCE = 0xff;
/** Between comfort noise (under -60 dBFS) and the quiet ends of spoken words at a level of -20 dBFS. */
const SPEECH_ABOVE_DBFS = -45;
/** Longer than the pauses between the agent's sentences, shorter than any prompt's distance to the next. */
const PAUSE_MS = 900;
const POLL_MS = 20;

export interface Dialling {
  readonly demo: DemoTrunk;
  /** Each call of a test gets its own number, so that it has a session of its own. */
  readonly from: string;
  readonly transport?: 'udp' | 'tcp';
  readonly password?: string;
}

/** One 20 ms packet as it arrived. */
export interface HeardPacket {
  readonly atMs: number;
  readonly samples: Int16Array;
  readonly speech: boolean;
}

/** A call seen from the caller's ear, with nothing scripted: the tests say and do what they want when they want. */
export interface PhoneCall {
  /** Times of this call are on the clock of `sharedNowMs`; this is when the INVITE was sent. */
  readonly dialledAtMs: number;
  readonly answeredAtMs: number;
  readonly packets: readonly HeardPacket[];
  /** Resolves when the call is over, whoever ended it. */
  readonly ended: Promise<CallEnd>;
  readonly endedAtMs: () => number | null;
  /** Speaks 8 kHz samples; resolves with the moments of the first and the last packet. */
  play(samples: Int16Array): Promise<{ readonly fromMs: number; readonly toMs: number }>;
  press(digit: string): void;
  /** The sound heard since a moment. */
  heardSince(fromMs: number): Int16Array;
  /** Resolves at the first packet of agent speech since a moment, with its time; null when none comes in time. */
  speechSince(fromMs: number, withinMs: number): Promise<number | null>;
  /** Resolves when the agent has spoken since a moment and has then been silent for a while: with its last packet's time. */
  silenceAfterSpeech(fromMs: number, withinMs: number): Promise<number>;
  hangup(): Promise<void>;
}

/** The call was refused before it was answered. */
class CallRefused extends Error {
  readonly status: number;

  constructor(status: number, reason: string) {
    super(`The call was refused: ${status} ${reason}`);
    this.name = 'CallRefused';
    this.status = status;
  }
}

export interface Phone {
  /** Throws CallRefused with its `status`. */
  dial(dialling: Dialling): Promise<PhoneCall>;
  /** Hangs up what is left. */
  close(): Promise<void>;
}

export async function openPhone(): Promise<Phone> {
  const endpoint = await createSipEndpoint({ host: '127.0.0.1', port: 0, userAgent: 'test phone' });
  const firstPort = 50_000 + randomInt(50) * 200;
  const pool = createPortPool({ min: firstPort, max: firstPort + 199, host: '127.0.0.1' });
  const failures: unknown[] = [];
  const clock = createMediaClock({ onError: (error) => failures.push(error) });
  const open = new Set<() => Promise<void>>();
  let closing = false;

  return {
    async dial({ demo, from, transport = 'udp', password = demo.password }) {
      const packets: HeardPacket[] = [];
      let playing: { samples: Int16Array; at: number; fromMs: number; done(toMs: number): void } | null = null;
      const leg = await openRtpLeg({
        pool,
        handlers: {
          onSound: (packet, { payloadFrom: start, payloadTo: end }) => {
            const samples = new Int16Array(end - start);
            decodeG711('mu', packet, start, end, samples, 0);
            packets.push({ atMs: sharedNowMs(), samples, speech: rmsDbfs(samples) > SPEECH_ABOVE_DBFS });
          },
          onDigit: () => {},
          onError: (error) => failures.push(error),
        },
      });
      const tick = () => {
        if (playing === null) {
          leg.payload.fill(SILENCE);
          leg.send(false);
          return;
        }
        if (playing.at === 0) playing.fromMs = sharedNowMs();
        const to = Math.min(playing.at + PACKET_SAMPLES, playing.samples.length);
        leg.payload.fill(SILENCE);
        encodeG711('mu', playing.samples, playing.at, to, leg.payload, 0);
        const first = playing.at === 0;
        playing.at = to;
        leg.send(first);
        if (to < playing.samples.length) return;
        playing.done(sharedNowMs());
        playing = null;
      };

      const offer = audioOffer({
        address: '127.0.0.1',
        port: leg.localPort,
        codecs: ['PCMU'],
        sessionId: randomInt(1_000_000),
      });
      let endedAtMs: number | null = null;
      const over = Promise.withResolvers<CallEnd>();
      const answered = Promise.withResolvers<number>();
      const dialledAtMs = sharedNowMs();
      const call = endpoint.call({
        target: `sip:${demo.number}@${demo.sip}`,
        from: `sip:${from}@127.0.0.1`,
        credentials: { username: demo.username, password },
        sdp: offer,
        transport,
        handlers: {
          answered: (sdp) => {
            const agreed = sdp && readAudioAnswer(sdp, offer);
            if (!agreed) return answered.reject(new Error('The answer holds no audio that was offered.'));
            leg.connect(agreed);
            answered.resolve(sharedNowMs());
          },
          refused: (status, reason) => answered.reject(new CallRefused(status, reason)),
          ended: (end) => {
            endedAtMs = sharedNowMs();
            over.resolve(end);
          },
        },
      });
      let answeredAtMs: number;
      try {
        answeredAtMs = await answered.promise;
      } catch (error) {
        await leg.close();
        throw error;
      }
      const seat = clock.join({ tick });
      const release = async () => {
        open.delete(release);
        seat.leave();
        // A server that was killed answers no BYE; the endpoint waits a little when it closes.
        if (endedAtMs === null && !closing) await call.hangup();
        await leg.close();
      };
      open.add(release);

      const speechAfter = (fromMs: number) => packets.filter(({ atMs, speech }) => speech && atMs >= fromMs);
      return {
        dialledAtMs,
        answeredAtMs,
        packets,
        ended: over.promise,
        endedAtMs: () => endedAtMs,
        play: (samples) =>
          new Promise((resolve) => {
            const now: NonNullable<typeof playing> = {
              samples,
              at: 0,
              fromMs: 0,
              done: (toMs) => resolve({ fromMs: now.fromMs, toMs }),
            };
            playing = now;
          }),
        press: (digit) => {
          if (!leg.pressDigit(digit, 100)) throw new Error(`The digit ${digit} cannot be sent in this call.`);
        },
        heardSince: (fromMs) => joined(packets.filter(({ atMs }) => atMs >= fromMs)),
        async speechSince(fromMs, withinMs) {
          for (const deadlineMs = sharedNowMs() + withinMs; sharedNowMs() < deadlineMs; await sleep(POLL_MS)) {
            const first = speechAfter(fromMs)[0];
            if (first) return first.atMs;
          }
          return null;
        },
        async silenceAfterSpeech(fromMs, withinMs) {
          for (const deadlineMs = sharedNowMs() + withinMs; sharedNowMs() < deadlineMs; await sleep(POLL_MS)) {
            const last = speechAfter(fromMs).at(-1);
            if (last && sharedNowMs() - last.atMs > PAUSE_MS) return last.atMs;
          }
          throw new Error(`The agent did not speak, or did not stop, within ${withinMs} ms.`);
        },
        hangup: release,
      };
    },

    async close() {
      closing = true;
      await Promise.all([...open].map((release) => release()));
      await endpoint.close();
      if (failures.length > 0) throw failures[0];
    },
  };
}

function joined(packets: readonly HeardPacket[]): Int16Array {
  const sound = new Int16Array(packets.length * PACKET_SAMPLES);
  for (const [index, { samples }] of packets.entries())
    sound.set(samples.subarray(0, PACKET_SAMPLES), index * PACKET_SAMPLES);
  return sound;
}

/** How long the agent's speech of these packets lasts, pauses left out. */
export function speechMs(packets: readonly HeardPacket[]): number {
  return packets.filter(({ speech }) => speech).length * PACKET_MS;
}
