import type { SpeechChunk, SpokenWord, Synthesiser, SynthesisRequest } from '@dialplane/speech';
import type { CallClock } from './call-clock.ts';
import type { CodedSound } from './coded-sound.ts';

const AGENT_WORD_MS = 200;
const WORD_SAMPLES = AGENT_WORD_MS * 8;
const CHUNK_SAMPLES = 1000;

/** Speaks coded words of 200 ms each, without gaps. */
export class CodedSynthesiser implements Synthesiser {
  readonly name = 'coded';
  readonly voices = [];
  /** Request to first chunk. */
  firstChunkAfterMs = 0;
  /** Texts that fail. */
  failsOn: (text: string) => boolean = () => false;
  readonly requests: string[] = [];
  readonly aborted: string[] = [];
  readonly #sound: CodedSound;
  readonly #clock: CallClock;

  constructor(sound: CodedSound, clock: CallClock) {
    this.#sound = sound;
    this.#clock = clock;
  }

  async *synthesise({ text }: SynthesisRequest, signal: AbortSignal): AsyncIterable<SpeechChunk> {
    this.requests.push(text);
    signal.addEventListener('abort', () => this.aborted.push(text));
    await this.#clock.sleep(this.firstChunkAfterMs);
    if (this.failsOn(text)) throw Object.assign(new Error('No voice.'), { code: 'synthesiser_failed' });
    const parts = [...text.matchAll(/\S+/g)];
    const samples = new Int16Array(parts.length * WORD_SAMPLES);
    const words: SpokenWord[] = parts.map((part, index) => {
      samples.set(this.#sound.encode(part[0], WORD_SAMPLES), index * WORD_SAMPLES);
      const bare = part[0].replace(/[.,?!]+$/, '');
      return { from: part.index, to: part.index + bare.length, endSample: (index + 1) * WORD_SAMPLES };
    });
    for (let from = 0; from < samples.length; from += CHUNK_SAMPLES) {
      if (signal.aborted) return;
      const to = Math.min(from + CHUNK_SAMPLES, samples.length);
      yield {
        samples: samples.slice(from, to),
        words: words.filter(({ endSample }) => endSample > from && endSample <= to),
      };
    }
  }
}
