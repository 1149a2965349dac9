import type { Ban } from '../guard/guard.ts';
import type { Flow } from '../transport/flow.ts';
import type { Refusal, SipEndpointOptions } from './endpoint-types.ts';

type WatcherOptions = Pick<SipEndpointOptions, 'onMessage' | 'onRefused' | 'onSilenced'>;

/** Tells those who watch an endpoint. Whatever they throw must not disturb the traffic. */
export class Watchers {
  readonly #options: WatcherOptions;

  constructor(options: WatcherOptions) {
    this.#options = options;
  }

  /** Whether anybody wants to see messages. */
  get watchesMessages(): boolean {
    return this.#options.onMessage !== undefined;
  }

  message(atMs: number, direction: 'in' | 'out', flow: Flow, bytes: Buffer): void {
    if (!this.#options.onMessage) return;
    try {
      this.#options.onMessage({ atMs, direction, flow, bytes });
    } catch {
      // The message itself goes its way.
    }
  }

  silence(ban: Ban): void {
    try {
      this.#options.onSilenced?.(ban);
    } catch {
      // The source is silenced.
    }
  }

  refusal(refusal: Refusal): void {
    try {
      this.#options.onRefused?.(refusal);
    } catch {
      // The refusal itself is done.
    }
  }
}
