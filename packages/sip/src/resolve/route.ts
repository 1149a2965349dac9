import type { Path, TransportName } from '../transport/flow.ts';
import { TransportError } from '../transport/transport-error.ts';
import type { FailedPlaces } from './failed-places.ts';
import type { Candidate } from './locate.ts';

/** One try to reach a place, told when it begins and when it failed. */
export interface RouteAttempt {
  readonly transport: TransportName;
  readonly address: string;
  readonly port: number;
  /** `timeout`: no answer. `transport`: no connection, or it broke. `refused`: 503. */
  readonly outcome: 'trying' | RouteFailure;
  /** A sentence; only with a failure. */
  readonly reason?: string;
}

export type RouteFailure = 'timeout' | 'transport' | 'refused';

/** A candidate, and whether it is only tried because the request is too large for UDP. */
export interface RouteStep extends Candidate {
  readonly isForSize?: boolean;
}

export interface RouteOptions {
  /** Best first. */
  readonly steps: readonly RouteStep[];
  readonly places: FailedPlaces;
  /** Opens a way there. @throws TransportError */
  connect(step: RouteStep): Promise<Path>;
  /** TCP did not work for a large request, and UDP is next. */
  backToUdp(): void;
  onAttempt?(attempt: RouteAttempt): void;
}

/**
 * The places a request may go to, one after the other (RFC 3263 4.3): take `next`, send, and when nothing or 503 came back
 * say so with `failed` and take the next one.
 */
export class Route {
  readonly #options: RouteOptions;
  readonly #waiting: RouteStep[];
  #current: RouteStep | undefined;

  constructor(options: RouteOptions) {
    this.#options = options;
    this.#waiting = [...options.steps];
  }

  /** Whether there is another place to try. */
  get hasNext(): boolean {
    return this.#waiting.length > 0;
  }

  /** The way to the next place that can be connected to. @throws TransportError of the last one when none can. */
  async next(): Promise<Path> {
    let last: unknown = new TransportError('unreachable', 'theirs', 'No other place is left to try.');
    for (let step = this.#waiting.shift(); step; step = this.#waiting.shift()) {
      this.#current = step;
      this.#tell(step, 'trying');
      try {
        return await this.#options.connect(step);
      } catch (error) {
        last = error;
        this.failed('transport', error instanceof Error ? error.message : String(error));
      }
    }
    throw last;
  }

  /** The request sent to the current place came to nothing. @param avoidMs Retry-After of a 503. */
  failed(failure: RouteFailure, reason: string, avoidMs?: number): void {
    const step = this.#current;
    if (!step) return;
    this.#current = undefined;
    const { places, backToUdp } = this.#options;
    if (step.isForSize && failure !== 'refused') {
      // That TCP does not work says nothing about UDP to the same place.
      places.noteWithoutTcp(step);
      backToUdp();
    } else places.noteFailure(step, avoidMs);
    this.#tell(step, failure, reason);
  }

  /** The current place answered. */
  succeeded(): void {
    if (this.#current) this.#options.places.noteSuccess(this.#current);
  }

  #tell({ transport, address, port }: RouteStep, outcome: RouteAttempt['outcome'], reason?: string): void {
    const { onAttempt } = this.#options;
    if (!onAttempt) return;
    try {
      onAttempt({ transport, address, port, outcome, ...(reason === undefined ? {} : { reason }) });
    } catch {
      // Who watches must not disturb the call.
    }
  }
}
