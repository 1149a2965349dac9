/** Pronunciations: the CMU dictionary, and rules for what it does not know. */
import { guessPhonemes } from '../text/letter-to-sound.ts';

/** Word -> its pronunciations, phonemes joined by spaces. */
export type Dictionary = ReadonlyMap<string, readonly string[]>;

/** Reads lines like `read R IY D` and `read(2) R EH D`. */
export function readDictionary(text: string): Dictionary {
  const words = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const space = line.indexOf(' ');
    if (space <= 0) continue;
    const word = line.slice(0, space).replace(/\(\d+\)$/, '');
    const known = words.get(word);
    if (known === undefined) words.set(word, [line.slice(space + 1).trim()]);
    else known.push(line.slice(space + 1).trim());
  }
  return words;
}

/** A dictionary file of just these words; names it does not know are sounded out. */
export function writeDictionary(words: readonly string[], dictionary: Dictionary): string {
  const lines = words.flatMap((word) =>
    (dictionary.get(word) ?? [guessPhonemes(word).join(' ')]).map(
      (phonemes, index) => `${word}${index === 0 ? '' : `(${index + 1})`} ${phonemes}`,
    ),
  );
  return `${lines.join('\n')}\n`;
}
