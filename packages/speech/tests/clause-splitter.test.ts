import { createClauseSplitter } from '@dialplane/speech';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

function split(text: string, pieceLength: number): string[] {
  const splitter = createClauseSplitter();
  const clauses: string[] = [];
  for (let at = 0; at < text.length; at += pieceLength)
    clauses.push(...splitter.push(text.slice(at, at + pieceLength)));
  return [...clauses, ...splitter.flush()];
}

describe('clauses', () => {
  it.each([
    ['Yes. We open at nine.', ['Yes. ', 'We open at nine.']],
    ['Of course, we can do that for you.', ['Of course, we can do that for you.']],
    ['Yes of course, we can do that.', ['Yes of course, ', 'we can do that.']],
    ['Ask Dr. Smith. He knows.', ['Ask Dr. Smith. ', 'He knows.']],
    ['We open at 9.30. Come early.', ['We open at 9.30. ', 'Come early.']],
    ['Bring a lock, e.g. a chain. Thanks!', ['Bring a lock, ', 'e.g. a chain. ', 'Thanks!']],
    ['It is J. Miller. Right?', ['It is J. Miller. ', 'Right?']],
    ['Open until 5 p.m. on Friday. Bye.', ['Open until 5 p.m. on Friday. ', 'Bye.']],
    ['No. I am sorry.', ['No. ', 'I am sorry.']],
    ['See No. 5. There.', ['See No. 5. ', 'There.']],
    ['Mail info@x.com. "Really?" Yes.', ['Mail info@x.com. ', '"Really?" ', 'Yes.']],
    ['It costs $1,200. Fine.', ['It costs $1,200. ', 'Fine.']],
    ['Dial 202, 555, 0100 please.', ['Dial 202, 555, 0100 please.']],
  ])('%s', (text, expected) => {
    expect(split(text, 1)).toEqual(expected);
    expect(split(text, text.length)).toEqual(expected);
  });

  it('cuts a text without marks before it becomes too long to wait for', () => {
    const clauses = split('word '.repeat(100), 7);
    expect(Math.max(...clauses.map((clause) => clause.length))).toBeLessThanOrEqual(161);
    expect(clauses.join('')).toBe('word '.repeat(100));
  });

  it('joins to the text, however it arrives', () => {
    const text = fc.array(
      fc.constantFrom('Dr.', 'a', ' ', '. ', ', ', '9', '.5', '!', '\n', 'no', '- ', '?"', 'long word '),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (parts, pieceLength) => {
        expect(split(parts.join(''), pieceLength).join('')).toBe(parts.join(''));
      }),
    );
  });

  it('gives the same clauses for any pieces', () => {
    const text = fc.array(fc.constantFrom('Dr. ', 'a ', 'we open at 9', '. ', ', ', '.30', '! ', 'no', ' and so on '));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (parts, pieceLength) => {
        expect(split(parts.join(''), pieceLength)).toEqual(split(parts.join(''), 1));
      }),
    );
  });
});
