import { describe, expect, it } from 'vitest';
import { wordEndsMs } from '../src/flite/word-alignment.ts';

/** Ten milliseconds a phoneme. */
function segments(phonemes: string) {
  return phonemes.split(' ').map((name, index) => ({ name, endMs: (index + 1) * 10 }));
}

describe('word ends among phonemes', () => {
  it('follow the phonemes where the guess is right', () => {
    const words = [
      { spoken: ['hello'], pause: ',' },
      { spoken: ['big', 'dog'], pause: '' },
      { spoken: ['ran'], pause: '.' },
    ];
    expect(wordEndsMs(words, segments('pau hh eh l ow pau b ih g d ao g r ae n pau'))).toEqual([50, 120, 150]);
  });

  it('stand where the guess is wrong in vowels, too long or too short', () => {
    const words = [
      { spoken: ['colonel'], pause: '' },
      { spoken: ['mustard'], pause: '' },
    ];
    expect(wordEndsMs(words, segments('pau k er n ax l m ah s t er d pau'))).toEqual([60, 120]);
  });

  it('rise even when a word has no sound of its own', () => {
    const words = ['one', 'two', 'three'].map((word) => ({ spoken: [word], pause: '' }));
    const ends = wordEndsMs(words, segments('pau t uw pau'));
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    expect(ends.at(-1)).toBe(30);
  });
});
