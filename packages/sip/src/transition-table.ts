/** What an event does in a state. */
interface Transition<State extends string, Action extends string> {
  readonly next: State;
  readonly actions?: readonly Action[];
}

/** State machine as data: a missing cell means that the event changes nothing in that state. */
export type TransitionTable<State extends string, Event extends string, Action extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Event, Transition<State, Action>>>>>
>;

/** Runs a table. What there are thousands of runs its actions by one function, and not by a closure for each.
 * Actions run after the state has changed, so they may fire further events. */
export class TableMachine<State extends string, Event extends string, Action extends string> {
  readonly #table: TransitionTable<State, Event, Action>;
  readonly #actions: Readonly<Record<Action, () => void>> | ((action: Action) => void);
  #state: State;

  constructor(
    table: TransitionTable<State, Event, Action>,
    initial: State,
    actions: Readonly<Record<Action, () => void>> | ((action: Action) => void),
  ) {
    this.#table = table;
    this.#state = knownState(table, initial);
    this.#actions = actions;
  }

  get state(): State {
    return this.#state;
  }

  fire(event: Event): void {
    const transition = this.#table[this.#state][event];
    if (!transition) return;
    this.#state = transition.next;
    const run = this.#actions;
    for (const action of transition.actions ?? []) {
      if (typeof run === 'function') run(action);
      else run[action]();
    }
  }
}

/** A state of the table: one from another process, or from another version of this code, may be none. @throws RangeError */
export function knownState<State extends string>(table: Readonly<Record<State, unknown>>, state: State): State {
  if (!Object.hasOwn(table, state)) throw new RangeError(`no such state: ${state}`);
  return state;
}
