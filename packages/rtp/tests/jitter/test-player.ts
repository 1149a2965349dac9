import { LossConcealment } from '@dialplane/audio';
import { JitterBuffer } from '../../src/index.ts';
import { createRtpHeader, readRtpHeader } from '../../src/packet.ts';
import { type Arrival, PACKET_SAMPLES } from './simulated-way.ts';

export interface Played {
  readonly sound: Int16Array;
  readonly buffer: JitterBuffer;
  /** For each 20 ms: index of the packet that was played, -1 for sound made up, -2 for silence. */
  readonly frames: readonly number[];
  /** From a packet's sending to its playing. */
  readonly delaysMs: readonly number[];
  readonly skipped: number;
}

/** Pulls a frame every 20 ms in virtual time, and conceals as a call does; 16-bit payloads. */
export function play(
  arrivals: readonly Arrival[],
  options: { untilMs: number; conceal: 'well' | 'with silence' },
): Played {
  const buffer = new JitterBuffer(8000);
  const concealment = new LossConcealment(8000);
  const header = createRtpHeader();
  const queue: { samples: Int16Array; index: number }[] = [];
  const out: number[] = [];
  const frames: number[] = [];
  const delaysMs: number[] = [];
  let arrived = 0;
  let skipped = 0;

  for (let nowMs = 0; nowMs < options.untilMs; nowMs += 20) {
    for (; (arrivals[arrived]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs; arrived++) {
      const { packet, atMs } = arrivals[arrived] ?? { packet: Buffer.alloc(0), atMs: 0 };
      if (readRtpHeader(packet, packet.length, header)) buffer.push(packet, header, atMs);
    }
    if (queue.length === 0) {
      let pulled = buffer.pull(nowMs);
      if (pulled.kind === 'packet' && pulled.surplusMs > 0) {
        buffer.played(PACKET_SAMPLES);
        skipped += 1;
        pulled = buffer.pull(nowMs);
      }
      if (pulled.kind === 'packet') {
        const { packet, from } = pulled;
        const samples = Int16Array.from({ length: PACKET_SAMPLES }, (_, i) => packet.readInt16LE(from + 2 * i));
        const index = (((pulled.packet.readUInt32BE(4) - 0xffff_0000) >>> 0) / PACKET_SAMPLES) | 0;
        if (pulled.missing > 0) {
          const gap = new Int16Array(pulled.missing);
          if (options.conceal === 'well' && !concealment.bridge(gap, 0, gap.length, samples, 0, samples.length)) {
            concealment.extrapolate(gap, 0, gap.length);
          }
          for (let at = 0; at < gap.length; at += PACKET_SAMPLES) {
            queue.push({ samples: gap.subarray(at, at + PACKET_SAMPLES), index: -1 });
          }
        }
        concealment.heard(samples, 0, samples.length);
        buffer.played(PACKET_SAMPLES);
        queue.push({ samples, index });
      } else if (pulled.kind === 'underrun') {
        const samples = new Int16Array(PACKET_SAMPLES);
        if (options.conceal === 'well') concealment.extrapolate(samples, 0, samples.length);
        buffer.covered(PACKET_SAMPLES);
        queue.push({ samples, index: -1 });
      }
    }
    const frame = queue.shift();
    frames.push(frame?.index ?? -2);
    if (frame && frame.index >= 0) delaysMs.push(nowMs - 20 * frame.index);
    out.push(...(frame?.samples ?? new Int16Array(PACKET_SAMPLES)));
  }
  return { sound: Int16Array.from(out), buffer, frames, delaysMs, skipped };
}
