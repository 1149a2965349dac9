import { describe, expect, it } from 'vitest';
import { JitterBuffer } from '../../src/index.ts';
import { createRtpHeader, readRtpHeader } from '../../src/packet.ts';
import { PACKET_SAMPLES, packets, travel, type Way } from './simulated-way.ts';
import { type Played, play } from './test-player.ts';

const SECONDS = 30;
/** What the simulated way takes at least. */
const WAY_MS = 30;

/** A voice without pauses: harmonics under a formant, the pitch never still. */
const voice = (() => {
  let phase = 0;
  return Int16Array.from({ length: 8000 * SECONDS }, (_, i) => {
    const t = i / 8000;
    phase += (2 * Math.PI * (120 + 25 * Math.sin(2 * Math.PI * 0.7 * t) + 4 * Math.sin(2 * Math.PI * 5 * t))) / 8000;
    let value = 0;
    for (let harmonic = 1; harmonic < 24; harmonic++) {
      value += Math.sin(harmonic * phase) / (1 + ((harmonic * 120 - 600) / 500) ** 2);
    }
    return Math.round(1500 * value);
  });
})();
const sent = packets(voice);

function through(way: Way, conceal: 'well' | 'with silence' = 'well'): Played {
  return play(travel(sent, way), { untilMs: 1000 * SECONDS - 500, conceal });
}

