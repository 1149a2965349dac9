import type { RunningTimer } from '../clock.ts';
import { GIVE_UP_FACTOR } from '../transaction/timers.ts';
import type { TransactionTime } from '../transaction/transaction-timers.ts';

/**
 * Repeats a 2xx to an INVITE until its ACK comes: T1 doubling to T2, on every transport, since proxies on the way may
 * speak another one; given up after 64*T1 (RFC 3261 13.3.1.4).
 */
export class SuccessRetransmission {
  readonly #time: TransactionTime;
  readonly #handlers: { send(): void; givenUp(): void };
  /** One timer does for both the next copy and the end. */
  #next: RunningTimer;

  constructor(time: TransactionTime, handlers: { send(): void; givenUp(): void }) {
    this.#time = time;
    this.#handlers = handlers;
    this.#next = this.#schedule(time.bases.t1Ms, GIVE_UP_FACTOR * time.bases.t1Ms);
  }

  /** The ACK came, or the call is over. */
  stop(): void {
    this.#next.cancel();
  }

  #schedule(delayMs: number, leftMs: number): RunningTimer {
    const { clock, bases } = this.#time;
    if (delayMs >= leftMs) return clock.start(leftMs, () => this.#handlers.givenUp());
    return clock.start(delayMs, () => {
      // Sending may end it.
      this.#next = this.#schedule(Math.min(2 * delayMs, bases.t2Ms), leftMs - delayMs);
      this.#handlers.send();
    });
  }
}
