import type { ModelTurn } from './model.ts';

/** What was said and really heard, as the model is told it. */
export class DialogueHistory {
  #turns: readonly ModelTurn[];

  constructor(turns: readonly ModelTurn[]) {
    this.#turns = [...turns];
  }

  /** A copy that later turns do not change. */
  get turns(): readonly ModelTurn[] {
    return this.#turns;
  }

  /** The turns with these caller words at the end; words the agent has not answered yet become one turn with them. */
  withCaller(text: string): readonly ModelTurn[] {
    const last = this.#turns.at(-1);
    if (last?.role !== 'caller') return [...this.#turns, { role: 'caller', text }];
    return [...this.#turns.slice(0, -1), { role: 'caller', text: `${last.text} ${text}` }];
  }

  addCaller(text: string): void {
    this.#turns = this.withCaller(text);
  }

  /** @param continues the text belongs to the speech of the turn before, which was interrupted and went on. */
  addAgent(text: string, continues: boolean): void {
    const last = this.#turns.at(-1);
    if (continues && last?.role === 'agent') {
      this.#turns = [...this.#turns.slice(0, -1), { role: 'agent', text: `${last.text} ${text}` }];
    } else {
      this.#turns = [...this.#turns, { role: 'agent', text }];
    }
  }
}
