import type { SpeechChunk, SpokenWord } from './synthesiser.ts';

/** Short enough that playing can begin and be cut, long enough that a reply is a few dozen messages. */
const CHUNK_MS = 200;

/** Cuts a finished sound into chunks of at most 200 ms, each with the words that end in it. Views, no copies. */
export function* soundChunks(
  samples: Int16Array,
  words: readonly SpokenWord[],
  sampleRate: number,
): Generator<SpeechChunk> {
  const size = (sampleRate * CHUNK_MS) / 1000;
  let word = 0;
  for (let from = 0; from < samples.length; from += size) {
    const to = Math.min(samples.length, from + size);
    const first = word;
    while (word < words.length && (words[word]?.endSample ?? 0) <= to) word++;
    yield { samples: samples.subarray(from, to), words: words.slice(first, word) };
  }
}
