import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** Whether the main thread keeps up with its work. */
export interface OverloadGauge {
  readonly isOverloaded: boolean;
  close(): void;
}

/** Times of the policy, in ms. */
export interface OverloadLimits {
  /** A lag of so much in nine of ten turns makes INVITEs late: timer T1 of RFC 3261 repeats them after 500 ms. */
  readonly overloadedMs: number;
  /** Only below it are calls taken again, so that the state does not flap with each of them. */
  readonly relievedMs: number;
}

const defaultOverloadLimits: OverloadLimits = { overloadedMs: 200, relievedMs: 50 };

/** Long enough for a percentile, short enough to notice a wave of calls while it comes. */
const windowMs = 1000;
/** The histogram counts its own interval into each delay. */
const resolutionMs = 10;
const nanosecondsPerMs = 1e6;
const watchedPercentile = 90;

/** The next state, by the lag of the last second. */
export function isNowOverloaded(
  wasOverloaded: boolean,
  lagMs: number,
  limits: OverloadLimits = defaultOverloadLimits,
): boolean {
  return lagMs >= (wasOverloaded ? limits.relievedMs : limits.overloadedMs);
}

/** Measures the lag of this thread's event loop once a second. @param changed told of each change, with the lag. */
export function gaugeOverload(changed: (isOverloaded: boolean, lagMs: number) => void): OverloadGauge {
  const histogram: IntervalHistogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  let isOverloaded = false;
  const timer = setInterval(() => {
    const lagMs = Math.max(0, histogram.percentile(watchedPercentile) / nanosecondsPerMs - resolutionMs);
    histogram.reset();
    const next = isNowOverloaded(isOverloaded, lagMs);
    if (next === isOverloaded) return;
    isOverloaded = next;
    changed(next, Math.round(lagMs));
  }, windowMs);
  timer.unref();
  return {
    get isOverloaded() {
      return isOverloaded;
    },
    close() {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
