/** State machines as data: for every state and event either the next state with its effects, or null: nothing happens. */

export interface Transition<State extends string, Effect extends string> {
  readonly to: State;
  /** Carried out in order after the state has changed. */
  readonly effects: readonly Effect[];
}

export type TransitionTable<State extends string, Event extends string, Effect extends string> = Readonly<
  Record<State, Readonly<Record<Event, Transition<State, Effect> | null>>>
>;

export function go<State extends string, Effect extends string>(
  to: State,
  ...effects: Effect[]
): Transition<State, Effect> {
  return { to, effects };
}
