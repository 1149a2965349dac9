import type { ConversationSnapshot } from './conversation-snapshot.ts';
import type { ConversationEnd, ConversationEventBody } from './events.ts';
import { type GoodbyeEffect, type GoodbyeEvent, type GoodbyeState, goodbyeTable } from './goodbye-table.ts';

export interface GoodbyeOptions {
  nowMs(): number;
  emit(body: ConversationEventBody): void;
  end(end: ConversationEnd): void;
}

/** People answer a goodbye with their own; hanging up into it is rude. */
const GRACE_MS = 600;
/** No goodbye is that long: something is stuck, or the background never ends. */
const OVERDUE_MS = 60_000;
/** A final goodbye is one fixed sentence. */
const FINAL_OVERDUE_MS = 20_000;

/** Runs the goodbye table on the media clock. */
export class Goodbye {
  readonly #options: GoodbyeOptions;
  #state: GoodbyeState = 'none';
  #end: ConversationEnd | null = null;
  #sinceMs = 0;

  constructor(options: GoodbyeOptions) {
    this.#options = options;
  }

  get state(): GoodbyeState {
    return this.#state;
  }

  /** Words cannot change it any more. */
  get final(): boolean {
    return this.#state === 'parting' || this.#state === 'parting_waiting' || this.#state === 'ended';
  }

  snapshot(): ConversationSnapshot['goodbye'] {
    return { state: this.#state, end: this.#end };
  }

  restore({ state, end }: ConversationSnapshot['goodbye']): void {
    this.#state = state;
    this.#end = end;
    this.#sinceMs = this.#options.nowMs();
  }

  begin(end: ConversationEnd): void {
    this.#fire('begin', end);
  }

  beginFinal(end: ConversationEnd): void {
    this.#fire('begin_final', end);
  }

  /** It cannot be spoken: over at the next tick. */
  giveUp(): void {
    this.#sinceMs = Number.NEGATIVE_INFINITY;
  }

  callerThere(): void {
    this.#fire('caller_there');
  }

  hungUp(): void {
    this.#fire('hung_up');
  }

  /** @param floorFree nobody speaks, nothing is to be said or decided. */
  tick(nowMs: number, floorFree: boolean): void {
    if (this.#state === 'none' || this.#state === 'ended') return;
    if (nowMs - this.#sinceMs >= (this.final ? FINAL_OVERDUE_MS : OVERDUE_MS)) {
      this.#fire('overdue');
      return;
    }
    if (!floorFree) return;
    if (this.#state === 'saying' || this.#state === 'parting') this.#fire('spoken');
    else if (nowMs - this.#sinceMs >= GRACE_MS) this.#fire('grace_over');
  }

  #fire(event: GoodbyeEvent, end: ConversationEnd | null = this.#end): void {
    const transition = goodbyeTable[this.#state][event];
    if (transition === null) return;
    this.#state = transition.to;
    this.#end = end;
    this.#sinceMs = this.#options.nowMs();
    for (const effect of transition.effects) this.#run(effect);
  }

  #run(effect: GoodbyeEffect): void {
    const { emit, end } = this.#options;
    switch (effect) {
      case 'announce':
        emit({ kind: 'goodbye_started' });
        break;
      case 'cancel':
        this.#end = null;
        emit({ kind: 'goodbye_cancelled' });
        break;
      case 'end':
        end(this.#end ?? 'agent_said_goodbye');
        break;
    }
  }
}
