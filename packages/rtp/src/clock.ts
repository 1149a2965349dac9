import { sharedNowMs } from './shared-clock.ts';
import { createTickSchedule, type MediaClockSeat, type MediaClockStats, type Ticker } from './tick-schedule.ts';

/** The 20 ms clock of one media thread: one timer for all calls, running only while somebody is seated. */
export interface MediaClock {
  /** Seats a ticker in the phase with the fewest; its first tick comes within 20 ms. */
  join(ticker: Ticker): MediaClockSeat;
  stats(): MediaClockStats;
}

export interface MediaClockOptions {
  /** Hears what a ticker throws, each time it does; the others go on. */
  readonly onError: (error: unknown, ticker: Ticker) => void;
}

export function createMediaClock(options: MediaClockOptions): MediaClock {
  const schedule = createTickSchedule(sharedNowMs(), options.onError);
  let timer: NodeJS.Timeout | undefined;

  function arm(): void {
    const dueMs = schedule.nextDueMs;
    // Each wait is counted from the clock, not from the last wait, so lateness does not add up.
    timer = dueMs === undefined ? undefined : setTimeout(wake, Math.max(0, Math.round(dueMs - sharedNowMs())));
  }

  function wake(): void {
    schedule.run(sharedNowMs());
    arm();
  }

  return {
    join(ticker) {
      const seat = schedule.join(ticker, sharedNowMs());
      // The new seat may be due before what the timer waits for.
      clearTimeout(timer);
      arm();
      return seat;
    },

    stats: () => schedule.stats(),
  };
}
