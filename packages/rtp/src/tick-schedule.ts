import { createLateness } from './lateness.ts';

/** Sound goes out in packets of 20 ms, the packet time every phone supports (RFC 3551 section 4.2). */
const TICK_MS = 20;

/**
 * Calls are spread over four moments 5 ms apart, so that many of them do not send in one burst: measured with 1000 calls this
 * brought the 99th percentile of the packet gap from 22.6 to 20.7 ms.
 */
const PHASES = 4;
const PHASE_MS = TICK_MS / PHASES;

/** Timers fire on whole milliseconds of their own clock, so up to one early by ours; half of it does no harm. */
const EARLY_MS = 0.5;

/** Packets sent in a row to catch up. More would overrun the far end's jitter buffer, and what is older is better left out. */
const MOST_CAUGHT_UP = 3;

export interface Ticker {
  /**
   * Called every 20 ms. `nowMs` is the moment the tick was due, so successive ones are exactly 20 ms apart, on the clock of
   * `sharedNowMs`. `skipped` ticks were left out right before this one because the thread stood still for too long.
   */
  tick(nowMs: number, skipped: number): void;
}

/** A place in one phase of the clock. */
export interface MediaClockSeat {
  /** No tick comes after this, not even one that is being caught up. */
  leave(): void;
}

export interface MediaClockStats {
  readonly seats: number;
  /** Rounds of a phase, each with all its seats. */
  readonly rounds: number;
  /** Rounds left out because the thread stood still. */
  readonly skippedRounds: number;
  readonly maxLatenessMs: number;
  /** Half of the rounds, and 99 of 100, began within this time after they were due; whole milliseconds, rounded up. */
  readonly p50LatenessMs: number;
  readonly p99LatenessMs: number;
}

/** The media clock without its timer: says when to be run, and runs what is due. */
export interface TickSchedule {
  join(ticker: Ticker, nowMs: number): MediaClockSeat;
  /** Runs all that is due, in the order of time. */
  run(nowMs: number): void;
  /** When to run next; undefined while nobody is seated. */
  readonly nextDueMs: number | undefined;
  stats(): MediaClockStats;
}

interface Seat {
  readonly ticker: Ticker;
  left: boolean;
}

interface Phase {
  readonly offsetMs: number;
  /** Replaced, never changed in place, so that joining and leaving during a round is safe. */
  seats: readonly Seat[];
  dueMs: number;
}

/** `onError` hears what a ticker throws; the other tickers go on. */
export function createTickSchedule(originMs: number, onError: (error: unknown, ticker: Ticker) => void): TickSchedule {
  const phases: Phase[] = Array.from({ length: PHASES }, (_, i) => ({
    offsetMs: i * PHASE_MS,
    seats: [],
    dueMs: 0,
  }));
  const lateness = createLateness();
  let rounds = 0;
  let skippedRounds = 0;

  /** The phase that is due first among those with seats. */
  function nextPhase(): Phase | undefined {
    let first: Phase | undefined;
    for (const phase of phases) {
      if (phase.seats.length > 0 && (first === undefined || phase.dueMs < first.dueMs)) first = phase;
    }
    return first;
  }

  function tickAll(phase: Phase, skipped: number): void {
    for (const seat of phase.seats) {
      if (seat.left) continue;
      try {
        seat.ticker.tick(phase.dueMs, skipped);
      } catch (error) {
        onError(error, seat.ticker);
      }
    }
  }

  return {
    join(ticker, nowMs) {
      const phase = phases.reduce((least, other) => (other.seats.length < least.seats.length ? other : least));
      if (phase.seats.length === 0) {
        // Due times keep to one grid, so that the phases stay 5 ms apart.
        const first = originMs + phase.offsetMs;
        phase.dueMs = first + Math.ceil(Math.max(0, nowMs - first) / TICK_MS) * TICK_MS;
      }
      const seat: Seat = { ticker, left: false };
      phase.seats = [...phase.seats, seat];
      return {
        leave() {
          seat.left = true;
          phase.seats = phase.seats.filter((other) => other !== seat);
        },
      };
    },

    run(nowMs) {
      for (;;) {
        const phase = nextPhase();
        if (phase === undefined || phase.dueMs > nowMs + EARLY_MS) return;
        lateness.count(nowMs - phase.dueMs);
        const behind = Math.floor((nowMs + EARLY_MS - phase.dueMs) / TICK_MS) + 1;
        const skipped = Math.max(0, behind - MOST_CAUGHT_UP);
        skippedRounds += skipped;
        phase.dueMs += skipped * TICK_MS;
        rounds += 1;
        tickAll(phase, skipped);
        phase.dueMs += TICK_MS;
      }
    },

    get nextDueMs() {
      return nextPhase()?.dueMs;
    },

    stats() {
      return {
        seats: phases.reduce((sum, phase) => sum + phase.seats.length, 0),
        rounds,
        skippedRounds,
        maxLatenessMs: lateness.maxMs,
        p50LatenessMs: lateness.withinMs(0.5),
        p99LatenessMs: lateness.withinMs(0.99),
      };
    },
  };
}
