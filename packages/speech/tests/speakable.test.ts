import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speakableWords } from '../src/text/speakable.ts';

function spoken(text: string): string {
  return speakableWords(text)
    .map((word) => word.spoken.join(' ') + word.pause)
    .join(' ');
}

describe('text is read as people read it', () => {
  it.each([
    ['Hello Dr. Smith!', 'hello doctor smith.'],
    ['It costs $9.50 or €1,200.', 'it costs nine dollars and fifty cents or one thousand two hundred euros.'],
    ['£1.01, $0.99, $5k', 'one pound and one penny, ninety nine cents, five thousand dollars'],
    ['at 9:30 am', 'at nine thirty ay m'],
    ['at 9:05 a.m. and 17:30', 'at nine oh five ay m and seventeen thirty'],
    ['9am-5pm, Mon-Fri.', 'nine ay m to five p m, monday to friday.'],
    ['We open 9-5. Call us.', 'we open nine to five. call us.'],
    ['+1 (202) 555-0100', 'plus one, two zero two, five five five, zero one zero zero,'],
    ['Call 555-0100 now', 'call five five five, zero one zero zero, now'],
    ['info@harbour-cycles.com', 'info at harbour dash cycles dot com'],
    ['see https://www.harbour.co.uk/faq', 'see w w w dot harbour dot co dot uk slash faq'],
    ['20% off, 3.5 km, 1 kg', 'twenty percent off, three point five kilometers, one kilogram'],
    ['the 2nd of 21st', 'the second of twenty first'],
    ['in 1999, 2005, 2026', 'in nineteen ninety nine, two thousand five, twenty twenty six'],
    ['on 2026-11-20', 'on november twentieth twenty twenty six'],
    ['room 007', 'room zero zero seven'],
    ['St. Mary lives on Main St. there', 'saint mary lives on main street there'],
    ['Is it No. 5? No. It is not.', 'is it number five? no. it is not.'],
    ['e.g. the FAQ, i.e. PDFs and NASA', "for example the f ay q, that is p d f's and nasa"],
    ['open 24/7', 'open twenty four seven'],
    ['salt & pepper (ground) – fine', 'salt and pepper, ground, fine'],
    ["don't stop, o'clock", "don't stop, o'clock"],
    ['café “naïve”', 'cafe naive'],
    ['**bold** 😀 _text_', 'bold text'],
    ['OK', 'okay'],
    ['1,234,567', 'one million two hundred thirty four thousand five hundred sixty seven'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(spoken(text)).toBe(expected);
  });

  it('gives words in order that do not overlap, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let from = 0;
        for (const word of speakableWords(text)) {
          expect(word.from).toBeGreaterThanOrEqual(from);
          expect(word.to).toBeGreaterThan(word.from);
          expect(word.to).toBeLessThanOrEqual(text.length);
          expect(word.spoken.join(' ')).toMatch(/^[a-z']+( [a-z']+)*$/);
          from = word.to;
        }
      }),
    );
  });
});
