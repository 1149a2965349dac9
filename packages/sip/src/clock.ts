/** A started timer; cancelling twice or after it fired does nothing. */
export interface RunningTimer {
  cancel(): void;
}

/** Time as the signalling sees it; injected, so that the timers of RFC 3261 are tested without waiting for them. */
export interface Clock {
  /** Milliseconds from a monotonic source that all threads share: `performance.timeOrigin + performance.now()`. */
  nowMs(): number;
  start(delayMs: number, fire: () => void): RunningTimer;
}

/** Node fires a timer of more than 2^31-1 ms (24 days) at once; peers may name any number of seconds. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** One object for each timer, since there are thousands. */
class SystemTimer implements RunningTimer {
  readonly #timer: NodeJS.Timeout;

  constructor(timer: NodeJS.Timeout) {
    this.#timer = timer;
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}

/** Does not change in the life of a process, and is slow to be asked for. */
const originMs = performance.timeOrigin;

export const systemClock: Clock = {
  nowMs: () => originMs + performance.now(),
  start: (delayMs, fire) => new SystemTimer(setTimeout(fire, Math.min(delayMs, LONGEST_DELAY_MS))),
};
