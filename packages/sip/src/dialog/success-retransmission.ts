import type { RunningTimer } from '../clock.ts';
import { GIVE_UP_FACTOR } from '../transaction/timers.ts';
import type { TransactionTime } from '../transaction/transaction-timers.ts';

/**
 * Repeats a 2xx to an INVITE until its ACK comes: T1 doubling to T2, on every transport, since proxies on the way may
 * speak another one; given up after 64*T1 (RFC 3261 13.3.1.4).
 */
export class SuccessRetransmission {
  readonly #time: TransactionTime;
  readonly #send: () => void;
  readonly #giveUp: RunningTimer;
  #next: RunningTimer;

  constructor(time: TransactionTime, handlers: { send(): void; givenUp(): void }) {
    this.#time = time;
    this.#send = handlers.send;
    this.#next = this.#schedule(time.bases.t1Ms);
    this.#giveUp = time.clock.start(GIVE_UP_FACTOR * time.bases.t1Ms, () => {
      this.#next.cancel();
      handlers.givenUp();
    });
  }

  /** The ACK came, or the call is over. */
  stop(): void {
    this.#next.cancel();
    this.#giveUp.cancel();
  }

  #schedule(delayMs: number): RunningTimer {
    return this.#time.clock.start(delayMs, () => {
      this.#send();
      this.#next = this.#schedule(Math.min(2 * delayMs, this.#time.bases.t2Ms));
    });
  }
}
