import {
  type MediaWatchEffect,
  type MediaWatchEvent,
  type MediaWatchState,
  mediaWatchTable,
} from './media-watch-table.ts';

/** Long enough for a slow telephone's first packet, short enough that somebody who looks at the call sees it. */
const ONE_WAY_AFTER_MS = 5000;
/** Four times the longest packet pause of a telephone that suppresses silence and sends no comfort noise while doing so. */
const SILENT_AFTER_MS = 20_000;

/** What is seen of the other side's media; read at every check, never kept. */
export interface MediaSigns {
  /** Packets of sound, digits and comfort noise so far. */
  readonly received: number;
  /** The last packet of those, on the clock of `check`; 0 while none came. */
  readonly lastArrivalMs: number;
  /** The last RTCP of the other side; 0 while none came. */
  readonly lastControlMs: number;
  /** The last packet said that comfort noise stands for what follows (RFC 3389): silence is legal. */
  readonly inComfortNoise: boolean;
}

export interface MediaWatchActions {
  /** Sound arrives (again) after it was missed; `never`: none came yet; `stopped`: it came and stopped. */
  tell(finding: 'flowing' | 'never' | 'stopped'): void;
  /** Ask the other side in the signalling whether it is still there; call `answered` if it is. */
  ask(): void;
}

/** Follows whether the other side's media arrive. All times are on one clock, milliseconds. */
export class MediaWatch {
  readonly #signs: MediaSigns;
  readonly #actions: MediaWatchActions;
  #state: MediaWatchState = 'waiting';
  /** From then on silence counts: the start, the end of a hold, the last answer. */
  #sinceMs: number;
  #received = 0;

  constructor(signs: MediaSigns, actions: MediaWatchActions, nowMs: number) {
    this.#signs = signs;
    this.#actions = actions;
    this.#sinceMs = nowMs;
  }

  /** Every tick; allocates nothing. @param held by agreement nothing has to come, so that nothing is missed. */
  check(nowMs: number, held: boolean): void {
    const { received, lastArrivalMs, lastControlMs, inComfortNoise } = this.#signs;
    if (received > this.#received) {
      this.#received = received;
      this.#fire('arrived', nowMs);
    }
    if (held) {
      this.#sinceMs = nowMs;
      return;
    }
    // RTCP alone is a sign of life (RFC 3550 6.2.1).
    const quietMs = nowMs - Math.max(this.#sinceMs, lastArrivalMs, lastControlMs);
    if (quietMs >= ONE_WAY_AFTER_MS && received === 0 && lastControlMs === 0) this.#fire('nothing_yet', nowMs);
    if (quietMs >= SILENT_AFTER_MS && !inComfortNoise) this.#fire('silent', nowMs);
  }

  /** The other side answered in the signalling. */
  answered(nowMs: number): void {
    this.#fire('answered', nowMs);
  }

  #fire(event: MediaWatchEvent, nowMs: number): void {
    const transition = mediaWatchTable[this.#state][event];
    if (transition === null) return;
    this.#state = transition.to;
    if (event === 'answered') this.#sinceMs = nowMs;
    for (const effect of transition.effects) this.#run(effect);
  }

  #run(effect: MediaWatchEffect): void {
    switch (effect) {
      case 'tell_never':
        this.#actions.tell('never');
        break;
      case 'tell_flowing':
        this.#actions.tell('flowing');
        break;
      case 'tell_stopped':
        this.#actions.tell('stopped');
        break;
      case 'ask':
        this.#actions.ask();
        break;
    }
  }
}