const count = ({ frames }: Played, kind: number) => frames.filter((frame) => frame === kind).length;
const median = (values: readonly number[]) => [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0;

/** Every packet that was played, in order and once. */
function order({ frames }: Played): number[] {
  return frames.filter((frame) => frame >= 0);
}

describe('a good network', () => {
  const played = through({});

  it('plays everything with 20 ms of delay at most, and makes nothing up', () => {
    expect(order(played)).toEqual(Array.from({ length: order(played).length }, (_, k) => k));
    expect(count(played, -1)).toBe(0);
    expect(Math.max(...played.delaysMs)).toBeLessThanOrEqual(WAY_MS + 20);
    expect(played.buffer.targetMs).toBe(20);
  });
});

describe.each([
  { jitterMs: 15 },
  { jitterMs: 40 },
  { jitterMs: 60 },
  { jitterMs: 90, duplicate: 0.2 },
  { jitterMs: 120 },
])('a network with %o', (way) => {
  const played = through(way);

  it('plays every packet once and in order, nearly all of them', () => {
    const indexes = order(played);
    expect(indexes).toEqual([...new Set(indexes)].sort((one, other) => one - other));
    expect(count(played, -1)).toBeLessThan(0.02 * played.frames.length);
  });

  it('holds packets about as long as the slowest need, and no longer', () => {
    expect(median(played.delaysMs.slice(-200))).toBeGreaterThan(WAY_MS + 0.7 * way.jitterMs);
    expect(median(played.delaysMs.slice(-200))).toBeLessThanOrEqual(WAY_MS + way.jitterMs + 40);
  });

  it('is needed: packets played as they come would be late too often', () => {
    const arrivals = travel(sent, way);
    const lateWithout = arrivals.filter(({ atMs, packet }) => {
      const index = ((packet.readUInt32BE(4) - 0xffff_0000) >>> 0) / PACKET_SAMPLES;
      return atMs > 20 * index + WAY_MS + 20;
    });
    if (way.jitterMs > 20) expect(lateWithout.length).toBeGreaterThan(10 * count(played, -1));
  });
});

describe('loss', () => {
  /** Mean signal-to-noise ratio of the packets that were made up in place of lost ones. */
  function lostSnrDb(played: Played, fromFrame: number): number {
    const ratios: number[] = [];
    played.frames.forEach((frame, k) => {
      const before = played.frames[k - 1] ?? -2;
      if (k < fromFrame || frame !== -1 || before < 0) return;
      let signal = 0;
      let noise = 1;
      for (let i = 0; i < PACKET_SAMPLES; i++) {
        const original = voice[(before + 1) * PACKET_SAMPLES + i] ?? 0;
        signal += original ** 2;
        noise += (original - (played.sound[k * PACKET_SAMPLES + i] ?? 0)) ** 2;
      }
      ratios.push(Math.max(-10, Math.min(35, 10 * Math.log10(signal / noise))));
    });
    return ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  }

  it('of a tenth: concealment comes 6 dB nearer to the original than silence', () => {
    const way = { loss: 0.1, jitterMs: 10 };
    expect(lostSnrDb(through(way, 'with silence'), 100)).toBeCloseTo(0, 1);
    expect(lostSnrDb(through(way), 100)).toBeGreaterThanOrEqual(6);
  });

  it('makes the buffer hold one packet more, so that gaps are bridged, and lets go of it later', () => {
    const lossy = through({ loss: 0.1 });
    const healing = [...travel(sent.slice(0, 250), { loss: 0.1 }), ...travel(sent, {}).slice(250)];
    expect(lossy.buffer.targetMs).toBe(40);
    expect(median(lossy.delaysMs.slice(-200))).toBeLessThanOrEqual(WAY_MS + 40);
    const healed = play(healing, { untilMs: 25_000, conceal: 'well' });
    expect(healed.buffer.targetMs).toBe(20);
    expect(median(healed.delaysMs.slice(-200))).toBeLessThanOrEqual(WAY_MS + 20);
  });
});

describe('clocks that drift apart', () => {
  it.each([1.001, 0.999])('are followed for a sender at %f of our speed: the delay does not run away', (clock) => {
    const played = through({ clock });
    const sentMs = (index: number) => (20 * index) / clock;
    const delays = played.frames.flatMap((frame, k) => (frame >= 0 ? [20 * k - sentMs(frame)] : []));
    expect(Math.max(...delays.slice(-200))).toBeLessThanOrEqual(WAY_MS + 60);
    expect(Math.min(...delays.slice(-200))).toBeGreaterThanOrEqual(WAY_MS);
    expect(count(played, -1) + played.skipped).toBeLessThan(10);
  });
});

describe('outages', () => {
  it.each([150, 500])('of %i ms end within five seconds: what came late is left out again', (outageMs) => {
    const played = through({ outageMs: [5000, 5000 + outageMs] });
    expect(played.skipped).toBeGreaterThan(0);
    const after = played.delaysMs.slice(-900);
    expect(median(after)).toBeLessThanOrEqual(WAY_MS + 40);
  });
});

describe('a sender that pauses', () => {
  const pauseFrom = 200;
  const pauseTo = 300;

  it('is silent meanwhile, and its next words come without extra delay', () => {
    const arrivals = travel(sent, {}).filter((_, k) => k < pauseFrom || k >= pauseTo);
    const played = play(arrivals, { untilMs: 12_000, conceal: 'well' });
    expect(count(played, -1)).toBeLessThanOrEqual(11);
    expect(order(played)).toEqual(order(played).sort((one, other) => one - other));
    expect(Math.max(...played.delaysMs.slice(-100))).toBeLessThanOrEqual(WAY_MS + 20);
    expect(played.buffer.statistics.late).toBe(0);
  });
});

describe('hostile packets', () => {
  const header = createRtpHeader();
  const push = (buffer: JitterBuffer, packet: Buffer, nowMs: number) => {
    if (readRtpHeader(packet, packet.length, header)) buffer.push(packet, header, nowMs);
  };

  it('cannot make it hold more than 64, and it plays on with the newest', () => {
    const buffer = new JitterBuffer(8000);
    for (const packet of sent.slice(0, 500)) push(buffer, packet, 0);
    expect(buffer.statistics.overflowed).toBe(500 - 64);
    expect(buffer.pull(40)).toMatchObject({ kind: 'packet', packet: sent[436] });
  });

  it('with timestamps out of nowhere do not stop it', () => {
    const buffer = new JitterBuffer(8000);
    push(buffer, sent[0] ?? Buffer.alloc(0), 0);
    expect(buffer.pull(20).kind).toBe('packet');
    buffer.played(PACKET_SAMPLES);
    const stray = Buffer.from(sent[1] ?? []);
    stray.writeUInt32BE(0x4000_0000, 4);
    push(buffer, stray, 20);
    const kinds = Array.from({ length: 20 }, (_, k) => buffer.pull(40 + 20 * k).kind);
    expect(kinds).toContain('packet');
  });

  it('are forgotten when the stream begins anew', () => {
    const buffer = new JitterBuffer(8000);
    for (const packet of sent.slice(0, 5)) push(buffer, packet, 0);
    buffer.restart();
    expect(buffer.pull(200)).toEqual({ kind: 'nothing' });
  });
});
