/** The language model behind an agent: the embedded answerer and every cloud model speak this streaming interface. */

export interface ModelWord {
  readonly text: string;
  /** How sure the recogniser is of it, 0 to 1. */
  readonly confidence: number;
}

export interface ModelTurn {
  readonly role: 'caller' | 'agent';
  /** What the caller said, or the part of the agent's text that was really heard. */
  readonly text: string;
  /** Words of the caller turn to answer, when the recogniser tells how sure it is of each; `text` is these words. */
  readonly words?: readonly ModelWord[];
}

/** What a caller said in one turn. */
export type CallerWords = Pick<ModelTurn, 'text' | 'words'>;

export interface ModelTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ModelRequest {
  readonly callId: string;
  readonly agentId: string;
  /** Oldest first; the last one is the caller turn to answer. Earlier calls of the session come first. */
  readonly turns: readonly ModelTurn[];
  readonly tools: readonly ModelTool[];
}

/** A passage the answer was taken from, or another that was looked at. */
export interface ModelPassage {
  readonly id: string;
  readonly title: string;
  /** 0 to 1. */
  readonly score: number;
  readonly used: boolean;
}

export type ModelEvent =
  | { readonly type: 'text'; readonly delta: string }
  /** Why this answer: a rule's name or the provider's reasoning, and the passages with their scores. */
  | { readonly type: 'reasoning'; readonly rule: string; readonly passages: readonly ModelPassage[] }
  | {
      readonly type: 'tool_call';
      readonly id: string;
      readonly name: string;
      readonly arguments: Readonly<Record<string, unknown>>;
    }
  /** What kind of answer the agent's words ask for, so that endpointing and recognition can fit it. */
  | { readonly type: 'expect'; readonly expect: 'open' | 'yes_no' | 'digits' }
  | { readonly type: 'done' };

export interface Model {
  readonly name: string;
  /** Throws (rejects the iteration) on provider errors; ends early without error when `signal` aborts. */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
}
