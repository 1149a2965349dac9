import type { EndingReason } from '../endings.ts';

/** How a call ends whose sound is missing and whose signalling does not answer either. */
export type SilentEnding = Extract<EndingReason, 'media_lost' | 'never_any_media'>;

export interface SilentPeerOptions {
  /** Sends an OPTIONS within the call (RFC 3261 11). */
  sendOptions(): Promise<{ readonly response: { readonly status: number } | undefined }>;
  /** It is there: its sound is waited for. */
  isThere(): void;
  /** It is not, and the signalling has not ended the call by itself. */
  isGone(ending: SilentEnding): void;
}

/** RFC 3261 12.2.1.2: the other side does not know the call any more, or something in between gave up on it. */
const goneStatuses: ReadonlySet<number> = new Set([408, 481]);

/** Asks the other side in the signalling when its sound is missing. */
export class SilentPeer {
  readonly #options: SilentPeerOptions;
  #ending: SilentEnding | undefined;

  constructor(options: SilentPeerOptions) {
    this.#options = options;
  }

  /** While it is being asked: why the call ends if the signalling ends it now. */
  get ending(): SilentEnding | undefined {
    return this.#ending;
  }

  async ask(ending: SilentEnding): Promise<void> {
    this.#ending = ending;
    const { response } = await this.#options.sendOptions();
    if (response === undefined || goneStatuses.has(response.status)) {
      this.#options.isGone(ending);
      return;
    }
    // Whatever it answers, even that it knows no OPTIONS: it is alive.
    this.#ending = undefined;
    this.#options.isThere();
  }
}
