import { Agenda } from './agenda.ts';
import { clausesOf } from './clauses.ts';
import type { PlannedSentence } from './conversation-snapshot.ts';
import type { SpeechPurpose } from './events.ts';
import type { CallerWords } from './model.ts';
import type { ModelReply } from './model-reply.ts';
import type { MouthOptions } from './mouth-options.ts';
import { phrases } from './phrases.ts';
import { providerFailure } from './provider-failure.ts';
import { Replies } from './replies.ts';
import { type AnsweredTurn, Speech } from './speech.ts';
import { SpeechMaker } from './speech-maker.ts';
import { SpeechWatchdog } from './speech-watchdog.ts';
import { StallError, stalledStage } from './stall.ts';
import { type TurnEffect, type TurnEvent, type TurnState, turnTable } from './turn-table.ts';
import { Voice } from './voice.ts';

/** The agent's voice: runs the turn table, from a text or a request to the model to the words that were heard. */
export class Mouth {
  readonly #options: MouthOptions;
  readonly #maker: SpeechMaker;
  readonly #voice: Voice;
  readonly #watchdog: SpeechWatchdog;
  readonly #replies: Replies;
  #state: TurnState = 'idle';
  #reply: ModelReply | null = null;
  #greeting: Speech | null = null;
  /** Sentences to be said as soon as the floor is free. */
  readonly agenda = new Agenda();
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
    const { agentId, callId, model, history, nowMs, emit } = options;
    this.#watchdog = new SpeechWatchdog(emit);
    this.#voice = new Voice({ maker: this.#maker, history, nowMs, emit });
    this.#replies = new Replies({
      agentId,
      callId,
      model,
      history,
      maker: this.#maker,
      nowMs,
      emit,
      listener: {
        firstText: (_, afterMs) => emit({ kind: 'model_first_token', afterMs }),
        event: (reply, event) => {
          if (reply === this.#reply) options.listener.replyEvent(event);
        },
        finished: (reply) => this.#replyFinished(reply),
        failed: (reply, error) => this.#replyFailed(reply, error),
      },
    });
  }

  get state(): TurnState {
    return this.#state;
  }

  get speech(): Speech | null {
    return this.#voice.speech;
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

  answer(turn: AnsweredTurn): void {
    this.agenda.removePerishable();
    const speech = this.#voice.speech;
    // A sentence of which nothing was heard can wait for the answer.
    if (speech?.purpose === 'notice' && this.#state === 'thinking' && !speech.started) {
      this.agenda.addFirst({ text: speech.unheard(), purpose: 'notice' });
    }
    this.#options.history.addCaller(turn);
    this.#toAnswer = turn;
    this.#fire('answer');
  }

  /** The caller may have finished with these words: asks the model ahead of time. */
  guess(said: CallerWords): void {
    if (this.#state !== 'speaking' && this.#state !== 'ended') this.#replies.guess(said);
  }

  /** The caller's turn came to nothing. */
  dropGuess(): void {
    this.#replies.dropGuess();
  }

  duck(): void {
    this.#voice.duck();
  }

  hold(): void {
    this.#voice.hold();
  }

  /** The caller has the floor; the rest of the speech is kept. */
  yield(): void {
    this.#fire('yield');
  }

  resume(): void {
    if (this.#state === 'yielded') this.#fire('resume');
    else this.#voice.free();
  }

  drop(): void {
    this.#fire('drop');
  }

  end(): void {
    this.#fire('end');
  }

  /** The words of the current answer are the goodbye. */
  markGoodbye(): void {
    if (this.#voice.speech) this.#voice.speech.purpose = 'goodbye';
    this.#wordless = phrases.goodbye;
  }

  markPersonRequested(): void {
    this.#wordless ??= phrases.personNoted;
  }

  /** Takes up the speech of an earlier process. */
  restore(planned: readonly PlannedSentence[], speech: Speech | null, unheard: string): void {
    this.agenda.replace(planned);
    this.#state = 'listening';
    if (speech === null) return;
    if (unheard === '') {
      this.#voice.record(speech, true);
      return;
    }
    this.#state = 'thinking';
    this.#maker.add(speech, clausesOf(unheard));
    speech.textComplete = true;
    this.#begin(speech, null);
  }

  /** @param floorFree nobody speaks and nothing is being decided. */
  tick(nowMs: number, floorFree: boolean): void {
    if (this.#state === 'thinking' || this.#state === 'speaking') this.#watch(nowMs);
    if (!floorFree || this.#state !== 'listening') return;
    const next = this.agenda.takeNext();
    if (next) this.say(next.text, next.purpose);
  }

  /** Fills the next frame to send; true when it holds agent speech. */
  fill(frame: Int16Array): boolean {
    const speech = this.#voice.speech;
    const heardBefore = speech?.firstFrameMs;
    const spoken = this.#voice.fill(frame);
    if (speech === null) return spoken;
    this.#watchdog.frame(speech, this.#state === 'speaking' && !this.#voice.held, spoken, this.#options.nowMs());
    if (this.#voice.audible) {
      if (heardBefore === null && speech.answers !== null) this.#options.listener.answerHeard();
      if (this.#state === 'thinking') this.#fire('first_sound');
    }
    if (speech.finished) this.#fire('done');
    return spoken;
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
        this.#voice.hold();
        break;
      case 'free_voice':
        this.#voice.free();
        break;
      case 'hang_up':
        this.agenda.replace([]);
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
    this.#wordless = null;
    const reply = this.#replies.answer(turn);
    this.#begin(reply.speech, reply);
    reply.confirm();
  }

  #textSpeech({ text, purpose }: PlannedSentence): Speech {
    const speech = new Speech(purpose, null, this.#options.nowMs());
    this.#maker.add(speech, clausesOf(text));
    speech.textComplete = true;
    return speech;
  }

  #begin(speech: Speech, reply: ModelReply | null): void {
    this.#reply = reply;
    this.#voice.say(speech);
    this.#options.listener.speechBegan();
  }

  #dropSpeech(): void {
    this.#reply?.stop();
    this.#voice.speech?.cancel();
    this.#reply = null;
    this.#voice.stop();
    this.#options.listener.speechOver();
  }

  #record(interrupted: boolean): void {
    if (this.#voice.speech) this.#voice.record(this.#voice.speech, interrupted);
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
    if (this.#replies.dropGuessOf(speech)) return;
    if (speech === this.#greeting) {
      // Tried again when the call is answered.
      this.#greeting = null;
      return;
    }
    if (speech !== this.#voice.speech) return;
    this.#fire('drop');
    this.#options.listener.failed(providerFailure('synthesiser', error));
  }

  /** Text or sound that should come and does not. */
  #watch(nowMs: number): void {
    const speech = this.#voice.speech;
    if (speech === null) return;
    const reply = this.#reply;
    const stage = stalledStage(speech, reply?.streaming ?? false, nowMs);
    if (stage === 'synthesiser') this.#synthesisFailed(speech, new StallError(stage));
    else if (stage === 'model' && reply) this.#replyFailed(reply, new StallError(stage));
  }
}
