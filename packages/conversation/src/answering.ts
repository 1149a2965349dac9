import { joined } from './dialogue-history.ts';
import type { Keypad } from './keypad.ts';
import { interruptible, type Machines } from './machines.ts';
import type { ModelEvent } from './model.ts';
import { phrases } from './phrases.ts';
import type { AnsweredTurn } from './speech.ts';
import { type HeardTurn, isClearVoice, judge, type Verdict } from './verdict.ts';

export type Expected = Extract<ModelEvent, { readonly type: 'expect' }>['expect'];

export interface AnsweringOptions {
  readonly machines: Machines;
  readonly keypad: Keypad;
  /** Undefined without a recogniser. */
  readonly recogniser: { readonly name: string; readonly acceptAbove: number } | undefined;
}

/** What becomes of a caller's turn: answered, ignored, or asked for again. */
export class Answering {
  readonly #options: AnsweringOptions;
  #expected: Expected = 'open';
  /** Times in a row that speech was unclear. */
  #askedAgain = 0;
  /** Accepted words that wait for the end of a speech that may not be cut. */
  #waiting: AnsweredTurn | null = null;

  constructor(options: AnsweringOptions) {
    this.#options = options;
  }

  get expected(): Expected {
    return this.#expected;
  }

  get askedAgain(): number {
    return this.#askedAgain;
  }

  get waiting(): AnsweredTurn | null {
    return this.#waiting;
  }

  restore(expected: Expected, askedAgain: number, waiting: AnsweredTurn | null): void {
    this.expect(expected);
    this.#askedAgain = askedAgain;
    this.#waiting = waiting;
  }

  /** What kind of answer the agent's words ask for. */
  expect(expected: Expected): void {
    this.#expected = expected;
    this.#options.machines.ear.expect(expected);
  }

  heard(turn: HeardTurn): void {
    const { recogniser } = this.#options;
    const { mouth } = this.#options.machines;
    const verdict = judge(turn, {
      acceptAbove: recogniser?.acceptAbove ?? 1,
      overAgent: mouth.state !== 'listening',
      shortAnswerExpected: this.#expected !== 'open',
    });
    if (verdict.accepted) {
      this.transcribe(turn.text, turn.confidence, turn.fromMs, turn.speechEndMs);
      this.#accept(turn);
    } else {
      this.#reject(turn, verdict);
    }
  }

  /** Answers waiting words once the agent has finished. */
  tick(callerQuiet: boolean): void {
    const { mouth, goodbye } = this.#options.machines;
    const turn = this.#waiting;
    if (turn === null || !callerQuiet || mouth.state !== 'listening') return;
    this.#waiting = null;
    goodbye.callerThere();
    this.#answer(turn);
  }

  transcribe(text: string, confidence: number, fromMs: number, toMs: number): void {
    const recogniser = this.#options.recogniser?.name ?? '';
    this.#options.machines.emit({ kind: 'transcript_final', text, confidence, fromMs, toMs, recogniser });
  }

  #accept(turn: HeardTurn): void {
    const { mouth, interruption, silence, goodbye } = this.#options.machines;
    this.#askedAgain = 0;
    silence.callerThere();
    if (goodbye.final) {
      mouth.dropGuess();
      return;
    }
    if (this.#mustWait(turn)) {
      mouth.dropGuess();
      // A speech that waited for the caller begins now.
      interruption.rejected('answered_later');
      this.#waiting = this.#waiting ? { ...turn, words: undefined, ...joined(this.#waiting, turn) } : turn;
      return;
    }
    interruption.accepted();
    goodbye.callerThere();
    this.#answer(turn);
  }

  #answer(turn: AnsweredTurn): void {
    this.expect('open');
    this.#options.machines.mouth.answer(turn);
  }

  /** The agent speaks on: it may not be cut, or the caller never stopped and is answered afterwards. */
  #mustWait(turn: HeardTurn): boolean {
    const { mouth } = this.#options.machines;
    const cuttable = interruptible(this.#options.machines);
    if (mouth.state === 'speaking') return !cuttable || turn.continuing;
    return mouth.state === 'thinking' && !cuttable && mouth.speech?.answers === null;
  }

  #reject(turn: HeardTurn, verdict: Extract<Verdict, { accepted: false }>): void {
    const { mouth, interruption, emit } = this.#options.machines;
    const { text, confidence } = turn;
    emit({ kind: 'speech_rejected', reason: verdict.reason, text, confidence });
    mouth.dropGuess();
    const unclear = this.#options.recogniser ? verdict.unclear : isClearVoice(turn);
    if (unclear && this.#mayReply() && this.#replyToUnclear()) return;
    interruption.rejected(verdict.reason);
  }

  #mayReply(): boolean {
    const { mouth, goodbye } = this.#options.machines;
    return goodbye.state === 'none' && (mouth.state !== 'speaking' || interruptible(this.#options.machines));
  }

  /** False when it was said often enough. */
  #replyToUnclear(): boolean {
    const { machines, keypad, recogniser } = this.#options;
    if (recogniser === undefined) {
      if (!keypad.mayHint) return false;
      machines.interruption.accepted();
      keypad.hint();
      return true;
    }
    const wording = phrases.askAgain[this.#askedAgain];
    if (wording === undefined) return false;
    this.#askedAgain++;
    machines.interruption.accepted();
    const second = this.#askedAgain > 1 && keypad.hasMenu;
    if (second) keypad.offer();
    machines.mouth.say(second ? phrases.askAgainWithMenu : wording, 'ask_again');
    return true;
  }
}
