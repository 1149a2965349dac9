import { createClauseSplitter, type Synthesiser } from '@dialplane/speech';
import type { PlannedSentence } from './conversation-snapshot.ts';
import type { DialogueHistory } from './dialogue-history.ts';
import type { ConversationEventBody, SpeechPurpose } from './events.ts';
import type { Model, ModelTurn } from './model.ts';
import { ModelReply, type ReplyEvent } from './model-reply.ts';
import { phrases } from './phrases.ts';
import { Player } from './player.ts';
import { type ProviderFailure, providerFailure } from './provider-failure.ts';
import { type AnsweredTurn, Speech } from './speech.ts';
import { SpeechMaker } from './speech-maker.ts';
import { sameWords } from './spoken-words.ts';
import { conversationTools } from './tools.ts';
import { type TurnEffect, type TurnEvent, type TurnState, turnTable } from './turn-table.ts';
import { turnTiming } from './turn-timing.ts';

export interface MouthOptions {
  readonly agentId: string;
  readonly callId: string;
  readonly voice: string;
  readonly greeting: string;
  readonly synthesiser: Synthesiser;
  readonly model: Model;
  readonly history: DialogueHistory;
  nowMs(): number;
  emit(body: ConversationEventBody): void;
  readonly listener: MouthListener;
}

export interface MouthListener {
  /** Something is about to be said. */
  speechBegan(): void;
  /** Heard to its end, or given up. */
  speechOver(): void;
  /** The first sound of an answer is on its way to the caller. */
  answerHeard(): void;
  /** Expectations and tool calls of the answer. */
  replyEvent(event: ReplyEvent): void;
  failed(failure: ProviderFailure): void;
}

/** A caller waits this long for a model's first word, or for more words, before the turn counts as failed. */
const MODEL_STALL_MS = 8000;
/** Sentences take a fraction of a second to synthesise; after this the engine is stuck. */
const SYNTHESIS_STALL_MS = 5000;
/** Each guess costs a request; a caller with many pauses gets the answer at the end of the turn. */
const GUESSES_PER_TURN = 3;
/** Sentences that make sense only right away. */
const perishable: readonly SpeechPurpose[] = ['apology', 'ask_again', 'silence_prompt'];

/** The agent's voice: runs the turn table, from a text or a request to the model to the words that were heard. */
export class Mouth {
  readonly #options: MouthOptions;
  readonly #player = new Player();
  readonly #maker: SpeechMaker;
  #state: TurnState = 'idle';
  #speech: Speech | null = null;
  #reply: ModelReply | null = null;
  #guess: ModelReply | null = null;
  #guesses = 0;
  #greeting: Speech | null = null;
  #planned: PlannedSentence[] = [];
  /** Arguments of the `answer` and `say` events. */
  #toAnswer: AnsweredTurn | null = null;
  #toSay: PlannedSentence = { text: '', purpose: 'notice' };
  /** What is said when the model only called a tool. */
  #wordless: string | null = null;

