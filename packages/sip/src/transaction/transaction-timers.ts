import type { Clock, RunningTimer } from '../clock.ts';
import { type TimerBases, type TimerName, timerDelayMs } from './timers.ts';

/** What transactions need of the world. */
export interface TransactionTime {
  readonly clock: Clock;
  readonly bases: TimerBases;
}

/** The running timers of one transaction. */
export class TransactionTimers {
  readonly #time: TransactionTime;
  readonly #reliable: boolean;
  readonly #running = new Map<TimerName, RunningTimer>();
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
    this.#running.set(timer, this.#time.clock.start(delayMs, fire));
  }

  /** Stops all, and lets none start again: an answer that comes after the end of the endpoint must not linger. */
  close(): void {
    this.#isClosed = true;
    this.stopAll();
  }

  stopAll(): void {
    for (const timer of this.#running.values()) timer.cancel();
    this.#running.clear();
  }
}
