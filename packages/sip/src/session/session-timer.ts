import type { Clock, RunningTimer } from '../clock.ts';
import { LEAST_SESSION_SECONDS, SESSION_SECONDS, type SessionInterval } from './session-interval.ts';

/** RFC 4028 10: the end comes that much before the interval is over, or a third of it, whichever is less. */
const LARGEST_MARGIN_MS = 32_000;

/** A session timer as plain data. */
export interface SessionTimerSnapshot {
  /** Undefined while no timer runs. */
  readonly interval: SessionInterval | undefined;
  /** On the clock's time. */
  readonly startedAtMs: number;
  readonly minSeconds: number;
}

/**
 * The session timer of one dialog (RFC 4028 10): who refreshes does so after half the interval, and either side ends the call
 * shortly before the whole of it has passed without a refresh.
 */
export class SessionTimer {
  readonly #clock: Clock;
  readonly #duties: { refresh(): void; expired(): void };
  #interval: SessionInterval | undefined;
  #minSeconds: number;
  #startedAtMs = 0;
  #refresh: RunningTimer | undefined;
  #expiry: RunningTimer | undefined;

  constructor(clock: Clock, duties: { refresh(): void; expired(): void }, minSeconds = LEAST_SESSION_SECONDS) {
    this.#clock = clock;
    this.#duties = duties;
    this.#minSeconds = minSeconds;
  }

  static restore(
    snapshot: SessionTimerSnapshot,
    clock: Clock,
    duties: { refresh(): void; expired(): void },
  ): SessionTimer {
    const timer = new SessionTimer(clock, duties, snapshot.minSeconds);
    if (snapshot.interval) timer.#run(snapshot.interval, snapshot.startedAtMs);
    return timer;
  }

  snapshot(): SessionTimerSnapshot {
    return { interval: this.#interval, startedAtMs: this.#startedAtMs, minSeconds: this.#minSeconds };
  }

  get interval(): SessionInterval | undefined {
    return this.#interval;
  }

  /** A 2xx started the interval anew, or ended all timing. */
  start(interval: SessionInterval | undefined): void {
    this.stop();
    if (interval) this.#run(interval, this.#clock.nowMs());
  }

  /** Somebody on the way wants longer intervals (422). */
  raise(minSeconds: number): void {
    this.#minSeconds = Math.max(this.#minSeconds, minSeconds);
  }

  /** What a request of ours asks for; who refreshes stays as it is (RFC 4028 7.4). */
  requestHeaders(): Readonly<Record<string, string>> {
    const seconds = Math.max(this.#interval?.expiresSeconds ?? SESSION_SECONDS, this.#minSeconds);
    const refresher = this.#interval === undefined ? '' : `;refresher=${this.#interval.weRefresh ? 'uac' : 'uas'}`;
    const header = { 'Session-Expires': `${seconds}${refresher}` };
    return this.#minSeconds > LEAST_SESSION_SECONDS ? { ...header, 'Min-SE': String(this.#minSeconds) } : header;
  }

  stop(): void {
    this.#refresh?.cancel();
    this.#expiry?.cancel();
    this.#interval = undefined;
  }

  #run(interval: SessionInterval, startedAtMs: number): void {
    this.#interval = interval;
    this.#startedAtMs = startedAtMs;
    const passedMs = this.#clock.nowMs() - startedAtMs;
    const wholeMs = interval.expiresSeconds * 1000;
    const endMs = wholeMs - Math.min(LARGEST_MARGIN_MS, wholeMs / 3);
    this.#expiry = this.#clock.start(Math.max(0, endMs - passedMs), this.#duties.expired);
    if (!interval.weRefresh) return;
    this.#refresh = this.#clock.start(Math.max(0, wholeMs / 2 - passedMs), this.#duties.refresh);
  }
}
