import type { Clock, RunningTimer } from '../../src/clock.ts';

/** Time that only moves when told to. */
export class FakeClock implements Clock {
  #nowMs = 1_700_000_000_000;
  readonly #timers = new Set<{ readonly atMs: number; readonly fire: () => void }>();

  nowMs(): number {
    return this.#nowMs;
  }

  start(delayMs: number, fire: () => void): RunningTimer {
    const timer = { atMs: this.#nowMs + delayMs, fire };
    this.#timers.add(timer);
    return { cancel: () => this.#timers.delete(timer) };
  }

  /** Timers that have not fired. */
  get running(): number {
    return this.#timers.size;
  }

  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      const due = [...this.#timers]
        .filter(({ atMs }) => atMs <= untilMs)
        .sort((one, other) => one.atMs - other.atMs)[0];
      if (!due) break;
      this.#timers.delete(due);
      this.#nowMs = due.atMs;
      due.fire();
    }
    this.#nowMs = untilMs;
  }
}

/** Real time, but every timer is that much shorter, so that seconds of retransmission fit into a test. */
export function fastClock(factor: number): Clock {
  return {
    nowMs: () => performance.timeOrigin + performance.now(),
    start(delayMs, fire) {
      const timer = setTimeout(fire, delayMs / factor);
      return { cancel: () => clearTimeout(timer) };
    },
  };
}