  constructor(options: MouthOptions) {
    this.#options = options;
    this.#maker = new SpeechMaker({
      synthesiser: options.synthesiser,
      voice: options.voice,
      nowMs: options.nowMs,
      failed: (speech, error) => this.#synthesisFailed(speech, error),
    });
  }

  get state(): TurnState {
    return this.#state;
  }

  get planned(): readonly PlannedSentence[] {
    return this.#planned;
  }

  get speech(): Speech | null {
    return this.#speech;
  }

  /** Makes the greeting's sound before the call is answered. */
  prepareGreeting(): void {
    this.#greeting = this.#textSpeech({ text: this.#options.greeting, purpose: 'greeting' });
  }

  start(): void {
    this.#fire('start');
  }

  /** Says it now, in place of what is being said. */
  say(text: string, purpose: SpeechPurpose): void {
    this.#toSay = { text, purpose };
    this.#fire('say');
  }

  /** Says it as soon as the floor is free. */
  plan(text: string, purpose: SpeechPurpose): void {
    this.#planned.push({ text, purpose });
  }

  unplan(texts: readonly string[]): void {
    this.#planned = this.#planned.filter(({ text }) => !texts.includes(text));
  }

  answer(turn: AnsweredTurn): void {
    this.#planned = this.#planned.filter(({ purpose }) => !perishable.includes(purpose));
    const speech = this.#speech;
    // A sentence of which nothing was heard can wait for the answer.
    if (speech?.purpose === 'notice' && this.#state === 'thinking' && !speech.started) {
      this.#planned.unshift({ text: speech.unheard(), purpose: 'notice' });
    }
    this.#options.history.addCaller(turn.text);
    this.#toAnswer = turn;
    this.#fire('answer');
  }

  /** The caller may have finished with these words: asks the model ahead of time. */
  guess(text: string): void {
    if (this.#state === 'speaking' || this.#state === 'ended' || this.#guesses >= GUESSES_PER_TURN) return;
    const turns = this.#options.history.withCaller(text);
    if (this.#guess && answersSame(this.#guess, turns)) return;
    this.#dropGuess();
    this.#guesses++;
    this.#guess = this.#request(turns, new Speech('answer', null, this.#options.nowMs()), true);
  }

  /** The caller's turn came to nothing. */
  dropGuess(): void {
    this.#guesses = 0;
    this.#dropGuess();
  }

  duck(): void {
    this.#player.duck();
  }

  hold(): void {
    this.#player.hold();
  }

  /** The caller has the floor; the rest of the speech is kept. */
  yield(): void {
    this.#fire('yield');
  }

  resume(): void {
    if (this.#state === 'yielded') this.#fire('resume');
    else this.#player.free();
  }

  drop(): void {
    this.#fire('drop');
  }

  end(): void {
    this.#fire('end');
  }

  /** The words of the current answer are the goodbye. */
  markGoodbye(): void {
    if (this.#speech) this.#speech.purpose = 'goodbye';
    this.#wordless = phrases.goodbye;
  }

  markPersonRequested(): void {
    this.#wordless ??= phrases.personNoted;
  }

  /** Takes up the speech of an earlier process. */
  restore(planned: readonly PlannedSentence[], speech: Speech | null, unheard: string): void {
    this.#planned = [...planned];
    this.#state = 'listening';
    if (speech === null) return;
    this.#state = 'thinking';
    this.#maker.add(speech, clausesOf(unheard));
    speech.textComplete = true;
    this.#begin(speech, null);
  }

  /** @param floorFree nobody speaks and nothing is being decided. */
  tick(nowMs: number, floorFree: boolean): void {
    if (this.#state === 'thinking' || this.#state === 'speaking') this.#watch(nowMs);
    if (!floorFree || this.#state !== 'listening') return;
    const next = this.#planned.shift();
    if (next) this.say(next.text, next.purpose);
  }

  /** Fills the next frame to send; true when it holds agent speech. */
  fill(frame: Int16Array): boolean {
    const spoken = this.#player.fill(frame);
    const speech = this.#speech;
    if (speech === null) return spoken;
    this.#maker.pump(speech);
    if (this.#player.audible) this.#heard(speech);
    if (speech.finished) this.#fire('done');
    return spoken;
  }

  #heard(speech: Speech): void {
    // The fade before a pause is not the beginning of anything.
    if (this.#player.held) return;
    if (speech.fromMs === null) {
      speech.fromMs = this.#options.nowMs();
      if (speech.firstFrameMs === null) {
        speech.firstFrameMs = speech.fromMs;
        if (speech.answers !== null) this.#options.listener.answerHeard();
      }
    }
    if (this.#state === 'thinking') this.#fire('first_sound');
  }

  #fire(event: TurnEvent): void {
    const transition = turnTable[this.#state][event];
    if (transition === null) return;
    this.#state = transition.to;
    for (const effect of transition.effects) this.#run(effect);
  }

  #run(effect: TurnEffect): void {
    switch (effect) {
      case 'greet':
        this.#greet();
        break;
      case 'ask_model':
        this.#ask();
        break;
      case 'speak_text':
        this.#begin(this.#textSpeech(this.#toSay), null);
        break;
      case 'record_heard':
        this.#record(true);
        break;
      case 'drop_speech':
        this.#dropSpeech();
        break;
      case 'finish_speech':
        this.#record(false);
        this.#dropSpeech();
        break;
      case 'hold_voice':
        this.#player.hold();
        break;
      case 'free_voice':
        this.#player.free();
        break;
      case 'hang_up':
        this.#planned = [];
        this.#greeting?.cancel();
        this.dropGuess();
        break;
    }
  }

  #greet(): void {
    const prepared = this.#greeting;
    this.#greeting = null;
    const speech = prepared ?? this.#textSpeech({ text: this.#options.greeting, purpose: 'greeting' });
    this.#begin(speech, null);
  }

  #ask(): void {
    const turn = this.#toAnswer;
    if (turn === null) return;
    const { history, nowMs } = this.#options;
    this.#wordless = null;
    const guess = this.#guess;
    this.#guess = null;
    this.#guesses = 0;
    if (guess && !guess.failed && answersSame(guess, history.turns)) {
      guess.speech.answers = turn;
      this.#begin(guess.speech, guess);
      guess.confirm();
      return;
    }
    guess?.cancel();
    const speech = new Speech('answer', turn, nowMs());
    this.#begin(speech, this.#request(history.turns, speech, false));
  }

  #request(turns: readonly ModelTurn[], speech: Speech, speculative: boolean): ModelReply {
    const { model, agentId, callId, nowMs, emit } = this.#options;
    emit({ kind: 'model_requested', model: model.name, text: turns.at(-1)?.text ?? '', speculative });
    return new ModelReply({
      model,
      request: { callId, agentId, turns, tools: conversationTools },
      speech,
      maker: this.#maker,
      speculative,
      nowMs,
      listener: {
        firstText: (_, afterMs) => emit({ kind: 'model_first_token', afterMs }),
        event: (reply, event) => {
          if (reply === this.#reply) this.#options.listener.replyEvent(event);
        },
        finished: (reply) => this.#replyFinished(reply),
        failed: (reply, error) => this.#replyFailed(reply, error),
      },
    });
  }

  #textSpeech({ text, purpose }: PlannedSentence): Speech {
    const speech = new Speech(purpose, null, this.#options.nowMs());
    this.#maker.add(speech, clausesOf(text));
    speech.textComplete = true;
    return speech;
  }

  #begin(speech: Speech, reply: ModelReply | null): void {
    this.#speech = speech;
    this.#reply = reply;
    this.#player.play(speech);
    this.#options.listener.speechBegan();
  }

  #dropSpeech(): void {
    this.#reply?.stop();
    this.#speech?.cancel();
    this.#speech = null;
    this.#reply = null;
    this.#player.stop();
    this.#options.listener.speechOver();
  }

  #record(interrupted: boolean): void {
    const speech = this.#speech;
    if (speech === null) return;
    const { emit, history, nowMs } = this.#options;
    const text = speech.takeHeard();
    const toMs = nowMs();
    const fromMs = speech.fromMs ?? toMs;
    speech.fromMs = null;
    if (text === '') return;
    history.addAgent(text, speech.timingTold);
    emit({
      kind: 'agent_spoke',
      text,
      fromMs,
      toMs,
      interrupted,
      purpose: speech.purpose,
      answersSpeechEndMs: speech.answers?.speechEndMs ?? null,
      timing: speech.timingTold ? null : turnTiming(speech),
    });
    speech.timingTold = true;
  }

  #dropGuess(): void {
    this.#guess?.cancel();
    this.#guess = null;
  }

  #replyFinished(reply: ModelReply): void {
    if (reply !== this.#reply) return;
    const { speech } = reply;
    if (speech.clauses.length === 0 && speech.waiting.length === 0) {
      if (this.#wordless === null) {
        this.#replyFailed(reply, new Error('The model ended its answer without words.'));
        return;
      }
      this.#maker.add(speech, [this.#wordless]);
    }
    speech.textComplete = true;
  }

  #replyFailed(reply: ModelReply, error: unknown): void {
    if (reply !== this.#reply) return;
    reply.stop();
    // Clauses that are already there are still worth hearing.
    if (reply.speech.clauses.length > 0) reply.speech.textComplete = true;
    else this.#fire('drop');
    this.#options.listener.failed(providerFailure('model', error));
  }

  #synthesisFailed(speech: Speech, error: unknown): void {
    if (speech === this.#guess?.speech) {
      this.#dropGuess();
      return;
    }
    if (speech === this.#greeting) {
      // Tried again when the call is answered.
      this.#greeting = null;
      return;
    }
    if (speech !== this.#speech) return;
    this.#fire('drop');
    this.#options.listener.failed(providerFailure('synthesiser', error));
  }

  /** Text or sound that should come and does not. */
  #watch(nowMs: number): void {
    const speech = this.#speech;
    if (speech === null || !speech.starving) return;
    const waitedMs = nowMs - speech.progressMs;
    if (speech.synthesising) {
      if (waitedMs < SYNTHESIS_STALL_MS) return;
      this.#synthesisFailed(speech, new Error(`No sound for ${SYNTHESIS_STALL_MS / 1000} seconds.`));
    } else if (this.#reply?.streaming && waitedMs >= MODEL_STALL_MS) {
      const reply = this.#reply;
      this.#replyFailed(reply, new Error(`No words for ${MODEL_STALL_MS / 1000} seconds.`));
    }
  }
}

function clausesOf(text: string): string[] {
  const splitter = createClauseSplitter();
  return [...splitter.push(text), ...splitter.flush()];
}

function answersSame(guess: ModelReply, turns: readonly ModelTurn[]): boolean {
  const guessed = guess.request.turns;
  return guessed.length === turns.length && sameWords(guessed.at(-1)?.text ?? '', turns.at(-1)?.text ?? '');
}
