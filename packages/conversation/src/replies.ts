import type { DialogueHistory } from './dialogue-history.ts';
import type { ConversationEventBody } from './events.ts';
import type { CallerWords, Model, ModelTurn } from './model.ts';
import { ModelReply, type ReplyListener } from './model-reply.ts';
import { type AnsweredTurn, Speech } from './speech.ts';
import type { SpeechMaker } from './speech-maker.ts';
import { sameWords } from './spoken-words.ts';
import { conversationTools } from './tools.ts';

export interface RepliesOptions {
  readonly agentId: string;
  readonly callId: string;
  readonly model: Model;
  readonly history: DialogueHistory;
  readonly maker: SpeechMaker;
  readonly listener: ReplyListener;
  nowMs(): number;
  emit(body: ConversationEventBody): void;
}

/** Each guess costs a request; a caller with many pauses gets the answer at the end of the turn. */
const GUESSES_PER_TURN = 4;

/** Asks the model: for sure once the caller's turn is over, and before that as a guess that may come true. */
export class Replies {
  readonly #options: RepliesOptions;
  #guess: ModelReply | null = null;
  #guesses = 0;

  constructor(options: RepliesOptions) {
    this.#options = options;
  }

  /** The caller may have finished with these words. */
  guess(said: CallerWords): void {
    if (this.#guesses >= GUESSES_PER_TURN) return;
    const turns = this.#options.history.withCaller(said);
    if (this.#guess && answersSame(this.#guess, turns)) return;
    this.#guess?.cancel();
    this.#guesses++;
    this.#guess = this.#request(turns, new Speech('answer', null, this.#options.nowMs()), true);
  }

  /** The caller's turn came to nothing, or was not what was guessed. */
  dropGuess(): void {
    this.#guesses = 0;
    this.#guess?.cancel();
    this.#guess = null;
  }

  /** The sound of the guess could not be made; false for the speech of another. */
  dropGuessOf(speech: Speech): boolean {
    if (this.#guess?.speech !== speech) return false;
    this.dropGuess();
    return true;
  }

  /** The answer to the last caller turn of the history: the guess if it was right. A guess must be confirmed. */
  answer(turn: AnsweredTurn): ModelReply {
    const { history, nowMs } = this.#options;
    const guess = this.#guess;
    if (guess && !guess.failed && answersSame(guess, history.turns)) {
      this.#guess = null;
      this.#guesses = 0;
      guess.speech.answers = turn;
      return guess;
    }
    this.dropGuess();
    return this.#request(history.turns, new Speech('answer', turn, nowMs()), false);
  }

  #request(turns: readonly ModelTurn[], speech: Speech, speculative: boolean): ModelReply {
    const { model, agentId, callId, maker, listener, nowMs, emit } = this.#options;
    emit({ kind: 'model_requested', model: model.name, text: turns.at(-1)?.text ?? '', speculative });
    const request = { callId, agentId, turns, tools: conversationTools };
    return new ModelReply({ model, request, speech, maker, speculative, listener, nowMs });
  }
}

/** The same words, and no less known about them: how sure each is may change the answer. */
function answersSame(guess: ModelReply, turns: readonly ModelTurn[]): boolean {
  const guessed = guess.request.turns;
  const last = guessed.at(-1);
  const wanted = turns.at(-1);
  const sameKnowledge = (last?.words === undefined) === (wanted?.words === undefined);
  return guessed.length === turns.length && sameKnowledge && sameWords(last?.text ?? '', wanted?.text ?? '');
}
