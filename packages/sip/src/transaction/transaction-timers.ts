import type { Clock, RunningTimer } from '../clock.ts';
import { type TimerBases, type TimerName, timerDelayMs } from './timers.ts';

/** What transactions need of the world. */
export interface TransactionTime {
  readonly clock: Clock;
  readonly bases: TimerBases;
}

/** The timers of a transaction as plain data. */
export interface TransactionTimersSnapshot {
  /** On the clock's time, which all processes of a host share. */
  readonly running: readonly { readonly timer: TimerName; readonly dueAtMs: number }[];
  /** How often each has run, which sets its next gap. */
  readonly runs: readonly { readonly timer: TimerName; readonly count: number }[];
}

/** The running timers of one transaction. */
export class TransactionTimers {
  readonly #time: TransactionTime;
  readonly #reliable: boolean;
  readonly #running = new Map<TimerName, { readonly timer: RunningTimer; readonly dueAtMs: number }>();
  #isClosed = false;
  readonly #runs = new Map<TimerName, number>();

  constructor(time: TransactionTime, reliable: boolean) {
    this.#time = time;
    this.#reliable = reliable;
  }

  /** A timer of no length fires before this returns. @param ownDelayMs instead of what RFC 3261 gives it. */
  start(timer: TimerName, fire: () => void, ownDelayMs?: number): void {
    if (this.#isClosed) return;
    const runs = this.#runs.get(timer) ?? 0;
    const delayMs = ownDelayMs ?? timerDelayMs(timer, this.#time.bases, { reliable: this.#reliable, runs });
    if (delayMs === undefined) return;
    if (delayMs === 0) {
      fire();
      return;
    }
    this.#runs.set(timer, runs + 1);
    this.#run(timer, delayMs, fire);
  }

  snapshot(): TransactionTimersSnapshot {
    const nowMs = this.#time.clock.nowMs();
    return {
      // One that has fired and was not started again is still listed.
      running: [...this.#running].flatMap(([timer, { dueAtMs }]) => (dueAtMs > nowMs ? [{ timer, dueAtMs }] : [])),
      runs: [...this.#runs].map(([timer, count]) => ({ timer, count })),
    };
  }

  /** Goes on where another process was; what became due meanwhile fires at once, though not before this returns. */
  resume({ running, runs }: TransactionTimersSnapshot, fire: (timer: TimerName) => void): void {
    for (const { timer, count } of runs) this.#runs.set(timer, count);
    const nowMs = this.#time.clock.nowMs();
    for (const { timer, dueAtMs } of running) this.#run(timer, Math.max(0, dueAtMs - nowMs), () => fire(timer));
  }

  #run(timer: TimerName, delayMs: number, fire: () => void): void {
    const dueAtMs = this.#time.clock.nowMs() + delayMs;
    this.#running.set(timer, { timer: this.#time.clock.start(delayMs, fire), dueAtMs });
  }

  /** Stops all, and lets none start again: an answer that comes after the end of the endpoint must not linger. */
  close(): void {
    this.#isClosed = true;
    this.stopAll();
  }

  stopAll(): void {
    for (const { timer } of this.#running.values()) timer.cancel();
    this.#running.clear();
  }
}
