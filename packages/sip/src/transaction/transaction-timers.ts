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
  /** How often the timer of retransmissions was started, which sets its next gap. */
  readonly repeats: number;
}

/** A linked list, since most transactions have one timer and an array would make room for many. */
interface StartedTimer {
  readonly timer: TimerName;
  readonly dueAtMs: number;
  readonly running: RunningTimer;
  next: StartedTimer | undefined;
}

/** The running timers of one transaction. */
export class TransactionTimers {
  readonly #time: TransactionTime;
  readonly #reliable: boolean;
  readonly #transaction: { expired(timer: TimerName): void };
  #started: StartedTimer | undefined;
  #isClosed = false;
  /** A transaction has one kind of retransmission: A, E or G. */
  #repeats = 0;

  constructor(time: TransactionTime, reliable: boolean, transaction: { expired(timer: TimerName): void }) {
    this.#time = time;
    this.#reliable = reliable;
    this.#transaction = transaction;
  }

  /** A timer of no length fires before this returns. @param ownDelayMs instead of what RFC 3261 gives it. */
  start(timer: TimerName, ownDelayMs?: number): void {
    if (this.#isClosed) return;
    const { bases } = this.#time;
    const delayMs = ownDelayMs ?? timerDelayMs(timer, bases, { reliable: this.#reliable, runs: this.#repeats });
    if (delayMs === undefined) return;
    if (delayMs === 0) {
      this.#transaction.expired(timer);
      return;
    }
    if (timer === 'A' || timer === 'E' || timer === 'G') this.#repeats++;
    this.#run(timer, delayMs);
  }

  snapshot(): TransactionTimersSnapshot {
    const running: { timer: TimerName; dueAtMs: number }[] = [];
    for (let one = this.#started; one; one = one.next) running.push({ timer: one.timer, dueAtMs: one.dueAtMs });
    return { running, repeats: this.#repeats };
  }

  /** Goes on where another process was; what became due meanwhile fires at once, though not before this returns. */
  resume({ running, repeats }: TransactionTimersSnapshot): void {
    this.#repeats = repeats;
    const nowMs = this.#time.clock.nowMs();
    for (const { timer, dueAtMs } of running) this.#run(timer, Math.max(0, dueAtMs - nowMs));
  }

  /** Stops all, and lets none start again: an answer that comes after the end of the endpoint must not linger. */
  close(): void {
    this.#isClosed = true;
    this.stopAll();
  }

  stopAll(): void {
    for (let one = this.#started; one; one = one.next) one.running.cancel();
    this.#started = undefined;
  }

  #run(timer: TimerName, delayMs: number): void {
    const { clock } = this.#time;
    const dueAtMs = clock.nowMs() + delayMs;
    const running = clock.start(delayMs, () => {
      this.#remove(running);
      this.#transaction.expired(timer);
    });
    this.#started = { timer, dueAtMs, running, next: this.#started };
  }

  #remove(running: RunningTimer): void {
    let before: StartedTimer | undefined;
    for (let one = this.#started; one; one = one.next) {
      if (one.running !== running) {
        before = one;
        continue;
      }
      if (before) before.next = one.next;
      else this.#started = one.next;
      return;
    }
  }
}
