import type { EverydayWord } from './agent-language.ts';

/** Layout of a CMU Sphinx binary trie model (lm_trie.c), as far as single words go. */
const MAGIC = 'Trie Language Model';
const UNIGRAM_BYTES = 12;
/** 16-bit quantisation: three tables of 65536 floats stand before the single words of a trigram model. */
const TABLE_BYTES = 65_536 * 4;
const TABLES = 3;
const LOG_BASE = 1.0001;

/** Words with their probability out of a binary trigram model such as `en-us.lm.bin`, the likeliest first. */
export function readEverydayWords(model: Uint8Array, most: number): EverydayWord[] {
  const bytes = Buffer.from(model.buffer, model.byteOffset, model.byteLength);
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC || bytes[MAGIC.length] !== 3)
    throw new Error('The generic language model is no CMU Sphinx trigram model.');
  const count = bytes.readUInt32LE(MAGIC.length + 1);
  const unigramsAt = MAGIC.length + 1 + 3 * 4 + 4 + TABLES * TABLE_BYTES;
  return wordsOf(bytes, count)
    .map((word, index) => ({ word, probability: LOG_BASE ** bytes.readFloatLE(unigramsAt + index * UNIGRAM_BYTES) }))
    .filter(({ word }) => /^[a-z']+$/.test(word))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, most);
}

/** The words stand at the end, each closed by a zero byte, all together behind their length in bytes. */
function wordsOf(bytes: Buffer, count: number): string[] {
  let at = bytes.length - 1;
  for (let left = count - 1; left > 0; left--) at = bytes.lastIndexOf(0, at - 1);
  // `at` closes the first word; its beginning is where the length in front fits.
  for (let start = at; start > at - 64; start--) {
    if (bytes.readUInt32LE(start - 4) === bytes.length - start)
      return bytes.toString('utf8', start, bytes.length - 1).split('\0');
  }
  throw new Error('The word list of the generic language model was not found.');
}
