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

/** The table as a Mermaid state diagram; events that change nothing are left out. */
export function drawTable<State extends string, Event extends string, Effect extends string>(
  table: TransitionTable<State, Event, Effect>,
  initial: State,
): string {
  const lines = ['stateDiagram-v2', `  [*] --> ${initial}`];
  for (const [state, row] of Object.entries<Readonly<Record<Event, Transition<State, Effect> | null>>>(table)) {
    for (const [event, transition] of Object.entries<Transition<State, Effect> | null>(row)) {
      if (!transition) continue;
      const effects = transition.effects.length > 0 ? ` / ${transition.effects.join(', ')}` : '';
      lines.push(`  ${state} --> ${transition.to}: ${event}${effects}`);
    }
  }
  return lines.join('\n');
}
