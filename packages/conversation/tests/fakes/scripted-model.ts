import type { Model, ModelEvent, ModelRequest } from '../../src/index.ts';
import type { CallClock } from './call-clock.ts';

/** What the model does for one request: events, pauses in ms, or an error to throw. */
export type ModelScript = readonly (ModelEvent | number | Error)[];

export interface ModelCall {
  readonly request: ModelRequest;
  readonly signal: AbortSignal;
  /** The caller turn to answer. */
  readonly text: string;
}

export function text(delta: string): ModelEvent {
  return { type: 'text', delta };
}

export class ScriptedModel implements Model {
  readonly name = 'scripted';
  readonly calls: ModelCall[] = [];
  /** Decides by the caller's words; by default an echo. */
  script: (callerWords: string) => ModelScript = (words) => [text(`You said ${words}.`)];
  readonly #clock: CallClock;

  constructor(clock: CallClock) {
    this.#clock = clock;
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent> {
    const words = request.turns.at(-1)?.text ?? '';
    this.calls.push({ request, signal, text: words });
    for (const step of this.script(words)) {
      if (typeof step === 'number') await this.#clock.sleep(step);
      else if (step instanceof Error) throw step;
      else if (!signal.aborted) yield step;
    }
    yield { type: 'done' };
  }
}
