import { decodeG711, encodeG711 } from '../../src/index.ts';

export interface EchoPath {
  readonly delayMs: number;
  /** Of the whole echo against what was sent. */
  readonly attenuationDb: number;
  /** How long the room rings, to -60 dB; 0 is a bare line. */
  readonly ringingMs: number;
}

/** Our sound as a telephone's loudspeaker, a room and its microphone give it back, as long as what was sent. */
export function echoOf(sent: Int16Array, { delayMs, attenuationDb, ringingMs }: EchoPath): Int16Array {
  const room = roomResponse(ringingMs * 8);
  const echo = new Float64Array(sent.length + room.length + delayMs * 8);
  const add = (at: number, value: number) => {
    echo[at] = (echo[at] ?? 0) + value;
  };
  sent.forEach((sample, i) => {
    for (let k = 0; k < room.length; k++) add(i + k + delayMs * 8, sample * (room[k] ?? 0));
  });
  const energy = room.reduce((sum, gain) => sum + gain * gain, 0);
  const level = 10 ** (-attenuationDb / 20) / Math.sqrt(energy);
  return Int16Array.from(echo.subarray(0, sent.length), (sample) => limited(sample * level));
}

/** A direct way, and reflections that grow denser and weaker: noise under an exponential decay. */
function roomResponse(length: number): Float64Array {
  const room = new Float64Array(Math.max(1, length));
  let seed = 1;
  for (let i = 1; i < length; i++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const random = seed / 2 ** 31 - 1;
    room[i] = (0.5 * random * Math.exp((-6.9 * i) / length)) / Math.sqrt(length / 50);
  }
  room[0] = 1;
  return room;
}

/** As a telephone line carries it. */
export function overTheLine(samples: Int16Array): Int16Array {
  const payload = Buffer.alloc(samples.length);
  const heard = new Int16Array(samples.length);
  encodeG711('mu', samples, 0, samples.length, payload, 0);
  decodeG711('mu', payload, 0, payload.length, heard, 0);
  return heard;
}

const limited = (sample: number): number => Math.max(-32768, Math.min(32767, sample));
