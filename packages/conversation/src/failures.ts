import type { Machines } from './machines.ts';
import { phrases } from './phrases.ts';
import type { ProviderFailure } from './provider-failure.ts';

/** One apology; a caller who heard two would hear a third. */
const FAILURES_TO_END = 2;

/** Counts failed turns: apologises for the first, says goodbye after the second in a row. */
export class Failures {
  readonly #machines: Machines;
  #inARow = 0;

  constructor(machines: Machines) {
    this.#machines = machines;
  }

  get inARow(): number {
    return this.#inARow;
  }

  restore(inARow: number): void {
    this.#inARow = inARow;
  }

  /** An answer reached the caller. */
  reset(): void {
    this.#inARow = 0;
  }

  /** @param turnLost a turn stays without its answer. */
  add(failure: ProviderFailure, turnLost: boolean): void {
    const { mouth, goodbye, emit } = this.#machines;
    emit({ kind: 'provider_failed', ...failure });
    if (!turnLost) return;
    if (goodbye.state !== 'none') {
      goodbye.giveUp();
      return;
    }
    this.#inARow++;
    if (this.#inARow < FAILURES_TO_END) {
      mouth.agenda.add({ text: phrases.apology, purpose: 'apology' });
      return;
    }
    goodbye.beginFinal('provider_failed');
    mouth.say(phrases.failureGoodbye, 'goodbye');
  }
}
