import type { ConversationSnapshot } from './conversation-snapshot.ts';
import type { ConversationSettings } from './settings.ts';
import { type SilenceEffect, type SilenceEvent, type SilenceState, silenceTable } from './silence-table.ts';

export interface SilenceListener {
  /** @param prompt 1 for the first since the caller was last there. */
  promptDue(prompt: number): void;
  endDue(): void;
}

const promptsMade: Readonly<Record<SilenceState, number>> = {
  waiting: 0,
  prompted_once: 1,
  prompted_twice: 2,
  leaving: 2,
};

/**
 * Counts the time in which both sides are quiet, on the media clock. Agent speech starts the count again, caller speech
 * stops it until it is known whether it had words. Nothing here depends on how a prompt ended.
 */
export class Silence {
  readonly #settings: ConversationSettings;
  readonly #listener: SilenceListener;
  #state: SilenceState = 'waiting';
  #quietMs = 0;

  constructor(settings: ConversationSettings, listener: SilenceListener) {
    this.#settings = settings;
    this.#listener = listener;
  }

  snapshot(): ConversationSnapshot['silence'] {
    return { state: this.#state, quietMs: this.#quietMs };
  }

  restore({ state, quietMs }: ConversationSnapshot['silence']): void {
    this.#state = state;
    this.#quietMs = quietMs;
  }

  /** The agent speaks, or is about to. */
  agentActive(): void {
    this.#quietMs = 0;
  }

  /** Accepted words or a key. */
  callerThere(): void {
    this.#quietMs = 0;
    this.#fire('caller_there');
  }

  /** Both were quiet for this much longer. */
  quiet(ms: number): void {
    this.#quietMs += ms;
    const { silencePromptAfterMs, silenceMaxPrompts, silenceEndAfterMs } = this.#settings;
    if (promptsMade[this.#state] < silenceMaxPrompts) {
      if (this.#quietMs >= silencePromptAfterMs) this.#fire('prompt_due');
      return;
    }
    // Without prompts the caller gets the time of both waits.
    const limitMs = silenceMaxPrompts === 0 ? silencePromptAfterMs + silenceEndAfterMs : silenceEndAfterMs;
    if (this.#quietMs >= limitMs) this.#fire('end_due');
  }

  #fire(event: SilenceEvent): void {
    const transition = silenceTable[this.#state][event];
    if (transition === null) return;
    this.#state = transition.to;
    this.#quietMs = 0;
    for (const effect of transition.effects) this.#run(effect);
  }

  #run(effect: SilenceEffect): void {
    switch (effect) {
      case 'prompt':
        this.#listener.promptDue(promptsMade[this.#state]);
        break;
      case 'say_goodbye':
        this.#listener.endDue();
        break;
    }
  }
}
