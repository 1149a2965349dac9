/** Sound of one leg heard at another, over real sockets and real clocks. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import {
  createVoiceCodec,
  decodeG711,
  encodeG711,
  rmsDbfs,
  sine,
  toneLevelDbfs,
  type VoiceCodecName,
} from '@dialplane/audio';
import { createMediaClock, createPortPool, openRtpLeg, sharedNowMs } from '@dialplane/rtp';
import { afterEach, describe, expect, test } from 'vitest';
import { frameSamples, IncomingSound } from '../../src/media-thread/incoming-sound.ts';
import { OutgoingSound } from '../../src/media-thread/outgoing-sound.ts';

/** Half a cycle more than whole ones in each packet: neighbours that change places cancel each other out. */
const FREQUENCY_HZ = 425;
const LEVEL_DBFS = -15;
const PAYLOAD_TYPE = 0;

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Ear {
  readonly port: number;
  readonly sound: IncomingSound;
  /** Everything played so far. */
  played(): Int16Array;
  /** The same packets decoded as they came. */
  asItCame(): Int16Array;
}

async function openEar(codecs: readonly (readonly [VoiceCodecName, number])[], from: number): Promise<Ear> {
  const frames: Int16Array[] = [];
  const naive: Int16Array[] = [];
  const sound = new IncomingSound((frame) => frames.push(frame.slice()));
  const leg = await openRtpLeg({
    pool: createPortPool({ host: '127.0.0.1', min: 34_000, max: 34_999 }),
    handlers: {
      onSound(packet, header, arrivedMs) {
        const samples = new Int16Array(header.payloadTo - header.payloadFrom);
        decodeG711('mu', packet, header.payloadFrom, header.payloadTo, samples, 0);
        naive.push(samples);
        sound.arrived(packet, header, arrivedMs);
      },
      onNewStream: () => sound.restart(),
      onDigit: () => undefined,
      onError: (error) => {
        throw error;
      },
    },
  });
  for (const [name, payloadType] of codecs) {
    const codec = createVoiceCodec(name);
    sound.agree(codec, payloadType, undefined);
    leg.connect({ remote: { address: '127.0.0.1', port: from }, payloadType, clockRateHz: codec.clockRateHz });
  }
  const clock = createMediaClock({ onError: () => undefined });
  const seat = clock.join({
    tick(dueMs, skipped) {
      const nowMs = sharedNowMs();
      sound.tick(nowMs, nowMs - dueMs, skipped);
      leg.skip();
    },
  });
  cleanups.push(async () => {
    seat.leave();
    await leg.close();
  });
  return { port: leg.localPort, sound, played: () => joined(frames), asItCame: () => joined(naive) };
}

