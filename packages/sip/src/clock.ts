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

export const systemClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  start(delayMs, fire) {
    const timer = setTimeout(fire, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};
