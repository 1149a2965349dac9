import type { Expectation, Recogniser, RecogniserOptions, RecogniserStream } from '@dialplane/speech';
import type { CallClock } from './call-clock.ts';
import type { CodedSound } from './coded-sound.ts';

/** A word needs this much sound to be recognised. */
const ENOUGH_SAMPLES = 640;

/** Reads coded sound back. Words in round brackets sound like speech but give no words; "?" behind a word lowers the confidence. */
export class CodedRecogniser implements Recogniser {
  readonly name = 'coded';
  readonly acceptAbove = 0.5;
  /** Forced end to final words. */
  finalAfterMs = 0;
  /** The next final words are replaced by an error with this code. */
  failWith: string | null = null;
  /** Never answers a forced end. */
  mute = false;
  readonly expectations: Expectation[] = [];
  closed = false;
  /** Tells how sure it is of each final word. */
  surePerWord = false;
  heardSamples = 0;
  readonly #sound: CodedSound;
  readonly #clock: CallClock;

  constructor(sound: CodedSound, clock: CallClock) {
    this.#sound = sound;
    this.#clock = clock;
  }

  open({ onEvent }: RecogniserOptions): RecogniserStream {
    let runs: { word: string; samples: number }[] = [];
    let partial = '';
    let revision = 0;
    const reset = (): void => {
      runs = [];
      partial = '';
      revision = 0;
    };
    const known = (): string[] =>
      runs.filter(({ word, samples }) => samples >= ENOUGH_SAMPLES && !word.startsWith('(')).map(({ word }) => word);
    const plain = (words: readonly string[]): string => words.join(' ').replaceAll('?', '');
    return {
      audio: (samples) => {
        this.heardSamples += samples.length;
        for (const sample of samples) {
          const word = this.#sound.decode(sample);
          const last = runs.at(-1);
          if (word !== undefined && last?.word === word) last.samples++;
          else if (word !== undefined) runs.push({ word, samples: 1 });
          else if (last !== undefined && last.word !== '(pause)') runs.push({ word: '(pause)', samples: 1 });
        }
        const text = plain(known());
        if (text === partial) return;
        partial = text;
        onEvent({ type: 'partial', text, revision: revision++ });
      },
      forceEnd: () => {
        const words = known();
        const doubtful = words.filter((word) => word.endsWith('?')).length;
        reset();
        if (this.mute) return;
        const { failWith } = this;
        void this.#clock.sleep(this.finalAfterMs).then(() => {
          if (failWith !== null) {
            onEvent({ type: 'error', code: failWith, message: 'The recogniser stopped.' });
            return;
          }
          const confidence = words.length === 0 ? 0 : 0.9 - 0.7 * (doubtful / words.length);
          const told = words.map((word) => ({
            text: plain([word]),
            confidence: word.endsWith('?') ? 0.2 : 0.9,
            fromMs: 0,
            toMs: 0,
          }));
          onEvent({
            type: 'turn_end',
            text: plain(words),
            confidence,
            words: this.surePerWord ? told : [],
            trigger: 'forced',
          });
        });
      },
      cancel: reset,
      configure: (expect) => {
        this.expectations.push(expect);
      },
      close: () => {
        this.closed = true;
      },
    };
  }
}