function joined(parts: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** How much of the sound is the tone, unbroken: 0 dB for all of it. */
function purityDb(sound: Int16Array): number {
  return toneLevelDbfs(sound, 8000, FREQUENCY_HZ) - rmsDbfs(sound);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A socket that sends 20 ms packets of PCMU by hand. */
async function openMouth() {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  cleanups.push(() => void socket.close());
  const packet = (sequence: number, frame: Int16Array): Buffer => {
    const bytes = Buffer.alloc(12 + frameSamples);
    bytes.writeUInt16BE(0x8000 | PAYLOAD_TYPE, 0);
    bytes.writeUInt16BE(sequence, 2);
    bytes.writeUInt32BE(sequence * frameSamples, 4);
    encodeG711('mu', frame, 0, frameSamples, bytes, 12);
    return bytes;
  };
  return { socket, port: socket.address().port, packet };
}

test('a tone through loss, jitter, reordering and duplicates is whole again, which it is not without the buffer', async () => {
  const mouth = await openMouth();
  const ear = await openEar([['PCMU', PAYLOAD_TYPE]], mouth.port);
  const seconds = 3;
  const tone = sine({ frequencyHz: FREQUENCY_HZ, sampleRate: 8000, durationMs: 1000 * seconds, levelDbfs: LEVEL_DBFS });
  for (let i = 0; i < 50 * seconds; i++) {
    const bytes = mouth.packet(i, tone.subarray(i * frameSamples, (i + 1) * frameSamples));
    // A fixed pattern: every fourth packet is 50 ms late, every fortieth lost, every tenth comes twice.
    const late = i % 4 === 2 ? 50 : 0;
    const send = () => mouth.socket.send(bytes, ear.port, '127.0.0.1');
    if (i % 40 !== 39) setTimeout(send, 20 * i + late);
    if (i % 10 === 5) setTimeout(send, 20 * i + late + 5);
  }
  // The last packets are late, too.
  await pause(1000 * seconds + 100);
  // The first second is the buffer's to learn in.
  const heard = ear.played().slice(8000, 8000 * (seconds - 1));
  expect(purityDb(heard)).toBeGreaterThan(-1);
  expect(purityDb(ear.asItCame().slice(8000, 8000 * (seconds - 1)))).toBeLessThan(-3);
});

test('on a clean network a packet is heard at the tick after it came, and nothing is made up', async () => {
  const mouth = await openMouth();
  const ear = await openEar([['PCMU', PAYLOAD_TYPE]], mouth.port);
  const tone = sine({ frequencyHz: FREQUENCY_HZ, sampleRate: 8000, durationMs: 1500, levelDbfs: LEVEL_DBFS });
  const clock = createMediaClock({ onError: () => undefined });
  let sequence = 0;
  const seat = clock.join({
    tick() {
      const from = sequence * frameSamples;
      if (from >= tone.length) return;
      mouth.socket.send(mouth.packet(sequence++, tone.subarray(from, from + frameSamples)), ear.port, '127.0.0.1');
    },
  });
  cleanups.push(() => seat.leave());
  await pause(1600);
  const heard = ear.played();
  const first = heard.findIndex((sample) => Math.abs(sample) > 100);
  expect(purityDb(heard.slice(first + 800, first + 9600))).toBeGreaterThan(-0.2);
  expect(ear.sound.track?.delayMs).toBeLessThanOrEqual(60);
});

describe.each([
  ['PCMU', 0],
  ['PCMA', 8],
  ['G722', 9],
  ['opus', 96],
] as const)('%s', (name, payloadType) => {
  test('carries a tone from leg to leg', async () => {
    const codec = createVoiceCodec(name);
    const leg = await openRtpLeg({
      pool: createPortPool({ host: '127.0.0.1', min: 35_000, max: 35_999 }),
      handlers: { onSound: () => undefined, onDigit: () => undefined, onError: () => undefined },
    });
    cleanups.push(() => leg.close());
    const ear = await openEar([[name, payloadType]], leg.localPort);
    leg.connect({ remote: { address: '127.0.0.1', port: ear.port }, payloadType, clockRateHz: codec.clockRateHz });
    const outgoing = new OutgoingSound();
    const tone = sine({ frequencyHz: FREQUENCY_HZ, sampleRate: 8000, durationMs: 1000, levelDbfs: LEVEL_DBFS });
    const clock = createMediaClock({ onError: () => undefined });
    let at = 0;
    const seat = clock.join({
      tick() {
        const frame = tone.slice(at, at + frameSamples);
        at = (at + frameSamples) % tone.length;
        leg.send(false, outgoing.encode(codec, frame, leg.payload));
      },
    });
    cleanups.push(() => seat.leave());
    await pause(800);
    const heard = ear.played().slice(-3200);
    expect(Math.abs(toneLevelDbfs(heard, 8000, FREQUENCY_HZ) - LEVEL_DBFS)).toBeLessThan(1.5);
  });
});

test('a change of the codec costs no more than one packet of sound', async () => {
  const frames: Int16Array[] = [];
  const sound = new IncomingSound((frame) => frames.push(frame.slice()));
  const tone = sine({ frequencyHz: FREQUENCY_HZ, sampleRate: 8000, durationMs: 1000, levelDbfs: LEVEL_DBFS });
  const sender = { 0: createVoiceCodec('PCMU'), 8: createVoiceCodec('PCMA') };
  sound.agree(createVoiceCodec('PCMU'), 0, undefined);
  for (let i = 0; i < 50; i++) {
    // The agreement comes first; two packets of the codec before are still on their way.
    if (i === 23) sound.agree(createVoiceCodec('PCMA'), 8, undefined);
    const payloadType = i < 25 ? 0 : 8;
    const packet = Buffer.alloc(12 + frameSamples);
    sender[payloadType].encode(tone.subarray(i * frameSamples, (i + 1) * frameSamples), packet, 12);
    packet.writeUInt32BE(i * frameSamples, 4);
    const header = { marker: false, payloadType, sequence: i, timestamp: i * frameSamples, ssrc: 1 };
    sound.arrived(packet, { ...header, payloadFrom: 12, payloadTo: packet.length }, 20 * i);
    sound.tick(20 * i + 5, 0, 0);
  }
  const quiet = frames.filter((frame) => rmsDbfs(frame) < LEVEL_DBFS - 10);
  expect(quiet.length).toBeLessThanOrEqual(1);
});

test.each([10, 30, 40, 60])('packets of %i ms are played without a gap', (packetMs) => {
  const frames: Int16Array[] = [];
  const sound = new IncomingSound((frame) => frames.push(frame.slice()));
  const codec = createVoiceCodec('PCMU');
  sound.agree(codec, 0, undefined);
  const samples = 8 * packetMs;
  const tone = sine({ frequencyHz: FREQUENCY_HZ, sampleRate: 8000, durationMs: 1800, levelDbfs: LEVEL_DBFS });
  let sequence = 0;
  for (let nowMs = 0; nowMs < 1800; nowMs += 10) {
    // A packet is complete when its last sample has been spoken.
    if (nowMs > 0 && nowMs % packetMs === 0) {
      const timestamp = sequence * samples;
      const packet = Buffer.alloc(12 + samples);
      packet.writeUInt32BE(timestamp, 4);
      codec.encode(tone.subarray(timestamp, timestamp + samples), packet, 12);
      const header = { marker: false, payloadType: 0, sequence: sequence++, timestamp, ssrc: 1 };
      sound.arrived(packet, { ...header, payloadFrom: 12, payloadTo: packet.length }, nowMs);
    }
    if (nowMs % 20 === 0) sound.tick(nowMs, 0, 0);
  }
  // The buffer has learnt the length of the packets after the first of them.
  expect(purityDb(joined(frames).slice(4800, 12_800))).toBeGreaterThan(-0.2);
});

test('comfort noise is silence of its level, and what follows it begins without a click', async () => {
  const frames: Int16Array[] = [];
  const sound = new IncomingSound((frame) => frames.push(frame.slice()));
  const codec = createVoiceCodec('PCMU');
  sound.agree(codec, 0, 13);
  const tone = sine({ frequencyHz: FREQUENCY_HZ, sampleRate: 8000, durationMs: 1000, levelDbfs: LEVEL_DBFS });
  for (let i = 0; i < 50; i++) {
    const header = {
      marker: false,
      payloadType: 0,
      sequence: i,
      timestamp: i * frameSamples,
      ssrc: 1,
      payloadFrom: 12,
    };
    const packet = Buffer.alloc(12 + frameSamples);
    packet.writeUInt32BE(i * frameSamples, 4);
    if (i < 20 || i >= 40) {
      codec.encode(tone.subarray(i * frameSamples, (i + 1) * frameSamples), packet, 12);
      sound.arrived(packet, { ...header, payloadTo: 12 + frameSamples }, 20 * i);
    } else if (i === 20) {
      packet.writeUInt8(50, 12);
      sound.arrived(packet, { ...header, payloadType: 13, payloadTo: 13 }, 20 * i);
    }
    sound.tick(20 * i + 5, 0, 0);
  }
  const levels = frames.map((frame) => rmsDbfs(frame));
  for (const level of levels.slice(22, 39)) expect(Math.abs(level + 50)).toBeLessThan(1.5);
  expect(levels[45]).toBeCloseTo(LEVEL_DBFS, 0);
});
