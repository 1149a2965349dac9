/** Names of RFC 3261 table 4 and RFC 6026. `E2` is timer E after a provisional response: always T2. */
export type TimerName = 'A' | 'B' | 'D' | 'E' | 'E2' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M';

export interface TimerBases {
  /** Estimate of the round trip. */
  readonly t1Ms: number;
  /** Longest gap between retransmissions. */
  readonly t2Ms: number;
  /** How long a message may linger in the network. */
  readonly t4Ms: number;
}

/** RFC 3261 17.1.1.1 and 17.1.2.2. */
export const rfcTimerBases: TimerBases = { t1Ms: 500, t2Ms: 4000, t4Ms: 5000 };

/** RFC 3261 17: a request without answer is given up after 64*T1. */
export const GIVE_UP_FACTOR = 64;

/** RFC 3261 17.1.1.2 asks for at least 32 s on unreliable transports, whatever T1 is. */
const TIMER_D_MS = 32_000;

/**
 * Delay of a timer's next run; undefined when it does not run at all, 0 when it is over at once.
 * @param runs how often it ran in a row before: retransmissions double their gap.
 */
export function timerDelayMs(
  timer: TimerName,
  bases: TimerBases,
  options: { reliable: boolean; runs: number },
): number | undefined {
  const { t1Ms, t2Ms, t4Ms } = bases;
  const { reliable, runs } = options;
  // Beyond 2^10 the doubling has long met its cap or its give-up timer.
  const doubledMs = t1Ms * 2 ** Math.min(runs, 10);
  switch (timer) {
    case 'A':
      return reliable ? undefined : doubledMs;
    case 'E':
    case 'G':
      return reliable ? undefined : Math.min(doubledMs, t2Ms);
    case 'E2':
      return reliable ? undefined : t2Ms;
    case 'B':
    case 'F':
    case 'H':
    case 'L':
    case 'M':
      return GIVE_UP_FACTOR * t1Ms;
    case 'D':
      return reliable ? 0 : TIMER_D_MS;
    case 'I':
    case 'K':
      return reliable ? 0 : t4Ms;
    case 'J':
      return reliable ? 0 : GIVE_UP_FACTOR * t1Ms;
  }
}
