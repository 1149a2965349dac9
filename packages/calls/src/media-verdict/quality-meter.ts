/** Every five seconds of a call: how well sound travels (contract: `quality`). */

import type { FarEndQuality } from '@dialplane/rtp';

/** Often enough to tell when it was bad, seldom enough to be kept for every call. */
const EVERY_MS = 5000;

/** Counted over the whole call so far; `RtpLegStatistics` fits. */
export interface QualityCounters {
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
  readonly jitterMs: number;
}

export interface Quality {
  /** Packets in these five seconds. */
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
  /** Of the packets that should have come, 0 to 100. */
  readonly lossPercent: number;
  readonly jitterMs: number;
  /** What the other side's RTCP says about our sound; null where it sends none. */
  readonly theirLossPercent: number | null;
  readonly theirJitterMs: number | null;
  readonly roundTripMs: number | null;
}

export class QualityMeter {
  #dueMs: number;
  #sent = 0;
  #received = 0;
  #lost = 0;

  constructor(nowMs: number) {
    this.#dueMs = nowMs + EVERY_MS;
  }

  /** Every tick. @returns the quality of the last five seconds when they are over. */
  check(nowMs: number, counters: QualityCounters, farEnd: () => FarEndQuality | undefined): Quality | undefined {
    if (nowMs < this.#dueMs) return undefined;
    // After a stall the next one is due five seconds from now, not at once.
    this.#dueMs = nowMs + EVERY_MS;
    const theirs = farEnd();
    const sent = counters.sent - this.#sent;
    const received = counters.received - this.#received;
    // Late packets take back what was counted as lost.
    const lost = Math.max(0, counters.lost - this.#lost);
    this.#sent = counters.sent;
    this.#received = counters.received;
    this.#lost = counters.lost;
    return {
      sent,
      received,
      lost,
      lossPercent: received + lost === 0 ? 0 : tenths((100 * lost) / (received + lost)),
      jitterMs: tenths(counters.jitterMs),
      theirLossPercent: theirs ? tenths(100 * theirs.fractionLost) : null,
      theirJitterMs: theirs ? tenths(theirs.jitterMs) : null,
      roundTripMs: theirs?.roundTripMs === undefined ? null : tenths(theirs.roundTripMs),
    };
  }
}

const tenths = (value: number): number => Math.round(value * 10) / 10;
