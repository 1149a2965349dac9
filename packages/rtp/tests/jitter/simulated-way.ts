/** A way through a bad network, in virtual time: packets of sound go in at their time and come out late, lost or twice. */

import { createRtpHeader, writeRtpHeader } from '../../src/packet.ts';

export const PACKET_SAMPLES = 160;

export interface Way {
  readonly loss?: number;
  readonly duplicate?: number;
  /** Each packet is late by up to this much, evenly spread; it may overtake. */
  readonly jitterMs?: number;
  /** The sender's clock runs fast (above 1) or slow. */
  readonly clock?: number;
  /** Nothing arrives between these times; then all of it at once. */
  readonly outageMs?: readonly [number, number];
  readonly seed?: number;
}

export interface Arrival {
  readonly atMs: number;
  readonly packet: Buffer;
}

/** Uniform numbers from 0 to 1 (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** 20 ms packets of 16-bit samples, timestamps from just below the wrap. */
export function packets(sound: Int16Array): Buffer[] {
  const header = createRtpHeader();
  return Array.from({ length: Math.floor(sound.length / PACKET_SAMPLES) }, (_, k) => {
    const packet = Buffer.alloc(12 + 2 * PACKET_SAMPLES);
    Object.assign(header, {
      sequence: (65_000 + k) & 0xffff,
      timestamp: (0xffff_0000 + k * PACKET_SAMPLES) >>> 0,
      ssrc: 7,
    });
    writeRtpHeader(packet, header);
    for (let i = 0; i < PACKET_SAMPLES; i++) packet.writeInt16LE(sound[k * PACKET_SAMPLES + i] ?? 0, 12 + 2 * i);
    return packet;
  });
}

export function travel(sent: readonly Buffer[], way: Way): Arrival[] {
  const next = uniform(way.seed ?? 1);
  const arrivals: Arrival[] = [];
  sent.forEach((packet, k) => {
    const sentMs = (20 * k) / (way.clock ?? 1);
    // The beginning of a call is left in peace, so that what is compared has one.
    if (k > 10 && next() < (way.loss ?? 0)) return;
    let atMs = sentMs + 30 + next() * (way.jitterMs ?? 0);
    const [from, to] = way.outageMs ?? [0, 0];
    if (atMs >= from && atMs < to) atMs = to;
    arrivals.push({ atMs, packet });
    if (next() < (way.duplicate ?? 0)) arrivals.push({ atMs: atMs + 5, packet: Buffer.from(packet) });
  });
  return arrivals.sort((one, other) => one.atMs - other.atMs);
}
