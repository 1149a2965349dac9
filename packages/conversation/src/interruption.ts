import type { CallerDetector } from './caller-detector.ts';
import type { Ear } from './ear.ts';
import type { ConversationEventBody } from './events.ts';
import {
  type InterruptionEffect,
  type InterruptionEvent,
  type InterruptionState,
  interruptionTable,
} from './interruption-table.ts';
import type { Mouth } from './mouth.ts';
import { hasRealWord, hasStopWord, wordsOf } from './spoken-words.ts';

/** Longer than a cough, and early enough that the agent is quiet 350 ms after the caller began. */
const LASTING_MS = 250;
/** No back-channel is that long. */
const LONG_SPEECH_MS = 700;
/** A recogniser has words for real speech by then (contract: resume when nothing was recognised). */
const WORDLESS_MS = 1000;
/** The same for sound that goes on and on: real speech of two seconds has words in it. */
const STILL_WORDLESS_MS = 2000;

/** The detector's own border between speech and none. */
const SUSPICIOUS_PROBABILITY = 0.5;

export interface InterruptionOptions {
  readonly mouth: Mouth;
  readonly ear: Ear;
  readonly detector: Pick<CallerDetector, 'probability'>;
  /** Without a recogniser there are no words to wait for. */
  readonly hasRecogniser: boolean;
  /** The speech of this moment may be interrupted. */
  interruptible(): boolean;
  /** An answer like "yes" or a digit is expected, so that no word is a mere back-channel. */
  shortAnswerExpected(): boolean;
  emit(body: ConversationEventBody): void;
}

/** Runs the interruption table: the caller takes the floor in steps, and gives it back when there were no words. */
export class Interruption {
  readonly #options: InterruptionOptions;
  #state: InterruptionState = 'none';
  #cause = '';
  #judgedText = '';
  #judgedAsFloor = false;

  constructor(options: InterruptionOptions) {
    this.#options = options;
  }

  get state(): InterruptionState {
    return this.#state;
  }

  /** The caller's turn opened, or something is about to be said while it is open. */
  callerSpeaks(): void {
    const { mouth, ear } = this.#options;
    if (!ear.turnOpen || ear.continuing) return;
    // What is expected may have changed since these words were judged.
    this.#judgedText = '';
    this.#judgedAsFloor = false;
    if (mouth.state === 'thinking') this.#fire('onset_while_thinking');
    else if (mouth.state === 'speaking' && this.#options.interruptible()) this.#fire('onset_while_speaking');
  }

  /** After every frame of the caller. */
  watch(): void {
    if (this.#state === 'none') this.#listenForFirstSign();
    if (this.#state === 'none') return;
    const { ear, detector, hasRecogniser } = this.#options;
    if (this.#state === 'suspected') {
      if (detector.probability < SUSPICIOUS_PROBABILITY) this.#fire('suspicion_gone');
      return;
    }
    const { spokenMs, sinceOnsetMs } = ear.extent;
    if (this.#state === 'ducked' && spokenMs >= LASTING_MS) this.#fire('lasting');
    if (spokenMs >= LONG_SPEECH_MS) this.#fire('long_speech');
    if (!hasRecogniser) return;
    if (sinceOnsetMs >= WORDLESS_MS && this.#state !== 'committed' && !this.#takesFloor(ear.text))
      this.#giveBack('wordless');
    if (sinceOnsetMs >= STILL_WORDLESS_MS && this.#state === 'committed' && ear.text === '') {
      this.#giveBack('still_wordless');
    }
  }

  #listenForFirstSign(): void {
    const { mouth, ear, detector } = this.#options;
    if (detector.probability < SUSPICIOUS_PROBABILITY || ear.turnOpen || mouth.state !== 'speaking') return;
    if (this.#options.interruptible()) this.#fire('suspicion');
  }

  partial(text: string): void {
    const { mouth, ear } = this.#options;
    if (ear.continuing || !this.#options.interruptible()) return;
    if (this.#state === 'none' && mouth.state !== 'speaking') return;
    if (hasStopWord(text)) this.#fire('stop_word');
    else if (this.#takesFloor(text)) this.#fire('word');
  }

  accepted(): void {
    if (this.#state !== 'none' || this.#options.mouth.state === 'speaking') this.#fire('accepted');
  }

  rejected(reason: string): void {
    this.#cause = reason;
    this.#fire('rejected');
  }

  /** A key of the phone stops the agent like a word. */
  digit(): void {
    if (this.#options.mouth.state === 'speaking') this.#tell('committed', 'digit');
    this.#options.mouth.drop();
  }

  speechOver(): void {
    this.#fire('speech_over');
  }

  /** Asked every frame while words are awaited: thinks only when they have changed. */
  #takesFloor(text: string): boolean {
    if (text !== this.#judgedText) {
      this.#judgedText = text;
      this.#judgedAsFloor = hasRealWord(text) || (this.#options.shortAnswerExpected() && wordsOf(text).length > 0);
    }
    return this.#judgedAsFloor;
  }

  #giveBack(event: 'wordless' | 'still_wordless'): void {
    this.#cause = this.#options.ear.text === '' ? 'no_words' : 'back_channel';
    this.#fire(event);
  }

  #fire(event: InterruptionEvent): void {
    const transition = interruptionTable[this.#state][event];
    if (transition === null) return;
    this.#state = transition.to;
    for (const effect of transition.effects) this.#run(effect);
  }

  #run(effect: InterruptionEffect): void {
    const { mouth } = this.#options;
    switch (effect) {
      case 'soften':
        mouth.duck();
        break;
      case 'duck':
        mouth.duck();
        this.#tell('ducked', 'speech');
        break;
      case 'pause':
        mouth.hold();
        this.#tell('paused', 'speech');
        break;
      case 'commit_word':
        this.#commit('word');
        break;
      case 'commit_stop_word':
        this.#commit('stop_word');
        break;
      case 'commit_long_speech':
        this.#commit('long_speech');
        break;
      case 'commit_accepted':
        this.#commit('final_words');
        break;
      case 'resume_wordless':
      case 'resume_rejected':
        this.#tell('resumed', this.#cause);
        mouth.resume();
        break;
      case 'hold':
        mouth.hold();
        break;
      case 'release':
        mouth.resume();
        break;
      case 'drop':
        mouth.drop();
        break;
    }
  }

  #commit(cause: string): void {
    this.#tell('committed', cause);
    this.#options.mouth.yield();
  }

  #tell(step: 'ducked' | 'paused' | 'committed' | 'resumed', cause: string): void {
    const heard = this.#options.mouth.speech?.heardUntold() ?? '';
    this.#options.emit({ kind: 'interruption', step, heard, cause });
  }
}
