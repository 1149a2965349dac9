import type { CallerWords, ModelTurn } from './model.ts';

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
  withCaller(said: CallerWords): readonly ModelTurn[] {
    const last = this.#turns.at(-1);
    if (last?.role !== 'caller') return [...this.#turns, callerTurn(said)];
    return [...this.#turns.slice(0, -1), callerTurn(joined(last, said))];
  }

  addCaller(said: CallerWords): void {
    this.#turns = this.withCaller(said);
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

function callerTurn({ text, words }: CallerWords): ModelTurn {
  return { role: 'caller', text, ...(words ? { words } : {}) };
}

/** One turn of two; its words have their confidence only when those of both parts have. */
export function joined(first: CallerWords, second: CallerWords): CallerWords {
  const text = `${first.text} ${second.text}`;
  return first.words && second.words ? { text, words: [...first.words, ...second.words] } : { text };
}
